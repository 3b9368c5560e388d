package gossip

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

func testKey(t testing.TB, i int) record.Key {
	t.Helper()
	seed := sha256.Sum256(binary.LittleEndian.AppendUint64(nil, uint64(i)))
	k, err := record.ParseKey(seed[:])
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func testSeal(t testing.TB, k record.Key, seq uint64, text string) record.Verified {
	t.Helper()
	v, err := record.Seal(k, record.Header{Network: 7, Type: record.Statement, Sequence: seq}, canon.AppendText(nil, text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func testRule(t testing.TB, change func(*Rule)) Rule {
	t.Helper()
	r := Rule{Name: "test", Types: []record.Type{record.Statement}, Check: func(record.Verified) error { return nil }, Rate: Rate{1e9, 1e9}}
	if change != nil {
		change(&r)
	}
	r, err := r.complete()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A memory agrees with a set of all that came, as far as it reaches.
func TestMemoryByReference(t *testing.T) {
	const seed, span = 1, 20_000
	random, k := rand.New(rand.NewPCG(seed, 0)), testKey(t, 1)
	for _, spread := range []int64{3, 70, 500, 6000} {
		m := newMemory(testRule(t, nil), nil)
		came, highest := map[uint64]bool{}, uint64(0)
		at := int64(span)
		for range 400 {
			at += random.Int64N(spread) // forward on the whole, back at times
			seq := uint64(max(0, at-random.Int64N(spread)))
			want := error(nil)
			switch {
			case came[seq] && (highest-seq <= reach):
				want = ErrDuplicate
			case seq < highest && highest-seq > reach:
				want = ErrOld
			}
			if err := m.admit(testSeal(t, k, seq, "")); !errors.Is(err, want) || (err == nil) != (want == nil) {
				t.Fatalf("seed %d, spread %d: sequence %d after %d: got %v, want %v", seed, spread, seq, highest, err, want)
			}
			if want == nil {
				came[seq], highest = true, max(highest, seq)
			}
		}
	}
}

func TestMemoryLatest(t *testing.T) {
	m, k := newMemory(testRule(t, func(r *Rule) { r.Latest = true }), nil), testKey(t, 1)
	for _, c := range []struct {
		seq  uint64
		want error
	}{{5, nil}, {4, ErrOld}, {5, ErrDuplicate}, {9, nil}, {7, ErrOld}, {1 << 63, nil}, {9, ErrOld}, {1<<64 - 1, nil}} {
		if err := m.admit(testSeal(t, k, c.seq, "")); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("sequence %d: got %v, want %v", c.seq, err, c.want)
		}
	}
}

// Two payloads in one place convict their signer, once.
func TestMemoryConvicts(t *testing.T) {
	var evidence []record.Equivocation
	m := newMemory(testRule(t, func(r *Rule) { r.Evidence = func(e record.Equivocation) { evidence = append(evidence, e) } }), nil)
	k := testKey(t, 1)
	for i, want := range []error{nil, ErrConflict, ErrConflict} {
		if err := m.admit(testSeal(t, k, 3, fmt.Sprint(i))); !errors.Is(err, want) || (err == nil) != (want == nil) {
			t.Errorf("payload %d: got %v, want %v", i, err, want)
		}
	}
	if len(evidence) != 1 {
		t.Fatalf("got %d times evidence, want one", len(evidence))
	}
	if who, err := evidence[0].Verify(7); err != nil || who != k.Public() {
		t.Errorf("the evidence convicts %v, %v", who, err)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	early := 0
	m := newMemory(testRule(t, func(r *Rule) { r.Places = 100 }), func(n int) { early += n })
	k := testKey(t, 1)
	for i := range 1000 {
		v, err := record.Seal(k, record.Header{Network: 7, Type: record.Statement, Subject: [32]byte{byte(i), byte(i >> 8)}}, canon.AppendArray(nil, 0))
		if err != nil {
			t.Fatal(err)
		}
		if err := m.admit(v); err != nil {
			t.Fatal(err)
		}
		if n := len(m.places.now) + len(m.places.before); n > 102 {
			t.Fatalf("%d places are remembered, want 100", n)
		}
	}
	if early < 800 {
		t.Errorf("%d places were forgotten early, the metric says", early)
	}
}

func TestRecentForgetsInTime(t *testing.T) {
	r, start := newRecent[int, string](100, time.Hour), time.Unix(0, 0)
	at := func(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }
	r.put(1, "used", at(0))
	r.put(2, "idle", at(0))
	for m := 0; m < 300; m += 30 {
		if _, ok := r.get(1, at(m)); !ok {
			t.Errorf("minute %d: what is used is forgotten", m)
		}
	}
	if _, ok := r.get(2, at(300)); ok {
		t.Error("what is idle for hours is remembered")
	}
	if _, ok := r.get(1, at(1000)); ok {
		t.Error("after a long silence something is remembered")
	}
}

func TestBucket(t *testing.T) {
	rate, at := Rate{PerSecond: 2, Burst: 10}, time.Unix(100, 0)
	var b bucket
	for _, c := range []struct {
		after time.Duration
		n     int
		want  int
	}{{0, 4, 4}, {0, 9, 6}, {0, 1, 0}, {time.Second / 4, 1, 0}, {time.Second / 4, 5, 1}, {time.Hour, 99, 10}} {
		at = at.Add(c.after)
		if got := b.take(c.n, rate, at); got != c.want {
			t.Errorf("take %d at %v: got %d, want %d", c.n, at, got, c.want)
		}
	}
}

// What a peer sends over its rate is cut off, held against it, and forgiven in
// time.
func TestInspect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		met, err := newMetrics(nil)
		if err != nil {
			t.Fatal(err)
		}
		p := newPeers(Rate{PerSecond: 1, Burst: 10}, met)
		send := func(n int) int {
			rpc := &pubsub.RPC{}
			for range n {
				rpc.Publish = append(rpc.Publish, &pb.Message{})
			}
			if err := p.inspect("a", rpc); err != nil {
				t.Fatal(err)
			}
			return len(rpc.Publish)
		}
		if got := send(8) + send(100) + send(0); got != 10 {
			t.Errorf("%d records passed, want 10", got)
		}
		if got := p.excess("a"); got != 98 {
			t.Errorf("excess: got %v, want 98", got)
		}
		if got := p.excess("b"); got != 0 {
			t.Errorf("excess of a stranger: got %v, want 0", got)
		}
		time.Sleep(time.Minute)
		if got := p.excess("a"); got != 49 {
			t.Errorf("excess after a minute: got %v, want 49", got)
		}
		if got := send(100); got != 10 {
			t.Errorf("after a minute %d records passed, want 10", got)
		}
	})
}

// nobody is a host with an ID and nothing else.
type nobody struct{ host.Host }

func (nobody) ID() peer.ID { return "nobody" }

// Whatever bytes come: no panic, and nothing passes that its signer did not
// seal for this topic.
func FuzzValidate(f *testing.F) {
	k := testKey(f, 1)
	f.Add(testSeal(f, k, 1, "hello").Envelope())
	other, err := record.Seal(k, record.Header{Network: 7, Type: record.Offer}, canon.AppendArray(nil, 0))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(other.Envelope())
	f.Add([]byte{})
	met, err := newMetrics(nil)
	if err != nil {
		f.Fatal(err)
	}
	rule := testRule(f, func(r *Rule) { r.MaxBytes = 1024 })
	f.Fuzz(func(t *testing.T, in []byte) {
		topic := &Topic{rule: rule, name: "test", memory: newMemory(rule, nil), router: &Router{c: Config{Network: 7}, met: met, host: nobody{}}}
		m := &pubsub.Message{Message: &pb.Message{Data: in}}
		switch topic.validate(t.Context(), "stranger", m) {
		case pubsub.ValidationAccept:
			v, err := record.Open(in, 7)
			if err != nil || v.Header().Type != record.Statement || len(in) > 1024 {
				t.Fatalf("accepted %x: %v", in, err)
			}
			if again := topic.validate(t.Context(), "stranger", m); again != pubsub.ValidationIgnore {
				t.Fatalf("a replay: got %v, want ignored", again)
			}
		case pubsub.ValidationReject, pubsub.ValidationIgnore:
		}
	})
}
