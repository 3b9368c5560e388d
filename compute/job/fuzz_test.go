package job

import (
	"bytes"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
)

// Any bytes are a spec that writes the same bytes, or an error.
func FuzzSpec(f *testing.F) {
	for _, l := range []Level{A, D} {
		s := testSpec(l, 5, 2)
		f.Add(s.AppendCanon(nil))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		s, err := ReadSpec(in)
		if err != nil {
			return
		}
		if out := s.AppendCanon(nil); !bytes.Equal(out, in) {
			t.Fatalf("got %x, want %x", out, in)
		}
		if s.Check() != nil || s.Escrow() > MaxAmount || s.Segments() > MaxSegments {
			t.Fatalf("accepted %+v", s)
		}
	})
}

// Any bytes are a hand-over that writes the same bytes, or an error: package
// dispute believes what it reads of one.
func FuzzHandOver(f *testing.F) {
	h := &HandOver{Number: 3, First: 17, Start: merkle.Digest{1}, Chain: merkle.Digest{2}}
	f.Add(form{kindHandOver, h}.AppendCanon(nil))
	f.Add(form{kindLease, &Lease{}}.AppendCanon(nil)) // the other body of a Lease record
	f.Add(form{kindHandOver, &HandOver{First: MaxSteps}}.AppendCanon(nil))
	f.Fuzz(func(t *testing.T, in []byte) {
		first, start, chain, err := ReadHandOver(in)
		if err != nil {
			if first != 0 || start != (merkle.Digest{}) || chain != (merkle.Digest{}) {
				t.Fatalf("%v, and yet step %d, start %s, chain %s", err, first, start, chain)
			}
			return
		}
		var again HandOver
		if err := readForm(in, kindHandOver, &again); err != nil || again.First != first || again.Start != start || again.Chain != chain || first > MaxSteps {
			t.Fatalf("step %d, start %s, chain %s, want those of %+v (%v)", first, start, chain, again, err)
		}
		if out := (form{kindHandOver, &again}).AppendCanon(nil); !bytes.Equal(out, in) {
			t.Fatalf("got %x, want %x", out, in)
		}
	})
}

// Any payload under any type is an event or an error; any event in a journal
// likewise.
func FuzzRecords(f *testing.F) {
	for k := kind(1); k < kindEnd; k++ {
		b := newBody(k)
		f.Add(uint8(record.Lease), form{k, b}.AppendCanon(nil))
		f.Add(uint8(0), (&Event{Body: b}).AppendCanon(nil))
	}
	key, err := record.ParseKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, kind uint8, in []byte) {
		var e Event
		if canon.Decode(in, &e, canon.Limits{}) == nil {
			if out := e.AppendCanon(nil); !bytes.Equal(out, in) {
				t.Fatalf("got %x, want %x", out, in)
			}
		}
		v, err := record.Seal(key, record.Header{Network: 1, Type: record.Type(kind), Subject: ID{1}}, in)
		if err != nil {
			return
		}
		if id, e, err := Read(v); err == nil && (id != ID{1} || e.From != key.Public().Account() || e.Body == nil) {
			t.Fatalf("read %v of %v", e, id)
		}
	})
}

