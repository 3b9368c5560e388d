package chain

import (
	"context"

	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
	"github.com/openledger/openledger/settle/contract/links"
	"github.com/openledger/openledger/settle/contract/questions"
	"github.com/openledger/openledger/settle/contract/referee"
)

var (
	refereeABI = referee.NewReferee()
	linksABI   = links.NewLinks()
	askABI     = questions.NewQuestions()
)

// Convict shows a Referee the last step of a dispute. It slashes who signed the
// brief's records, and a part of that is the sender's.
func Convict(at common.Address, b *dispute.Brief) Call {
	return Call{To: at, Data: refereeABI.PackConvict(RefereeBrief(b))}
}

// Charge shows the Referee, or the Links of it, what a charge says.
func (k *Contracts) Charge(ctx context.Context, c *dispute.Charge) (Call, error) {
	if c.Brief != nil {
		return Convict(k.Referee, c.Brief), nil
	}
	at, err := view(ctx, k.Client, k.Referee, refereeABI.PackLinks(), refereeABI.UnpackLinks)
	return ConvictLink(at, c.Link), err
}

// RefereeBrief returns a brief as the contract takes it.
func RefereeBrief(b *dispute.Brief) referee.RefereeBrief {
	x := referee.RefereeBrief{
		Plan: b.Plan, Reveal: b.Reveal, Ops: b.Appeal.Ops, Element: b.Appeal.Element,
		Outline: shownLeaf(&b.Outline), Operator: shownLeaf(&b.Operator),
	}
	for i := range b.Instructions {
		x.Instructions = append(x.Instructions, shownLeaf(&b.Instructions[i]))
	}
	for i := range b.Appeal.Windows {
		x.Shown = append(x.Shown, shownLeaf(&b.Appeal.Windows[i]))
	}
	for _, p := range b.Appeal.Part {
		x.Part = append(x.Part, referee.RefereePart{
			Which: uint8(p.Which), Tile: p.Tile, Data: p.Bytes, Path: words(p.Path), Tensor: p.Tensor, Entry: words(p.Entry.Path),
		})
	}
	return x
}

func shownLeaf(s *dispute.Shown) referee.Shown {
	return referee.Shown{Data: s.Window, Index: s.Proof.Index, Size: s.Proof.Size, Path: words(s.Proof.Path)}
}

func words(path []merkle.Digest) [][32]byte {
	all := make([][32]byte, len(path))
	for i := range path {
		all[i] = path[i]
	}
	return all
}

// ConvictLink shows the Links of a Referee what does not follow.
func ConvictLink(at common.Address, x *dispute.Link) Call {
	return Call{To: at, Data: linksABI.PackConvict(LinksLink(x))}
}

// LinksLink returns a link as the contract takes it.
func LinksLink(x *dispute.Link) links.LinksLink {
	y := links.LinksLink{
		What: uint8(x.Of), Plan: x.Plan, Reveal: x.Reveal, Ops: x.Ops, Outline: links.Shown(shownLeaf(&x.Outline)),
		Steps: trace.AppendSteps(nil, x.Steps), Step: x.Step.Index, StepPath: words(x.Step.Path),
		Source: links.Shown(shownLeaf(&x.Source)), Finals: x.Finals,
		Digest: x.Digest, MapIndex: x.Map.Index, MapSize: x.Map.Size, MapPath: words(x.Map.Path),
	}
	for _, e := range x.Entries {
		y.Entries = append(y.Entries, links.LinksEntry{Digest: e.Digest, Index: e.Proof.Index, Path: words(e.Proof.Path)})
	}
	return y
}

// A Question asks a worker on the chain to open an element: its records, and what
// its plan says of the step and of the operator.
type Question struct {
	Plan, Reveal, Ops []byte
	Outline, Operator dispute.Shown
	At                dispute.Spot
}

// AskElement puts a question to the Questions of a Referee, which takes the
// sender's bond: approve it before.
func AskElement(at common.Address, q *Question) Call {
	return Call{To: at, Data: askABI.PackAsk(questions.QuestionsAsk{
		Plan: q.Plan, Reveal: q.Reveal, Ops: q.Ops,
		Outline: questions.Shown(shownLeaf(&q.Outline)), Operator: questions.Shown(shownLeaf(&q.Operator)),
		Op: q.At.Op, Out: q.At.Out, Tile: q.At.Tile, Spot: q.At.At,
	})}
}

// AnswerElement answers a question: the sender gets nothing, who was asked the bond.
func AnswerElement(at common.Address, id [32]byte, m *dispute.Message) Call {
	return Call{To: at, Data: askABI.PackAnswer(id, m.Record, m.List)}
}

// ExpireElement convicts who did not answer in time.
func ExpireElement(at common.Address, id [32]byte) Call {
	return Call{To: at, Data: askABI.PackExpire(id)}
}
