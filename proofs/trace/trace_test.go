package trace

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
)

func digest(s string) merkle.Digest { return merkle.SHA256.Leaf([]byte(s)) }

func testSteps(n int) []Step {
	steps := []Step{{State: digest("start")}}
	for t := 1; t <= n; t++ {
		steps = append(steps, Step{digest(fmt.Sprint("state", t)), digest(fmt.Sprint("batch", t)), uint32(t)})
	}
	return steps
}

// TestCommitments: two stretches that follow each other commit to the same
// steps as one, and each step is proved in its stretch and in no other place.
func TestCommitments(t *testing.T) {
	job, steps := digest("job"), testSteps(11)
	whole := Begin(job, steps[0].State)
	for i, s := range steps[1:] {
		if n := whole.Add(s); n != uint64(i+1) {
			t.Fatalf("got step %d, want %d", n, i+1)
		}
	}
	all := whole.Commitment()
	before := Chain(job, Initial(steps[0].State))
	if err := errors.Join(all.Check(steps), all.CheckChain(before, steps)); err != nil {
		t.Fatal(err)
	}

	first := Begin(job, steps[0].State)
	for _, s := range steps[1:5] {
		first.Add(s)
	}
	c := first.Commitment()
	second := NewBuilder(4, steps[4], c.Chain)
	for _, s := range steps[5:] {
		second.Add(s)
	}
	rest := second.Commitment()
	if rest.Chain != all.Chain || rest.First != 5 || rest.Last != 11 || rest.Start != steps[4].Leaf(4) {
		t.Errorf("got %+v, which does not follow from %+v", rest, all)
	}
	if err := errors.Join(rest.Check(steps[4:]), rest.CheckChain(c.Chain, steps[4:])); err != nil {
		t.Error(err)
	}
	for i := range steps[4:] {
		at := uint64(4 + i)
		p, err := Prove(rest.First, steps[4:], at)
		if err != nil || rest.Verify(at, steps[at], p) != nil {
			t.Errorf("step %d: %v, %v", at, err, rest.Verify(at, steps[at], p))
		}
		if rest.Verify(at+1, steps[at], p) == nil || rest.Verify(at, steps[(at+1)%12], p) == nil || all.Verify(at, steps[at], p) == nil {
			t.Errorf("step %d is proved in the wrong place", at)
		}
	}
}

func TestChecksRefuse(t *testing.T) {
	steps := testSteps(6)
	b := Begin(digest("job"), steps[0].State)
	for _, s := range steps[1:] {
		b.Add(s)
	}
	c, before := b.Commitment(), Chain(digest("job"), Initial(steps[0].State))
	for name, change := range map[string]func(s []Step) []Step{
		"truncated": func(s []Step) []Step { return s[:5] },
		"longer":    func(s []Step) []Step { return append(s, s[1]) },
		"skipped":   func(s []Step) []Step { s[3] = s[2]; return s },
		"state":     func(s []Step) []Step { s[3].State[0] ^= 1; return s },
		"batch":     func(s []Step) []Step { s[3].Batch[0] ^= 1; return s },
		"loss":      func(s []Step) []Step { s[3].Loss ^= 1; return s },
		"order":     func(s []Step) []Step { s[3], s[4] = s[4], s[3]; return s },
	} {
		if c.Check(change(slices.Clone(steps))) == nil {
			t.Errorf("%s: the commitment still holds", name)
		}
	}
	wrong := c
	wrong.Chain[0] ^= 1
	other := before
	other[0] ^= 1
	if wrong.CheckChain(before, steps) == nil || c.CheckChain(other, steps) == nil {
		t.Error("another chain holds")
	}
	wrong = c
	wrong.Start[0] ^= 1
	if wrong.CheckChain(before, steps) == nil {
		t.Error("another start holds")
	}
}

func TestLists(t *testing.T) {
	steps := testSteps(3)
	b := AppendSteps(nil, steps)
	got, err := ReadSteps(b, len(steps))
	if err != nil || !slices.Equal(got, steps) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, n := range []int{-1, 0, len(steps) - 1, len(steps) + 1} {
		if _, err := ReadSteps(b, n); err == nil {
			t.Errorf("%d steps read as %d", len(steps), n)
		}
	}
	digests := []merkle.Digest{digest("a"), digest("b")}
	list, err := ReadDigests(AppendDigests(nil, digests), 2)
	if err != nil || !slices.Equal(list, digests) {
		t.Errorf("got %v, %v", list, err)
	}
	if _, err := ReadDigests(AppendDigests(nil, digests), 1); err == nil {
		t.Error("2 digests read as 1")
	}
}

