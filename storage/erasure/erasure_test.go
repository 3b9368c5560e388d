package erasure

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/klauspost/reedsolomon"
	"github.com/multiformats/go-multihash"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
)

// peers is one map of blocks, with a count of what was read.
type peers struct {
	mu     sync.Mutex
	blocks map[cid.Cid][]byte
	reads  int
}

func newPeers() *peers { return &peers{blocks: map[cid.Cid][]byte{}} }

func (p *peers) put(_ context.Context, chunk []byte) (cid.Cid, error) {
	c, err := cid.V1Builder{Codec: cid.Raw, MhType: multihash.SHA2_256}.Sum(chunk)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.blocks[c] = chunk
	return c, err
}

func (p *peers) get(_ context.Context, c cid.Cid) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b, ok := p.blocks[c]
	if !ok {
		return nil, errors.New("gone")
	}
	p.reads++
	return b, nil
}

// lose forgets what only the peers of some pieces held. Equal chunks are one
// block, so others may still have theirs.
func (p *peers) lose(l *Layout, pieces ...int) {
	held := map[cid.Cid]bool{}
	for i := range l.Code.Pieces() {
		for _, c := range l.Piece(i) {
			held[c] = held[c] || !slices.Contains(pieces, i)
		}
	}
	for c := range p.blocks {
		if !held[c] {
			delete(p.blocks, c)
		}
	}
}

