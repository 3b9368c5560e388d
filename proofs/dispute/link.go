package dispute

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A Link is the last step of a proof that needs no arithmetic: what the accused
// committed to in one place does not follow from what it agreed to, or from what
// it committed to in another. It is what a contract needs of a StartProof, a
// ChainProof, a BatchProof or a ListProof. A reveal that names a lease has its
// start from there, of which a contract knows nothing.
type Link struct {
	Plan, Reveal []byte // records of the accused
	Of           LinkOf
	Ops          []byte        // of the links to its list
	Outline      Shown         // of the step; not for Start and Chain
	Steps        []trace.Step  // Chain: all; Batch, Loss, After: the step; Before: that before it
	Step         merkle.Proof  // of the one step
	Source       Shown         // Given, Before, Frozen: of the value, in the outline
	Finals       [][]byte      // After: all leaves, in the outline
	Entries      []Entry       // of the list: of the value, or of all that After reads, in their order
	Digest       merkle.Digest // Before, Frozen: what the map has under the value's name
	Map          merkle.Proof
}

// An Entry is a digest of a list of a step.
type Entry struct {
	Digest merkle.Digest
	Proof  merkle.Proof
}

// A LinkOf says what does not follow. The numbers are append-only.
type LinkOf uint8

const (
	LinkStart  LinkOf = 1 // the reveal's start is not the plan's
	LinkChain  LinkOf = 2 // the reveal's steps have another chain or start
	LinkBatch  LinkOf = 3 // a step learnt from another batch than the outline's
	LinkGiven  LinkOf = 4 // the list has another digest of a value than the job gives
	LinkBefore LinkOf = 5 // than the state before the step
	LinkFrozen LinkOf = 6 // than the model's frozen parameters
	LinkLoss   LinkOf = 7 // the list has another loss than the step
	LinkAfter  LinkOf = 8 // the list makes up another state than that after the step
)

var links = [...]string{
	"", "it began from another state than the job's", "its steps have another chain", "it learnt from another batch", "a value is not what the job gives",
	"a value is not of the state before", "a value is not a parameter of the model", "the loss is another", "the state after is another",
}

// AppendCanon appends [plan, reveal, of, ops, outline, steps, proof, source,
// finals, entries, digest, map]; an entry is [digest, proof].
func (x *Link) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 12)
	b = canon.AppendBytes(canon.AppendBytes(b, x.Plan), x.Reveal)
	b = canon.AppendBytes(canon.AppendUint(b, uint64(x.Of)), x.Ops)
	b = appendShown(b, &x.Outline)
	b = x.Step.AppendCanon(canon.AppendBytes(b, trace.AppendSteps(nil, x.Steps)))
	b = appendStrings(appendShown(b, &x.Source), x.Finals)
	b = canon.AppendArray(b, len(x.Entries))
	for i := range x.Entries {
		b = canon.AppendBytes(canon.AppendArray(b, 2), x.Entries[i].Digest[:])
		b = x.Entries[i].Proof.AppendCanon(b)
	}
	return x.Map.AppendCanon(canon.AppendBytes(b, x.Digest[:]))
}

// ReadCanon reads what AppendCanon wrote.
func (x *Link) ReadCanon(r *canon.Reader) {
	r.Fields(12)
	x.Plan, x.Reveal = r.Bytes(maxEnvelope), r.Bytes(maxEnvelope)
	x.Of, x.Ops = LinkOf(r.Uint(uint64(LinkAfter))), r.Bytes(maxEnvelope)
	readShown(r, &x.Outline)
	x.Steps = readSteps(r)
	x.Step.ReadCanon(r)
	readShown(r, &x.Source)
	x.Finals = readStrings(r, maxInputs, maxShown)
	x.Entries = make([]Entry, r.Array(maxInputs))
	for i := range x.Entries {
		r.Fields(2)
		r.Fixed(x.Entries[i].Digest[:])
		x.Entries[i].Proof.ReadCanon(r)
	}
	r.Fixed(x.Digest[:])
	x.Map.ReadCanon(r)
}

// JudgeLink judges a link as the contract does. Any bytes give a result or an
// error; ErrNothing, wrapped, says that it convicts nobody.
func JudgeLink(link []byte, network record.Network) (Found, error) {
	x := new(Link)
	if err := canon.Decode(link, x, canon.Limits{Total: MaxProof}); err != nil {
		return Found{}, fmt.Errorf("dispute: not a link: %w", err)
	}
	return x.judge(network)
}

func (x *Link) judge(network record.Network) (Found, error) {
	a, err := openAgreed(x.Plan, x.Reveal, network)
	if err != nil {
		return Found{}, err
	}
	f, wrong, err := x.wrong(&a, network)
	if err == nil && !wrong {
		err = ErrNothing
	}
	if err != nil {
		return Found{}, err
	}
	f.Why = links[x.Of]
	return f, nil
}

var errLink = errors.New("dispute: a link of other parts")

