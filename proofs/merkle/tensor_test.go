package merkle

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func randomBytes(rng *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rng.Uint32())
	}
	return b
}

func TestTensorIsTheReference(t *testing.T) {
	const seed = 3
	rng := rand.New(rand.NewPCG(seed, 0))
	shapes := [][]int{{}, {0}, {1}, {63}, {64}, {65}, {200}, {0, 5}, {5, 0}, {1, 1}, {64, 64}, {65, 64}, {64, 65},
		{128, 192}, {130, 70}, {2, 3, 5}, {3, 50, 70}, {2, 2, 2, 2, 2, 2, 2, 2}}
	for range 40 {
		shapes = append(shapes, []int{rng.IntN(300), rng.IntN(300)})
	}
	x := NewHasher()
	for _, shape := range shapes {
		for _, d := range []DType{F32, BF16, F16, I8, I32, U64} {
			tiling, err := NewTiling(d, shape...)
			if err != nil {
				t.Fatal(err)
			}
			data := randomBytes(rng, tiling.rows*tiling.cols*d.Size())
			want := refTensor(d, shape, data)
			if got := x.Tensor(tiling, data); got != want {
				t.Errorf("dtype %d, shape %v, seed %d: got %v, want %v", d, shape, seed, got, want)
			}
			tiles := make([]Digest, tiling.Tiles())
			part := 1 + rng.IntN(9) // as goroutines would, a part each
			for i := 0; i < len(tiles); i += part {
				x.Tiles(tiles[i:min(i+part, len(tiles))], tiling, data, i)
			}
			if got := x.Join(tiling, tiles); got != want {
				t.Errorf("dtype %d, shape %v, seed %d: joined: got %v, want %v", d, shape, seed, got, want)
			}
		}
	}
}

// TestTensorBinds checks that type and shape are part of the digest.
func TestTensorBinds(t *testing.T) {
	x, data, seen := NewHasher(), make([]byte, 48), map[Digest]bool{}
	for _, d := range []DType{F32, I32} {
		for _, shape := range [][]int{{12}, {1, 12}, {12, 1}, {3, 4}, {4, 3}, {2, 2, 3}, {2, 6}, {1, 1, 12}} {
			tiling, err := NewTiling(d, shape...)
			if err != nil {
				t.Fatal(err)
			}
			seen[x.Tensor(tiling, data)] = true
		}
	}
	if len(seen) != 16 {
		t.Errorf("got %d digests, want 16", len(seen))
	}
}

func TestStrided(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 0))
	const rows, cols, stride = 70, 90, 100
	wide := make([]float32, rows*stride)
	var tight []float32
	for i := range wide {
		wide[i] = rng.Float32()
		if i%stride < cols {
			tight = append(tight, wide[i])
		}
	}
	tiling, err := NewTiling(F32, rows, cols)
	if err != nil {
		t.Fatal(err)
	}
	x := NewHasher()
	want := x.Tensor(tiling, Bytes(tight))
	// the last row need not be followed by padding
	if got := x.Tensor(tiling.Strided(stride), Bytes(wide[:len(wide)-stride+cols])); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestBytes(t *testing.T) {
	want := []byte{0, 0, 128, 63, 0, 0, 0, 128}
	if got := Bytes([]float32{1, negZero()}); !bytes.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := Bytes([]uint64(nil)); len(got) != 0 {
		t.Errorf("got %v, want nothing", got)
	}
	bigEndian = !bigEndian
	defer func() { bigEndian = !bigEndian }()
	if got := Bytes([]float32{1, negZero()}); !bytes.Equal(got, want) {
		t.Errorf("as on a big-endian machine: got %v, want %v", got, want)
	}
}

func negZero() float32 { z := float32(0); return -z }

func TestTilingRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		d     DType
		shape []int
	}{
		"dtype 0":    {0, []int{1}},
		"dtype 200":  {200, []int{1}},
		"negative":   {F32, []int{2, -1}},
		"overflow":   {F32, []int{math.MaxInt / 4, 2}},
		"hidden":     {F32, []int{0, math.MaxInt / 4, 2}},
		"nine ranks": {F32, []int{1, 1, 1, 1, 1, 1, 1, 1, 1}},
	} {
		if _, err := NewTiling(c.d, c.shape...); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestTileProof(t *testing.T) {
	const seed = 5
	rng := rand.New(rand.NewPCG(seed, 0))
	x := NewHasher()
	for range 60 {
		shape := []int{1 + rng.IntN(300), 1 + rng.IntN(300)}
		tiling, err := NewTiling(BF16, shape...)
		if err != nil {
			t.Fatal(err)
		}
		data := randomBytes(rng, shape[0]*shape[1]*2)
		leaves := make([]Digest, tiling.Tiles())
		x.Tiles(leaves, tiling, data, 0)
		digest := x.Join(tiling, leaves)
		i := rng.IntN(len(leaves))
		p, err := NewTree(SHA256, leaves).Prove(uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		row, col, rows, cols := tiling.Rect(i)
		var tile []byte
		for r := row; r < row+rows; r++ {
			tile = append(tile, data[(r*shape[1]+col)*2:][:cols*2]...)
		}
		if err := tiling.Verify(digest, i, tile, p.Path); err != nil {
			t.Errorf("seed %d, shape %v, tile %d: %v", seed, shape, i, err)
		}
		flipped := slices.Clone(tile)
		flipped[rng.IntN(len(tile))] ^= 1
		taller, _ := NewTiling(BF16, shape[0]+1, shape[1])
		other, _ := NewTiling(F16, shape...)
		for name, err := range map[string]error{
			"one bit":      tiling.Verify(digest, i, flipped, p.Path),
			"other index":  tiling.Verify(digest, i+1, tile, p.Path),
			"no index":     tiling.Verify(digest, -1, tile, p.Path),
			"short tile":   tiling.Verify(digest, i, tile[1:], p.Path),
			"long path":    tiling.Verify(digest, i, tile, append(p.Path[:len(p.Path):len(p.Path)], Digest{})),
			"other shape":  taller.Verify(digest, i, tile, p.Path),
			"other dtype":  other.Verify(digest, i, tile, p.Path),
			"other tensor": tiling.Verify(Digest{}, i, tile, p.Path),
		} {
			if !errors.Is(err, ErrProof) {
				t.Errorf("seed %d, shape %v, tile %d: %s: got %v, want ErrProof", seed, shape, i, name, err)
			}
		}
	}
}

func TestMap(t *testing.T) {
	x := NewHasher()
	names := []string{"", "a", "a.b", "a.b.c", "ab", "b", "z", "é"}
	for n := range len(names) + 1 {
		entries := make([]Entry, n)
		for i := range entries {
			entries[i] = Entry{names[i], SHA256.Leaf([]byte(names[i]))}
		}
		m, err := x.Map(entries)
		if err != nil {
			t.Fatal(err)
		}
		if want := refMap(entries); m != want {
			t.Errorf("%d entries: got %v, want %v", n, m, want)
		}
		for i, e := range entries {
			p, err := ProveEntry(entries, i)
			if err != nil {
				t.Fatal(err)
			}
			if err := VerifyEntry(m, e, p); err != nil {
				t.Errorf("entry %d of %d: %v", i, n, err)
			}
			rng := rand.New(rand.NewPCG(uint64(n), uint64(i)))
			for name, bad := range corruptions(rng, p) {
				if err := VerifyEntry(m, e, bad); !errors.Is(err, ErrProof) {
					t.Errorf("entry %d of %d: %s: got %v, want ErrProof", i, n, name, err)
				}
			}
			if err := VerifyEntry(m, Entry{e.Name + "x", e.Digest}, p); !errors.Is(err, ErrProof) {
				t.Errorf("entry %d of %d: other name: got %v, want ErrProof", i, n, err)
			}
		}
	}
	for name, bad := range map[string][]Entry{
		"unsorted":  {{Name: "b"}, {Name: "a"}},
		"duplicate": {{Name: "a"}, {Name: "a"}},
	} {
		if _, err := x.Map(bad); err == nil {
			t.Errorf("%s: no error from Map", name)
		}
		if _, err := ProveEntry(bad, 0); err == nil {
			t.Errorf("%s: no error from ProveEntry", name)
		}
	}
}

func TestNoAllocations(t *testing.T) {
	x := NewHasher()
	tiling, err := NewTiling(F32, 300, 200)
	if err != nil {
		t.Fatal(err)
	}
	data := make([]byte, 300*200*4)
	tiles := make([]Digest, tiling.Tiles())
	entries := []Entry{{Name: "a"}, {Name: "b"}, {Name: "c"}}
	sha, kec := NewBuilder(SHA256), NewBuilder(Keccak256)
	leaf := make([]byte, 119)
	for name, f := range map[string]func(){
		"Tensor":  func() { x.Tensor(tiling, data) },
		"Tiles":   func() { x.Tiles(tiles, tiling, data, 0) },
		"Join":    func() { x.Join(tiling, tiles) },
		"Map":     func() { _, _ = x.Map(entries) },
		"SHA-256": func() { sha.Add(leaf); sha.Root() },
		"Keccak":  func() { kec.Add(leaf); kec.Root() },
	} {
		if n := testing.AllocsPerRun(20, f); n != 0 {
			t.Errorf("%s: got %v allocations, want 0", name, n)
		}
	}
}
