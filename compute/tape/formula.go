package tape

import (
	"errors"
	"fmt"
	"math"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/trace"
)

// Tables say what the last step of a dispute needs of operators.
var Tables = dispute.Tables{Products: Products, Formulas: Formulas}

// Formulas says how an element of a primitive's result is worked out, line by
// line. The order is that of the references in package op. Lines depend on the
// operator and its shapes only: what depends on the element or on positions,
// tokens and targets is worked out in integers.
func Formulas(o trace.Op, in []trace.Shape, out int) (dispute.Formula, error) {
	var a Attrs
	if err := canon.Decode(o.Attrs, &a, canon.Limits{}); err != nil {
		return nil, err
	}
	code := Code(o.Code)
	made, err := madeOf(code, &a, in)
	work := workings[code]
	if err != nil || work == nil || out < 0 || out >= len(made) {
		return nil, errors.Join(fmt.Errorf("tape: %v has no formula for an element of result %d", code, out), err)
	}
	w := &working{attrs: a, in: in, seen: make(map[dispute.Instruction]reg)}
	last := work(w, out)
	if w.bad || len(w.f) > maxLines {
		return nil, fmt.Errorf("tape: %v with %+v has no formula for an element of result %d", code, a, out)
	}
	if int(last) != len(w.f)-1 {
		w.f = append(w.f, dispute.Instruction{Do: dispute.Pick, A: w.int(1), B: last, C: last})
	}
	return w.f, nil
}

// maxLines bounds a formula; that of a sum of squares is the longest.
const maxLines = 1 << 20

// madeOf checks operands and returns the shapes of the results.
func madeOf(code Code, a *Attrs, in []trace.Shape) ([]shape, error) {
	shapes := make([]shape, len(in))
	for i, s := range in {
		if s.Rows < 0 || s.Cols < 0 || s.Rows > maxDim || s.Cols > maxDim {
			return nil, fmt.Errorf("operand %d of (%d,%d)", i, s.Rows, s.Cols)
		}
		shapes[i] = shape{Type(s.Type), Dim(s.Rows), Dim(s.Cols)}
	}
	made, err := results(code, a, shapes, nil)
	if err == nil {
		err = affordable(code, a, shapes)
	}
	return made, err
}

// A working writes a formula. A reg is a line; equal lines are written once.
type working struct {
	f     dispute.Formula
	seen  map[dispute.Instruction]reg
	attrs Attrs
	in    []trace.Shape
	bad   bool
}

type reg = uint32

func (w *working) do(p dispute.Primitive, abc ...reg) reg {
	i := dispute.Instruction{Do: p}
	for k, x := range abc {
		*[]*uint32{&i.A, &i.B, &i.C}[k] = x
	}
	at, ok := w.seen[i]
	if !ok {
		at = reg(len(w.f))
		w.f = append(w.f, i)
		w.seen[i] = at
	}
	return at
}

func (w *working) f32(x float32) reg   { return w.do(dispute.Const, math.Float32bits(x)) }
func (w *working) add(x, y reg) reg    { return w.do(dispute.Plus2, x, y) }
func (w *working) sub(x, y reg) reg    { return w.do(dispute.Minus, x, y) }
func (w *working) mul(x, y reg) reg    { return w.do(dispute.Mul, x, y) }
func (w *working) div(x, y reg) reg    { return w.do(dispute.Div, x, y) }
func (w *working) max(x, y reg) reg    { return w.do(dispute.Max, x, y) }
func (w *working) fma(x, y, z reg) reg { return w.do(dispute.FMA, x, y, z) }

// Integers.
func (w *working) int(n int) reg         { return w.do(dispute.Const, uint32(int32(n))) }
func (w *working) row() reg              { return w.do(dispute.Row) }
func (w *working) col() reg              { return w.do(dispute.Col) }
func (w *working) plus(x, y reg) reg     { return w.do(dispute.IntFMA, x, w.int(1), y) }
func (w *working) minus(x, y reg) reg    { return w.do(dispute.IntFMA, y, w.int(-1), x) }
func (w *working) quot(x reg, n int) reg { return w.do(dispute.Quot, x, w.int(n)) }
func (w *working) rest(x reg, n int) reg {
	return w.do(dispute.IntFMA, w.quot(x, n), w.int(-n), x)
}
func (w *working) less(x, y reg) reg    { return w.do(dispute.Less, x, y) }
func (w *working) same(x, y reg) reg    { return w.do(dispute.Same, x, y) }
func (w *working) pick(x, y, z reg) reg { return w.do(dispute.Pick, x, y, z) }

// Operands.
func (w *working) has(in int) bool   { return in < len(w.in) && w.in[in] != (trace.Shape{}) }
func (w *working) here(in int) reg   { return w.load(in, w.row(), w.col()) }
func (w *working) scalar(in int) reg { return w.load(in, w.int(0), w.int(0)) }
func (w *working) beside(in int) reg { return w.load(in, w.row(), w.int(0)) }
func (w *working) load(in int, row, col reg) reg {
	w.bad = w.bad || !w.has(in)
	return w.do(dispute.Load, reg(in), row, col)
}

// hereOr is here, or a number where the operand is absent.
func (w *working) hereOr(in int, x float32) reg {
	if w.has(in) {
		return w.here(in)
	}
	return w.f32(x)
}

// on adds what an optional operand has to x: a running sum, a residual.
func (w *working) on(in int, x reg) reg {
	if w.has(in) {
		return w.add(w.here(in), x)
	}
	return x
}