func FuzzReveal(f *testing.F) {
	b := Begin(digest("job"), digest("start"))
	b.Add(testSteps(1)[1])
	f.Add((&Reveal{Commitment: b.Commitment()}).AppendCanon(nil))
	f.Fuzz(func(t *testing.T, in []byte) {
		var r Reveal
		if canon.Decode(in, &r, canon.Limits{}) == nil && (r.Commitment.Len() < 2 || r.Commitment.Len() > MaxSteps+1) {
			t.Errorf("%d leaves", r.Commitment.Len())
		}
	})
}

// TestCommitBinds: whoever copies a commit has it for another name.
func TestCommitBinds(t *testing.T) {
	r := Reveal{Commitment: Begin(digest("job"), digest("start")).Commitment(), Nonce: digest("nonce")}
	other := r
	other.Nonce[0] ^= 1
	moved := r
	moved.Commitment.Root[0] ^= 1
	want := r.Commit(digest("job"), [20]byte{1})
	for name, got := range map[string]merkle.Digest{
		"worker": r.Commit(digest("job"), [20]byte{2}), "job": r.Commit(digest("other"), [20]byte{1}),
		"nonce": other.Commit(digest("job"), [20]byte{1}), "root": moved.Commit(digest("job"), [20]byte{1}),
	} {
		if got == want {
			t.Errorf("another %s, the same commit", name)
		}
	}
}

// a toy: x·y + z with a state of two entries.
func toy() (*Program, []merkle.Digest, Step, Step) {
	m := func(s Source, name string) Value {
		return Value{Source: s, Type: merkle.F32, Rows: 1, Cols: 1, Name: name}
	}
	p := &Program{
		Values: []Value{m(State, "x"), m(State, "z"), m(Frozen, "w"), m(Given, "rate"), m(Made, "y"), m(Made, "x'")},
		Ops:    []Op{{Code: 1, In: []int32{0, 2}, Out: []int32{4}}, {Code: 2, In: []int32{4, 3, Absent}, Out: []int32{5}}},
		Final:  []Final{{"x", 5}, {"z", 1}}, Loss: 4,
		Before: []merkle.Entry{{Name: "counters", Digest: digest("0")}}, After: []merkle.Entry{{Name: "counters", Digest: digest("1")}},
	}
	d := make([]merkle.Digest, len(p.Values))
	for i := range d {
		d[i] = Scalar(uint32(100 + i))
	}
	p.Values[3].Digest = d[3]
	p.Frozen, _ = mapDigest([]merkle.Entry{{Name: "w", Digest: d[2]}})
	before, _ := mapDigest([]merkle.Entry{{Name: "x", Digest: d[0]}, {Name: "z", Digest: d[1]}, p.Before[0]})
	after, _ := mapDigest([]merkle.Entry{{Name: "x", Digest: d[5]}, {Name: "z", Digest: d[1]}, p.After[0]})
	return p, d, Step{State: before}, Step{State: after, Loss: 104}
}

// TestFollow: a list follows the program only as a whole.
func TestFollow(t *testing.T) {
	p, d, before, after := toy()
	if err := errors.Join(p.Check(), p.Follow(d, before, after)); err != nil || !p.Complete() {
		t.Fatal(err)
	}
	for i := range d {
		bad := slices.Clone(d)
		bad[i][0] ^= 1
		var wrong *WrongError
		if err := p.Follow(bad, before, after); !errors.As(err, &wrong) {
			t.Errorf("value %d: got %v", i, err)
		}
	}
	late := after
	late.Loss++
	if p.Follow(d[:5], before, after) == nil || p.Follow(d, after, after) == nil || p.Follow(d, before, before) == nil || p.Follow(d, before, late) == nil {
		t.Error("a list follows between other steps, or a shorter one does")
	}
	p.Values[3].Digest = merkle.Digest{}
	if p.Complete() || p.Follow(d, before, after) != nil {
		t.Error("what is not at hand is not left out")
	}
}

