package gateway

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/proofs/canon"
)

// mostAuditors is how many peers are asked to audit one receipt.
const mostAuditors = 3

// hand has other peers audit a receipt that was drawn and whose model is not here,
// one after the other, in an order that the beacon decides, so that no worker knows
// who looks at its answer. That the receipt is false is believed by a proof alone;
// that it is true is noted as what somebody else says.
func (g *Gateway) hand(ctx context.Context, e Entry, beacon [32]byte) (audited bool, err error) {
	v, err := receipt.Open(e.File, g.c.Network)
	if err != nil {
		return false, err
	}
	if g.c.Auditors == nil {
		return false, g.c.Book.mark(ctx, e.ID, Unable, ErrNoModel.Error())
	}
	all, err := g.c.Auditors(ctx, v.Receipt.Model)
	if err != nil {
		return false, err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(w Worker) bool { return w.Key == v.Signer })
	slices.SortFunc(all, func(a, b Worker) int {
		x, y := place(beacon, e.ID, a), place(beacon, e.ID, b)
		return bytes.Compare(x[:], y[:])
	})
	why := ErrNoModel.Error()
	asked := 0
	for _, w := range all {
		if asked == mostAuditors {
			break
		}
		f, err := g.askAuditor(ctx, w, e.File)
		if ctx.Err() != nil {
			return false, context.Cause(ctx)
		}
		if err != nil {
			g.c.Log.DebugContext(ctx, "No audit", slog.String("peer", peerOf(w)), slog.Any("error", err))
			continue
		}
		asked++
		said := "peer " + peerOf(w) + " says: "
		switch {
		case f.Foreign:
			return true, g.c.Book.mark(ctx, e.ID, Foreign, said+f.Why)
		case !f.False:
			return true, g.c.Book.mark(ctx, e.ID, Vouched, "peer "+peerOf(w)+" computed it again")
		}
		why = said + f.Why + ", and shows no proof"
		if g.c.Proof == nil || len(f.Proof) == 0 {
			continue
		}
		verdict, err := g.c.Proof(ctx, v, f.Proof)
		if err != nil {
			why = said + f.Why + ", but its proof is none: " + err.Error()
			continue
		}
		g.c.Log.WarnContext(ctx, "A receipt is false", slog.String("peer", v.Signer.PeerID().String()), slog.String("why", f.Why))
		return true, errors.Join(g.c.Book.mark(ctx, e.ID, False, said+f.Why), g.c.Book.judged(ctx, e.ID, verdict))
	}
	return asked > 0, g.c.Book.mark(ctx, e.ID, Unable, why)
}

// place is where an auditor stands in the order for a receipt.
func place(beacon, id [32]byte, w Worker) [32]byte {
	b := append([]byte("openledger/auditor/1"), beacon[:]...)
	return sha256.Sum256(append(append(b, id[:]...), w.Name...))
}

// askAuditor has one peer compute the answer of a receipt again.
func (g *Gateway) askAuditor(ctx context.Context, w Worker, file []byte) (*serving.Finding, error) {
	var f *serving.Finding
	for part, err := range g.c.Parts(ctx, w.Name, serving.AuditName, file, serving.AuditLimits) {
		if err != nil {
			return nil, err
		}
		if f != nil {
			return nil, errors.New("more than one finding")
		}
		f = &serving.Finding{}
		if err := canon.Decode(bytes.Clone(part), f, canon.Limits{Total: serving.AuditLimits.Answer}); err != nil {
			return nil, fmt.Errorf("finding: %w", err)
		}
	}
	if f == nil {
		return nil, errors.New("no finding came")
	}
	return f, nil
}
