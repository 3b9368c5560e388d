package trace

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/openledger/openledger/proofs/merkle"
)

// A Program is the inside of one step: which operators run in which order, and
// where each of their operands comes from. It is a pure function of the job and
// of the step's samples, so nobody sends it: everyone who has the JobSpec
// builds it. What a worker says of a step is therefore one digest per value and
// no more; it cannot wire operators otherwise.
type Program struct {
	Values []Value
	Ops    []Op // in the order in which they run

	Frozen        merkle.Digest  // map digest of the Frozen values by name
	Final         []Final        // the state after the step, by name
	Before, After []merkle.Entry // entries of the two states that are no values, such as counters
	Loss          int32          // value of one element: the loss of the step
}

// ErrStop, returned by who looks at a step that is done again, ends the step
// early, without an error of the step's.
var ErrStop = errors.New("trace: stop")

// A Source says where a value comes from. The numbers are append-only.
type Source uint8

const (
	Given  Source = 1 // follows from the job and the step: batch, rate, zeros, rotary table
	State  Source = 2 // entry Name of the state before the step
	Frozen Source = 3 // frozen parameter Name of the job's model
	Made   Source = 4 // result of one operator
)

// A Value is one matrix of a step.
type Value struct {
	Source     Source
	Type       merkle.DType
	Rows, Cols int
	Vector     bool          // digested as one dimension; Rows is 1
	Name       string        // of State and Frozen; else for people
	Digest     merkle.Digest // of Given; zero: of samples that are not at hand
}

// An Op is one application of an operator.
type Op struct {
	Code    uint16
	Attrs   []byte
	In, Out []int32 // values; Absent where an optional one is
	Name    string  // for people
}

// Absent stands for a value that is not there.
const Absent int32 = -1

// A Final is an entry of the state after a step.
type Final struct {
	Name  string
	Value int32
}

// MaxValues bounds the values of a step, so that their list is opened whole:
// 6.4 MB.
const MaxValues = 200_000

// MaxTiles bounds the tiles of one value, so that their list is opened whole:
// 8 MB, for a matrix of a thousand million elements.
const MaxTiles = 1 << 18

// DigestOf returns the digest of the value where these are its bytes.
func (v *Value) DigestOf(b []byte) (merkle.Digest, error) {
	t, err := v.Tiling()
	if err != nil {
		return merkle.Digest{}, err
	}
	return merkle.NewHasher().Tensor(t, b), nil
}

// Tiling returns how the value is cut into tiles.
func (v *Value) Tiling() (merkle.Tiling, error) {
	if v.Vector {
		return merkle.NewTiling(v.Type, v.Cols)
	}
	return merkle.NewTiling(v.Type, v.Rows, v.Cols)
}

// Check tells whether the program is sound: every value is made once and
// before it is read.
func (p *Program) Check() error {
	if len(p.Values) > MaxValues {
		return fmt.Errorf("trace: a step of %d values, a dispute allows %d: use fewer micro-batches", len(p.Values), MaxValues)
	}
	made := make([]bool, len(p.Values))
	for i := range p.Values {
		v := &p.Values[i]
		if t, err := v.Tiling(); err != nil || v.Source < Given || v.Source > Made || v.Rows <= 0 || v.Cols <= 0 || t.Tiles() > MaxTiles {
			return fmt.Errorf("trace: value %d, %q, of source %d, is (%d,%d); %v", i, v.Name, v.Source, v.Rows, v.Cols, err)
		}
		made[i] = v.Source != Made
	}
	for i := range p.Ops {
		for _, in := range p.Ops[i].In {
			if in != Absent && (in < 0 || int(in) >= len(made) || !made[in]) {
				return fmt.Errorf("trace: operator %d reads value %d, which is not there yet", i, in)
			}
		}
		for _, out := range p.Ops[i].Out {
			if out == Absent {
				continue
			}
			if out < 0 || int(out) >= len(made) || made[out] {
				return fmt.Errorf("trace: operator %d makes value %d, which is there already", i, out)
			}
			made[out] = true
		}
	}
	for _, f := range p.Final {
		if f.Value < 0 || int(f.Value) >= len(made) || !made[f.Value] {
			return fmt.Errorf("trace: state %q is value %d, which nothing makes", f.Name, f.Value)
		}
	}
	if p.Loss < 0 || int(p.Loss) >= len(made) || !made[p.Loss] {
		return fmt.Errorf("trace: the loss is value %d, which nothing makes", p.Loss)
	}
	if i := slices.Index(made, false); i >= 0 {
		return fmt.Errorf("trace: nothing makes value %d", i)
	}
	return nil
}

// Complete tells whether the digests of all Given values are known.
func (p *Program) Complete() bool {
	for i := range p.Values {
		if v := &p.Values[i]; v.Source == Given && v.Digest == (merkle.Digest{}) {
			return false
		}
	}
	return true
}

