package dispute

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
)

// The last step, for a contract. A tile is 4096 elements, too many for the EVM;
// one element of a product is a chain of n FMAs, and a window of it is 64. Who is
// asked opens one element: it signs an Element, which commits to all windows of
// its chain. A contract then needs one window to see that the arithmetic is
// wrong, two to see that they do not follow each other, or one and a tile to see
// that an operand is not what its signer committed to. appeal.go judges that as
// a contract does. Bytes lie at fixed places, numbers are big-endian as in the
// EVM; the list of windows is hashed by Keccak-256.

// WindowFMAs is the length of a full window; four are one segment.
const WindowFMAs = 64

const windowsPerSegment = 4

// A Window is FMAs 64·Number and on of one element's chain. All numbers are the
// bits of f32.
//
//	at   0  number         4 bytes
//	     4  count          4        FMAs: 64, less in the last window
//	     8  acc before     4        of the segment; +0 where one begins
//	    12  acc after      4
//	    16  sum before     4        of the segments so far
//	    20  sum after      4        sum + acc where a segment ends
//	    24  zero           8
//	    32  a            256        64 operands, +0 past count
//	   288  b            256
type Window struct {
	Number, Count       uint32
	AccBefore, AccAfter uint32
	SumBefore, SumAfter uint32
	A, B                [WindowFMAs]uint32
}

// WindowSize is the length of a Window in bytes: 17 words of the EVM.
const WindowSize = 32 + 2*4*WindowFMAs

// Bytes returns the window as it is hashed.
func (w *Window) Bytes() []byte {
	b := make([]byte, 0, WindowSize)
	for _, x := range []uint32{w.Number, w.Count, w.AccBefore, w.AccAfter, w.SumBefore, w.SumAfter, 0, 0} {
		b = binary.BigEndian.AppendUint32(b, x)
	}
	for _, side := range [][WindowFMAs]uint32{w.A, w.B} {
		for _, x := range side {
			b = binary.BigEndian.AppendUint32(b, x)
		}
	}
	return b
}

// ParseWindow is the inverse of Bytes.
func ParseWindow(b []byte) (w Window, err error) {
	if len(b) != WindowSize || binary.BigEndian.Uint64(b[24:]) != 0 {
		return w, errors.New("dispute: not a window")
	}
	for i, x := range []*uint32{&w.Number, &w.Count, &w.AccBefore, &w.AccAfter, &w.SumBefore, &w.SumAfter} {
		*x = binary.BigEndian.Uint32(b[4*i:])
	}
	for i := range WindowFMAs {
		w.A[i] = binary.BigEndian.Uint32(b[32+4*i:])
		w.B[i] = binary.BigEndian.Uint32(b[32+4*(WindowFMAs+i):])
	}
	return w, nil
}

// Windows does the chain of one element window by window. start is what the sum
// begins with: +0, or the chain of the part before.
func Windows(a, b []float32, start float32) []Window {
	var all []Window
	acc, sum := float32(0), start
	for k := 0; k < len(a); k += WindowFMAs {
		w := Window{Number: uint32(len(all)), Count: uint32(min(WindowFMAs, len(a)-k))}
		if w.Number%windowsPerSegment == 0 {
			acc = 0
		}
		w.AccBefore, w.SumBefore = math.Float32bits(acc), math.Float32bits(sum)
		for i := range int(w.Count) {
			w.A[i], w.B[i] = math.Float32bits(a[k+i]), math.Float32bits(b[k+i])
			acc = fma32(a[k+i], b[k+i], acc)
		}
		if w.ends(uint32(len(a))) {
			sum += acc
		}
		w.AccAfter, w.SumAfter = math.Float32bits(acc), math.Float32bits(sum)
		all = append(all, w)
	}
	return all
}

// ends says whether a segment of a chain of n ends with the window.
func (w *Window) ends(n uint32) bool {
	return w.Number%windowsPerSegment == windowsPerSegment-1 || w.Number == (n-1)/WindowFMAs
}

// check does the window of a chain of n again; an error says what is wrong.
func (w *Window) check(n uint32) error {
	if w.Number > (n-1)/WindowFMAs || w.Count != min(WindowFMAs, n-w.Number*WindowFMAs) {
		return fmt.Errorf("window %d of %d FMAs in a chain of %d", w.Number, w.Count, n)
	}
	if w.Number%windowsPerSegment == 0 && w.AccBefore != 0 {
		return fmt.Errorf("window %d: a segment does not begin at +0", w.Number)
	}
	acc, sum := math.Float32frombits(w.AccBefore), math.Float32frombits(w.SumBefore)
	for i := range WindowFMAs {
		if uint32(i) >= w.Count && w.A[i]|w.B[i] != 0 {
			return fmt.Errorf("window %d: operand %d is past its end", w.Number, i)
		} else if uint32(i) < w.Count {
			acc = fma32(math.Float32frombits(w.A[i]), math.Float32frombits(w.B[i]), acc)
		}
	}
	if w.ends(n) {
		sum += acc
	}
	if acc-acc != 0 || sum-sum != 0 {
		return fmt.Errorf("window %d: not finite", w.Number)
	}
	if math.Float32bits(acc) != w.AccAfter || math.Float32bits(sum) != w.SumAfter {
		return fmt.Errorf("window %d: the FMAs give %#x and %#x, it says %#x and %#x",
			w.Number, math.Float32bits(acc), math.Float32bits(sum), w.AccAfter, w.SumAfter)
	}
	return nil
}

