package dispute_test

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A toy is a job whose steps are small enough to look at: five operators on
// matrices of four tiles. real_test.go plays the same game with a Llama.
//
//	a = w·x0    b = a + f    c = b + x1    loss = sum of the first row of c    w' = c/4
type toy struct {
	spec    []byte
	data    []trace.Sample
	content [][]byte
	initial []float32
	frozen  []float32
}

const (
	toyRows, toyCols = 100, 70
	toySamples       = 7
	toyNet           = record.Network(31337)

	vW, vF, vX0, vX1, vA, vB, vC, vLoss, vNext = 0, 1, 2, 3, 4, 5, 6, 7, 8

	opMul, opAdd, opSum, opQuarter = 1, 2, 3, 4
)

var toyJob = newToy()

func newToy() *toy {
	j := &toy{initial: toyMatrix(1), frozen: toyMatrix(2)}
	for i := range int32(toySamples) {
		ids, targets := []int32{i, i + 1, i + 2}, []int32{i + 1, -1, i + 3}
		j.data = append(j.data, trace.NewSample(ids, targets))
		j.content = append(j.content, trace.SampleContent(ids, targets))
	}
	j.spec = canon.AppendArray(nil, 2)
	start, data := j.Initial(), j.Data()
	j.spec = canon.AppendBytes(canon.AppendBytes(j.spec, start[:]), data[:])
	return j
}

