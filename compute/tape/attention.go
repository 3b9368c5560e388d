package tape

import "github.com/openledger/openledger/compute/op"

func initAttention() {
	rules[Attend] = rule{
		name: "Attend", in: "mmmi", out: "m", share: [][]int{{0}},
		shape: func(a *Attrs, in []shape) []shape {
			return fit(isAttention(a, in[0], in[1], in[2]) && isColumn(in[3], in[0]), in[0])
		},
		run: func(f *frame, a *App) error {
			docs, err := f.documents(f.ints(a.In[3]))
			if err != nil {
				return err
			}
			f.e.AttentionTrain(f.m(a.Out[0]), f.m(a.In[0]), f.m(a.In[1]), f.m(a.In[2]), docs, a.Attrs.attn())
			return nil
		},
		lower: lowerAttend,
	}
	rules[AttendGrad] = rule{
		name: "AttendGrad", in: "mmmmi", out: "mmm",
		shape: func(a *Attrs, in []shape) []shape {
			ok := isAttention(a, in[1], in[2], in[3]) && in[0] == in[1] && isColumn(in[4], in[0])
			return fit(ok, in[1], in[2], in[3])
		},
		run: func(f *frame, a *App) error {
			docs, err := f.documents(f.ints(a.In[4]))
			if err != nil {
				return err
			}
			f.e.AttentionBackward(f.m(a.Out[0]), f.m(a.Out[1]), f.m(a.Out[2]),
				f.m(a.In[0]), f.m(a.In[1]), f.m(a.In[2]), f.m(a.In[3]), docs, a.Attrs.attn())
			return nil
		},
		lower: lowerAttendGrad,
	}
	rules[AttendPaged] = rule{
		name: "AttendPaged", in: "mmm", out: "m", share: [][]int{{0}},
		shape: func(a *Attrs, in []shape) []shape {
			return fit(isAttention(a, in[0], in[1], in[2]), in[0])
		},
		run: runAttendPaged,
	}
}

// isAttention checks q (T,H·d) and k, v (T,G·d).
func isAttention(a *Attrs, q, k, v shape) bool {
	h, g, d := Dim(a.Heads), Dim(a.KVHeads), Dim(a.HeadDim)
	return h > 0 && g > 0 && d > 0 && h%max(g, 1) == 0 && h < 1<<12 && d < 1<<12 &&
		q.cols == h*d && k == f32(q.rows, g*d) && v == k && a.Window >= 0
}

// lowerAttend writes an attention head by head: scores, probabilities, mix.
func lowerAttend(l *lowering, a *App) []Ref {
	q, k, v, pos := a.In[0], a.In[1], a.In[2], a.In[3]
	heads := make([]Ref, a.Attrs.Heads)
	for h := range heads {
		attrs := l.head(a, h)
		p := l.probs(attrs, q, k, pos)
		heads[h] = l.emit(Mix, attrs, p, v, pos)[0]
	}
	return l.emit(Join, Attrs{Heads: a.Attrs.Heads}, heads...)
}

func lowerAttendGrad(l *lowering, a *App) []Ref {
	do, q, k, v, pos := a.In[0], a.In[1], a.In[2], a.In[3], a.In[4]
	n := a.Attrs.Heads
	dq, dk, dv := make([]Ref, n), make([]Ref, n), make([]Ref, n)
	for h := range dq {
		attrs := l.head(a, h)
		p := l.probs(attrs, q, k, pos)
		plain := attrs
		plain.Scale = 1
		dp := l.emit(Scores, plain, do, v, pos)[0]
		dot := l.emit(ProbDot, Attrs{To: attrs.To}, p, dp, pos)[0]
		ds := l.emit(ProbGrad, Attrs{Scale: attrs.Scale}, p, dp, dot)[0]
		dq[h] = l.emit(Mix, attrs, ds, k, pos)[0]
		dk[h] = l.emit(MixT, attrs, ds, q, pos)[0]
		dv[h] = l.emit(MixT, attrs, p, do, pos)[0]
	}
	join := func(heads int32, parts []Ref) Ref { return l.emit(Join, Attrs{Heads: heads}, parts...)[0] }
	return []Ref{join(n, dq), join(a.Attrs.KVHeads, dk), join(a.Attrs.KVHeads, dv)}
}

// head returns the attributes of the primitives of query head h.
func (l *lowering) head(a *App, h int) Attrs {
	attrs := a.Attrs
	attrs.Head, attrs.To = int32(h), int32(l.longest)
	return attrs
}

func (l *lowering) probs(attrs Attrs, q, k, pos Ref) Ref {
	s := l.emit(Scores, attrs, q, k, pos)[0]
	return l.emit(Probs, Attrs{Window: attrs.Window, To: attrs.To}, s, pos)[0]
}

// A column range of one head in (T,H·d) and in (T,G·d).
func (a *Attrs) queryCols() (from, to int) {
	d := int(a.HeadDim)
	return int(a.Head) * d, (int(a.Head) + 1) * d
}

func (a *Attrs) keyCols() (from, to int) {
	d, g := int(a.HeadDim), int(a.Head)/(int(a.Heads)/int(a.KVHeads))
	return g * d, (g + 1) * d
}

// firstKey returns the first key that the query at position p sees.
func (a *Attrs) firstKey(p int) int {
	if a.Window == 0 {
		return 0
	}
	return max(0, p-int(a.Window)+1)
}

// softmaxMasked writes the softmax over elements lo..p of s to y, +0 elsewhere.
func softmaxMasked(y, s []float32, lo, p int) {
	clear(y)
	m := s[lo]
	for _, v := range s[lo+1 : p+1] {
		m = max(m, v)
	}
	for j := lo; j <= p; j++ {
		y[j] = op.Exp(s[j] - m)
	}
	r := 1 / op.Lanes(y[:p+1])
	for j := lo; j <= p; j++ {
		y[j] *= r
	}
}
