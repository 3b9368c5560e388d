package manifest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/openledger/openledger/proofs/record"
)

// Who is withdrawn loses the credit in this version and all later ones, keeps it
// in those before, and stays named in all of them.
func TestWithdrawnCredit(t *testing.T) {
	w := newWorld(t)
	id := NewID(account(t, "founder"), "words")
	alice := w.contribution("alice", id, "one", "two", "three")
	draft := New("words", "MIT", Open)
	must(t, draft.Add(alice))
	v0 := w.mustLoad(w.seal("founder", draft.Manifest))

	versions := []*Datanet{v0}
	for _, records := range [][]uint64{{2}, {2, 0}, nil} {
		last := versions[len(versions)-1]
		gone, err := last.Withdraw(t.Context(), alice.CID(), records, "my mistake", w.get)
		must(t, err)
		draft := last.Draft()
		must(t, draft.Withdraw(w.withdrawal("alice", id, alice.CID(), gone.Records...)))
		versions = append(versions, w.mustLoad(w.seal("founder", draft.Manifest)))
	}
	for i, want := range []string{
		"[alice-0 1/3 alice-1 1/3 alice-2 1/5] 0/0",
		"[alice-0 1/3 alice-1 1/3 alice-2 0/0] 1/5",
		"[alice-0 0/0 alice-1 1/3 alice-2 0/0] 2/8",
		"[alice-0 0/0 alice-1 0/0 alice-2 0/0] 3/11",
	} {
		d := versions[i]
		m := d.Manifest()
		var who []string
		for _, c := range m.Contributors {
			who = append(who, fmt.Sprintf("%s %d/%d", c.Name, c.Records, c.Bytes))
		}
		if got := fmt.Sprintf("%v %d/%d", who, m.Stats.Withdrawn, m.Stats.WithdrawnBytes); got != want {
			t.Errorf("version %d: got %s, want %s", i, got, want)
		}
		if got := d.Contributions()[0].Value().Contributors[2].Records; got != 1 || m.Stats.Records != 3 {
			t.Errorf("version %d: the contribution credits %d of %d records", i, got, m.Stats.Records)
		}
		must(t, d.Verify(t.Context(), w.get))
	}
	diff, err := Compare(v0, versions[3])
	must(t, err)
	if len(diff.Contributors) != 0 || len(diff.Lost) != 3 || diff.Lost[2].Bytes != 5 {
		t.Errorf("diff: got %+v", diff)
	}
	if _, err := v0.Withdraw(t.Context(), alice.CID(), []uint64{3}, "no such record", w.get); err == nil {
		t.Error("a record was withdrawn that is not there")
	}
}

// A curator who withdraws one record cannot take the credit of another: more than
// there is Load refuses, another's Verify.
func TestFalseWithdrawal(t *testing.T) {
	w := newWorld(t)
	id := NewID(account(t, "founder"), "words")
	alice := w.contribution("alice", id, "one", "two", "three")
	draft := New("words", "MIT", Open)
	must(t, draft.Add(alice))
	v0 := w.mustLoad(w.seal("founder", draft.Manifest))
	for _, c := range []struct {
		name    string
		removal []Removal
		want    string
	}{
		{"more bytes", []Removal{{0, 0, 4}}, "takes 1 records of 4 bytes"},
		{"two of one", []Removal{{0, 0, 1}, {1, 0, 1}}, "takes 2 records"},
		{"no contributor", []Removal{{0, 3, 1}}, "contributor 3 of 3"},
		{"no record", []Removal{{3, 0, 1}}, "record 3 of 3"},
		{"another's", []Removal{{0, 1, 3}}, "withdrawn as 3 bytes of contributor 1, it is 3 bytes of 0"},
		{"fewer bytes", []Removal{{2, 2, 3}}, "withdrawn as 3 bytes of contributor 2, it is 5 bytes of 2"},
	} {
		draft := v0.Draft()
		gone := w.withdrawal("founder", id, alice.CID(), c.removal...)
		err := draft.Withdraw(gone)
		if err == nil {
			err = w.mustLoad(w.seal("founder", draft.Manifest)).Verify(t.Context(), w.get)
		} else { // a founder whose software does not ask
			draft.Manifest.Withdrawals = append(draft.Manifest.Withdrawals, gone.CID())
			_, err = w.load(w.seal("founder", draft.Manifest))
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want ...%s...", c.name, err, c.want)
		}
	}
	// Two withdrawals that disagree about one record.
	next := v0.Draft()
	must(t, next.Withdraw(w.withdrawal("founder", id, alice.CID(), Removal{0, 0, 3})))
	if err := next.Withdraw(w.withdrawal("alice", id, alice.CID(), Removal{0, 0, 2})); err == nil {
		t.Error("a record was withdrawn with two credits")
	}
	must(t, next.Withdraw(w.withdrawal("alice", id, alice.CID(), Removal{0, 0, 3}, Removal{1, 1, 3})))
	if got := next.Manifest.Stats; got.Withdrawn != 2 || got.WithdrawnBytes != 6 {
		t.Errorf("statistics: got %+v", got)
	}
	w.mustLoad(w.seal("founder", next.Manifest))
}

// Each kind of record has its own sequence of its signer: a review and a
// withdrawal of one number do not contradict each other.
func TestPlaces(t *testing.T) {
	w := newWorld(t)
	id := NewID(account(t, "founder"), "words")
	c := w.contribution("founder", id, "one")
	w.seq = 0
	v := w.review("founder", id, c.CID(), true)
	w.seq = 0
	g := w.withdrawal("founder", id, c.CID())
	if _, is := record.Equivocates(v.Record(), g.Record()); is || v.Record().Header().Type != record.Review || g.Record().Header().Type != record.Withdrawal {
		t.Errorf("a review of type %s and a withdrawal of type %s contradict each other", v.Record().Header().Type, g.Record().Header().Type)
	}
	if _, err := OpenWithdrawal(v.Record().Envelope(), network); err == nil {
		t.Error("a review was opened as a withdrawal")
	}
}
