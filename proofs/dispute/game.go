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

// A Config is what a Dispute is about. Who runs one has the job's data.
type Config struct {
	Case
	Rules
	Sides [2]StartSide // reveals of the same steps of one job, with the leases they name
	Clock uint64       // milliseconds that each side has for all its answers

	// Batch returns the samples that a step learns from.
	Batch func(step uint64) (Samples, error)
}

// Samples are those of one step, in order, with their contents, and the proof
// of each once, by number, in the job's data.
type Samples struct {
	Samples  []trace.Sample
	Contents [][]byte
	Proof    merkle.MultiProof
}

// An Ask is a question to a side. It answers with a Message, to FraudProof with
// an Inputs.
type Ask struct {
	Side     int
	Type     record.Type // OpenSteps, OpenOps, OpenTiles or FraudProof; of a Last: OpenElement
	Step     uint64
	Value    int32
	Op, Out  int // FraudProof: of Value
	Tile     int
	At       int    // of an OpenElement: row·64 + column in the tile, or WholeTile
	Entries  int    // of the list that is due
	Limit    int    // bytes of the longest answer; do not read more
	Deadline uint64 // milliseconds, on the clock that Step is told
}

// A Move is what happened: an answer of a side, or without one that time passed.
type Move struct {
	Now    uint64 // milliseconds since anything, never less than before
	Side   int
	Answer []byte // nil: an alarm
}

// A Dispute is the game between two sides. It is a step function: it starts no
// goroutine, reads no clock and sends nothing.
type Dispute struct {
	config  Config
	court   court
	job     Job
	subject [32]byte
	claims  [2]claim
	chain   [2]merkle.Digest // before the first step

	clock   clock
	phase   record.Type // what is asked; 0: nothing any more
	records [2][]byte   // OpenOps
	steps   [2][]trace.Step
	lists   [2][]merkle.Digest
	tiles   [2][]merkle.Digest
	have    [2]bool
	refused [2]error // the last answer of a side to what is asked, if it was none

	step     uint64
	batch    Samples
	program  *trace.Program
	value    int32
	op, out  int
	tile     int
	shown    []Input // that a wrong tile was computed again from
	verdict  Verdict
	proofs   [][]byte
	openings int
}

// New begins a dispute. It may be decided at once: see Verdict.
func New(c Config, now uint64) (*Dispute, error) {
	d := &Dispute{config: c, court: court{c.Rules}, clock: clock{now: now, left: [2]uint64{c.Clock, c.Clock}}}
	subject, claims, err := d.court.claims(c.Sides[0].Reveal, c.Sides[1].Reveal)
	if err != nil {
		return nil, err
	}
	if len(claims) != 2 || c.Clock == 0 || c.Batch == nil {
		return nil, errors.New("dispute: needs two sides, time and the job's data")
	}
	a, b := claims[0].reveal.Commitment, claims[1].reveal.Commitment
	if a.First != b.First || a.Last != b.Last {
		return nil, fmt.Errorf("dispute: steps %d to %d against %d to %d", a.First, a.Last, b.First, b.Last)
	}
	if a == b {
		return nil, errors.New("dispute: both sides revealed the same")
	}
	d.subject, d.claims = subject, [2]claim(claims)
	if d.job, err = d.court.job(c.Spec, c.Extra, subject); err != nil {
		return nil, err
	}
	wrong := false
	for i := range d.claims {
		var start merkle.Digest
		if start, d.chain[i], err = d.court.start(&d.claims[i], d.job, c.Sides[i].Lease); err != nil {
			return nil, err
		}
		wrong = wrong || d.claims[i].reveal.Commitment.Start != start
	}
	if wrong {
		return d, d.convict(&StartProof{c.Case, c.Sides[:]})
	}
	d.ask(record.OpenSteps)
	return d, nil
}

// Verdict returns who is guilty once the dispute is decided.
func (d *Dispute) Verdict() (Verdict, bool) { return d.verdict, d.phase == 0 }

// Proofs returns what proves the verdict to others, by Verify: one proof, or one
// for each side. There is none of silence.
func (d *Dispute) Proofs() [][]byte { return d.proofs }

// Spot returns the tile that a verdict on a Tile is about, and its step; the
// element is for the caller to find.
func (d *Dispute) Spot() (step uint64, at Spot) {
	return d.step, Spot{Op: uint32(d.op), Out: uint32(d.out), Tile: uint32(d.tile)}
}

