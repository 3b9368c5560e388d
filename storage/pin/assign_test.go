package pin

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/storetest"
)

func testKey(t testing.TB, i int) record.Key {
	t.Helper()
	k, err := record.ParseKey(storetest.Bytes(uint64(i)+1000, 32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func testKeepers(t testing.TB, n int, room uint64) (out []Keeper) {
	for i := range n {
		out = append(out, Keeper{Peer: testKey(t, i).Public(), Bytes: room})
	}
	return out
}

func testShares(t testing.TB, n int, size uint64) (out []Share) {
	t.Helper()
	for i := range n {
		c, err := block.CID(cid.Raw, fmt.Appendf(nil, "shard %d", i))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, Share{c, 20, size})
	}
	return out
}

// settle gives every keeper the pieces that it was assigned.
func settle(keepers []Keeper, owners [][]int) {
	for k := range keepers {
		keepers[k].Pieces = nil
	}
	for s, pieces := range owners {
		for i, k := range pieces {
			if k != Nobody {
				keepers[k].Pieces = append(keepers[k].Pieces, Piece{uint32(s), uint8(i)})
			}
		}
	}
}

// most returns the most pieces of one shard at one keeper, and how many pieces
// nobody has.
func most(owners [][]int) (most, nobody int) {
	for _, pieces := range owners {
		count := map[int]int{}
		for _, k := range pieces {
			if k == Nobody {
				nobody++
				continue
			}
			count[k]++
			most = max(most, count[k])
		}
	}
	return most, nobody
}

func TestAssignEachPieceOnce(t *testing.T) {
	for _, e := range []struct {
		peers  int
		room   uint64
		shards int
		most   int // of a shard at one peer
		nobody int
	}{
		{20, 1 << 30, 30, 1, 0},
		{25, 1 << 30, 30, 1, 0},
		{200, 1 << 30, 30, 1, 0},
		{10, 1 << 30, 30, 2, 0},
		{3, 1 << 30, 5, 7, 0},
		{0, 0, 2, 0, 40},
		{20, 1000, 30, 1, 400}, // room for 10 pieces each
	} {
		keepers := testKeepers(t, e.peers, e.room)
		shares := testShares(t, e.shards, 100)
		owners := Assign(shares, keepers, nil)
		if m, n := most(owners); m != e.most || n != e.nobody {
			t.Errorf("%d peers: %d pieces of a shard at one, %d at nobody, want %d and %d", e.peers, m, n, e.most, e.nobody)
		}
		settle(keepers, owners)
		for _, k := range keepers {
			if uint64(len(k.Pieces))*100 > k.Bytes {
				t.Errorf("%d peers: one is given %d pieces for %d bytes", e.peers, len(k.Pieces), k.Bytes)
			}
		}
		if again := Assign(shares, keepers, nil); fmt.Sprint(again) != fmt.Sprint(owners) {
			t.Errorf("%d peers: pieces moved once they were kept", e.peers)
		}
	}
}

// Peers that know the same pledges in another order agree.
func TestAssignAgrees(t *testing.T) {
	const seed = 3
	r := rand.New(rand.NewPCG(seed, 0))
	keepers := testKeepers(t, 40, 1<<30)
	for i := range keepers {
		keepers[i].Bytes = r.Uint64N(1<<30) + 5000
		keepers[i].Operator = record.Account{byte(r.IntN(8))}
	}
	shares := testShares(t, 20, 1000)
	settle(keepers, Assign(shares, keepers, nil))
	for i := range keepers { // some have lost some, some claim too much
		keepers[i].Pieces = slices.DeleteFunc(keepers[i].Pieces, func(Piece) bool { return r.IntN(3) == 0 })
		keepers[i].Pieces = append(keepers[i].Pieces, Piece{uint32(r.IntN(20)), uint8(r.IntN(20))})
		slices.SortFunc(keepers[i].Pieces, Piece.Compare)
		keepers[i].Pieces = slices.Compact(keepers[i].Pieces)
	}
	owners := Assign(shares, keepers, nil)
	shuffled := slices.Clone(keepers)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	other := Assign(shares, shuffled, nil)
	for s := range owners {
		for i := range owners[s] {
			if got, want := shuffled[other[s][i]].Peer, keepers[owners[s][i]].Peer; got != want {
				t.Fatalf("seed %d: piece %d/%d: %s, want %s", seed, s, i, got.Account(), want.Account())
			}
		}
	}
}

// Who leaves moves its own pieces alone; who comes takes only second pieces.
func TestAssignMovesLittle(t *testing.T) {
	keepers := testKeepers(t, 30, 1<<30)
	shares := testShares(t, 50, 1000)
	owners := Assign(shares, keepers, nil)
	settle(keepers, owners)
	left := Assign(shares, keepers[1:], nil)
	for s := range owners {
		for i, k := range owners[s] {
			if k != 0 && left[s][i] != k-1 {
				t.Fatalf("piece %d/%d moved from peer %d to %d when peer 0 left", s, i, k, left[s][i]+1)
			}
		}
	}

	few := testKeepers(t, 10, 1<<30)
	owners = Assign(shares, few, nil)
	settle(few, owners)
	more := append(slices.Clone(few), testKeepers(t, 30, 1<<30)[10:]...)
	owners = Assign(shares, more, nil)
	if m, n := most(owners); m != 1 || n != 0 {
		t.Errorf("with enough peers %d pieces of a shard are at one, %d at nobody", m, n)
	}
	stayed := 0
	for s := range owners {
		for _, k := range owners[s] {
			if k < 10 {
				stayed++
			}
		}
	}
	if stayed != 50*10 {
		t.Errorf("%d pieces stayed, want one of each shard at each of 10 peers", stayed)
	}
}

// The chances are as the rooms, and operators come before chances.
func TestAssignDraw(t *testing.T) {
	keepers := testKeepers(t, 60, 1<<40)
	for i := range 30 {
		keepers[i].Bytes = 4 << 40
	}
	count := [2]int{}
	for _, pieces := range Assign(testShares(t, 300, 1), keepers, nil) {
		for _, k := range pieces[:1] { // the first is drawn of all
			count[k/30]++
		}
	}
	if count[0] < 215 || count[0] > 265 { // 240 of 300, 3.6 standard deviations
		t.Errorf("peers with 4 times the room were drawn %d times of 300, want about 240", count[0])
	}
	for i := range keepers {
		keepers[i].Operator = record.Account{byte(i/20 + 1)}
	}
	for s, pieces := range Assign(testShares(t, 20, 1), keepers, nil) {
		by := [3]int{}
		for _, k := range pieces {
			by[k/20]++
		}
		if slices.Max(by[:]) > 7 {
			t.Errorf("shard %d: %v pieces at 3 operators", s, by)
		}
	}
}

// A peer that was passed is not drawn for that piece.
func TestAssignPassed(t *testing.T) {
	keepers := testKeepers(t, 25, 1<<30)
	shares := testShares(t, 1, 1)
	first := keepers[Assign(shares, keepers, nil)[0][4]].Peer
	passed := func(p Piece, peer record.PublicKey) bool { return p == Piece{0, 4} && peer == first }
	if got := keepers[Assign(shares, keepers, passed)[0][4]].Peer; got == first {
		t.Error("the same peer is drawn again")
	}
}

func TestNegLog2(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 0))
	for i := range 1000 {
		u := r.Uint64()>>(i%64) | 1
		got := float64(negLog2(u)) / (1 << 32)
		if want := 64 - math.Log2(float64(u)); math.Abs(got-want) > 1e-9 {
			t.Fatalf("u %d: got %v, want %v", u, got, want)
		}
	}
}
