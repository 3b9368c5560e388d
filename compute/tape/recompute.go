package tape

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/merkle"
)

const tileSide = merkle.Tile

// maxOpened bounds the bytes of input tiles behind one output tile.
const maxOpened = 8 << 20

// A Shape is what an application alone says of a slot. The zero Shape is an
// operand that is absent.
type Shape struct {
	Type       Type
	Rows, Cols int
}

// Open returns tile number tile of operand in: its rows one after the other,
// little endian, edge tiles smaller, as package merkle cuts them.
type Open func(in, tile int) ([]byte, error)

// Recompute computes one 64x64 tile of one result of a primitive from tiles of
// its operands, in the form that Open has. It asks open for each tile that it
// needs once, and for no other. Any code, attributes, shapes and bytes give a
// tile or an error, the same everywhere; operands and results that are not
// finite are a NonFiniteError.
func (c *CPU) Recompute(code Code, a Attrs, in []Shape, out, tile int, open Open) (b []byte, err error) {
	t := &tiler{c: c, code: code, attrs: a, out: out, open: open, opened: make(map[[2]int][]byte)}
	for i, s := range in {
		if s != (Shape{}) && (s.Rows <= 0 || s.Cols <= 0 || s.Rows > maxDim || s.Cols > maxDim) {
			return nil, fmt.Errorf("recompute %v: operand %d of (%d,%d)", code, i, s.Rows, s.Cols)
		}
		t.in = append(t.in, shape{s.Type, Dim(s.Rows), Dim(s.Cols)})
	}
	shapes, err := results(code, &t.attrs, t.in, nil)
	if err == nil {
		err = affordable(code, &t.attrs, t.in)
	}
	rule := code.rule()
	if err != nil || rule.tile == nil || out < 0 || out >= len(shapes) {
		return nil, errors.Join(fmt.Errorf("recompute result %d of %v: not a primitive that fits", out, code), err)
	}
	tiling, err := merkle.NewTiling(merkle.DType(shapes[out].typ), int(shapes[out].rows), int(shapes[out].cols))
	if err != nil || tile < 0 || tile >= tiling.Tiles() {
		return nil, errors.Join(fmt.Errorf("recompute %v: no tile %d in %v", code, tile, shapes[out]), err)
	}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case tileError:
			b, err = nil, fmt.Errorf("recompute tile %d of %v: %w", tile, code, e.error)
		default:
			panic(e)
		}
	}()
	row, col, rows, cols := tiling.Rect(tile)
	m := rule.tile(t, out, rect{row, rows, col, cols})
	if shapes[out].typ == I32 {
		return append(b, merkle.Bytes(t.sums)...), nil
	}
	for i, x := range m.Data {
		if x-x != 0 && !rule.unchecked {
			return nil, &NonFiniteError{Operator: code.String(), Element: i}
		}
	}
	return append(b, merkle.Bytes(m.Data)...), nil
}

// A tileError ends a tile function; Recompute returns it.
type tileError struct{ error }

// A tiler gives a tile function the parts of the operands that it asks for.
type tiler struct {
	c      *CPU
	code   Code
	attrs  Attrs
	in     []shape
	out    int
	open   Open
	opened map[[2]int][]byte
	bytes  int
	sums   []int32 // the tile, where the result is I32
}

func (t *tiler) fail(format string, args ...any) {
	panic(tileError{fmt.Errorf(format, args...)})
}

func (t *tiler) rows(i int) int { return int(t.in[i].rows) }
func (t *tiler) cols(i int) int { return int(t.in[i].cols) }

// check fails unless r lies in operand i and may be opened.
func (t *tiler) check(i int, r rect) {
	s := t.in[i]
	if r.row < 0 || r.col < 0 || r.rows < 0 || r.cols < 0 || r.row+r.rows > int(s.rows) || r.col+r.cols > int(s.cols) {
		t.fail("operand %d is %v, no part %+v", i, s, r)
	}
	if r.rows*r.cols*merkle.DType(s.typ).Size() > maxOpened {
		t.fail("part %+v of operand %d is larger than %d bytes", r, i, maxOpened)
	}
}

// each calls do for the bytes of every element of r of operand i, row by row.
func (t *tiler) each(i int, r rect, do func(row, col int, b []byte)) {
	s := t.in[i]
	size := merkle.DType(s.typ).Size()
	r.tiles(int(s.cols), func(tile, row, col, width int) {
		b := t.tile(i, tile, min(tileSide, int(s.rows)-row)*width*size)
		for y := max(row, r.row); y < min(row+tileSide, r.row+r.rows); y++ {
			for x := max(col, r.col); x < min(col+width, r.col+r.cols); x++ {
				do(y-r.row, x-r.col, b[((y-row)*width+x-col)*size:])
			}
		}
	})
}

// tile opens a tile of n bytes, once.
func (t *tiler) tile(i, tile, n int) []byte {
	if b, ok := t.opened[[2]int{i, tile}]; ok {
		return b
	}
	if t.bytes += n; t.bytes > maxOpened {
		t.fail("needs more than %d bytes of inputs", maxOpened)
	}
	b, err := t.open(i, tile)
	if err != nil {
		t.fail("tile %d of operand %d: %w", tile, i, err)
	}
	if len(b) != n {
		t.fail("tile %d of operand %d has %d bytes, want %d", tile, i, len(b), n)
	}
	t.opened[[2]int{i, tile}] = b
	return b
}