// Openings returns how many times the sides had to open something.
func (d *Dispute) Openings() int { return d.openings }

// Asks returns what is due from whom.
func (d *Dispute) Asks() []Ask {
	var all []Ask
	for side := range 2 {
		if d.phase == 0 || !d.clock.due[side] {
			continue
		}
		a := Ask{Side: side, Type: d.phase, Step: d.step, Deadline: d.clock.deadline(side), Entries: d.entries(), Limit: MaxProof}
		switch d.phase {
		case record.OpenSteps:
			a.Limit = maxEnvelope + a.Entries*trace.StepSize
		case record.OpenOps, record.OpenTiles:
			a.Limit = maxEnvelope + a.Entries*len(merkle.Digest{})
		}
		if d.phase == record.OpenTiles || d.phase == record.FraudProof {
			a.Value, a.Op, a.Out, a.Tile = d.value, d.op, d.out, d.tile
		}
		all = append(all, a)
	}
	return all
}

// entries returns how many entries the list that is due has.
func (d *Dispute) entries() int {
	switch d.phase {
	case record.OpenSteps:
		return d.claims[0].reveal.Commitment.Len()
	case record.OpenOps:
		return len(d.program.Values)
	case record.OpenTiles:
		t, err := d.program.Values[d.value].Tiling()
		if err == nil {
			return t.Tiles()
		}
	}
	return 0
}

// Step takes a move. An error says why an answer is refused: as if it had not
// come, so the side's time runs on. out is what is asked anew.
func (d *Dispute) Step(m Move) (out []Ask, done bool, err error) {
	if d.phase == 0 {
		return nil, true, nil
	}
	d.clock.advance(m.Now)
	if d.clock.over() {
		d.silence()
		return nil, true, nil
	}
	before := d.phase
	switch {
	case d.have[0] && d.have[1]: // what this peer lacked before may be here now
		err = d.compare()
	case m.Answer == nil:
	case m.Side < 0 || m.Side > 1 || !d.clock.due[m.Side] || d.clock.out(m.Side):
		err = errors.New("dispute: nothing is due from this side, or it comes too late")
	case d.phase == record.FraudProof:
		err = d.inputs(m.Answer)
		d.refused[m.Side] = err
	default:
		err = d.opening(m.Side, m.Answer)
		if d.refused[m.Side] = err; err == nil && d.have[0] && d.have[1] {
			err = d.compare()
		}
	}
	if d.phase != 0 && d.clock.over() { // the other side is out already
		d.silence()
	}
	if d.phase != 0 && d.phase != before {
		out = d.Asks()
	}
	return out, d.phase == 0, err
}

// ask puts a question to both sides.
func (d *Dispute) ask(t record.Type) {
	d.phase, d.clock.due, d.have, d.refused = t, [2]bool{true, true}, [2]bool{}, [2]error{}
	if t != record.FraudProof {
		d.openings++
	}
}

// silence ends the dispute against who let its time run out, be it that nothing
// opens what it committed to: the verdict says which.
func (d *Dispute) silence() {
	d.verdict = Verdict{Kind: Silence, Job: d.subject, Step: d.step, Why: fmt.Sprintf("did not answer %s in time", d.phase)}
	for i := range d.claims {
		if !d.clock.out(i) {
			continue
		}
		d.verdict.Guilty = append(d.verdict.Guilty, d.claims[i].signer)
		if d.refused[i] != nil {
			d.verdict.Why += fmt.Sprintf("; the last answer of %s was refused: %v", d.claims[i].signer.Account(), d.refused[i])
		}
	}
	d.phase = 0
}

// convict ends the dispute by evidence, and adds to a verdict of the same kind.
func (d *Dispute) convict(e Evidence) error {
	b, err := Encode(e)
	if err != nil {
		return err
	}
	v, err := Verify(b, d.config.Rules)
	if err != nil {
		return err
	}
	v.Guilty = append(d.verdict.Guilty, v.Guilty...)
	d.verdict, d.proofs, d.phase = v, append(d.proofs, b), 0
	return nil
}

