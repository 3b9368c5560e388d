package pin

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/erasure"
	"github.com/openledger/openledger/storage/storetest"
)

const testNetwork record.Network = 7

// A vault is shards in memory and a peer that pledged all their pieces.
type vault struct {
	key, auditor record.Key
	chunks       map[cid.Cid][]byte
	layouts      []*erasure.Layout
	pieces       []Piece
	roots        map[Piece][]merkle.Digest // of the chunks
	pledge       record.Verified
	sequence     uint64
}

func newVault(t testing.TB, shards, size int) *vault {
	t.Helper()
	v := &vault{key: testKey(t, 1), auditor: testKey(t, 2), chunks: map[cid.Cid][]byte{}, roots: map[Piece][]merkle.Digest{}}
	for i := range shards {
		l, chunks := testLayout(t, uint64(i), size)
		for c, b := range chunks {
			v.chunks[c] = b
		}
		v.layouts = append(v.layouts, l)
		for j := range l.Code.Pieces() {
			p := Piece{uint32(i), uint8(j)}
			v.pieces = append(v.pieces, p)
			for _, c := range l.Piece(j) {
				v.roots[p] = append(v.roots[p], chunkTree(v.chunks[c]).Root())
			}
		}
	}
	v.pledge = v.seal(t, v.key, record.Pledge, [32]byte{9}, 1, &Pledge{Bytes: 1 << 30, Until: epoch, Pieces: v.pieces})
	return v
}

// testLayout encodes content that follows from a seed.
func testLayout(t testing.TB, seed uint64, size int) (*erasure.Layout, map[cid.Cid][]byte) {
	t.Helper()
	type made struct {
		c cid.Cid
		b []byte
	}
	out := make(chan made, 10_000)
	l, err := erasure.Encode(t.Context(), bytes.NewReader(storetest.Bytes(seed, size)), erasure.Default, func(_ context.Context, b []byte) (cid.Cid, error) {
		c, err := block.CID(cid.Raw, b)
		out <- made{c, b}
		return c, err
	})
	if err != nil {
		t.Fatal(err)
	}
	close(out)
	chunks := map[cid.Cid][]byte{}
	for m := range out {
		chunks[m.c] = m.b
	}
	return l, chunks
}