// floats returns part r of operand i, widened to f32; nothing if it is absent.
func (t *tiler) floats(i int, r rect) operand {
	if t.in[i] == (shape{}) {
		return operand{}
	}
	t.check(i, r)
	m := op.NewMatrix(r.rows, r.cols)
	t.each(i, r, func(row, col int, b []byte) {
		x := widenElement(t.in[i].typ, b)
		if x-x != 0 && !t.code.readsScores() {
			panic(tileError{&NonFiniteError{Operator: fmt.Sprintf("operand %d of %v", i, t.code), Element: (r.row+row)*t.cols(i) + r.col + col}})
		}
		m.Row(row)[col] = x
	})
	return operand{m: m}
}

// readsScores says whether operands may be infinite; see Scores.
func (c Code) readsScores() bool { return c == Probs || c == ProbDot || c == ProbGrad }

// ints returns part r of an I32 operand; nil if it is absent.
func (t *tiler) ints(i int, r rect) []int32 {
	if t.in[i] == (shape{}) {
		return nil
	}
	t.check(i, r)
	n := make([]int32, r.rows*r.cols)
	t.each(i, r, func(row, col int, b []byte) { n[row*r.cols+col] = int32(binary.LittleEndian.Uint32(b)) })
	return n
}

// column is the integers of operand i beside the rows of r.
func (t *tiler) column(i int, r rect) operand {
	return operand{i: t.ints(i, rect{r.row, r.rows, 0, 1})}
}

// positions returns n rows of positions, each of which leads back to a row that
// exists and, if the operator has a longest document, stays within it.
func (t *tiler) positions(i, row, n int) []int {
	pos := make([]int, n)
	for k, p := range t.ints(i, rect{row, n, 0, 1}) {
		if p < 0 || int(p) > row+k || int(p) >= int(t.attrs.To) {
			t.fail("row %d cannot have position %d", row+k, p)
		}
		pos[k] = int(p)
	}
	return pos
}

// gather returns columns of the rows of operand i that ids name.
func (t *tiler) gather(i int, ids []int32, col, cols int) op.Matrix {
	m := op.NewMatrix(len(ids), cols)
	for k, id := range ids {
		copy(m.Row(k), t.floats(i, rect{int(id), 1, col, cols}).m.Data)
	}
	return m
}

// packed returns part r of Q8 weights: digits in operand 1, scales in 2.
func (t *tiler) packed(r rect) operand {
	digits := make([]int8, 0, r.rows*r.cols)
	for _, d := range t.floats(1, r).m.Data {
		digits = append(digits, int8(d))
	}
	scale := t.floats(2, rect{r.row, r.rows, 0, 1}).m.Data
	return operand{w: t.c.e.PackInt8(digits, scale, r.rows, r.cols)}
}

// tall is all rows of operand i in the columns of r.
func (t *tiler) tall(i int, r rect) rect { return rect{0, t.rows(i), r.col, r.cols} }

// span is columns From..To beside the rows of r.
func (t *tiler) span(r rect) rect {
	return rect{r.row, r.rows, int(t.attrs.From), int(t.attrs.To - t.attrs.From)}
}

// rest returns the attributes for operands that are cut to From..To.
func (t *tiler) rest() Attrs {
	a := t.attrs
	a.From, a.To = 0, a.To-a.From
	return a
}

// part is rest for a product, of which From..To may be everything.
func (t *tiler) part(from, to int) Attrs {
	if t.attrs.To == 0 {
		return t.attrs
	}
	return t.rest()
}

// apply runs the operator on parts of its operands, which give results of the
// size of r, and returns the result asked for.
func (t *tiler) apply(a Attrs, r rect, parts ...operand) op.Matrix {
	rule := t.code.rule()
	app := App{Code: t.code, Attrs: a}
	f := &frame{e: t.c.e}
	add := func(o operand, absent bool) Ref {
		if absent {
			return None
		}
		f.slots = append(f.slots, o)
		return Ref(len(f.slots) - 1)
	}
	for i, o := range parts {
		app.In = append(app.In, add(o, t.in[i] == shape{}))
	}
	for k := range len(rule.out) {
		if rule.out[k] == '?' {
			continue
		}
		n := len(app.Out)
		_, optional := letter(rule.out, n)
		app.Out = append(app.Out, add(operand{m: op.NewMatrix(r.rows, r.cols)}, optional && n != t.out))
	}
	if err := rule.run(f, &app); err != nil {
		t.fail("%w", err)
	}
	return f.slots[app.Out[t.out]].m
}

// widenElement returns the first element of b as f32, which is exact. Digits
// are integers.
func widenElement(typ Type, b []byte) float32 {
	var x [1]float32
	switch typ {
	case BF16, F16:
		op.Widen(x[:], op.Format(typ), b[:2])
	case I8:
		x[0] = float32(int8(b[0]))
	case F32:
		x[0] = math.Float32frombits(binary.LittleEndian.Uint32(b))
	}
	return x[0]
}
