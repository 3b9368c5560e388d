package tape

import "fmt"

// Lower returns the tape as primitives for batches of exactly these dims, with
// documents of at most longest tokens. Slots that are not values keep their
// names, but for Q8 weights, which become digits and scales, the latter named
// with ScaleSuffix; a rotary table is cut to longest rows.
//
// It fails where a tile would be too large to dispute, and for operators whose
// memory lies outside the tape: paged attention and adapters by row. Their
// results equal those of the whole document with one adapter, which is what an
// audit runs.
func (t *Tape) Lower(dims Dims, longest int) (*Tape, error) {
	if dims.Tokens <= 0 || dims.Tokens > MaxInner || longest <= 0 || longest > MaxDocument || dims.Picks < 0 {
		return nil, fmt.Errorf("lower a tape: %d tokens in documents of up to %d; a dispute allows %d and %d",
			dims.Tokens, longest, MaxInner, MaxDocument)
	}
	l := &lowering{t: new(Tape), longest: longest, to: make([]Ref, len(t.Slots)), scales: make(map[Ref]Ref)}
	for i, s := range t.Slots {
		l.to[i] = None
		if s.Class <= State {
			l.declare(Ref(i), s, dims)
		}
	}
	for i := range t.Apps {
		if err := l.app(t, &t.Apps[i]); err != nil {
			return nil, fmt.Errorf("lower a tape: application %d, %s: %w", i, t.operator(i, t.Apps[i].Out...), err)
		}
	}
	return l.t.prune(), nil
}

// MaxDocument is the longest document of a lowered tape: a tile of an attention's
// gradient needs two columns of tiles along it from both sides, 7.3 MB.
const MaxDocument = MaxInner / 2

// ScaleSuffix ends the names of the scales of Q8 weights in a lowered tape.
const ScaleSuffix = "#scale"

type lowering struct {
	t       *Tape
	longest int
	to      []Ref       // by slot of the original: slot of the new tape
	scales  map[Ref]Ref // by digits slot
	err     error
}

func (l *lowering) slot(s Slot) Ref {
	l.t.Slots = append(l.t.Slots, s)
	return Ref(len(l.t.Slots) - 1)
}

func (l *lowering) declare(r Ref, s Slot, dims Dims) {
	s.Rows = Dim(dims.of(s.Rows))
	if s.Class == Table {
		s.Rows = min(s.Rows, Dim(l.longest))
	}
	if s.Type != Q8 {
		l.to[r] = l.slot(s)
		return
	}
	s.Type = I8
	l.to[r] = l.slot(s)
	l.scales[l.to[r]] = l.slot(Slot{Name: s.Name + ScaleSuffix, Class: Weight, Type: F32, Rows: s.Rows, Cols: 1, Of: None})
}

// split says whether w is Q8 weights: it is then their digits, and scales[w]
// their scales.
func (l *lowering) split(w Ref) bool { return l.t.Slots[w].Type == I8 }

func (l *lowering) app(t *Tape, a *App) error {
	moved := App{Code: a.Code, Attrs: a.Attrs, In: make([]Ref, len(a.In)), Out: a.Out}
	for i, r := range a.In {
		moved.In[i] = None
		if r != None {
			moved.In[i] = l.to[r]
		}
	}
	rule := a.Code.rule()
	var out []Ref
	if rule.lower != nil {
		out = rule.lower(l, &moved)
	}
	if out == nil {
		if rule.tile == nil {
			return fmt.Errorf("its memory lies outside the tape")
		}
		out = l.emit(a.Code, a.Attrs, moved.In...)
	}
	if l.err != nil {
		return l.err
	}
	for i, r := range a.Out {
		if r == None {
			continue
		}
		s, old := &l.t.Slots[out[i]], t.Slots[r]
		s.Class, s.Name, s.Keep = old.Class, old.Name, old.Keep
		if old.Of != None {
			s.Of = l.to[old.Of]
		}
		l.to[r] = out[i]
	}
	return nil
}

// emit appends a primitive and returns its results.
func (l *lowering) emit(code Code, a Attrs, in ...Ref) []Ref {
	shapes, classes := make([]shape, len(in)), make([]Class, len(in))
	for i, r := range in {
		if r != None {
			shapes[i], classes[i] = l.t.Slots[r].shape(), l.t.Slots[r].Class
		}
	}
	shapesOut, err := results(code, &a, shapes, classes)
	if err == nil {
		err = affordable(code, &a, shapes)
	}
	if err != nil {
		l.fail("%w", err)
		return []Ref{None, None, None, None}
	}
	out := make([]Ref, len(shapesOut))
	for i, s := range shapesOut {
		out[i] = l.slot(Slot{Class: Value, Type: s.typ, Rows: s.rows, Cols: s.cols, Of: None})
	}
	l.t.Apps = append(l.t.Apps, App{Code: code, Attrs: a, In: in, Out: append([]Ref(nil), out...)})
	return out
}

func (l *lowering) fail(format string, args ...any) {
	if l.err == nil {
		l.err = fmt.Errorf(format, args...)
	}
}

// affordable returns an error for an application of which one tile would need
// more than a fraud proof may hold.
func affordable(code Code, a *Attrs, in []shape) error {
	inner, most := 0, MaxInner
	switch code {
	case MatMul, MatMulT:
		from, to := a.bounds(int(in[0].cols))
		inner = to - from
	case MatMulQ8, MatMulTQ8:
		inner, most = int(in[0].cols), maxInnerQ8
	case MatMulGrad, BiasGrad, EmbedGrad, Scatter, Sum:
		inner = int(in[0].rows)
	case RMSNorm, RMSNormGrad, NormRoot:
		inner = int(in[0].cols)
	case SquareLanes:
		inner, most = int(in[0].cols), maxLaneBlock
	}
	if inner > most {
		return fmt.Errorf("an inner index of %d, a dispute allows %d", inner, most)
	}
	return nil
}