func toyMatrix(seed uint64) []float32 {
	rng := rand.New(rand.NewPCG(seed, 0))
	x := make([]float32, toyRows*toyCols)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

// given is the matrix that a sample stands for.
func given(content []byte) []float32 {
	h := sha256.Sum256(content)
	return toyMatrix(binary.LittleEndian.Uint64(h[:]))
}

func mapOf(entries ...merkle.Entry) merkle.Digest {
	slices.SortFunc(entries, func(a, b merkle.Entry) int { return cmp.Compare(a.Name, b.Name) })
	d, err := merkle.NewHasher().Map(entries)
	if err != nil {
		panic(err)
	}
	return d
}

func counters(t uint64) merkle.Entry {
	return merkle.Entry{Name: "counters", Digest: merkle.SHA256.Leaf(canon.AppendUint(nil, t))}
}

func digestOf(x []float32) merkle.Digest {
	return merkle.NewHasher().Tensor(tilingOf(x), merkle.Bytes(x))
}

func tilingOf(x []float32) merkle.Tiling {
	rows, cols := toyRows, toyCols
	if len(x) == 1 {
		rows, cols = 1, 1
	}
	t, err := merkle.NewTiling(merkle.F32, rows, cols)
	if err != nil {
		panic(err)
	}
	return t
}

func stateOf(w []float32, t uint64) merkle.Digest {
	return mapOf(merkle.Entry{Name: "w", Digest: digestOf(w)}, counters(t))
}

func (j *toy) Initial() merkle.Digest { return stateOf(j.initial, 0) }
func (j *toy) Data() merkle.Digest    { return trace.Samples(j.data) }

func (j *toy) Order(t uint64) ([]uint64, error) {
	return []uint64{t * 3 % toySamples, (t*3 + 5) % toySamples}, nil
}

func (j *toy) Program(t uint64, samples []trace.Sample, contents [][]byte) (*trace.Program, error) {
	if len(samples) != 2 {
		return nil, fmt.Errorf("a step has 2 samples, not %d", len(samples))
	}
	m := func(s trace.Source, name string) trace.Value {
		return trace.Value{Source: s, Type: merkle.F32, Rows: toyRows, Cols: toyCols, Name: name}
	}
	p := &trace.Program{
		Values: []trace.Value{m(trace.State, "w"), m(trace.Frozen, "f"), m(trace.Given, "x0"), m(trace.Given, "x1"),
			m(trace.Made, "a"), m(trace.Made, "b"), m(trace.Made, "c"), m(trace.Made, "loss"), m(trace.Made, "w'")},
		Ops: []trace.Op{
			{Code: opMul, In: []int32{vW, vX0}, Out: []int32{vA}, Name: "a"},
			{Code: opAdd, In: []int32{vA, vF}, Out: []int32{vB}, Name: "b"},
			{Code: opAdd, In: []int32{vB, vX1}, Out: []int32{vC}, Name: "c"},
			{Code: opSum, In: []int32{vC, trace.Absent}, Out: []int32{vLoss}, Name: "loss"},
			{Code: opQuarter, In: []int32{vC}, Out: []int32{vNext}, Name: "w'"},
		},
		Frozen: mapOf(merkle.Entry{Name: "f", Digest: digestOf(j.frozen)}),
		Final:  []trace.Final{{Name: "w", Value: vNext}}, Loss: vLoss,
		Before: []merkle.Entry{counters(t - 1)}, After: []merkle.Entry{counters(t)},
	}
	p.Values[vLoss].Rows, p.Values[vLoss].Cols = 1, 1
	for i, b := range contents {
		if len(b) > 0 {
			p.Values[vX0+i].Digest = digestOf(given(b))
		}
	}
	return p, p.Check()
}

func toyRules(j *toy) dispute.Rules {
	return dispute.Rules{
		Network: toyNet, Recompute: toyRecompute,
		Job: func(spec, extra []byte) (dispute.Job, error) {
			if !slices.Equal(spec, j.spec) || len(extra) > 0 {
				return nil, fmt.Errorf("another job")
			}
			return j, nil
		},
		Lease: func(payload []byte) (first uint64, start, chain merkle.Digest, err error) {
			r := canon.NewReader(payload, canon.Limits{})
			r.Fields(3)
			first = r.Uint(math.MaxUint64)
			r.Fixed(start[:])
			r.Fixed(chain[:])
			return first, start, chain, r.Done()
		},
	}
}

func apply(code uint16, x, y []float32) []float32 {
	out := make([]float32, len(x))
	for i := range x {
		switch code {
		case opMul:
			out[i] = x[i] * y[i]
		case opAdd:
			out[i] = x[i] + y[i]
		case opQuarter:
			out[i] = x[i] / 4
		}
	}
	return out
}

// rowSum is the sum of the first row, of which a tile has the first 64.
func rowSum(x []float32) []float32 {
	s := float32(0)
	for _, v := range x[:64] {
		s += v
	}
	return []float32{s}
}

func toyRecompute(op trace.Op, in []trace.Shape, out, tile int, open func(in, tile int) ([]byte, error)) ([]byte, error) {
	var x [2][]float32
	for i, s := range in {
		if s == (trace.Shape{}) {
			continue
		}
		b, err := open(i, tile)
		if err != nil {
			return nil, err
		}
		for k := 0; k+4 <= len(b); k += 4 {
			v := math.Float32frombits(binary.LittleEndian.Uint32(b[k:]))
			if v-v != 0 {
				return nil, fmt.Errorf("%w: operand %d is not finite", dispute.ErrNoResult, i)
			}
			x[i] = append(x[i], v)
		}
	}
	if op.Code == opSum {
		return merkle.Bytes(rowSum(x[0])), nil
	}
	return merkle.Bytes(apply(op.Code, x[0], x[1])), nil
}

func testKey(name string) record.Key {
	h := sha256.Sum256([]byte("dispute " + name))
	k, err := record.ParseKey(h[:])
	if err != nil {
		panic(err)
	}
	return k
}

var alice, bob, carol = testKey("alice"), testKey("bob"), testKey("carol")

// A worker did the toy, in its own way.
type worker struct {
	key    record.Key
	values map[uint64][][]float32 // by step and value
	steps  []trace.Step
	reveal record.Verified
	lease  []byte
	first  uint64
}

// A fault changes what a worker does. The zero fault is honest.
type fault struct {
	value  func(t uint64, v int, x []float32) // of a result, as it is made
	batch  func(t uint64, order []uint64)     // what it learns from
	start  func(w []float32)                  // its first state
	step   func(t uint64, s *trace.Step)      // what it commits
	reveal func(r *trace.Reveal)              // what it signs
}

// work does steps first to last, from what the steps before leave.
func work(key record.Key, first, last uint64, f fault) *worker {
	k := &worker{key: key, values: map[uint64][][]float32{}, first: first}
	w, b := slices.Clone(toyJob.initial), trace.Begin(sha256.Sum256(toyJob.spec), toyJob.Initial())
	s := trace.Step{State: toyJob.Initial()}
	for t := uint64(1); t < first; t++ {
		s, w, _ = k.step(t, w, fault{})
		b.Add(s)
	}
	before := b.Commitment().Chain
	if first > 1 {
		b = trace.NewBuilder(first-1, s, before)
	}
	if f.start != nil {
		f.start(w)
		s.State = stateOf(w, first-1)
		b = trace.NewBuilder(first-1, s, trace.Chain(sha256.Sum256(toyJob.spec), s.Leaf(first-1)))
	}
	k.steps = []trace.Step{s}
	for t := first; t <= last; t++ {
		s, w, k.values[t] = k.step(t, w, f)
		k.steps = append(k.steps, s)
		b.Add(s)
	}
	r := trace.Reveal{Commitment: b.Commitment()}
	if first > 1 {
		leaf := k.steps[0].Leaf(first - 1)
		if f.start != nil { // the lease is of honest steps
			leaf = work(carol, 1, first-1, fault{}).steps[first-1].Leaf(first - 1)
		}
		payload := canon.AppendUint(canon.AppendArray(nil, 3), first)
		payload = canon.AppendBytes(canon.AppendBytes(payload, leaf[:]), before[:])
		v := seal(carol, record.Lease, sha256.Sum256(toyJob.spec), 1, payload)
		k.lease, r.Lease = v.Envelope(), v.Header().Digest()
	}
	if f.reveal != nil {
		f.reveal(&r)
	}
	k.sign(r, 1)
	return k
}

func (k *worker) sign(r trace.Reveal, sequence uint64) {
	k.reveal = seal(k.key, record.Reveal, sha256.Sum256(toyJob.spec), sequence, r.AppendCanon(nil))
}

func seal(key record.Key, t record.Type, subject [32]byte, sequence uint64, payload []byte) record.Verified {
	v, err := record.Seal(key, record.Header{Network: toyNet, Type: t, Subject: subject, Sequence: sequence}, payload)
	if err != nil {
		panic(err)
	}
	return v
}

// step does step t from state w.
func (k *worker) step(t uint64, w []float32, f fault) (trace.Step, []float32, [][]float32) {
	order, _ := toyJob.Order(t)
	if f.batch != nil {
		f.batch(t, order)
	}
	x := make([][]float32, 9)
	x[vW], x[vF] = w, slices.Clone(toyJob.frozen)
	var samples []trace.Sample
	for i, n := range order {
		samples = append(samples, toyJob.data[n])
		x[vX0+i] = given(toyJob.content[n])
	}
	do := func(v int, y []float32) {
		if x[v] = y; f.value != nil {
			f.value(t, v, y)
		}
	}
	for v := range vA { // somebody may use other sources
		if f.value != nil {
			x[v] = slices.Clone(x[v])
			f.value(t, v, x[v])
		}
	}
	do(vA, apply(opMul, x[vW], x[vX0]))
	do(vB, apply(opAdd, x[vA], x[vF]))
	do(vC, apply(opAdd, x[vB], x[vX1]))
	do(vLoss, rowSum(x[vC]))
	do(vNext, apply(opQuarter, x[vC], nil))
	s := trace.Step{State: stateOf(x[vNext], t), Batch: trace.Samples(samples), Loss: math.Float32bits(x[vLoss][0])}
	if f.step != nil {
		f.step(t, &s)
	}
	return s, x[vNext], x
}

// A worker is a dispute.Run.
func (k *worker) Digests(t uint64) ([]merkle.Digest, error) {
	var all []merkle.Digest
	for _, x := range k.values[t] {
		all = append(all, digestOf(x))
	}
	return all, nil
}

func (k *worker) Tiles(t uint64, value int32) ([]merkle.Digest, error) {
	return leavesOf(k.values[t][value]), nil
}

func leavesOf(x []float32) []merkle.Digest {
	leaves := make([]merkle.Digest, tilingOf(x).Tiles())
	merkle.NewHasher().Tiles(leaves, tilingOf(x), merkle.Bytes(x), 0)
	return leaves
}

func (k *worker) Operands(t uint64, op int, use func(dispute.Operands) error) error {
	p, err := toyJob.program(t)
	if err != nil {
		return err
	}
	var o operands
	for _, in := range p.Ops[op].In {
		if in == trace.Absent {
			o = append(o, nil)
		} else {
			o = append(o, k.values[t][in])
		}
	}
	return use(o)
}

type operands [][]float32

func (o operands) Tile(in, tile int) ([]byte, error) {
	row, col, rows, cols := tilingOf(o[in]).Rect(tile)
	var b []byte
	for r := row; r < row+rows; r++ {
		b = append(b, merkle.Bytes(o[in][r*toyCols+col:][:cols])...)
	}
	return b, nil
}

func (o operands) Leaves(in int) ([]merkle.Digest, error) { return leavesOf(o[in]), nil }

// samples are those of step t as a peer with the data has them.
func (j *toy) samples(t uint64) (dispute.Samples, error) {
	order, _ := j.Order(t)
	var s dispute.Samples
	for _, n := range order {
		s.Samples, s.Contents = append(s.Samples, j.data[n]), append(s.Contents, j.content[n])
	}
	leaves := make([]merkle.Digest, len(j.data))
	for i := range j.data {
		leaves[i] = j.data[i].Leaf()
	}
	slices.Sort(order)
	p, err := merkle.NewTree(merkle.SHA256, leaves).ProveMany(slices.Compact(order))
	s.Proof = p
	return s, err
}

func (j *toy) program(t uint64) (*trace.Program, error) {
	s, err := j.samples(t)
	if err != nil {
		return nil, err
	}
	return j.Program(t, s.Samples, s.Contents)
}

func (k *worker) player() *dispute.Player {
	return &dispute.Player{
		Key: k.key, Reveal: k.reveal, Steps: k.steps, Run: k,
		Program: toyJob.program, Recompute: toyRecompute,
	}
}

// An answerer plays a side.
type answerer func(a dispute.Ask) ([]byte, error)

const toyClock = 1000

// begin starts a dispute of two workers.
func begin(a, b *worker) (*dispute.Dispute, error) {
	return dispute.New(dispute.Config{
		Case: dispute.Case{Spec: toyJob.spec}, Rules: toyRules(toyJob), Clock: toyClock, Batch: toyJob.samples,
		Sides: [2]dispute.StartSide{{Reveal: a.reveal.Envelope(), Lease: a.lease}, {Reveal: b.reveal.Envelope(), Lease: b.lease}},
	}, 0)
}

// play runs a dispute to its end: each answer takes 10, an answerer that
// returns nil says nothing. It fails where the end does not come in time.
func play(t testing.TB, a, b *worker, by [2]answerer) (*dispute.Dispute, dispute.Verdict) {
	t.Helper()
	d, err := begin(a, b)
	if err != nil {
		t.Fatal(err)
	}
	now := uint64(0)
	for now < 5*toyClock {
		for _, ask := range d.Asks() {
			if _, done := d.Verdict(); done {
				break
			}
			answer, err := by[ask.Side](ask)
			if err != nil {
				t.Fatal(err)
			}
			now += 10
			_, _, err = d.Step(dispute.Move{Now: now, Side: ask.Side, Answer: answer})
			_ = err // a refused answer is none
		}
		if v, done := d.Verdict(); done {
			for _, p := range d.Proofs() {
				got, err := dispute.Verify(p, toyRules(toyJob))
				if err != nil || got.Kind != v.Kind || len(got.Guilty) > len(v.Guilty) {
					t.Errorf("the proof of %+v says %+v, %v", v, got, err)
				}
			}
			return d, v
		}
		now += 80
		d.Step(dispute.Move{Now: now})
	}
	t.Fatal("the dispute does not end")
	return nil, dispute.Verdict{}
}

func honestly(a, b *worker) [2]answerer {
	return [2]answerer{a.player().Answer, b.player().Answer}
}