// Whatever arrives, in any order and from anybody, moves no money that is not
// there, and ends.
func FuzzRequester(f *testing.F) {
	for seed := range byte(8) {
		f.Add(bytes.Repeat([]byte{seed, 3, 7, 1, 2 * seed}, 20))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		in = in[:min(len(in), 400)]
		spec := testSpec(Level(1+len(in)%4), 3, 1)
		q, now := NewRequester(), Millis(1000)
		ledger := NewPurses()
		ledger.Mint(spec.Requester, spec.Escrow())
		for i := range 4 {
			ledger.Mint(account('w', i), spec.Terms.Stake+spec.Terms.Bond)
		}
		do := func(e Event) {
			for todo := []Event{e}; len(todo) > 0; {
				e, todo = todo[0], todo[1:]
				for _, a := range q.Step(e, now) {
					switch a := a.(type) {
					case Move:
						if err := ledger.Move(a.Transfer); err != nil {
							t.Fatal(err)
						}
					case Lock:
						todo = append(todo, Event{Body: &Locked{a.Account, ledger.Move(a.Transfer) == nil}}, Event{Body: &Planned{a.Account, a.Account[1]%3 > 0}})
					}
				}
			}
		}
		do(Event{Body: &Submit{spec, [32]byte{}}})
		for len(in) >= 4 {
			e := fuzzEvent(q, in[0], in[1], in[2])
			now += Millis(in[3]) * 40
			in = in[4:]
			do(e)
		}
		for range 2000 { // nobody does anything any more
			if at := q.Alarm(); at > 0 {
				now = max(now+1, at)
			}
			do(Event{Body: &Tick{}})
			if q.agreed > 0 && !q.drawn {
				do(Event{Body: &Beacon{After: q.agreed}})
			}
		}
		if !q.status.Over() || ledger.Held(q.id) != 0 || ledger.Total() != ledger.Minted() {
			t.Fatalf("%s, holds %s\n%s", q.Status(), ledger.Held(q.id), explained(q))
		}
	})
}

// fuzzEvent makes an event of three bytes that often makes sense.
func fuzzEvent(q *Requester, what, who, n byte) Event {
	i, replica := int(who%4), int(n)%max(1, len(q.replicas))
	e := Event{From: account('w', i)}
	v := &Reveal{}
	v.Nonce = [32]byte{who}
	segment := uint64(n>>2) % 3
	v.Commitment.First, v.Commitment.Last = segment+1, segment+1
	v.Commitment.Root[0] = n >> 6
	r := replicaAt(q, replica)
	shell := func(b Body) Event { return Event{Body: b} }
	if m := q.find(e.From); m != nobody {
		e.Sequence = q.members[m].sequence
	}
	switch what % 18 {
	case 0, 1:
		e.Body = &Candidate{Bid{Operator: account('o', i), Class: string(rune('a' + i)), Price: Amount(n)}, uint64(n)}
	case 2:
		e.Body = &Beat{Lease: r.lease, Step: uint64(n)}
	case 3, 4, 5:
		c := &Commit{Lease: r.lease, Replica: uint64(replica), Segment: segment, State: testCID("s"), Leaves: testCID("l")}
		c.Hidden = v.Commit(q.id, e.From)
		c.Replaces = r.replaces(segment)
		e.Body = c
	case 6, 7:
		e.Body = v
	case 8:
		return shell(&Stored{uint64(n), who < 200})
	case 9:
		t := &Traced{Replica: uint64(replica)}
		for range q.limit {
			t.Last = append(t.Last, [32]byte{})
		}
		return shell(t)
	case 10:
		return shell(&Beacon{q.agreed, [32]byte{who}})
	case 11:
		e.Body = &Volunteer{account('o', i)}
	case 12:
		e.Body = &AuditCommit{uint64(n % 4), v.Commit(q.id, e.From)}
	case 13:
		e.Body = &Challenge{v.Reveal}
	case 14:
		return shell(&Verdict{Dispute: uint64(n % 4), Guilty: Side(who % 4), Silent: Side(who >> 2 % 4), Single: n > 128})
	case 15:
		return shell(&Unusable{uint64(replica), segment})
	case 16:
		return shell(&Order{What: What(1 + who%3)})
	case 17:
		switch who % 3 {
		case 0:
			e.Body = &Quit{r.lease}
		case 1:
			return shell(&Evidence{e.From})
		case 2:
			return shell(&Turn{uint64(n % 4), Side(1 + n%2)})
		}
	}
	return e
}

func replicaAt(q *Requester, i int) *replica {
	if i < len(q.replicas) {
		return &q.replicas[i]
	}
	return &replica{}
}