func (x *Link) wrong(a *agreed, network record.Network) (f Found, wrong bool, err error) {
	c := a.result.Commitment
	switch x.Of {
	case LinkStart, LinkChain:
		if a.result.Lease != [32]byte{} || c.First != 1 {
			return f, false, errors.New("dispute: the reveal has its start from a lease")
		}
		if x.Of == LinkStart {
			return a.found(1), c.Start != a.plan.Start, nil
		}
		if err := c.Check(x.Steps); err != nil {
			return f, false, err
		}
		return a.found(1), c.CheckChain(trace.Chain(a.reveal.Header().Subject, a.plan.Start), x.Steps) != nil, nil
	case LinkBatch:
		f = a.found(x.Step.Index + c.First - 1)
		o, err := a.outline(f.Step, x.Outline)
		if err != nil || len(x.Steps) != 1 || x.Step.Index == 0 { // the first leaf is of who worked before
			return f, false, errors.Join(errLink, err)
		}
		return f, x.Steps[0].Batch != o.Batch, c.Verify(f.Step, x.Steps[0], x.Step)
	}
	ops, err := record.Open(x.Ops, network)
	if err != nil {
		return f, false, err
	}
	var list Opening
	if err := canon.Decode(ops.Payload(), &list, canon.Limits{}); err != nil {
		return f, false, err
	}
	if ops.Header().Type != record.OpenOps {
		return f, false, errLink
	}
	f, o, err := judged(x.Plan, x.Reveal, ops, x.Outline)
	if err != nil || list.Count != uint64(o.Values) || f.Step < c.First || f.Step > c.Last {
		return f, false, errors.Join(errLink, err)
	}
	wrong, err = x.listed(&f, &o, &list, c)
	return f, wrong, err
}

// listed compares the list of a step with what it follows from.
func (x *Link) listed(f *Found, o *Outline, list *Opening, c trace.Commitment) (bool, error) {
	for _, e := range x.Entries {
		if e.Proof.Size != list.Count {
			return false, errLink
		}
		if err := merkle.SHA256.VerifyList(list.Digest, e.Digest[:], e.Proof); err != nil {
			return false, err
		}
	}
	step := func(t uint64) error {
		if len(x.Steps) != 1 {
			return errLink
		}
		return c.Verify(t, x.Steps[0], x.Step)
	}
	switch x.Of {
	case LinkLoss:
		if len(x.Entries) != 1 || x.Entries[0].Proof.Index != uint64(o.Loss) {
			return false, errLink
		}
		return x.Entries[0].Digest != trace.Scalar(lossOf(x.Steps)), step(f.Step)
	case LinkAfter:
		return x.after(o, func() error { return step(f.Step) })
	case LinkGiven, LinkBefore, LinkFrozen:
	default:
		return false, errLink
	}
	if len(x.Entries) != 1 || len(x.Source.Window) < 33 {
		return false, errLink
	}
	if err := x.Source.in(o.Sources, x.Entries[0].Proof.Index, uint64(o.Values)); err != nil {
		return false, fmt.Errorf("source: %w", err)
	}
	source, given, name := trace.Source(x.Source.Window[0]), merkle.Digest(x.Source.Window[1:33]), string(x.Source.Window[33:])
	if x.Of == LinkGiven {
		if source != trace.Given {
			return false, errLink
		}
		return x.Entries[0].Digest != given, nil
	}
	digest := o.Frozen
	if x.Of == LinkBefore {
		if err := step(f.Step - 1); err != nil {
			return false, err
		}
		digest = x.Steps[0].State
	}
	if want := map[LinkOf]trace.Source{LinkBefore: trace.State, LinkFrozen: trace.Frozen}[x.Of]; source != want {
		return false, errLink
	}
	return x.Entries[0].Digest != x.Digest, merkle.VerifyEntry(digest, merkle.Entry{Name: name, Digest: x.Digest}, x.Map)
}

func lossOf(steps []trace.Step) uint32 {
	if len(steps) != 1 {
		return 0
	}
	return steps[0].Loss
}

// after says whether the list makes up another state than the step has.
func (x *Link) after(o *Outline, step func() error) (bool, error) {
	if err := step(); err != nil {
		return false, err
	}
	if keccakTree(x.Finals).List() != o.Finals {
		return false, errLink
	}
	var entries []merkle.Entry
	used := 0
	for _, b := range x.Finals {
		if len(b) < 36 {
			return false, errLink
		}
		e := merkle.Entry{Name: string(b[36:]), Digest: merkle.Digest(b[4:])}
		if value := binary.BigEndian.Uint32(b); value > 0 {
			if used == len(x.Entries) || x.Entries[used].Proof.Index != uint64(value-1) {
				return false, errLink
			}
			e.Digest = x.Entries[used].Digest
			used++
		}
		entries = append(entries, e)
	}
	if used != len(x.Entries) {
		return false, errLink
	}
	d, err := merkle.NewHasher().Map(entries)
	return d != x.Steps[0].State, err
}

