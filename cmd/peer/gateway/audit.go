package gateway

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
)

// How many receipts of a worker are audited, in thousandths: of one that has
// passed so many audits, and of one that has not.
const (
	known     = 10
	auditRate = 10
	newRate   = 50
)

// drawn says whether a beacon draws a receipt.
func drawn(beacon, id [32]byte, rate uint64) bool {
	b := append([]byte("openledger/audit/1"), beacon[:]...)
	h := sha256.Sum256(append(b, id[:]...))
	return binary.BigEndian.Uint64(h[:])%1000 < rate
}

// AuditEvery is how often Run looks for receipts to audit.
const AuditEvery = time.Minute

// Run audits receipts until ctx is done.
func (g *Gateway) Run(ctx context.Context) error {
	tick := time.NewTicker(AuditEvery)
	defer tick.Stop()
	for {
		if _, err := g.AuditDue(ctx); err != nil && ctx.Err() == nil {
			g.c.Log.WarnContext(ctx, "Receipts were not audited", slog.Any("error", err))
		}
		if err := g.disputes(ctx); err != nil && ctx.Err() == nil {
			g.c.Log.WarnContext(ctx, "A dispute is not over", slog.Any("error", err))
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// AuditDue draws the beacon for receipts that wait for it, and audits those that
// it draws: one receipt in a hundred, of new workers one in twenty, and each of
// which there is a doubt. The beacon is one of after the receipt, so that no
// worker knows which answer will be looked at. It returns how many it audited.
func (g *Gateway) AuditDue(ctx context.Context) (audited int, err error) {
	if g.c.Beacon == nil || g.c.Audit == nil {
		return 0, nil
	}
	due, err := g.c.Book.due(ctx, g.c.Now(), 1000)
	if err != nil {
		return 0, err
	}
	for _, e := range due {
		did, err := g.auditOne(ctx, e)
		if err != nil {
			return audited, fmt.Errorf("audit receipt %x: %w", e.ID[:4], err)
		}
		if did {
			audited++
		}
	}
	return audited, nil
}

// ErrLater is what a Beacon returns that is not there yet.
var ErrLater = errors.New("the beacon has not been drawn yet")

func (g *Gateway) auditOne(ctx context.Context, e Entry) (did bool, err error) {
	beacon, err := g.c.Beacon(ctx, e.At)
	if errors.Is(err, ErrLater) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	passed, err := g.c.Book.passed(ctx, e.Worker)
	if err != nil {
		return false, err
	}
	rate := uint64(auditRate)
	if passed < known {
		rate = newRate
	}
	if e.Doubt == "" && !drawn(beacon, e.ID, rate) {
		return false, g.c.Book.mark(ctx, e.ID, Spared, "")
	}
	_, _, err = g.Verify(ctx, e)
	if errors.Is(err, ErrNoModel) && g.fetch(ctx, e) {
		_, _, err = g.Verify(ctx, e)
	}
	if errors.Is(err, ErrNoModel) {
		return g.hand(ctx, e, beacon)
	}
	return err == nil, err
}

// fetch says whether the model of a receipt could be fetched.
func (g *Gateway) fetch(ctx context.Context, e Entry) bool {
	c, err := cid.Decode(e.Model)
	if err != nil || g.c.Fetch == nil {
		return false
	}
	if err := g.c.Fetch(ctx, c); err != nil {
		g.c.Log.DebugContext(ctx, "Model not fetched", slog.String("cid", e.Model), slog.Any("error", err))
		return false
	}
	return true
}

// ErrNoModel is what an Audit returns for a model that is not here.
var ErrNoModel = errors.New("the model is not here")

// Verify audits a receipt of the ledger now, and notes what it finds.
func (g *Gateway) Verify(ctx context.Context, e Entry) (*receipt.Verified, *serve.Fault, error) {
	v, err := receipt.Open(e.File, g.c.Network)
	if err != nil {
		return nil, nil, err
	}
	f, err := g.c.Audit(ctx, v.Claim())
	if err != nil {
		return v, nil, err
	}
	switch {
	case f == nil:
		return v, nil, g.c.Book.mark(ctx, e.ID, Passed, "")
	case f.What == "token" && f.Token < v.Spec.Given:
		// Another worker drew it and signed nothing.
		return v, f, g.c.Book.mark(ctx, e.ID, Foreign, f.Why)
	}
	g.c.Log.WarnContext(ctx, "A receipt is false", slog.String("peer", v.Signer.PeerID().String()), slog.String("why", f.Why))
	if err := g.c.Book.mark(ctx, e.ID, False, f.Why); err != nil {
		return v, f, err
	}
	if err := g.convict(ctx, e.ID, v); err != nil {
		g.c.Log.WarnContext(ctx, "The dispute is not over", slog.String("peer", v.Signer.PeerID().String()), slog.Any("error", err))
	}
	return v, f, nil
}

// convict has the signer of a false receipt convicted.
func (g *Gateway) convict(ctx context.Context, id [32]byte, v *receipt.Verified) error {
	if g.c.Convict == nil {
		return nil
	}
	verdict, err := g.c.Convict(ctx, v)
	if err != nil {
		return err
	}
	return g.c.Book.judged(ctx, id, verdict)
}

// disputeFor is how long the worker of a false receipt is looked for.
const disputeFor = 24 * time.Hour

// disputes goes on with those that are not over: a worker was away, or this peer.
func (g *Gateway) disputes(ctx context.Context) error {
	if g.c.Convict == nil {
		return nil
	}
	open, err := g.c.Book.accused(ctx, g.c.Now().Add(-disputeFor), 10)
	for _, e := range open {
		v, opened := receipt.Open(e.File, g.c.Network)
		if opened == nil {
			opened = g.convict(ctx, e.ID, v)
		}
		err = errors.Join(err, opened)
	}
	return err
}
