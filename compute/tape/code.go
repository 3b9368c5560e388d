package tape

import (
	"fmt"

	"github.com/openledger/openledger/compute/op"
)

// A Code names an operator. The numbers are part of every commitment:
// append-only.
type Code uint16

// The operators that models use. Shapes are rows x columns, T is tokens; an
// operand in brackets may be absent.
const (
	Embed       Code = 1  // table (V,C), ids i32 (T,1) -> (T,C)
	RMSNorm     Code = 2  // x (T,n·C), gain (1,C) -> (T,n·C), each C columns by themselves; Eps
	MatMul      Code = 3  // x (T,K), w (N,K), [bias (1,N)], [c (T,N)], [run (T,N)] -> c + (x wᵀ + bias); Slices; From, To
	Rope        Code = 4  // x (T,n·d), table (P,d), pos i32 (T,1) -> (T,n·d); HeadDim, Inverse
	Attend      Code = 5  // q (T,H·d), k, v (T,G·d), pos i32 (T,1) -> (T,H·d), whole documents; attention attributes
	AttendPaged Code = 6  // q, k, v as above -> (T,H·d); k and v join the cache first; attention attributes, Layer
	SiLUMul     Code = 7  // gate, up -> silu(gate)·up
	Add         Code = 8  // a, b -> a + b
	AddScaled   Code = 9  // y, d -> fma(Scale, d, y)
	Scale       Code = 10 // x -> x·Scale
	Select      Code = 11 // x (T,C), rows i32 (R,1) -> (R,C)
	Adapt       Code = 12 // y (R,N), x (R,K), [rows i32 (R,1)] -> y plus what each row's adapter adds; Module

	MatMulT      Code = 20 // dy (T,N), w (N,K), [c (T,K)], [run (T,K)] -> c + dy w; From, To
	MatMulGrad   Code = 21 // dy (T,N), x (T,K), [c (N,K)], [run (N,K)] -> c + dyᵀ x; From, To
	BiasGrad     Code = 22 // dy (T,N), [c (1,N)] -> c + column sums
	AttendGrad   Code = 23 // do, q, k, v, pos -> dq, dk, dv; attention attributes
	SiLUMulGrad  Code = 24 // dy, gate, up -> dgate, dup
	RMSNormGrad  Code = 25 // dy, x, gain, [c (1,C)] -> [dx], [c + dgain]; Eps
	CrossEntropy Code = 26 // logits (T,V), targets i32 (T,1), w (1,1) -> losses (T,1), [dlogits (T,V)]
	EmbedGrad    Code = 27 // dy (T,C), ids i32 (T,1), [c (V,C)] -> c + rows of dy added to those of their ids
	Sum          Code = 28 // x (T,1), [c (1,1)] -> c + x0 + x1 + ..., plain adds in order
	Scatter      Code = 29 // x (R,C), rows i32 (R,1), like i32 (T,1) -> (T,C): x added to those rows of zeros

	SumSquares Code = 40 // x -> (1,1), lanes over the flattened matrix
	ClipFactor Code = 41 // total (1,1) -> min(1, Scale/sqrt(total)), 1 for a total of 0
	ScaleBy    Code = 42 // x, f (1,1) -> x·f
	Adam       Code = 43 // t, g, m, v, lr (1,1), p1 (1,1), p2 (1,1) -> t', m', v', [divisor]; Beta1, Beta2, Eps, EpsRoot, Decay
	SGD        Code = 44 // t, g, m, lr (1,1) -> t', m'; Beta1
)

// The primitives that Lower adds. L is the length of the longest document.
const (
	EmbedQ8   Code = 60 // digits i8 (V,C), scale (V,1), ids -> (T,C)
	MatMulQ8  Code = 61 // x, digits i8 (N,K), scale (N,1), [bias], [c] -> as MatMul; Slices
	MatMulTQ8 Code = 62 // dy, digits, scale, [c] -> as MatMulT
	ScaledMax Code = 63 // dy (T,N), scale (N,1), [c (T,1)] -> max of c and |dy·scale| over columns From..To
	DigitSums Code = 64 // dy, digits, scale, max (T,1), [c0, c1 i32 (T,K)] -> two i32 (T,K), sums over n of From..To
	JoinSums  Code = 65 // max (T,1), two i32 (T,K), [c (T,K)] -> (T,K)

	NormRoot     Code = 70 // x (T,n·C) -> 1/sqrt(mean square + Eps) (T,n); HeadDim = C
	NormGainGrad Code = 71 // dy, x (T,n·C), root (T,n), [c (1,C)], [run (1,C)] -> c + chain over the T·n rows of dy and x·root; From, To

	RowMax    Code = 80 // x (T,V), [c (T,1)] -> max of c and columns From..To (T,1)
	ExpLanes  Code = 81 // x (T,V), max (T,1), [c (T,16)] -> lanes of exp(x - max) over columns From..To, continued (T,16)
	RowLosses Code = 82 // x (T,V), max (T,1), lanes (T,16), targets -> losses (T,1)
	LossGrad  Code = 83 // x (T,V), max (T,1), lanes (T,16), targets, w (1,1) -> (T,V)

	Scores   Code = 90 // a (T,H·d), b (T,G·d), pos -> chains of head Head with all keys, masked +0, times Scale (T,L)
	Probs    Code = 91 // scores (T,L), pos -> softmax over the unmasked, masked +0 (T,L)
	Mix      Code = 92 // p (T,L), b (T,G·d), pos -> chains over keys (T,d); Head
	MixT     Code = 93 // p (T,L), a (T,H·d), pos -> chains over queries (T,d); Head
	ProbDot  Code = 94 // p, dp (T,L), pos -> lanes of fma(p, dp) (T,1)
	ProbGrad Code = 95 // p, dp (T,L), dot (T,1) -> (p·(dp - dot))·Scale (T,L)
	Join     Code = 96 // n·Heads matrices (T,d) -> (T,Heads·d), n neighbours added in order

	SquareLanes Code = 100 // x, [c (1,16)] -> lanes of fma(x, x) over rows From..To, continued (1,16)
	FoldLanes   Code = 101 // lanes (1,16) -> (1,1)
)

// A rule is all that the package knows of one operator.
type rule struct {
	name string

	// in and out give one letter per operand: m f32 matrix, v f32 matrix or
	// weights to be widened, w f32 matrix or weights of any type, d digits, i
	// i32 matrix, t rotary table; with ? an operand that may be absent, with *
	// any number of the last one.
	in, out string

	// shape returns the shapes of all results; nil: the operands do not fit.
	// An absent operand has the zero shape.
	shape func(a *Attrs, in []shape) []shape

	// share lists, per result, the operands whose memory it may take over.
	share [][]int

	// run computes the application. It returns errors of data only.
	run func(f *frame, a *App) error

	// unchecked says that results are finite because the operands are, or that
	// the operator that reads them finds out.
	unchecked bool

	// lower writes the application as primitives and returns the new refs of
	// its results, or is nil for a primitive. It may return nil, meaning that
	// this application already is one.
	lower func(l *lowering, a *App) []Ref

	// tile computes rect r of one result from the parts of the operands that it
	// needs. Primitives have one.
	tile func(t *tiler, out int, r rect) op.Matrix
}

var rules [128]rule

func (c Code) rule() *rule {
	if int(c) >= len(rules) || rules[c].name == "" {
		return nil
	}
	return &rules[c]
}

// String returns the operator's name.
func (c Code) String() string {
	if r := c.rule(); r != nil {
		return r.name
	}
	return fmt.Sprintf("Code(%d)", uint16(c))
}
