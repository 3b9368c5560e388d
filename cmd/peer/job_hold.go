package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/pin"
)

// heldKey is where those are found in the DHT who keep pieces of a job's segments.
func heldKey(n record.Network, id job.ID) cid.Cid {
	h := sha256.Sum256(fmt.Appendf(nil, "openledger/held/1/%d/%x", n, id[:]))
	return cid.NewCidV1(cid.Raw, append([]byte{0x12, 0x20}, h[:]...)) // a sha2-256 multihash
}

// provideHeld has others find this peer as a holder.
func (j *jobs) provideHeld(ctx context.Context, id job.ID) error {
	return j.online.node.Provide(ctx, heldKey(j.repo.network(), id))
}

// holders looks for who keeps pieces of a job.
func (j *jobs) holders(ctx context.Context, id job.ID) (all []record.PublicKey) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	for p := range j.online.node.Providers(ctx, heldKey(j.repo.network(), id), job.MaxHolders) {
		if k, err := node.KeyOf(p); err == nil {
			all = append(all, k)
		}
	}
	return all
}

// party says whether this peer has a part in a job of its own or of another.
func (j *jobs) party(id job.ID) bool {
	return j.requester.Has(id) || j.worker != nil && j.worker.Leased(id) || j.auditor != nil && j.auditor.Has(id)
}

// heldPins are the pieces of other peers' jobs among the pins: they count for the
// quota, are shown by "peer pin ls" and collected when unpinned.
type heldPins struct{ pins *pin.Service }

func (h heldPins) Pin(ctx context.Context, root cid.Cid, name string) (bytes uint64, err error) {
	if err := h.pins.Add(ctx, pin.Pin{Root: root, Name: name, Whole: true}); err != nil {
		return 0, err
	}
	if err := h.pins.Wait(ctx, root); err != nil {
		return 0, err
	}
	s, err := h.pins.Status(ctx, root)
	return s.Bytes, err
}

func (h heldPins) Unpin(ctx context.Context, root cid.Cid) error {
	if err := h.pins.Remove(ctx, root); err != nil && !errors.Is(err, pin.ErrNotPinned) {
		return err
	}
	return nil
}
