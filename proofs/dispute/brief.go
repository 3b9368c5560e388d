package dispute

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A Brief is an Appeal for a judge who knows nothing of the job: a contract. It
// shows what the accused signed that its work consists of.
type Brief struct {
	Plan, Reveal []byte  // records of the accused
	Outline      Shown   // of the step, in the plan
	Operator     Shown   // of the element, in the outline; nothing if there is no such operator
	Instructions []Shown // of the lines that the appeal shows
	Appeal       Appeal
}

// maxShown is the size of the largest thing shown: an Operator.
const maxShown = 32 * (7 + maxInputs)

// AppendCanon appends [plan, reveal, ops, element, outline, operator,
// instructions, windows, parts]; what is shown is [bytes, proof], a part [which,
// tile, bytes, path, tensor, entry].
func (x *Brief) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 9)
	for _, r := range [][]byte{x.Plan, x.Reveal, x.Appeal.Ops, x.Appeal.Element} {
		b = canon.AppendBytes(b, r)
	}
	b = appendShown(appendShown(b, &x.Outline), &x.Operator)
	for _, all := range [][]Shown{x.Instructions, x.Appeal.Windows} {
		b = canon.AppendArray(b, len(all))
		for i := range all {
			b = appendShown(b, &all[i])
		}
	}
	b = canon.AppendArray(b, len(x.Appeal.Part))
	for i := range x.Appeal.Part {
		p := &x.Appeal.Part[i]
		b = canon.AppendUint(canon.AppendArray(b, 6), uint64(p.Which))
		b = canon.AppendUint(b, uint64(p.Tile))
		b = canon.AppendBytes(b, p.Bytes)
		b = canon.AppendBytes(b, trace.AppendDigests(nil, p.Path))
		b = p.Entry.AppendCanon(canon.AppendBytes(b, p.Tensor[:]))
	}
	return b
}

func appendShown(b []byte, s *Shown) []byte {
	return s.Proof.AppendCanon(canon.AppendBytes(canon.AppendArray(b, 2), s.Window))
}

// ReadCanon reads what AppendCanon wrote.
func (x *Brief) ReadCanon(r *canon.Reader) {
	r.Fields(9)
	for _, to := range []*[]byte{&x.Plan, &x.Reveal, &x.Appeal.Ops, &x.Appeal.Element} {
		*to = r.Bytes(maxEnvelope)
	}
	readShown(r, &x.Outline)
	readShown(r, &x.Operator)
	for _, all := range []*[]Shown{&x.Instructions, &x.Appeal.Windows} {
		*all = make([]Shown, r.Array(2))
		for i := range *all {
			readShown(r, &(*all)[i])
		}
	}
	x.Appeal.Part = make([]Part, r.Array(1))
	for i := range x.Appeal.Part {
		p := &x.Appeal.Part[i]
		r.Fields(6)
		p.Which = Which(r.Uint(uint64(OfResult)))
		p.Tile = uint32(r.Uint(trace.MaxTiles))
		p.Bytes = r.Bytes(merkle.Tile * merkle.Tile * 8)
		p.Path = readDigests(r, 64)
		r.Fixed(p.Tensor[:])
		p.Entry.ReadCanon(r)
	}
}

func readShown(r *canon.Reader, s *Shown) {
	r.Fields(2)
	s.Window = r.Bytes(maxShown)
	s.Proof.ReadCanon(r)
}

// A Found is what a contract finds.
type Found struct {
	Job    [32]byte
	Step   uint64
	Guilty record.PublicKey
	Client record.Account // that the guilty named in its Plan
	Why    string
}

// JudgeBrief judges a brief as the contract Referee does. Any bytes give a result
// or an error; ErrNothing, wrapped, says that it convicts nobody.
func JudgeBrief(brief []byte, network record.Network) (Found, error) {
	x := new(Brief)
	if err := canon.Decode(brief, x, canon.Limits{Total: MaxProof}); err != nil {
		return Found{}, fmt.Errorf("dispute: not a brief: %w", err)
	}
	return x.judge(network)
}

func (x *Brief) judge(network record.Network) (Found, error) {
	s, err := x.Appeal.open(network)
	if err != nil {
		return Found{}, err
	}
	f, outline, err := judged(x.Plan, x.Reveal, s.ops, x.Outline)
	if err != nil {
		return Found{}, err
	}
	e := &s.e
	if s.o.Count != uint64(outline.Values) {
		return Found{}, errors.New("dispute: a list of another step's values")
	}
	if e.Op >= outline.Ops || e.Out >= maxResults {
		f.Why = "it opened an element of no operator"
		return f, nil
	}
	if err := x.Operator.in(outline.Operators, uint64(e.Op)*maxResults+uint64(e.Out), uint64(outline.Ops)*maxResults); err != nil {
		return Found{}, fmt.Errorf("operator: %w", err)
	}
	op, err := ParseOperator(x.Operator.Window)
	if err != nil {
		return Found{}, err
	}
	_, f.Why, err = s.convict(x.Appeal.wrong(e, &s.o, op, func(i uint64) (do Instruction, err error) {
		k := slices.IndexFunc(x.Instructions, func(s Shown) bool { return s.Proof.Index == i })
		if k < 0 {
			return do, fmt.Errorf("dispute: instruction %d is not shown", i)
		}
		if err := x.Instructions[k].in(op.Lines, i, uint64(op.Inner)); err != nil {
			return do, fmt.Errorf("instruction: %w", err)
		}
		return parseInstruction(x.Instructions[k].Window)
	}))
	if err != nil {
		return Found{}, err
	}
	return f, nil
}