func content(seed uint64, n int) []byte {
	r := rand.New(rand.NewPCG(seed, 0))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func encode(t testing.TB, data []byte, code Code) (*Layout, *peers) {
	t.Helper()
	p := newPeers()
	l, err := Encode(t.Context(), bytes.NewReader(data), code, p.put)
	if err != nil {
		t.Fatal(err)
	}
	return l, p
}

func TestAnyTenOfTwenty(t *testing.T) {
	const seed = 1
	r := rand.New(rand.NewPCG(seed, 1))
	full := Default.Data * Chunk
	for _, n := range []int{0, 1, 9, 10, 11, 1023, 10 * 1024, full - 1, full, full + 1, 2*full + 12345} {
		data := content(seed, n)
		l, p := encode(t, data, Default)
		for range 3 {
			kept := newPeers()
			for c, b := range p.blocks {
				kept.blocks[c] = b
			}
			lost := r.Perm(20)[:10]
			kept.lose(l, lost...)
			var got bytes.Buffer
			if err := Decode(t.Context(), &got, l, kept.get); err != nil || !bytes.Equal(got.Bytes(), data) {
				t.Fatalf("seed %d: %d bytes without pieces %v: %d bytes back, %v", seed, n, lost, got.Len(), err)
			}
		}
	}
}

func TestElevenLostAreLost(t *testing.T) {
	l, p := encode(t, content(2, 100_000), Default)
	p.lose(l, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
	if err := Decode(t.Context(), io.Discard, l, p.get); !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "stripe 0") {
		t.Errorf("got %v, want ErrLost with the stripe", err)
	}
}

// Repair restores the same blocks and reads ten chunks a stripe, no more.
func TestRepair(t *testing.T) {
	l, p := encode(t, content(3, 3*Default.Data*Chunk+5), Default)
	all := len(p.blocks)
	missing := []int{0, 7, 13, 19}
	p.lose(l, missing...)
	if err := Repair(t.Context(), l, missing, p.get, p.put); err != nil {
		t.Fatal(err)
	}
	if len(p.blocks) != all || p.reads != len(l.Stripes)*Default.Data {
		t.Errorf("got %d of %d blocks after %d reads of %d stripes", len(p.blocks), all, p.reads, len(l.Stripes))
	}
	if err := Repair(t.Context(), l, []int{20}, p.get, p.put); err == nil {
		t.Error("piece 20 of 20: no error")
	}
}

// A layout that lies is found out by the repaired blocks' CIDs.
func TestRepairNamesALyingLayout(t *testing.T) {
	l, p := encode(t, content(4, 50_000), Default)
	l.Stripes[0][3] = l.Stripes[0][4]
	err := Repair(t.Context(), l, []int{3}, p.get, p.put)
	if err == nil || !strings.Contains(err.Error(), "piece 3") {
		t.Errorf("got %v, want an error that names piece 3", err)
	}
}

// The roots are over 1 KiB leaves of each piece.
func TestRoots(t *testing.T) {
	l, p := encode(t, content(5, Default.Data*Chunk+7777), Default)
	for i := range l.Roots {
		b := merkle.NewBuilder(merkle.SHA256)
		size := uint64(0)
		for _, c := range l.Piece(i) {
			chunk := p.blocks[c]
			size += uint64(len(chunk))
			for at := 0; at < len(chunk); at += Leaf {
				b.Add(chunk[at:min(at+Leaf, len(chunk))])
			}
		}
		if b.List() != l.Roots[i] || b.Len() != l.Leaves() || size != l.PieceSize() {
			t.Errorf("piece %d: root, or count of %d leaves or %d bytes differs", i, b.Len(), size)
		}
	}
}

func TestLayoutTravels(t *testing.T) {
	l, _ := encode(t, content(6, 300_000), Code{Data: 3, Parity: 2})
	b, err := canon.Encode(l)
	if err != nil {
		t.Fatal(err)
	}
	var got Layout
	if err := canon.Decode(b, &got, canon.Limits{}); err != nil || fmt.Sprint(got) != fmt.Sprint(*l) {
		t.Errorf("got %v, %v", got, err)
	}
	for name, change := range map[string]func(*Layout){
		"a size of other stripes": func(l *Layout) { l.Size += 3 * Chunk },
		"a root too few":          func(l *Layout) { l.Roots = l.Roots[1:] },
		"a short stripe":          func(l *Layout) { l.Stripes[0] = l.Stripes[0][1:] },
		"no data chunks":          func(l *Layout) { l.Code.Data = 0 },
	} {
		var bad Layout
		if err := canon.Decode(b, &bad, canon.Limits{}); err != nil {
			t.Fatal(err)
		}
		change(&bad)
		if err := canon.Decode(bad.AppendCanon(nil), &got, canon.Limits{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzLayout(f *testing.F) {
	l, _ := encode(f, content(7, 1000), Code{Data: 2, Parity: 1})
	f.Add(l.AppendCanon(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		var l Layout
		if canon.Decode(b, &l, canon.Limits{}) == nil && l.Check() != nil {
			t.Error("a layout that does not fit was read")
		}
	})
}

// BenchmarkEncode puts three speeds side by side, all in bytes of content:
// reedsolomon's own, over chunks that stay in the cache; its speed as Encode
// calls it, over a stripe that was just read; and all of Encode, which hashes every chunk twice, for its CID and for its audit leaves.
func BenchmarkEncode(b *testing.B) {
	data := content(8, Default.Data*Chunk)
	coder, err := Default.coder()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("reedsolomon", func(b *testing.B) {
		chunks := make([][]byte, Default.Pieces())
		for i := range chunks {
			chunks[i] = make([]byte, Chunk)
			copy(chunks[i], data[i%Default.Data*Chunk:])
		}
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if err := coder.Encode(chunks); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("coding", func(b *testing.B) {
		timed := &stopwatch{Encoder: coder}
		buf := make([]byte, Default.Pieces()*Chunk)
		for b.Loop() {
			if _, _, err := Default.read(bytes.NewReader(data), timed, buf); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(0, "ns/op") // of the reading too
		b.ReportMetric(float64(b.N*len(data))/timed.took.Seconds()/1e6, "MB/s")
	})
	b.Run("all", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			_, err := Encode(b.Context(), bytes.NewReader(data), Default, func(_ context.Context, chunk []byte) (cid.Cid, error) {
				return cid.V1Builder{Codec: cid.Raw, MhType: multihash.SHA2_256}.Sum(chunk)
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// stopwatch measures the coding alone.
type stopwatch struct {
	reedsolomon.Encoder
	took time.Duration
}

func (s *stopwatch) Encode(chunks [][]byte) error {
	start := time.Now()
	defer func() { s.took += time.Since(start) }()
	return s.Encoder.Encode(chunks)
}