// opening takes the list of a side; when both have opened, the question goes on.
func (d *Dispute) opening(side int, answer []byte) error {
	var m Message
	if err := canon.Decode(answer, &m, canon.Limits{Total: MaxProof + maxEnvelope}); err != nil {
		return fmt.Errorf("dispute: not an answer: %w", err)
	}
	x, n := &d.claims[side], d.entries()
	o, err := d.court.opening(x, m.Record, d.phase, d.step, d.value)
	if err == nil && o.Count != uint64(n) {
		err = fmt.Errorf("dispute: a list of %d entries, it has %d", o.Count, n)
	}
	if err != nil {
		return err
	}
	switch d.phase {
	case record.OpenSteps:
		steps, err := trace.ReadSteps(m.List, n)
		if err == nil {
			err = x.reveal.Commitment.Check(steps)
		}
		if err == nil && o.Digest != x.reveal.Commitment.Root {
			err = errors.New("dispute: signed for another root")
		}
		if err != nil {
			return err
		}
		d.steps[side] = steps
	case record.OpenOps:
		list, err := trace.ReadDigests(m.List, n)
		if err != nil {
			return err
		}
		if trace.List(list) != o.Digest {
			return errors.New("dispute: the list is not the one that was signed")
		}
		d.lists[side], d.records[side] = list, m.Record
	case record.OpenTiles:
		tiles, err := trace.ReadDigests(m.List, n)
		if err != nil {
			return err
		}
		tiling, err := d.program.Values[d.value].Tiling()
		if err != nil {
			return err
		}
		if tensor(tiling, tiles) != d.lists[side][d.value] || o.Digest != d.lists[side][d.value] {
			return errors.New("dispute: the tiles do not make up the value that was opened before")
		}
		d.tiles[side] = tiles
	}
	d.have[side], d.clock.due[side] = true, false
	return nil
}

// compare goes on when both sides have opened. An error here is this peer's own
// trouble, such as samples that it cannot get: nobody's time runs, and the next
// move tries again.
func (d *Dispute) compare() error {
	switch d.phase {
	case record.OpenSteps:
		return d.compareSteps()
	case record.OpenOps:
		return d.compareLists()
	}
	return d.compareTiles()
}

// compareSteps finds the first step that differs.
func (d *Dispute) compareSteps() error {
	chain := &ChainProof{Case: d.config.Case}
	wrong := false
	for i := range d.claims {
		chain.Sides = append(chain.Sides, ChainSide{d.config.Sides[i], d.steps[i]})
		wrong = wrong || d.claims[i].reveal.Commitment.CheckChain(d.chain[i], d.steps[i]) != nil
	}
	if wrong {
		return d.convict(chain)
	}
	at := firstDifference(d.steps[0], d.steps[1])
	if at < 1 {
		return errors.New("dispute: no step differs")
	}
	d.step = d.claims[0].reveal.Commitment.First - 1 + uint64(at)
	var err error
	if d.batch, err = d.config.Batch(d.step); err != nil {
		return fmt.Errorf("dispute: samples of step %d: %w", d.step, err)
	}
	want := trace.Samples(d.batch.Samples)
	if d.steps[0][at].Batch != want || d.steps[1][at].Batch != want {
		return d.wrongBatch()
	}
	if d.program, err = d.job.Program(d.step, d.batch.Samples, d.batch.Contents); err != nil {
		return fmt.Errorf("dispute: program of step %d: %w", d.step, err)
	}
	if !d.program.Complete() {
		return fmt.Errorf("dispute: samples of step %d are missing", d.step)
	}
	d.ask(record.OpenOps)
	return nil
}

func firstDifference[T comparable](a, b []T) int {
	for i := range a {
		if a[i] != b[i] {
			return i
		}
	}
	return -1
}

// stepSide proves step t of a side.
func (d *Dispute) stepSide(side int, t uint64) (s StepSide, err error) {
	first := d.claims[side].reveal.Commitment.First
	s = StepSide{Reveal: d.config.Sides[side].Reveal, Step: d.steps[side][t-first+1]}
	s.Proof, err = trace.Prove(first, d.steps[side], t)
	return s, err
}

func (d *Dispute) wrongBatch() error {
	order, err := d.job.Order(d.step)
	if err != nil || len(order) != len(d.batch.Samples) {
		return errors.Join(fmt.Errorf("dispute: step %d has %d samples", d.step, len(order)), err)
	}
	p := &BatchProof{Case: d.config.Case, Step: d.step, Proof: d.batch.Proof}
	for _, n := range d.batch.Proof.Indices {
		p.Samples = append(p.Samples, d.batch.Samples[slices.Index(order, n)])
	}
	for side := range 2 {
		s, err := d.stepSide(side, d.step)
		if err != nil {
			return err
		}
		p.Sides = append(p.Sides, s)
	}
	return d.convict(p)
}

