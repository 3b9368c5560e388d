package job

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// The journal of a lively job, folded up to any event, gives the state that the
// machine had then; and each event comes back from its bytes.
func TestEveryPrefix(t *testing.T) {
	for seed := uint64(0); seed < 60; seed++ {
		w := scenario(seed)
		w.run(maxEvents)
		live := NewRequester()
		for n, e := range w.qlog {
			b, err := canon.Encode(&e.Event)
			if err != nil {
				t.Fatalf("seed %d: %T: %v", seed, e.Event.Body, err)
			}
			var again Event
			if err := canon.Decode(b, &again, canon.Limits{}); err != nil {
				t.Fatalf("seed %d: %T: %v", seed, e.Event.Body, err)
			}
			live.Step(again, e.At)
			if n%17 != 0 && n != len(w.qlog)-1 {
				continue
			}
			folded := NewRequester()
			for _, e := range w.qlog[:n+1] {
				folded.Step(e.Event, e.At)
				folded.Wake() // a restart changes nothing
			}
			if !equalRead(folded, live) {
				t.Fatalf("seed %d: the first %d events fold to another state", seed, n+1)
			}
		}
		for _, x := range w.workers {
			m := NewWorker(x.account)
			for _, e := range x.log {
				m.Step(e.Event, e.At)
				m.Wake()
			}
			m.out, x.m.out = nil, nil
			if !reflect.DeepEqual(m, x.m) {
				t.Fatalf("seed %d: %s folds to another worker", seed, x.kind)
			}
		}
	}
}

// equalRead compares by what can be seen: lists that were read from bytes are
// empty where others are nil.
func equalRead(a, b *Requester) bool {
	return fmt.Sprint(a.Explain(), a.transfers, a.Status(), a.Alarm(), a.limit, a.leases, a.commits) ==
		fmt.Sprint(b.Explain(), b.transfers, b.Status(), b.Alarm(), b.limit, b.leases, b.commits)
}

// A Keeper on a file goes on where another one stopped.
func TestKeeper(t *testing.T) {
	w := scenario(3)
	w.run(maxEvents)
	path := filepath.Join(t.TempDir(), "ledger.db")
	j := openAt(t, path)
	live := NewRequester()
	for n, e := range w.qlog {
		k, _, err := j.Requester(w.id) // every event by another process
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Do(e.Event, e.At); err != nil {
			t.Fatal(err)
		}
		live.Step(e.Event, e.At)
		if n%25 == 0 && !equalRead(k.Machine, live) {
			t.Fatalf("after %d events the journal folds to another state", n+1)
		}
		if n > 150 {
			break
		}
	}
	jobs, err := openAt(t, path).Jobs(AsRequester)
	if err != nil || len(jobs) != 1 || jobs[0] != w.id {
		t.Errorf("got jobs %v, %v", jobs, err)
	}
}

// What was said once is said again, byte for byte; another word in its place is
// evidence.
func TestSayAndHear(t *testing.T) {
	j := open(t)
	key, err := record.ParseKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	id, me := ID{1}, key.Public().Account()
	first := Say{Type: record.Bid, Sequence: 3, Payload: form{kindBid, &Bid{Class: "a"}}.AppendCanon(nil)}
	other := Say{Type: record.Bid, Sequence: 3, Payload: form{kindBid, &Bid{Class: "b"}}.AppendCanon(nil)}
	for _, s := range []Say{first, first, other} {
		if b, err := j.Say(id, me, s); err != nil || !bytes.Equal(b, first.Payload) {
			t.Fatalf("got %x, %v, want %x", b, err, first.Payload)
		}
	}
	for n, s := range []Say{first, first, other} {
		v, err := record.Seal(key, record.Header{Network: 1, Type: s.Type, Subject: id, Sequence: s.Sequence}, s.Payload)
		if err != nil {
			t.Fatal(err)
		}
		e, err := j.Hear(v)
		if err != nil || (e != nil) != (n == 2) {
			t.Fatalf("record %d: evidence %v, error %v", n, e, err)
		}
		if e != nil {
			if who, err := e.Verify(1); err != nil || who != key.Public() {
				t.Errorf("the evidence names %v, %v", who, err)
			}
		}
	}
	if all, err := j.Heard(id, me, record.Bid, 1); err != nil || len(all) != 1 {
		t.Errorf("got %d records, %v", len(all), err)
	}
}

// Ten valid results in a row make a worker proven; one wrong one begins anew.
func TestCredit(t *testing.T) {
	j, w := open(t), account('w', 1)
	credit := func(n byte, valid bool, want uint64) {
		t.Helper()
		for range 2 { // a crash credits twice
			if err := j.Credit(ID{n}, Credit{w, valid}); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := j.Valid(w); err != nil || got != want {
			t.Fatalf("after job %d: got %d, %v, want %d", n, got, err, want)
		}
	}
	for n := range byte(12) {
		credit(n, true, uint64(n)+1)
	}
	credit(20, false, 0)
	credit(21, true, 1)
	credit(20, true, 1) // what was wrong stays wrong
	if got, err := j.Valid(account('w', 2)); err != nil || got != 0 {
		t.Errorf("a stranger has %d valid results, %v", got, err)
	}
}

// A process is killed at any point: what it had told us was journalled is
// there, and the next one goes on.
func TestKill(t *testing.T) {
	if path := os.Getenv("OPENLEDGER_KILL_TEST"); path != "" {
		killed(t, path)
		return
	}
	w := scenario(3)
	w.run(maxEvents)
	path := filepath.Join(t.TempDir(), "ledger.db")
	want := min(len(w.qlog), 60)
	for rounds, n := 0, 0; n < want; rounds++ {
		c := exec.Command(os.Args[0], "-test.run=^TestKill$")
		c.Env = append(os.Environ(), "OPENLEDGER_KILL_TEST="+path)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := 0
		for s := bufio.NewScanner(out); s.Scan(); {
			var done int
			if _, err := fmt.Sscanf(s.Text(), "done %d", &done); err != nil {
				continue
			}
			if done < n {
				t.Fatalf("event %d came after %d were on disk", done, n)
			}
			n = done + 1
			if lines++; lines > 3+5*rounds%11 || n >= want {
				break
			}
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait() // it was killed
	}
	events, err := openAt(t, path).Events(w.id, AsRequester)
	if err != nil || len(events) < want {
		t.Fatalf("got %d events, %v, want %d", len(events), err, want)
	}
	for i, e := range events {
		if e.At != w.qlog[i].At || fmt.Sprintf("%T", e.Event.Body) != fmt.Sprintf("%T", w.qlog[i].Event.Body) {
			t.Fatalf("event %d: got %T at %d, want %T at %d", i, e.Event.Body, e.At, w.qlog[i].Event.Body, w.qlog[i].At)
		}
	}
}

// killed is the process that is killed: it goes on with the job where the
// journal ends.
func killed(t *testing.T, path string) {
	w := scenario(3)
	w.run(maxEvents)
	j := openAt(t, path)
	events, err := j.Events(w.id, AsRequester)
	if err != nil {
		t.Fatal(err)
	}
	k, _, err := j.Requester(w.id)
	if err != nil {
		t.Fatal(err)
	}
	for n := len(events); n < len(w.qlog); n++ {
		if _, err := k.Do(w.qlog[n].Event, w.qlog[n].At); err != nil {
			t.Fatal(err)
		}
		fmt.Printf("done %d\n", n)
	}
}
