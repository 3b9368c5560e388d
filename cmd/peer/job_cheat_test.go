package main

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/record"
)

// member runs a worker in this process, changed as a test wants it.
func member(t *testing.T, join string, change func(*jobs)) record.Key {
	t.Helper()
	h := home(t.TempDir())
	seed := sha256.Sum256([]byte(t.Name()))
	key, err := record.ParseKey(seed[:])
	if err != nil {
		t.Fatal(err)
	}
	c := defaults()
	c.Network.Port, c.Network.LAN, c.Network.Benchmark = 0, false, false
	if join != "" {
		c.Network.Bootstrap = []string{join}
	}
	c.Worker = workerConfig{Enabled: true, Slots: 1, Price: 1000} // cheaper than the others, who take what is offered
	c.Engine = op.Config{Threads: 1}
	p := newPeer(h, c, key, slog.New(slog.DiscardHandler), newRegistry())
	e, err := newEngine(c.Engine, p.metrics)
	if err != nil {
		t.Fatal(err)
	}
	r, err := openRepo(h, c, key.Public().Account(), func() (record.Key, error) { return key, nil }, p.log)
	if err != nil {
		t.Fatal(err)
	}
	n, err := newNetwork(p, e, append(storageRules(r.network()), offerRule())...)
	if err != nil {
		t.Fatal(err)
	}
	o, err := newOnline(p, r, n)
	if err != nil {
		t.Fatal(err)
	}
	j, err := newJobs(p, r, o, e, n.capacity)
	if err != nil {
		t.Fatal(err)
	}
	change(j)
	stop, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- supervise(stop, context.Background(), []service{
			{"engine", e.run}, {"repo", r.run}, {"network", n.run}, {"capacity", n.capacity.Run}, {"storage", o.run}, {"jobs", j.run},
		}, 30*time.Second, func(stage) error { return nil })
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return key
}

// A worker that cheats in one tile of one step is named by a fraud proof, which
// anybody checks from the file alone; it loses its stake, another one does its
// part, and the result is the honest one.
func TestJobCheat(t *testing.T) {
	c := newCrew(t, 2)
	key := member(t, c.ask.local(), func(j *jobs) {
		open := j.worker.Open
		j.worker.Open = func(ctx context.Context, s *job.Spec, dir string) (work.Runner, error) {
			r, err := open(ctx, s, dir)
			return worktest.Liar(r, 5), err
		}
	})
	for {
		var peers peersReport
		c.ask.answer(&peers, "swarm", "peers")
		if slices.ContainsFunc(peers.Peers, func(p peerLine) bool { return p.ID == key.Public().PeerID().String() }) {
			break
		}
	}
	id := c.submit("--level", "C", "--price", "1")
	r := c.final(id)
	cheater := key.Public().Account().String()
	if len(r.Proofs) == 0 {
		t.Fatalf("no fraud proof\n%s", c.ask.ok("job", "history", id))
	}
	var v verdictReport
	stranger := moreBox(t) // without a home
	stranger.answer(&v, "verify", r.Proofs[0], "--party", cheater)
	var other struct{ Account string }
	c.ask.answer(&other, "id")
	stranger.refused(stranger.command("verify", r.Proofs[0], "--party", other.Account), exitCheck, "part in the job")
	if v.Kind != "wrong tile" || v.Step != 5 || len(v.Guilty) != 1 || v.Guilty[0].String() != cheater {
		t.Errorf("the proof says %+v, want a wrong tile in step 5 of %s", v, cheater)
	}
	if len(r.Charges) != 1 {
		t.Fatalf("charges %q, want one for the contract", r.Charges)
	}
	var found verdictReport
	stranger.answer(&found, "verify", r.Charges[0], "--party", cheater)
	if found.Kind != "charge" || found.Step != 5 || found.Job != v.Job || len(found.Guilty) != 1 || found.Guilty[0].String() != cheater {
		t.Errorf("the charge says %+v, want step 5 of %s", found, cheater)
	}
	// The Referee finds it guilty, and that it has put nothing up here.
	c.ask.refused(c.ask.command("chain", "convict", r.Charges[0]), exitFailed, "NothingStaked", "no stake on this chain")
	c.ask.refused(c.ask.command("chain", "convict", r.Proofs[0]), exitCheck, ".charge")
	if !strings.Contains(strings.Join(r.Money, "\n"), "from stake of "+cheater+" to burned") {
		t.Errorf("its stake was not slashed:\n%s", strings.Join(r.Money, "\n"))
	}
	out := filepath.Join(c.ask.dir, "got")
	c.ask.ok("job", "get", id, "--out", out)
	c.sameAdapter(out, c.local(r.Model, r.Steps))
}