// in checks that a leaf stands at index of a list of size leaves.
func (s *Shown) in(list merkle.Digest, index, size uint64) error {
	if s.Proof.Index != index || s.Proof.Size != size {
		return fmt.Errorf("dispute: leaf %d of %d is shown, not %d of %d", s.Proof.Index, s.Proof.Size, index, size)
	}
	if err := merkle.Keccak256.VerifyList(list, s.Window, s.Proof); err != nil {
		return fmt.Errorf("dispute: leaf %d: %w", index, err)
	}
	return nil
}

// judged opens the records of the accused and the outline of the step that an
// opening of it is about.
func judged(plan, reveal []byte, ops record.Verified, shown Shown) (f Found, o Outline, err error) {
	a, err := openAgreed(plan, reveal, ops.Header().Network)
	if err != nil {
		return f, o, err
	}
	if ops.Header().Subject != a.reveal.Header().Digest() || a.reveal.Signer() != ops.Signer() {
		return f, o, errors.New("dispute: the records do not belong together")
	}
	f = a.found(ops.Header().Sequence)
	o, err = a.outline(f.Step, shown)
	return f, o, err
}

// agreed is what the accused signed before and after its work.
type agreed struct {
	plan   Plan
	reveal record.Verified
	result trace.Reveal
}

func openAgreed(plan, reveal []byte, network record.Network) (a agreed, err error) {
	p, err := record.Open(plan, network)
	if err != nil {
		return a, fmt.Errorf("dispute: plan: %w", err)
	}
	if a.reveal, err = record.Open(reveal, network); err != nil {
		return a, fmt.Errorf("dispute: reveal: %w", err)
	}
	want := PlanHeader(network, a.reveal.Header().Subject)
	want.Payload = p.Header().Payload
	if a.reveal.Header().Type != record.Reveal || p.Header() != want || p.Signer() != a.reveal.Signer() {
		return a, errors.New("dispute: the records do not belong together")
	}
	return a, errors.Join(canon.Decode(p.Payload(), &a.plan, canon.Limits{}), canon.Decode(a.reveal.Payload(), &a.result, canon.Limits{}))
}

func (a *agreed) found(step uint64) Found {
	return Found{Job: a.reveal.Header().Subject, Step: step, Guilty: a.reveal.Signer(), Client: a.plan.Client}
}

// outline reads that of a step.
func (a *agreed) outline(step uint64, shown Shown) (Outline, error) {
	if step == 0 || step > shown.Proof.Size {
		return Outline{}, fmt.Errorf("dispute: a plan of %d steps has no step %d", shown.Proof.Size, step)
	}
	if err := shown.in(a.plan.Steps, step-1, shown.Proof.Size); err != nil {
		return Outline{}, fmt.Errorf("outline: %w", err)
	}
	return ParseOutline(shown.Window)
}

// Show returns the outline of a step with its proof in a plan, and the operator
// that makes an element, nothing if there is none.
func (s *Sketch) Show(outlines []Outline, step uint64, at Spot) (outline, operator Shown, err error) {
	steps := make([][]byte, len(outlines))
	for i := range outlines {
		steps[i] = outlines[i].Bytes()
	}
	if outline, err = shown(steps, step-1); err != nil || at.Op >= s.Ops || at.Out >= maxResults {
		return outline, operator, err
	}
	operator, err = shown(s.operators, uint64(at.Op)*maxResults+uint64(at.Out))
	return outline, operator, err
}

// NewBrief completes an appeal for a contract. outlines are those of the plan, of
// which sketch is that of the appeal's step.
func (t *Tables) NewBrief(plan, reveal []byte, outlines []Outline, sketch *Sketch, program *trace.Program, a Appeal, network record.Network) (*Brief, error) {
	s, err := a.open(network)
	if err != nil {
		return nil, err
	}
	x := &Brief{Plan: plan, Reveal: reveal, Appeal: a}
	at := Spot{s.e.Op, s.e.Out, s.e.Tile, s.e.At}
	if x.Outline, x.Operator, err = sketch.Show(outlines, s.ops.Header().Sequence, at); err != nil || x.Operator.Proof.Size == 0 {
		return x, err
	}
	_, f, err := t.operator(program, int(s.e.Op), int(s.e.Out))
	if err != nil {
		return nil, err
	}
	if f == nil || len(a.Windows) == 0 {
		return x, nil
	}
	all := make([][]byte, len(f))
	for i := range f {
		all[i] = f[i].Bytes()
	}
	for _, w := range a.Windows {
		line, err := shown(all, w.Proof.Index)
		if err != nil {
			return nil, err
		}
		x.Instructions = append(x.Instructions, line)
	}
	return x, nil
}