func TestProgramsRefused(t *testing.T) {
	for name, change := range map[string]func(p *Program){
		"read before made": func(p *Program) { p.Ops[0].In[0] = 5 },
		"outside":          func(p *Program) { p.Ops[0].In[0] = 99 },
		"made twice":       func(p *Program) { p.Ops[1].Out[0] = 4 },
		"made a source":    func(p *Program) { p.Ops[1].Out[0] = 0 },
		"never made":       func(p *Program) { p.Ops = p.Ops[:1] },
		"no source":        func(p *Program) { p.Values[0].Source = 0 },
		"no type":          func(p *Program) { p.Values[0].Type = 99 },
		"too large":        func(p *Program) { p.Values[0].Rows, p.Values[0].Cols = 1<<16, 1<<16 },
		"no rows":          func(p *Program) { p.Values[0].Rows = 0 },
		"final":            func(p *Program) { p.Final[0].Value = 6 },
		"loss":             func(p *Program) { p.Loss = -1 },
		"too many":         func(p *Program) { p.Values = make([]Value, MaxValues+1) },
	} {
		p, _, _, _ := toy()
		if change(p); p.Check() == nil {
			t.Errorf("%s: the program is sound", name)
		}
	}
	p, _, _, _ := toy()
	if op, out := p.Producer(5); op != 1 || out != 0 {
		t.Errorf("got operator %d, result %d", op, out)
	}
	if op, _ := p.Producer(0); op != -1 {
		t.Errorf("operator %d makes a source", op)
	}
}

func TestSamples(t *testing.T) {
	a, b := NewSample([]int32{1, 2, 3}, []int32{2, -1, 4}), NewSample([]int32{1, 2, 3}, []int32{2, 3, 4})
	if a.Positions != 3 || a.Learnt != 2 || b.Learnt != 3 || a.Content == b.Content {
		t.Errorf("got %+v and %+v", a, b)
	}
	if Samples([]Sample{a, b}) == Samples([]Sample{b, a}) || Samples([]Sample{a}) == Samples([]Sample{a, a}) {
		t.Error("the order or the number does not show")
	}
	var read Sample
	if err := canon.Decode(a.AppendCanon(nil), &read, canon.Limits{}); err != nil || read != a {
		t.Errorf("got %+v, %v", read, err)
	}
	p, err := merkle.NewTree(merkle.SHA256, []merkle.Digest{a.Leaf(), b.Leaf()}).Prove(1)
	if err != nil || merkle.SHA256.VerifyList(Samples([]Sample{a, b}), b.AppendCanon(nil), p) != nil {
		t.Error("a sample is not proved in the data")
	}
}

// TestVector guards the byte forms: these have been the digests since version 1.
func TestVector(t *testing.T) {
	s := Step{digest("state"), digest("batch"), 0x3f800000}
	b := Begin(digest("job"), digest("start"))
	b.Add(s)
	c := b.Commitment()
	r := Reveal{Commitment: c, Nonce: digest("nonce")}
	sample := NewSample([]int32{1, 2}, []int32{2, -1})
	for name, x := range map[string][2]string{
		"leaf":   {s.Leaf(7).String(), "08e2ab16c254e165e0c97ab1799a8aba27604abf38468cf198c3f9eff1891105"},
		"root":   {c.Root.String(), "8f6d535c97479009af4a82a68e7a2b7234c12ae5d13713063b54d184f611e05a"},
		"chain":  {c.Chain.String(), "d566f7aa5b31354c0a43afa0910c01914575d6b4bc4f0ed187aa1f54900c598f"},
		"commit": {r.Commit(digest("job"), [20]byte{1}).String(), "2691f26169b58f6c6087e0a43771fae580a76b4755a8ffc8caeeb7c4edd970a9"},
		"data":   {Samples([]Sample{sample}).String(), "d3a5ef5632ee24ded8d22cb642f97620d6cb73d8537ad3a8ec8a74bdf7b677c9"},
	} {
		if x[0] != x[1] {
			t.Errorf("%s: got %s, want %s", name, x[0], x[1])
		}
	}
}