// follows says whether w can come after v.
func (w *Window) follows(v *Window) bool {
	return w.SumBefore == v.SumAfter && (w.Number%windowsPerSegment == 0 || w.AccBefore == v.AccAfter)
}

// fma32 returns a*b + c rounded once: the product is exact in float64, and a
// sum that was rounded is rounded to odd where a second rounding could tell.
func fma32(a, b, c float32) float32 {
	p := float64(float64(a) * float64(b))
	s := p + float64(c)
	bits := math.Float64bits(s)
	if bits&(1<<29-1) != 1<<28 && math.Abs(s) >= 0x1p-126 {
		return float32(s)
	}
	t := s - p // Knuth's two-sum: what s lacks
	lost := (p - (s - t)) + (float64(c) - t)
	switch {
	case lost == 0 || bits&1 == 1:
	case (lost > 0) == (s > 0):
		s = math.Float64frombits(bits + 1)
	default:
		s = math.Float64frombits(bits - 1)
	}
	return float32(s)
}

// A Rule says how a result comes from its chain. The numbers are append-only.
type Rule uint8

const (
	Plain Rule = 0 // result = chain
	Plus  Rule = 1 // result = with + chain: a running gradient, a residual, a bias
	Times Rule = 2 // result = chain · with: scores
	Lines Rule = 3 // no chain: the result of the last line, see lines.go
)

// An Element is the payload of OpenElement, a byte string of fixed layout: what
// its signer says of one element of a tile. The record's subject is the digest
// of the signer's OpenOps record, its sequence is op<<43 | out<<30 | tile<<12 | at.
//
//	at  0  windows   32 bytes  Keccak-256 list digest, of windows or lines
//	   32  op         4
//	   36  out        4
//	   40  tile       4
//	   44  at         4        row·64 + column in the tile
//	   48  inner      4        FMAs of the chain, or lines
//	   52  rule       4
//	   56  start      4        bits of what the sum begins with
//	   60  with       4
//	   64  result     4        bits of the element
//	   68  zero      28
type Element struct {
	Windows       merkle.Digest
	Op, Out, Tile uint32
	At            uint32
	Inner         uint32
	Rule          Rule
	Start, With   uint32
	Result        uint32
}

// ElementSize is the length of an Element in bytes: 3 words of the EVM.
const ElementSize = 96

// AppendCanon appends the layout as a byte string.
func (e *Element) AppendCanon(b []byte) []byte {
	x := append(make([]byte, 0, ElementSize), e.Windows[:]...)
	for _, n := range []uint32{e.Op, e.Out, e.Tile, e.At, e.Inner, uint32(e.Rule), e.Start, e.With, e.Result} {
		x = binary.BigEndian.AppendUint32(x, n)
	}
	return canon.AppendBytes(b, x[:ElementSize])
}

// ReadCanon reads what AppendCanon wrote.
func (e *Element) ReadCanon(r *canon.Reader) {
	var x [ElementSize]byte
	r.Fixed(x[:])
	copy(e.Windows[:], x[:])
	var rule uint32
	for i, n := range []*uint32{&e.Op, &e.Out, &e.Tile, &e.At, &e.Inner, &rule, &e.Start, &e.With, &e.Result} {
		*n = binary.BigEndian.Uint32(x[32+4*i:])
	}
	if [28]byte(x[68:]) != [28]byte{} || rule > uint32(Lines) || e.Inner == 0 || e.Inner > 1<<20 ||
		e.At >= merkle.Tile*merkle.Tile || e.Op >= 1<<20 || e.Out >= 1<<13 || e.Tile >= 1<<18 {
		r.Fail("not an element")
	}
	e.Rule = Rule(rule)
}

// of returns the result that the sum of the last window gives.
func (r Rule) of(sum, with uint32) uint32 {
	x, y := math.Float32frombits(sum), math.Float32frombits(with)
	switch r {
	case Plus:
		return math.Float32bits(y + x)
	case Times:
		return math.Float32bits(x * y)
	}
	return sum
}

// NewElement opens one element: it fills in windows, start, with and result.
func NewElement(e Element, a, b []float32, start, with float32) (Element, []Window) {
	all := Windows(a, b, start)
	e.Inner, e.Start, e.With = uint32(len(a)), math.Float32bits(start), math.Float32bits(with)
	leaves := merkle.NewBuilder(merkle.Keccak256)
	for i := range all {
		leaves.Add(all[i].Bytes())
	}
	e.Windows = leaves.List()
	e.Result = e.Rule.of(all[len(all)-1].SumAfter, e.With)
	return e, all
}
