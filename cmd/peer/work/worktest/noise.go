package worktest

import (
	"context"
	"testing"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
)

// Noise gives a role whatever bytes say, as a message of a job or as a question
// of a dispute, from anybody: its requester, a member, a stranger. kind says of
// which form; a payload is sealed as the type that sort names.
func (w *World) Noise(t *testing.T, to *Peer, id job.ID, from record.Key, kind, sort uint8, sequence uint64, payload []byte) {
	t.Helper()
	ctx, who := context.Background(), from.Public()
	m := work.Message{Job: id, A: payload}
	switch kind % 7 {
	case 0: // bytes
		_ = to.Take(ctx, who, payload)
		return
	case 1, 2: // a record
		v, err := record.Seal(from, record.Header{Network: Network, Type: record.Type(sort), Subject: id, Sequence: sequence}, payload)
		if err != nil {
			return
		}
		if to.Worker != nil && kind%2 == 0 {
			to.Worker.Offered(ctx, v)
		}
		m.Kind, m.A = work.Sealed, v.Envelope()
		if sort%2 == 0 {
			m.B = make([]byte, 32)
		}
	case 3:
		m.Kind = work.Event
	case 4:
		m.Kind = work.Refusal
	case 5:
		m.Kind = work.Wanted
	case 6: // a question
		q, err := work.ReadQuestion(payload)
		if err != nil {
			q = work.Question{Job: id, Ask: dispute.Ask{Type: record.Type(sort), Step: sequence}}
			copy(q.Reveal[:], payload)
		}
		if to.Worker != nil {
			_, _ = to.Worker.Answer(ctx, who, q)
		}
		if to.Auditor != nil {
			_, _ = to.Auditor.Answer(ctx, who, q)
		}
		return
	}
	if len(m.A) <= work.MaxMessage {
		_ = to.Take(ctx, who, m.AppendCanon(nil))
	}
}
