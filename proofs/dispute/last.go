package dispute

import (
	"errors"
	"fmt"
	"math"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// From a tile that is wrong to its last step: who computed it is asked to open
// one element that differs, and answers with a Message: an OpenElement record and
// all windows or lines. Whoever asked compares them with what the operands give,
// and finds what to show.

// tiles are the bytes of what an operator reads.
type tiles interface {
	Tile(in, tile int) ([]byte, error)
}

// Shows shows tiles of what an operator reads, each with its path to the digest of
// the operand.
type Shows interface {
	tiles
	Path(in, tile int) ([]merkle.Digest, error)
}

// ShowsOf is how operands at hand show their tiles.
func ShowsOf(o Operands) Shows { return shows{o} }

type shows struct{ Operands }

func (s shows) Path(in, tile int) ([]merkle.Digest, error) {
	leaves, err := s.Leaves(in)
	if err != nil {
		return nil, err
	}
	p, err := merkle.NewTree(merkle.SHA256, leaves).Prove(uint64(tile))
	return p.Path, err
}

// A Spot is an element of a result.
type Spot struct{ Op, Out, Tile, At uint32 }

// Entries works out an element from the operands: its Element, and the bytes of
// its windows or lines.
func (t *Tables) Entries(p *trace.Program, at Spot, open tiles) (e Element, entries [][]byte, err error) {
	op, f, err := t.operator(p, int(at.Op), int(at.Out))
	if err != nil {
		return e, nil, err
	}
	row, col, err := op.element(at)
	if err != nil {
		return e, nil, err
	}
	e = Element{Op: at.Op, Out: at.Out, Tile: at.Tile, At: at.At, Rule: op.Rule}
	load := op.loader(open, &err)
	if op.Rule == Lines {
		lines, wrong := f.Work(op.shapes(), row, col, load)
		if err = errors.Join(err, wrong); err != nil {
			return e, nil, err
		}
		for i := range lines {
			entries = append(entries, lines[i].Bytes())
		}
		return OpenLines(e, lines), entries, nil
	}
	one := func(r *Reach, k int) float32 {
		if r.In < 0 {
			return 0
		}
		a := r.at(row, col)
		return math.Float32frombits(load(a.In, a.Row+k*a.DRow, a.Col+k*a.DCol))
	}
	var a, b []float32
	for k := range int(op.Inner) {
		a, b = append(a, one(&op.A, k)), append(b, one(&op.B, k))
	}
	e, windows := NewElement(e, a, b, one(&op.Start, 0), one(&op.With, 0))
	for i := range windows {
		entries = append(entries, windows[i].Bytes())
	}
	return e, entries, err
}

// element returns where an element lies.
func (o *Operator) element(at Spot) (row, col int, err error) {
	tiling, err := o.Places[0].Tiling()
	if err != nil || int(at.Tile) >= tiling.Tiles() {
		return 0, 0, errors.Join(fmt.Errorf("dispute: no tile %d", at.Tile), err)
	}
	row, col, rows, cols := tiling.Rect(int(at.Tile))
	r, c := int(at.At)/merkle.Tile, int(at.At)%merkle.Tile
	if r >= rows || c >= cols {
		return 0, 0, fmt.Errorf("dispute: tile %d has no element %d", at.Tile, at.At)
	}
	return row + r, col + c, nil
}

// loader reads elements of operands; the first error is kept in failed.
func (o *Operator) loader(open tiles, failed *error) func(in, row, col int) uint32 {
	tiles := make(map[[2]int][]byte)
	return func(in, row, col int) uint32 {
		if *failed != nil {
			return 0
		}
		place, err := o.operand(in)
		if err != nil {
			*failed = err
			return 0
		}
		n, at, err := place.find(row, col)
		if err != nil {
			*failed = err
			return 0
		}
		b, ok := tiles[[2]int{in, n}]
		if !ok {
			if b, err = open.Tile(in, n); err != nil {
				*failed = err
				return 0
			}
			tiles[[2]int{in, n}] = b
		}
		bits, ok := elementBits(place.Shape.Type, b, at)
		if !ok {
			*failed = fmt.Errorf("dispute: operand of type %d", place.Shape.Type)
		}
		return bits
	}
}

// find returns the tile in which element (row, col) lies, and where in it.
func (p *Place) find(row, col int) (tile, at int, err error) {
	if !inside(p.Shape, uint32(row), uint32(col)) {
		return 0, 0, fmt.Errorf("dispute: no element (%d,%d) in (%d,%d)", row, col, p.Shape.Rows, p.Shape.Cols)
	}
	tiling, err := p.Tiling()
	if err != nil {
		return 0, 0, err
	}
	across := (p.Shape.Cols + merkle.Tile - 1) / merkle.Tile
	tile = row/merkle.Tile*across + col/merkle.Tile
	top, left, _, cols := tiling.Rect(tile)
	return tile, (row-top)*cols + col - left, nil
}

// Element opens an element of a tile, as the player computed it.
func (p *Player) Element(ops record.Verified, t Tables, at Spot) (*Message, error) {
	program, err := p.Program(ops.Header().Sequence)
	if err != nil {
		return nil, err
	}
	var e Element
	var entries [][]byte
	err = p.Run.Operands(ops.Header().Sequence, int(at.Op), func(o Operands) (err error) {
		e, entries, err = t.Entries(program, at, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	return SealElement(p.Key, ops, e, entries)
}

// SealElement signs an Element for the entries.
func SealElement(key record.Key, ops record.Verified, e Element, entries [][]byte) (*Message, error) {
	e.Windows = keccakTree(entries).List()
	payload, err := canon.Encode(&e)
	if err != nil {
		return nil, err
	}
	v, err := record.Seal(key, ElementHeader(ops, &e), payload)
	if err != nil {
		return nil, err
	}
	m := &Message{Record: v.Envelope()}
	for _, b := range entries {
		m.List = append(m.List, b...)
	}
	return m, nil
}

// A Claimed is what the accused said of the step and of the tile.
type Claimed struct {
	Ops    record.Verified // OpenOps
	List   []merkle.Digest // that it opened
	Leaves []merkle.Digest // of the tiles of the result
	Tile   []byte          // the tile itself; nil if it is not at hand
}

// Appeal finds what is wrong with an opened element; ErrNothing, wrapped, if
// nothing is. open gives the operands, which both sides committed to alike.
func (t *Tables) Appeal(p *trace.Program, c Claimed, answer *Message, open Shows) (*Appeal, error) {
	a := &Appeal{Ops: c.Ops.Envelope(), Element: answer.Record}
	s, err := a.open(c.Ops.Header().Network)
	if err != nil {
		return nil, err
	}
	found := func(a *Appeal) bool {
		_, _, err := a.Judge(c.Ops.Header().Network, p, *t)
		return err == nil
	}
	if found(a) {
		return a, nil
	}
	op, f, err := t.operator(p, int(s.e.Op), int(s.e.Out))
	if err != nil {
		return nil, err
	}
	x := &search{c: c, e: &s.e, op: op, open: open, base: *a}
	if err := x.read(answer.List); err != nil {
		return nil, err
	}
	if op.Rule == Lines {
		a, err = x.lines(f)
	} else {
		a, err = x.chain()
	}
	if a == nil && err == nil && c.Tile == nil {
		return nil, fmt.Errorf("%w: the element is what the operands give", ErrNothing)
	}
	if a == nil && err == nil {
		a, err = x.with(OfResult, &op.Places[0], x.row, x.col)
	}
	if err != nil {
		return nil, err
	}
	if !found(a) {
		return nil, fmt.Errorf("%w: the element is what was claimed and computed", ErrNothing)
	}
	return a, nil
}

// A search looks through an opened element.
type search struct {
	c        Claimed
	e        *Element
	op       *Operator
	open     Shows
	base     Appeal
	entries  [][]byte
	tree     *merkle.Tree
	row, col int
}

func (x *search) read(list []byte) (err error) {
	if x.row, x.col, err = x.op.element(Spot{x.e.Op, x.e.Out, x.e.Tile, x.e.At}); err != nil {
		return err
	}
	size, n := LineSize, int(x.e.Inner)
	if x.e.Rule != Lines {
		size, n = WindowSize, (n-1)/WindowFMAs+1
	}
	if len(list) != n*size {
		return fmt.Errorf("dispute: %d bytes are not %d entries of an element", len(list), n)
	}
	for ; len(list) > 0; list = list[size:] {
		x.entries = append(x.entries, list[:size])
	}
	if x.tree = keccakTree(x.entries); x.tree.List() != x.e.Windows {
		return errors.New("dispute: the entries are not those that were signed")
	}
	return nil
}

// show is an appeal with entries.
func (x *search) show(at ...uint64) (*Appeal, error) {
	a := x.base
	for _, i := range at {
		p, err := x.tree.Prove(i)
		if err != nil {
			return nil, err
		}
		a.Windows = append(a.Windows, Shown{x.entries[i], p})
	}
	return &a, nil
}

// with is an appeal with a tile that has element (row, col) of a value.
func (x *search) with(which Which, place *Place, row, col int, at ...uint64) (*Appeal, error) {
	a, err := x.show(at...)
	if err != nil {
		return nil, err
	}
	tile, _, err := place.find(row, col)
	if err != nil {
		return nil, err
	}
	p := Part{Which: which, Tile: uint32(tile), Bytes: x.c.Tile, Tensor: x.c.List[place.Value]}
	if place == &x.op.Places[0] {
		path, err := merkle.NewTree(merkle.SHA256, x.c.Leaves).Prove(uint64(tile))
		if err != nil {
			return nil, err
		}
		p.Path = path.Path
	} else {
		in := 0
		for place != &x.op.Places[in+1] {
			in++
		}
		if p.Path, err = x.open.Path(in, tile); err == nil {
			p.Bytes, err = x.open.Tile(in, tile)
		}
		if err != nil {
			return nil, err
		}
	}
	p.Entry, err = merkle.NewTree(merkle.SHA256, trace.Leaves(x.c.List)).Prove(uint64(place.Value))
	a.Part = []Part{p}
	return a, err
}

// lines looks for a line that is wrong by itself, beside one that it reads, or
// beside a tile.
func (x *search) lines(f Formula) (*Appeal, error) {
	var failed error
	load, all := x.op.loader(x.open, &failed), make([]Line, len(x.entries))
	for i, b := range x.entries {
		l, err := ParseLine(b)
		if err != nil || l.Instruction != f[i] || l.wrong(x.op.shapes(), [2]int{x.row, x.col}) != "" {
			return x.show(uint64(i))
		}
		all[i] = l
		from := [3]uint32{l.A, l.B, l.C}
		for k, read := range l.Do.reads() {
			if read && *l.number(k) != all[from[k]].Result {
				return x.show(uint64(i), uint64(from[k]))
			}
		}
		if l.Do != Load || !inside(x.op.shapes()[l.A], l.Y, l.Z) {
			continue
		}
		if bits := load(int(l.A), int(l.Y), int(l.Z)); failed != nil || bits != l.Result {
			if failed != nil {
				return nil, failed
			}
			return x.with(OfA, &x.op.Places[l.A+1], int(l.Y), int(l.Z), uint64(i))
		}
	}
	if all[len(all)-1].Result != x.e.Result {
		return x.show(uint64(len(all) - 1))
	}
	return nil, nil
}

// chain does the same for windows.
func (x *search) chain() (*Appeal, error) {
	var failed error
	load := x.op.loader(x.open, &failed)
	differs := func(r *Reach, k int, said uint32) bool {
		a := r.at(x.row, x.col)
		return r.In >= 0 && load(a.In, a.Row+k*a.DRow, a.Col+k*a.DCol) != said
	}
	beside := func(which Which, r *Reach, k int, at ...uint64) (*Appeal, error) {
		if failed != nil {
			return nil, failed
		}
		a := r.at(x.row, x.col)
		return x.with(which, &x.op.Places[a.In+1], a.Row+k*a.DRow, a.Col+k*a.DCol, at...)
	}
	var last Window
	for i, b := range x.entries {
		w, err := ParseWindow(b)
		if err != nil || w.Number != uint32(i) || w.check(x.e.Inner) != nil || i == 0 && w.SumBefore != x.e.Start ||
			i == len(x.entries)-1 && x.e.Rule.of(w.SumAfter, x.e.With) != x.e.Result {
			return x.show(uint64(i))
		}
		if i > 0 && !w.follows(&last) {
			return x.show(uint64(i-1), uint64(i))
		}
		for k := range int(w.Count) {
			if differs(&x.op.A, WindowFMAs*i+k, w.A[k]) {
				return beside(OfA, &x.op.A, WindowFMAs*i+k, uint64(i))
			}
			if differs(&x.op.B, WindowFMAs*i+k, w.B[k]) {
				return beside(OfB, &x.op.B, WindowFMAs*i+k, uint64(i))
			}
		}
		last = w
	}
	if differs(&x.op.Start, 0, x.e.Start) {
		return beside(OfStart, &x.op.Start, 0)
	}
	if differs(&x.op.With, 0, x.e.With) {
		return beside(OfWith, &x.op.With, 0)
	}
	return nil, failed
}
