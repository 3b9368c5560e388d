package worker_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/requester"
	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
)

// A worker that does not bid, or gives up, says for which reason, and the job
// shows it.
func TestReasons(t *testing.T) {
	fails := func(why job.Reason) func(p *worktest.Peer) {
		return func(p *worktest.Peer) {
			p.Find = func(context.Context, *job.Spec) error {
				return &work.ReasonError{Reason: why, Err: errors.New("as the test wants")}
			}
		}
	}
	for want, change := range map[job.Reason]func(p *worktest.Peer){
		job.NoMemory:   func(p *worktest.Peer) { p.Limits.Memory = 1 },
		job.NoSlot:     func(p *worktest.Peer) { p.Limits.Slots = 0 },
		job.NotModel:   func(p *worktest.Peer) { p.Limits.Models = []cid.Cid{cid.NewCidV1(cid.Raw, make([]byte, 34))} },
		job.PriceLow:   func(p *worktest.Peer) { p.Limits.Price = job.MaxAmount },
		job.NoStake:    func(p *worktest.Peer) { p.Limits.Funds = 0 },
		job.JobTooLong: func(p *worktest.Peer) { p.Limits.Longest = 1 },
		job.WrongLevel: func(p *worktest.Peer) { p.Limits.Methods = []job.Method{job.Full} },
		job.NoHours:    func(p *worktest.Peer) { p.Limits.From, p.Limits.Until = 1, 2 },
		job.BadModel:   fails(job.BadModel),
		job.NoBlock:    fails(job.NoBlock),
	} {
		t.Run(want.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := worktest.New(t)
				asks := w.Add("requester", 0, nil)
				w.Add("one", worktest.Works, change)
				w.Add("two", worktest.Works, change)
				id := w.Submit(asks, recipe.Choices{Level: job.C}, nil)
				time.Sleep(30 * time.Second)
				w.Wait(asks, id, func(v requester.View) bool {
					all := v.Explanation.Declined
					return len(all) == 1 && strings.Contains(all[0], "2 x "+want.String())
				})
			})
		})
	}
}
