package worktest

import (
	"context"
	"fmt"
	"slices"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/record"
)

// neighbours are all other peers that run.
func (p *Peer) neighbours() (all []record.PublicKey) {
	for _, x := range p.w.everybody() {
		if x != p && x.Up() {
			all = append(all, x.Key.Public())
		}
	}
	return all
}

// party says whether the peer has a part in a job.
func (p *Peer) party(id job.ID) bool {
	return p.Requester.Has(id) || p.Worker != nil && p.Worker.Leased(id) || p.Auditor != nil && p.Auditor.Has(id)
}

// holders is work.Peer's: there is no DHT here, and everybody finds everybody.
func (w *World) holders(context.Context, job.ID) (all []record.PublicKey) {
	for _, x := range w.everybody() {
		if x.Up() {
			all = append(all, x.Key.Public())
		}
	}
	return all
}

// pins are holder.Pins in a peer's map of blocks.
type pins struct{ p *Peer }

func (x pins) Pin(ctx context.Context, root cid.Cid, _ string) (bytes uint64, err error) {
	b, err := x.p.Get(ctx, job.ID{}, root)
	if err != nil {
		return 0, err
	}
	share, err := work.ReadShare(b)
	if err != nil {
		return 0, err
	}
	got := map[cid.Cid][]byte{root: b}
	for _, c := range share.Blocks {
		if got[c], err = x.p.Get(ctx, job.ID{}, c); err != nil {
			return 0, err
		}
	}
	x.p.mu.Lock()
	defer x.p.mu.Unlock()
	x.p.pins[root] = append(share.Blocks, root)
	for c, b := range got {
		x.p.store[c] = b
		bytes += uint64(len(b))
	}
	return bytes, nil
}

func (x pins) Unpin(_ context.Context, root cid.Cid) error {
	x.p.mu.Lock()
	defer x.p.mu.Unlock()
	gone := x.p.pins[root]
	delete(x.p.pins, root)
	for _, c := range gone {
		x.p.collect(c)
	}
	return nil
}

// collect deletes a block that nothing wants any more. p.mu is held.
func (p *Peer) collect(c cid.Cid) {
	for _, kept := range p.kept {
		if kept[c] {
			return
		}
	}
	for _, pinned := range p.pins {
		if slices.Contains(pinned, c) {
			return
		}
	}
	delete(p.store, c)
}

// Holders are the peers that keep something for others now.
func (w *World) Holders() (all []*Peer) {
	w.Helper()
	for _, p := range w.everybody() {
		if !p.Up() {
			continue
		}
		n, _, err := p.Holder.Holds(context.Background())
		if err != nil {
			w.Fatal(fmt.Errorf("holder: %w", err))
		}
		if n > 0 {
			all = append(all, p)
		}
	}
	return all
}