// Wrong is what the accused opened of its steps and of one step's inside.
type Wrong struct {
	Plan, Reveal record.Verified
	Outlines     []Outline
	Steps        []trace.Step    // from the one before the first; as it opened them
	Ops          record.Verified // of the step that is wrong; none if no list was opened
	List         []merkle.Digest
	Step         uint64
	Sketch       *Sketch        // of that step
	Before       []merkle.Entry // of the state before it, by name
	Frozen       []merkle.Entry // of the model's frozen parameters
}

// FindLink finds what does not follow; ErrNothing, wrapped, if all does.
func FindLink(w Wrong) (*Link, error) {
	a, err := openAgreed(w.Plan.Envelope(), w.Reveal.Envelope(), w.Plan.Header().Network)
	if err != nil {
		return nil, err
	}
	c, base := a.result.Commitment, Link{Plan: w.Plan.Envelope(), Reveal: w.Reveal.Envelope()}
	try := func(x Link) (*Link, error) {
		_, wrong, err := x.wrong(&a, w.Plan.Header().Network)
		if err != nil || !wrong {
			return nil, err
		}
		return &x, nil
	}
	if a.result.Lease == [32]byte{} {
		for _, of := range []LinkOf{LinkStart, LinkChain} {
			x := base
			if x.Of = of; of == LinkChain {
				x.Steps = w.Steps
			}
			if found, err := try(x); found != nil || err != nil {
				return found, err
			}
		}
	}
	if w.Sketch == nil {
		return nil, fmt.Errorf("%w in the reveal", ErrNothing)
	}
	steps := make([][]byte, len(w.Outlines))
	for i := range w.Outlines {
		steps[i] = w.Outlines[i].Bytes()
	}
	if base.Outline, err = shown(steps, w.Step-1); err != nil {
		return nil, err
	}
	at := func(x *Link, t uint64) (err error) {
		x.Steps = []trace.Step{w.Steps[t-c.First+1]}
		x.Step, err = trace.Prove(c.First, w.Steps, t)
		return err
	}
	x := base
	x.Of = LinkBatch
	if err := at(&x, w.Step); err != nil {
		return nil, err
	}
	if found, err := try(x); found != nil || err != nil {
		return found, err
	}
	if len(w.List) == 0 {
		return nil, fmt.Errorf("%w in the reveal", ErrNothing)
	}
	base.Ops = w.Ops.Envelope()
	return w.inList(base, at, try)
}

// inList looks for the wrong link of a list.
func (w *Wrong) inList(base Link, at func(x *Link, t uint64) error, try func(x Link) (*Link, error)) (*Link, error) {
	tree := merkle.NewTree(merkle.SHA256, trace.Leaves(w.List))
	entry := func(value uint64) (Entry, error) {
		p, err := tree.Prove(value)
		return Entry{w.List[value], p}, err
	}
	for v := range w.List {
		x, source := base, w.Sketch.sources[v]
		entries := map[LinkOf][]merkle.Entry{LinkBefore: w.Before, LinkFrozen: w.Frozen}
		if x.Of = map[trace.Source]LinkOf{trace.Given: LinkGiven, trace.State: LinkBefore, trace.Frozen: LinkFrozen}[trace.Source(source[0])]; x.Of == 0 {
			continue
		}
		if all := entries[x.Of]; x.Of != LinkGiven {
			i := 0
			for i < len(all) && all[i].Name != string(source[33:]) {
				i++
			}
			if i == len(all) || all[i].Digest == w.List[v] {
				continue
			}
			var err, failed error
			if x.Digest = all[i].Digest; x.Of == LinkBefore {
				failed = at(&x, w.Step-1)
			}
			if x.Map, err = merkle.ProveEntry(all, i); err != nil || failed != nil {
				return nil, errors.Join(err, failed)
			}
		} else if merkle.Digest(source[1:33]) == w.List[v] {
			continue
		}
		var err error
		if x.Source, err = shown(w.Sketch.sources, uint64(v)); err != nil {
			return nil, err
		}
		e, err := entry(uint64(v))
		if err != nil {
			return nil, err
		}
		x.Entries = []Entry{e}
		if found, err := try(x); found != nil || err != nil {
			return found, err
		}
	}
	for _, of := range []LinkOf{LinkLoss, LinkAfter} {
		x := base
		x.Of = of
		if err := at(&x, w.Step); err != nil {
			return nil, err
		}
		var values []uint64
		if of == LinkLoss {
			values = []uint64{uint64(w.Sketch.Loss)}
		} else {
			x.Finals = w.Sketch.finals
			for _, b := range x.Finals {
				if value := binary.BigEndian.Uint32(b); value > 0 {
					values = append(values, uint64(value-1))
				}
			}
		}
		for _, v := range values {
			e, err := entry(v)
			if err != nil {
				return nil, err
			}
			x.Entries = append(x.Entries, e)
		}
		if found, err := try(x); found != nil || err != nil {
			return found, err
		}
	}
	return nil, fmt.Errorf("%w in the list", ErrNothing)
}
