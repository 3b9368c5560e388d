package serving

import (
	"context"
	"strings"
	"time"

	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
)

// AuditName is the protocol /openledger/serve-audit/1, by which a peer that lacks a
// model has an auditor that has it compute the answer of a receipt again. The body
// is the canonical receipt.File.
const AuditName = "serve-audit"

// AuditLimits are its limits. An audit costs a prefill, and where the receipt is
// false a dispute with its signer.
var AuditLimits = call.Limits{Request: receipt.MaxSize + 256, Answer: dispute.MaxProof + 1<<12, Time: 15 * time.Minute, Idle: 15 * time.Minute, PerPeer: 2}

// A Finding is what an auditor says. Nobody believes that a receipt is false but by
// the proof.
type Finding struct {
	False   bool   // what the receipt states is not so
	Foreign bool   // likewise, of a token that another worker had given before
	Why     string // in one line
	Proof   []byte // convicts the signer to everybody; empty: there is none
}

// AppendCanon appends [kind, why, proof].
func (f *Finding) AppendCanon(b []byte) []byte {
	kind := uint64(0)
	switch {
	case f.Foreign:
		kind = 2
	case f.False:
		kind = 1
	}
	b = canon.AppendText(canon.AppendUint(canon.AppendArray(b, 3), kind), f.Why)
	return canon.AppendBytes(b, f.Proof)
}

// ReadCanon reads what AppendCanon wrote.
func (f *Finding) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	kind := r.Uint(2)
	f.False, f.Foreign = kind == 1, kind == 2
	f.Why, f.Proof = r.Text(1<<10), r.Bytes(dispute.MaxProof)
}

// HandleAudit audits a receipt: it is the handler of AuditName.
func (s *Server) HandleAudit(ctx context.Context, _ string, body []byte, send func([]byte) error) error {
	if s.c.Audit == nil {
		return call.Errorf(call.Refused, "this peer audits nothing")
	}
	v, err := receipt.Open(body, s.c.Network)
	if err != nil {
		return call.Errorf(call.Invalid, "%v", err)
	}
	if v.Signer == s.c.Key.Public() {
		return call.Errorf(call.Refused, "this peer signed the receipt")
	}
	if !s.auditing.TryLock() {
		return call.Errorf(call.Busy, "this peer is auditing")
	}
	defer s.auditing.Unlock()
	f, err := s.c.Audit(ctx, v)
	if err != nil {
		return travels(err)
	}
	f.Why = strings.ToValidUTF8(f.Why[:min(len(f.Why), 1<<10)], "")
	b, err := canon.Encode(&f)
	if err != nil {
		return err
	}
	return send(b)
}
