package pin

import (
	"testing"
	"time"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/storetest"
)

// pledgeOf seals what a peer promises first.
func pledgeOf(t *testing.T, seed uint64, p Pledge) record.Verified {
	t.Helper()
	return pledgeNumber(t, seed, 1, p)
}

func pledgeNumber(t *testing.T, seed, sequence uint64, p Pledge) record.Verified {
	t.Helper()
	key, err := record.ParseKey(storetest.Bytes(seed+9000, 32))
	if err != nil {
		t.Fatal(err)
	}
	payload, err := canon.Encode(&p)
	if err != nil {
		t.Fatal(err)
	}
	v, err := record.Seal(key, record.Header{Network: 7, Type: record.Pledge, Subject: [32]byte{1}, Sequence: sequence}, payload)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestPartners: of very many keepers a peer audits 256, the same each time, and
// two peers audit different ones, so that all are audited by somebody.
func TestPartners(t *testing.T) {
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	d := newDatanet([32]byte{1})
	const keepers = 3 * maxPartners
	for i := range uint64(keepers) {
		v := pledgeOf(t, i, Pledge{Bytes: 1 << 20, Until: now.Add(time.Hour), Pieces: []Piece{{0, uint8(i % 20)}}})
		if err := d.learn(v, now, record.PublicKey{}); err != nil {
			t.Fatal(err)
		}
	}
	audited := map[record.PublicKey]bool{}
	for _, self := range sorted(d.pledges)[:8] {
		who := self.sealed.Signer()
		one, two := d.partners(now, who), d.partners(now, who)
		if len(one) != maxPartners {
			t.Fatalf("%d partners, want %d", len(one), maxPartners)
		}
		for i, k := range one {
			if k != two[i] || k.sealed.Signer() == who {
				t.Fatalf("partner %d is %s, then %s", i, k.sealed.Signer().Account(), two[i].sealed.Signer().Account())
			}
			audited[k.sealed.Signer()] = true
		}
	}
	if len(audited) < keepers*9/10 {
		t.Errorf("eight peers audit %d of %d keepers", len(audited), keepers)
	}
	if late := d.partners(now.Add(time.Hour), record.PublicKey{}); len(late) != 0 {
		t.Errorf("%d partners whose pledges have ended", len(late))
	}
}

// TestAhead: a pledge for shards of a version that is not known here is not
// audited for a day, in which the version may come; then it is.
func TestAhead(t *testing.T) {
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	d := newDatanet([32]byte{1})
	d.owners = make([][]int, 2)
	v := pledgeOf(t, 1, Pledge{Bytes: 1 << 20, Until: now.Add(72 * time.Hour), Pieces: []Piece{{1, 3}, {2, 3}}})
	if err := d.learn(v, now, record.PublicKey{}); err != nil {
		t.Fatal(err)
	}
	k := d.pledges[v.Signer()]
	for _, c := range []struct {
		name   string
		after  time.Duration
		shards int
		want   bool
	}{
		{"new", 0, 2, true},
		{"within a day", Memory - time.Second, 2, true},
		{"after a day", Memory, 2, false},
		{"the version came", Memory, 3, false},
		{"and went: the day begins anew", Memory, 2, true},
	} {
		d.owners = make([][]int, c.shards)
		if got := d.ahead(k, now.Add(c.after)); got != c.want {
			t.Errorf("%s: ahead is %t, want %t", c.name, got, c.want)
		}
	}
}

// TestRelieved: a peer lets go of a piece once its keeper has shown it in an
// audit, also if the keeper's pledge changes more often than it is audited.
func TestRelieved(t *testing.T) {
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	d := newDatanet([32]byte{1})
	pledge := func(sequence uint64, pieces ...Piece) record.PublicKey {
		v := pledgeNumber(t, 1, sequence, Pledge{Bytes: 1 << 20, Until: now.Add(time.Hour), Pieces: pieces})
		if err := d.learn(v, now, record.PublicKey{}); err != nil {
			t.Fatal(err)
		}
		return v.Signer()
	}
	one, two, three := Piece{0, 0}, Piece{0, 1}, Piece{0, 2}
	peer := pledge(1, one, two)
	d.keepers, d.owners = []Keeper{{Peer: peer}}, [][]int{{0, 0, 0}}
	for _, c := range []struct {
		name  string
		after func()
		want  [3]bool
	}{
		{"never audited", func() { d.watches[peer] = &Watch{} }, [3]bool{}},
		{"passed", func() { d.showed(peer, []Piece{one, two}) }, [3]bool{true, true, false}},
		{"says that it has another piece", func() { pledge(2, one, two, three) }, [3]bool{true, true, false}},
		{"and that one is gone", func() { pledge(3, one, three) }, [3]bool{true, false, false}},
		{"passed by the pledge before the last", func() { d.showed(peer, []Piece{one, two, three}) }, [3]bool{true, false, true}},
		{"gave no answer", func() { d.watches[peer].Reason = "no answer" }, [3]bool{}},
		{"answered again", func() { d.watches[peer].Reason = "" }, [3]bool{true, false, true}},
		{"evicted", func() { d.watches[peer].Evicted = true }, [3]bool{}},
	} {
		c.after()
		var got [3]bool
		for i, p := range []Piece{one, two, three} {
			got[i] = d.relieved(now, p, record.PublicKey{})
		}
		if got != c.want {
			t.Errorf("%s: relieved of %v, want %v", c.name, got, c.want)
		}
	}
}