func (v *vault) seal(t testing.TB, key record.Key, typ record.Type, subject [32]byte, sequence uint64, payload canon.Value) record.Verified {
	t.Helper()
	b, err := canon.Encode(payload)
	if err != nil {
		t.Fatal(err)
	}
	r, err := record.Seal(key, record.Header{Network: testNetwork, Type: typ, Subject: subject, Sequence: sequence}, b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (v *vault) challenge(t testing.TB, leaves, seed uint64) record.Verified {
	t.Helper()
	v.sequence++
	c := &Challenge{Leaves: leaves, Nonce: [32]byte(storetest.Bytes(seed, 32))}
	return v.seal(t, v.auditor, record.AuditChallenge, v.pledge.Header().Digest(), v.sequence, c)
}

func (v *vault) ground(t testing.TB) ground {
	t.Helper()
	g, err := newGround(v.pieces, v)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func (v *vault) Leaves(shard uint32) (uint64, error)         { return v.layouts[shard].Leaves(), nil }
func (v *vault) Roots(shard uint32) ([]merkle.Digest, error) { return v.layouts[shard].Roots, nil }

// prover lacks the pieces that are gone.
func (v *vault) prover(gone map[Piece]bool) prover {
	return prover{
		get: func(_ context.Context, c cid.Cid) ([]byte, error) { return v.chunks[c], nil },
		piece: func(_ context.Context, p Piece) ([]cid.Cid, []merkle.Digest, error) {
			if gone[p] {
				return nil, nil, block.ErrNotFound
			}
			return v.layouts[p.Shard].Piece(int(p.Index)), v.roots[p], nil
		},
	}
}

func (v *vault) answer(t testing.TB, challenge record.Verified, leaves uint64) (sealed record.Verified, opened []byte) {
	t.Helper()
	reply, err := v.prover(nil).prove(t.Context(), v.key, challenge, leaves, v.ground(t))
	if err != nil {
		t.Fatal(err)
	}
	if sealed, err = record.Open(reply.Answer(), testNetwork); err != nil {
		t.Fatal(err)
	}
	if opened, err = reply.Openings(); err != nil {
		t.Fatal(err)
	}
	return sealed, opened
}

// Content of all lengths: a leaf, a chunk, a stripe, and one byte on each side.
func TestAuditIsVerifiedByAnyone(t *testing.T) {
	full := 10 * erasure.Chunk
	for _, size := range []int{1, 9, 10 * 1024, 10*1024 + 1, 51_200, full - 1, full, full + 1, full + 10*1024 + 5, 2*full + 77_777} {
		v := newVault(t, 1, size)
		challenge := v.challenge(t, maxLeaves, uint64(size))
		sealed, opened := v.answer(t, challenge, maxLeaves)
		if err := CheckOpenings(v.pledge, challenge, sealed, opened, v); err != nil {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

// The leaves are drawn over all pieces, each with the same chance.
func TestLeavesAreDrawnEverywhere(t *testing.T) {
	v := newVault(t, 5, 30_000)
	g := v.ground(t)
	count := map[Piece]int{}
	state := begin([32]byte{1})
	const draws = 100_000
	for range draws {
		at := g.pick(state)
		if at.leaf >= at.size || at.size != v.layouts[at.Shard].Leaves() {
			t.Fatalf("%+v", at)
		}
		count[at.Piece]++
		state = next(state, nil)
	}
	for _, p := range v.pieces { // 1,000 each, 6 standard deviations
		if n := count[p]; n < 810 || n > 1190 {
			t.Errorf("piece %s was drawn %d times of %d", p, n, draws)
		}
	}
}

func TestForgedAnswersAreRefused(t *testing.T) {
	v := newVault(t, 2, 60_000)
	challenge := v.challenge(t, Leaves, 1)
	sealed, opened := v.answer(t, challenge, Leaves)
	other := v.challenge(t, Leaves, 2)
	otherSealed, otherOpened := v.answer(t, other, Leaves)

	var list openings
	change := func(f func(openings) openings) []byte {
		t.Helper()
		if err := canon.Decode(bytes.Clone(opened), &list, canon.Limits{}); err != nil {
			t.Fatal(err)
		}
		list = f(list)
		b, err := canon.Encode(&list)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	lie := v.seal(t, v.key, record.AuditAnswer, challenge.Header().Digest(), 0, &answer{End: [32]byte{1}})
	for _, e := range []struct {
		name      string
		challenge record.Verified
		sealed    record.Verified
		opened    []byte
		convicts  bool
	}{
		{"an old answer", other, sealed, opened, false},
		{"an old answer with new openings", other, sealed, otherOpened, false},
		{"a new answer with old openings", other, otherSealed, opened, false},
		{"of another peer", challenge, v.seal(t, v.auditor, record.AuditAnswer, challenge.Header().Digest(), 0, &answer{}), opened, false},
		{"another sequence", challenge, v.seal(t, v.key, record.AuditAnswer, challenge.Header().Digest(), 1, &answer{}), opened, false},
		{"another type", challenge, v.pledge, opened, false},
		{"another type of challenge", v.pledge, sealed, opened, false},
		{"a lie", challenge, lie, opened, true},
		{"a leaf too few", challenge, sealed, change(func(o openings) openings { return o[1:] }), false},
		{"a leaf twice", challenge, sealed, change(func(o openings) openings { o[5] = o[4]; return o }), false},
		{"a bit of a leaf", challenge, sealed, change(func(o openings) openings { o[3].Leaf[7] ^= 1; return o }), false},
		{"a bit of a path", challenge, sealed, change(func(o openings) openings { o[3].Proof.Path[0][7] ^= 1; return o }), false},
		{"a leaf of another place", challenge, sealed, change(func(o openings) openings { o[3].Proof.Index ^= 1; return o }), false},
		{"no openings", challenge, sealed, nil, false},
	} {
		err := CheckOpenings(v.pledge, e.challenge, e.sealed, e.opened, v)
		var lie *FalseAnswerError
		if !errors.Is(err, ErrRefused) || errors.As(err, &lie) != e.convicts {
			t.Errorf("%s: got %v, want ErrRefused, and evidence %t", e.name, err, e.convicts)
		}
	}
	if err := CheckOpenings(v.pledge, challenge, sealed, opened, v); err != nil {
		t.Errorf("the right answer: %v", err)
	}
	pledge := v.seal(t, v.key, record.Pledge, [32]byte{9}, 2, &Pledge{Until: epoch, Pieces: v.pieces})
	if err := CheckAnswer(pledge, challenge, sealed); !errors.Is(err, ErrRefused) {
		t.Errorf("about another pledge: %v", err)
	}
}

// Who lacks one leaf of the chain does not know which comes next.
func TestChainDependsOnEveryLeaf(t *testing.T) {
	v := newVault(t, 3, 60_000)
	challenge := v.challenge(t, Leaves, 3)
	g := v.ground(t)
	first := g.pick(begin(challenge.Header().Digest()))
	_, err := v.prover(map[Piece]bool{first.Piece: true}).prove(t.Context(), v.key, challenge, Leaves, g)
	var absent *absentError
	if !errors.As(err, &absent) || absent.piece != first.Piece {
		t.Errorf("got %v, want the first piece, %s, to be absent", err, first.Piece)
	}
	state := begin(challenge.Header().Digest())
	a, b := next(state, []byte("one leaf")), next(state, []byte("another"))
	if g.pick(a) == g.pick(b) {
		t.Error("the next leaf does not depend on the one before")
	}
}

func TestPledgeTravels(t *testing.T) {
	want := Pledge{
		Bytes: 1 << 40, Until: time.Unix(2_000_000_000, 0), Operator: record.Account{1, 2},
		Pieces: []Piece{{0, 0}, {0, 1}, {0, 255}, {1, 0}, {77, 3}, {1<<32 - 1, 255}},
	}
	b, err := canon.Encode(&want)
	if err != nil {
		t.Fatal(err)
	}
	var got Pledge
	if err := canon.Decode(b, &got, canon.Limits{}); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, p := range want.Pieces {
		if !got.holds(p) {
			t.Errorf("lacks %s", p)
		}
	}
	if got.holds(Piece{0, 2}) {
		t.Error("has 0/2")
	}
	for name, gaps := range map[string]string{
		"a gap that ends early":     "\x80",
		"a gap in a longer form":    "\x80\x00",
		"a shard over 32 bits":      "\x80\x80\x80\x80\x80\x40",
		"wrapping around":           strings.Repeat("\xff", 9) + "\x01",
		"a second piece behind all": "\xff\xff\xff\xff\xff\x1f\x00",
	} {
		b := canon.AppendArray(nil, 4)
		b = canon.AppendUint(canon.AppendUint(b, 1), 1)
		b = canon.AppendBytes(canon.AppendBytes(b, make([]byte, 20)), []byte(gaps))
		if err := canon.Decode(b, &got, canon.Limits{}); err == nil {
			t.Errorf("%s: no error, %v", name, got.Pieces)
		}
	}
}

func FuzzPledge(f *testing.F) {
	p := &Pledge{Bytes: 5, Until: epoch, Pieces: []Piece{{0, 1}, {3, 19}}}
	f.Add(p.AppendCanon(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		var p Pledge
		if canon.Decode(b, &p, canon.Limits{}) == nil && !slices.IsSortedFunc(p.Pieces, Piece.Compare) {
			t.Errorf("pieces %v", p.Pieces)
		}
	})
}

func FuzzChallenge(f *testing.F) {
	f.Add((&Challenge{Leaves: 59}).AppendCanon(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		var c Challenge
		if canon.Decode(b, &c, canon.Limits{}) == nil && (c.Leaves == 0 || c.Leaves > maxLeaves) {
			t.Errorf("%d leaves", c.Leaves)
		}
	})
}

// Whatever is sent as an answer and its openings, it is refused or right.
func FuzzOpenings(f *testing.F) {
	v := newVault(f, 1, 25_000)
	challenge := v.challenge(f, 3, 1)
	sealed, opened := v.answer(f, challenge, 3)
	f.Add(opened, sealed.Payload())
	f.Fuzz(func(t *testing.T, b, payload []byte) {
		answer, err := record.Seal(v.key, record.Header{Network: testNetwork, Type: record.AuditAnswer, Subject: challenge.Header().Digest()}, payload)
		if err != nil {
			return
		}
		err = CheckOpenings(v.pledge, challenge, answer, b, v)
		if err == nil && (!bytes.Equal(b, opened) || !bytes.Equal(payload, sealed.Payload())) {
			t.Error("something else was accepted")
		}
		if err != nil && !errors.Is(err, ErrRefused) {
			t.Errorf("got %v", err)
		}
	})
}
