package requester_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/requester"
	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
)

// many makes a job of many short segments, some of which are audited.
func many(s *job.Spec) { s.Segment = 1 }

// A worker that lies in one tile, and an auditor that does, are named by a proof
// that anybody checks, and by nobody else's, and by a charge that a contract
// judges; they lose their stake, and the result is the honest one.
func TestLiars(t *testing.T) {
	for _, who := range []string{"worker", "auditor"} {
		t.Run(who, func(t *testing.T) {
			in(t, func(t *testing.T, w *worktest.World) {
				lie := func(p *worktest.Peer) {
					p.Limits.Price = 100_000 // cheaper: it is chosen
					p.Wrap = func(r work.Runner) work.Runner { return worktest.Liar(r, 0) }
				}
				asks := w.Add("requester", 0, nil)
				for _, name := range []string{"one", "two"} {
					w.Add(name, worktest.Works, nil)
				}
				var bad *worktest.Peer
				if who == "worker" {
					bad = w.Add("liar", worktest.Works, lie)
					w.Add("auditor", worktest.Audits, nil)
				} else {
					bad = w.Add("liar", worktest.Audits, lie)
				}
				id := w.Submit(asks, recipe.Choices{Level: job.B, Epochs: 10}, many)
				v := w.Over(asks, id, job.Final)
				if got := w.Burned(asks, id, bad.Account()); got == 0 {
					t.Errorf("the liar lost nothing\n%s", w.History(asks, id))
				}
				if got := w.Paid(asks, id, bad.Account()); got != 0 {
					t.Errorf("the liar was paid %s", got)
				}
				for _, p := range asks.Proofs() {
					guilty(t, p, bad.Account())
				}
				for _, b := range asks.Charges() {
					c := worktest.Must[*dispute.Charge](t)(dispute.ReadCharge(b))
					found, err := c.Judge(worktest.Network)
					if err != nil || found.Guilty.Account() != bad.Account() || found.Client != asks.Account() || found.Job != id {
						t.Errorf("the charge finds %+v, %v; want %s guilty", found, err, bad.Account())
					}
				}
				if p, c := len(asks.Proofs()), len(asks.Charges()); c != p {
					t.Errorf("%d charges for %d fraud proofs", c, p)
				}
				if len(asks.Proofs()) == 0 {
					t.Errorf("no fraud proof; %+v", v.Explanation)
				}
				w.Right(asks, id)
			})
		})
	}
}

// guilty wants a proof to convict one account.
func guilty(t *testing.T, proof []byte, want record.Account) {
	t.Helper()
	e := worktest.Must[*op.Engine](t)(op.New(op.Config{Threads: 1}))
	defer e.Close()
	v, err := dispute.Verify(proof, work.Rules(worktest.Network, e))
	if err != nil || len(v.Guilty) != 1 || v.Guilty[0].Account() != want {
		t.Errorf("the proof convicts %v of %s (%v), want %s", v.Guilty, v.Kind, err, want)
	}
}

// A worker that does not serve what it committed to is replaced; if nobody does,
// the job has failed and says that the blocks are missing.
func TestMissingSegment(t *testing.T) {
	in(t, func(t *testing.T, w *worktest.World) {
		asks := w.Add("requester", 0, nil)
		for _, name := range []string{"one", "two", "three"} {
			w.Add(name, worktest.Works, func(p *worktest.Peer) { p.Serves = func(cid.Cid) bool { return false } })
		}
		id := w.Submit(asks, recipe.Choices{Level: job.C}, nil)
		failed(t, w, asks, id, job.NoBids, job.NoBlocks)
	})
}

// The requester loses its blocks: auditors and itself find them with who made
// them, and the job goes on.
func TestLostBlocks(t *testing.T) {
	in(t, func(t *testing.T, w *worktest.World) {
		asks := w.Add("requester", 0, nil)
		for _, name := range []string{"one", "two"} {
			w.Add(name, worktest.Works, nil)
		}
		audits := w.Add("auditor", worktest.Audits, nil)
		id := w.Submit(asks, recipe.Choices{Level: job.B, Epochs: 10}, many)
		w.Wait(asks, id, func(v requester.View) bool { return v.Status == job.Revealed || v.Status == job.Committed })
		asks.Kill()
		asks.Forget()
		asks.Serves = func(c cid.Cid) bool { return c.Type() == cid.DagCBOR && string(c.Hash()[2:]) == string(id[:]) } // the spec alone
		asks.Start()
		w.Over(asks, id, job.Final)
		w.Right(asks, id)
		if got := audits.Got()[asks.Account()]; got > 1 {
			t.Errorf("the auditor had %d blocks of the requester, want the spec alone", got)
		}
	})
}

// An answer without end is refused, costs who gave it its own time, and loses.
func TestHugeOpening(t *testing.T) {
	in(t, func(t *testing.T, w *worktest.World) {
		asks := w.Add("requester", 0, nil)
		for _, name := range []string{"one", "two"} {
			w.Add(name, worktest.Works, nil)
		}
		bad := w.Add("liar", worktest.Works, func(p *worktest.Peer) {
			p.Limits.Price = 100_000
			p.Wrap = func(r work.Runner) work.Runner { return worktest.Liar(r, 0) }
			p.Opens = func(limit int) []byte { return make([]byte, limit+1) }
		})
		id := w.Submit(asks, recipe.Choices{Level: job.C}, func(s *job.Spec) { s.Terms.Clock = job.Millis(time.Minute.Milliseconds()) })
		v := w.Over(asks, id, job.Final)
		if got := w.Paid(asks, id, bad.Account()); got != 0 || !strings.Contains(w.History(asks, id), "silent the") {
			t.Errorf("it was paid %s\n%s", got, w.History(asks, id))
		}
		w.Right(asks, v.ID)
	})
}

// Workers on every kernel of this machine come to one root.
func TestKernels(t *testing.T) {
	in(t, func(t *testing.T, w *worktest.World) {
		asks := w.Add("requester", 0, nil)
		for n, name := range append(op.Available(), "portable", "portable")[:3] {
			w.Add(fmt.Sprintf("%s %d", name, n), worktest.Works, func(p *worktest.Peer) { p.Kernel = name })
		}
		w.Add("auditor", worktest.Audits, nil)
		id := w.Submit(asks, recipe.Choices{Level: job.D}, many)
		if v := w.Over(asks, id, job.Final); v.Proofs > 0 {
			t.Errorf("%d disputes between honest workers", v.Proofs)
		}
		w.Right(asks, id)
	})
}