// workings are by primitive; those that are products of two f32 chains have none.
var workings = map[Code]func(w *working, out int) reg{
	Add:         func(w *working, _ int) reg { return w.add(w.here(0), w.here(1)) },
	AddScaled:   func(w *working, _ int) reg { return w.fma(w.f32(w.attrs.Scale), w.here(1), w.here(0)) },
	Scale:       func(w *working, _ int) reg { return w.mul(w.here(0), w.f32(w.attrs.Scale)) },
	ScaleBy:     func(w *working, _ int) reg { return w.mul(w.here(0), w.scalar(1)) },
	SiLUMul:     func(w *working, _ int) reg { return w.mul(w.silu(w.here(0)), w.here(1)) },
	SiLUMulGrad: (*working).siluGrad,
	SGD: func(w *working, out int) reg { // t, g, m, lr -> t, m
		m := w.fma(w.f32(w.attrs.Beta1), w.here(2), w.here(1))
		if out == 0 {
			return w.fma(w.sub(w.f32(0), w.scalar(3)), m, w.here(0))
		}
		return m
	},
	Adam: (*working).adam,

	MatMulQ8:  (*working).forwardQ8,
	MatMulTQ8: (*working).backwardQ8,
	ScaledMax: (*working).scaledMax,
	DigitSums: (*working).digitSums,
	JoinSums:  (*working).joinSums,

	Embed:     func(w *working, _ int) reg { return w.load(0, w.beside(1), w.col()) },
	Select:    func(w *working, _ int) reg { return w.load(0, w.beside(1), w.col()) },
	EmbedQ8:   (*working).embedQ8,
	EmbedGrad: func(w *working, _ int) reg { return w.scatter(w.hereOr(2, 0)) },
	Scatter:   func(w *working, _ int) reg { return w.scatter(w.f32(0)) },

	RMSNorm:      (*working).norm,
	RMSNormGrad:  (*working).normGrad,
	NormRoot:     func(w *working, _ int) reg { return w.root(0, int(w.attrs.HeadDim), w.col()) },
	NormGainGrad: (*working).gainGrad,
	BiasGrad:     (*working).biasGrad,
	Rope:         (*working).rope,

	RowMax:      (*working).rowMax,
	ExpLanes:    (*working).expLanes,
	RowLosses:   (*working).rowLoss,
	LossGrad:    (*working).lossGrad,
	Sum:         (*working).sum,
	SquareLanes: (*working).squareLanes,
	FoldLanes:   func(w *working, _ int) reg { return w.fold(func(j int) reg { return w.load(0, w.int(0), w.int(j)) }) },
	ClipFactor:  (*working).clipFactor,

	Scores:   (*working).scores,
	Probs:    (*working).probs,
	Mix:      (*working).mix,
	MixT:     (*working).mixT,
	ProbDot:  (*working).probDot,
	ProbGrad: (*working).probGrad,
	Join:     (*working).join,
}

// exp is op.Exp.
func (w *working) exp(x reg) reg {
	shift := w.f32(12582912)
	x = w.do(dispute.Min, w.do(dispute.Max, x, w.f32(-87.33654)), w.f32(88.72283))
	t := w.fma(x, w.f32(1.44269504088896341), shift)
	n := w.sub(t, shift)
	x = w.fma(n, w.f32(-0.693359375), x)
	x = w.fma(n, w.f32(2.12194440e-4), x)
	p := w.f32(1.9875691500e-4)
	for _, c := range []float32{1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1} {
		p = w.fma(p, x, w.f32(c))
	}
	p = w.fma(w.mul(p, x), x, x)
	return w.do(dispute.Shift, w.add(p, w.f32(1)), t)
}

// onePlus is 1 + exp(0 - x).
func (w *working) onePlus(x reg) reg { return w.add(w.f32(1), w.exp(w.sub(w.f32(0), x))) }
func (w *working) silu(x reg) reg    { return w.div(x, w.onePlus(x)) }
func (w *working) sigmoid(x reg) reg { return w.div(w.f32(1), w.onePlus(x)) }

// siluGrad is dy, gate, up -> dgate, dup.
func (w *working) siluGrad(out int) reg {
	dy, gate := w.here(0), w.here(1)
	if out == 1 {
		return w.mul(dy, w.silu(gate))
	}
	s, one := w.sigmoid(gate), w.f32(1)
	return w.mul(w.mul(dy, w.here(2)), w.mul(s, w.fma(gate, w.sub(one, s), one)))
}

// adam works out t, m, v or the divisor from t, g, m, v, rate and the powers of
// the betas.
func (w *working) adam(out int) reg {
	a, one := &w.attrs, w.f32(1)
	g, b1, b2 := w.here(1), w.f32(a.Beta1), w.f32(a.Beta2)
	moment := func() reg { return w.fma(b1, w.here(2), w.mul(w.sub(one, b1), g)) }
	second := func() reg { return w.fma(b2, w.here(3), w.mul(w.mul(w.sub(one, b2), g), g)) }
	divisor := func() reg {
		v := w.div(second(), w.sub(one, w.scalar(6)))
		return w.add(w.do(dispute.Root, w.add(v, w.f32(a.EpsRoot))), w.f32(a.Eps))
	}
	switch out {
	case 1:
		return moment()
	case 2:
		return second()
	case 3:
		return divisor()
	}
	rate := w.sub(w.f32(0), w.scalar(4))
	t := w.here(0)
	t = w.fma(w.sub(w.f32(0), w.mul(w.scalar(4), w.f32(a.Decay))), t, t)
	return w.fma(rate, w.div(w.div(moment(), w.sub(one, w.scalar(5))), divisor()), t)
}