// compareLists finds the first value that differs, which an operator made from
// operands that do not.
func (d *Dispute) compareLists() error {
	at := d.step - d.claims[0].reveal.Commitment.First + 1
	for side := range 2 {
		var wrong *trace.WrongError
		if err := d.program.Follow(d.lists[side], d.steps[side][at-1], d.steps[side][at]); !errors.As(err, &wrong) {
			continue
		}
		after, err := d.stepSide(side, d.step)
		if err != nil {
			return err
		}
		before, err := d.stepSide(side, d.step-1)
		if err != nil {
			return err
		}
		if err := d.wrongList(ListSide{after, before.Step, before.Proof, d.records[side], d.lists[side]}); err != nil {
			return err
		}
	}
	if d.phase == 0 {
		return nil
	}
	for i := range d.program.Ops {
		for k, v := range d.program.Ops[i].Out {
			if v != trace.Absent && d.lists[0][v] != d.lists[1][v] {
				d.op, d.out, d.value = i, k, v
				d.ask(record.OpenTiles)
				return nil
			}
		}
	}
	return errors.New("dispute: no result of an operator differs")
}

// wrongList convicts a side by its list. The contents of samples are shown where
// they matter: all of them, or if that is too long some that stand together, as
// those of one micro-batch do.
func (d *Dispute) wrongList(side ListSide) error {
	n := len(d.batch.Samples)
	p := &ListProof{
		Case: d.config.Case, Step: d.step, Samples: d.batch.Samples,
		Contents: make([][]byte, n), Sides: []ListSide{side},
	}
	err := d.convict(p)
	for size := n; err != nil && size > 0; size /= 2 {
		for from := 0; err != nil && from < n; from += (size + 1) / 2 {
			clear(p.Contents)
			copy(p.Contents[from:], d.batch.Contents[from:min(from+size, n)])
			err = d.convict(p)
		}
	}
	return err
}

// compareTiles finds the first tile that differs.
func (d *Dispute) compareTiles() error {
	if d.tile = firstDifference(d.tiles[0], d.tiles[1]); d.tile < 0 {
		return errors.New("dispute: no tile differs")
	}
	d.ask(record.FraudProof)
	return nil
}

// An Inputs answers an Ask for a FraudProof: the tiles of the operands that are
// needed to compute one tile again. Both sides committed to equal operands, so
// either can show them, and nobody needs to sign.
type Inputs struct{ Inputs []Input }

// AppendCanon appends [[operand, tiles, proof], ...].
func (i *Inputs) AppendCanon(b []byte) []byte { return appendInputs(b, i.Inputs) }

// ReadCanon reads what AppendCanon wrote.
func (i *Inputs) ReadCanon(r *canon.Reader) { i.Inputs = readInputs(r) }

// inputs judges the tile.
func (d *Dispute) inputs(answer []byte) error {
	var in Inputs
	if err := canon.Decode(answer, &in, canon.Limits{Total: MaxProof}); err != nil {
		return fmt.Errorf("dispute: not an answer: %w", err)
	}
	p, err := d.tileProof(in.Inputs)
	if err != nil {
		return err
	}
	d.shown = in.Inputs
	return d.convict(p)
}

// tileProof puts together what both sides said of one tile.
func (d *Dispute) tileProof(inputs []Input) (*TileProof, error) {
	p := &TileProof{
		Case: d.config.Case, Step: d.step, Samples: d.batch.Samples,
		Op: uint32(d.op), Out: uint32(d.out), Tile: uint32(d.tile), Inputs: inputs,
	}
	at := values(&d.program.Ops[d.op], d.value)
	for side := range 2 {
		step, err := d.stepSide(side, d.step)
		if err != nil {
			return nil, err
		}
		s := TileSide{StepSide: step, Ops: d.records[side], Leaf: d.tiles[side][d.tile]}
		for _, v := range at {
			s.Digests = append(s.Digests, d.lists[side][v])
		}
		if s.Entries, err = merkle.NewTree(merkle.SHA256, trace.Leaves(d.lists[side])).ProveMany(at); err != nil {
			return nil, err
		}
		path, err := merkle.NewTree(merkle.SHA256, d.tiles[side]).Prove(uint64(d.tile))
		if err != nil {
			return nil, err
		}
		s.Path = path.Path
		p.Sides = append(p.Sides, s)
	}
	return p, nil
}