// Producer returns the operator that makes a value, and as which result; -1 for
// a value that no operator makes.
func (p *Program) Producer(value int32) (op, out int) {
	for i := range p.Ops {
		if k := slices.Index(p.Ops[i].Out, value); k >= 0 {
			return i, k
		}
	}
	return -1, -1
}

// A WrongError says why a list of digests is not that of a step.
type WrongError struct {
	Value int    // the first value that is wrong; -1: none by itself
	Why   string // for people
}

func (e *WrongError) Error() string { return "trace: " + e.Why }

// Follow tells whether a list of digests, one per value, can be that of the step
// from before to after: it has what is given, the job's frozen parameters, and
// it rebuilds both states and the loss. It is a WrongError if not. Whether each
// operator was computed right is another question.
func (p *Program) Follow(digests []merkle.Digest, before, after Step) error {
	if len(digests) != len(p.Values) {
		return &WrongError{-1, fmt.Sprintf("%d digests for the %d values of the step", len(digests), len(p.Values))}
	}
	was, is := slices.Clone(p.Before), slices.Clone(p.After)
	var frozen []merkle.Entry
	for i, d := range digests {
		switch v := &p.Values[i]; {
		case v.Source == Given && v.Digest != (merkle.Digest{}) && v.Digest != d:
			return &WrongError{i, fmt.Sprintf("value %d, %s, is not what the job gives", i, v.Name)}
		case v.Source == State:
			was = append(was, merkle.Entry{Name: v.Name, Digest: d})
		case v.Source == Frozen:
			frozen = append(frozen, merkle.Entry{Name: v.Name, Digest: d})
		}
	}
	for _, f := range p.Final {
		is = append(is, merkle.Entry{Name: f.Name, Digest: digests[f.Value]})
	}
	for _, m := range []struct {
		entries []merkle.Entry
		want    merkle.Digest
		what    string
	}{
		{was, before.State, "the state before the step"},
		{frozen, p.Frozen, "the model's frozen parameters"},
		{is, after.State, "the state that was committed"},
	} {
		if got, err := mapDigest(m.entries); err != nil || got != m.want {
			return &WrongError{-1, "the digests do not make up " + m.what}
		}
	}
	if digests[p.Loss] != Scalar(after.Loss) {
		return &WrongError{int(p.Loss), "the loss that was committed is not the one listed"}
	}
	return nil
}

func mapDigest(entries []merkle.Entry) (merkle.Digest, error) {
	slices.SortFunc(entries, func(a, b merkle.Entry) int { return cmp.Compare(a.Name, b.Name) })
	return merkle.NewHasher().Map(entries)
}

// Scalar returns the tensor digest of a (1,1) f32 matrix, given its bits.
func Scalar(bits uint32) merkle.Digest {
	t, _ := merkle.NewTiling(merkle.F32, 1, 1) // a scalar fits
	return merkle.NewHasher().Tensor(t, binary.LittleEndian.AppendUint32(nil, bits))
}

// AppendDigests appends digests as an opening lists them.
func AppendDigests(b []byte, digests []merkle.Digest) []byte {
	for i := range digests {
		b = append(b, digests[i][:]...)
	}
	return b
}

// ReadDigests reads exactly n digests.
func ReadDigests(b []byte, n int) ([]merkle.Digest, error) {
	const size = len(merkle.Digest{})
	if n < 0 || len(b)%size != 0 || len(b)/size != n {
		return nil, fmt.Errorf("trace: %d bytes are not a list of %d digests", len(b), n)
	}
	digests := make([]merkle.Digest, n)
	for i := range digests {
		digests[i] = merkle.Digest(b[i*size:])
	}
	return digests, nil
}

// Leaves returns the leaves of a list of digests.
func Leaves(digests []merkle.Digest) []merkle.Digest {
	leaves := make([]merkle.Digest, len(digests))
	for i := range digests {
		leaves[i] = merkle.SHA256.Leaf(digests[i][:])
	}
	return leaves
}

// List returns the list digest of the digests of all values of a step.
func List(digests []merkle.Digest) merkle.Digest {
	b := merkle.NewBuilder(merkle.SHA256)
	for i := range digests {
		b.Add(digests[i][:])
	}
	return b.List()
}

// A Shape is what an operator knows of an operand; the zero Shape is one that is
// absent.
type Shape struct {
	Type       merkle.DType
	Rows, Cols int
}

// Shapes returns the operands of an operator.
func (p *Program) Shapes(op int) []Shape {
	in := p.Ops[op].In
	shapes := make([]Shape, len(in))
	for i, v := range in {
		if v != Absent {
			x := &p.Values[v]
			shapes[i] = Shape{x.Type, x.Rows, x.Cols}
		}
	}
	return shapes
}
