package serve

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestTurns: who has had least is next, in the order of arrival, and nobody
// saves up turns.
func TestTurns(t *testing.T) {
	e, err := New(Config{Model: tinyModel(t), CID: modelCID, Memory: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	name := map[*sequence]string{}
	add := func(tenant string, n int) {
		for range n {
			submit(t, e, Request{Prompt: make([]int32, 10), Tenant: tenant, MaxTokens: 5})
			name[e.waiting[len(e.waiting)-1]] = tenant
		}
	}
	check := func(want ...string) {
		t.Helper()
		var got []string
		for _, s := range e.turns() {
			got = append(got, name[s])
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	add("greedy", 4)
	add("modest", 1)
	check("greedy", "modest", "greedy", "greedy", "greedy")
	e.tenants["greedy"].served = 25
	check("modest", "greedy", "greedy", "greedy", "greedy")
	e.tenants["modest"].served = 100
	check("greedy", "greedy", "greedy", "greedy", "modest")
	add("new", 2) // begins where the one who has had least is
	check("greedy", "new", "greedy", "new", "greedy", "greedy", "modest")
	e.waiting[1].first = true
	check("greedy", "greedy", "new", "greedy", "new", "greedy", "modest")
	for _, s := range slices.Clone(e.waiting) {
		e.end(s, ErrClosed)
	}
	checkIdle(t, e)
}

// TestFair: of tenants who all want more than they get, none gets much more than
// another, however many and however long their requests are.
func TestFair(t *testing.T) {
	const seed = 6
	rng := rand.New(rand.NewPCG(seed, 0))
	e, err := New(Config{Model: tinyModel(t), CID: modelCID, Memory: 4 << 20, Slots: 4, Chunk: 16, Queue: 1000})
	if err != nil {
		t.Fatal(err)
	}
	const most = 40 // tokens of a prompt, and of an answer
	for _, who := range []struct {
		name string
		n    int
	}{{"floods", 200}, {"long", 60}, {"modest", 60}} {
		for range who.n {
			r := Request{Tenant: who.name, Prompt: tokens(rng, 1+rng.IntN(most)), MaxTokens: 1 + rng.IntN(most), StopTokens: []int32{}}
			if who.name == "long" {
				r.Prompt, r.MaxTokens = tokens(rng, most), most
			}
			submit(t, e, r)
		}
	}
	waits := func(name string) bool {
		return slices.ContainsFunc(e.waiting, func(s *sequence) bool { return s.tenant.name == name })
	}
	steps := 0
	for ; waits("floods") && waits("long") && waits("modest"); steps++ {
		b := e.plan(context.Background())
		e.commit(b, e.compute(b), 0)
		least, highest := math.Inf(1), 0.0
		for _, tenant := range e.tenants {
			least, highest = min(least, tenant.served), max(highest, tenant.served)
		}
		// Sheng et al.: twice what all that runs at one time can cost.
		if bound := 2.0 * float64(e.c.Slots) * (1 + answerCost) * most; highest-least > bound {
			t.Fatalf("seed %d, step %d: one tenant has had %g more than another, at most %g are fair", seed, steps, highest-least, bound)
		}
	}
	if steps < 200 {
		t.Errorf("only %d steps", steps)
	}
	for _, s := range slices.Concat(e.waiting, e.running) {
		e.end(s, ErrClosed)
	}
	checkIdle(t, e)
}

// TestOvertaken: when the adapters that are wanted are more than memory holds,
// those whose adapter is there go first, but only so many.
func TestOvertaken(t *testing.T) {
	const overtake, seed = 5, 3
	m := tinyModel(t)
	rng := rand.New(rand.NewPCG(seed, 0))
	e, err := New(Config{Model: m, CID: modelCID, Memory: 6 * 24 << 10, Slots: 2, Overtake: overtake})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		dir, _ := writeAdapter(t, m, 2, uint64(i))
		if _, err := e.Add(fmt.Sprint(i), dir); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(i int) *Stream {
		id, err := e.Resolve(fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
		return submit(t, e, Request{Adapter: id, Prompt: tokens(rng, 5), MaxTokens: 4 + rng.IntN(8), StopTokens: []int32{}})
	}
	step := func() {
		if b := e.plan(context.Background()); b != nil {
			e.commit(b, e.compute(b), 0)
		}
		e.work.Wait() // loads end before the next step
	}
	streams := []*Stream{ask(0), ask(0)}
	for len(e.running) < 2 {
		step()
	}
	other := ask(1)
	waits := e.waiting[0]
	for range 30 {
		streams = append(streams, ask(0))
	}
	for len(e.running)+len(e.waiting) > 0 {
		step()
	}
	for _, s := range append(streams, other) {
		collect(t, s)
	}
	if waits.overtook != overtake {
		t.Errorf("%d went ahead, want %d", waits.overtook, overtake)
	}
	if s := e.Stats(); s.Loads != 3 || s.Evicted != 2 {
		t.Errorf("%d loads, %d evicted; want the second adapter once in between", s.Loads, s.Evicted)
	}
	checkIdle(t, e)
}

// TestPinned: a pinned adapter stays, and what has no room beside it is refused.
func TestPinned(t *testing.T) {
	m := tinyModel(t)
	e := start(t, Config{Model: m, Memory: 6 * 24 << 10})
	for i := range 2 {
		dir, _ := writeAdapter(t, m, 2, uint64(i))
		if _, err := e.Add(fmt.Sprint(i), dir); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Load(context.Background(), "0", true); err != nil {
		t.Fatal(err)
	}
	id, _ := e.Resolve("1")
	s := submit(t, e, Request{Adapter: id, Prompt: []int32{2}, MaxTokens: 5})
	if _, err := s.Next(context.Background()); err == nil {
		t.Error("there was room")
	}
	if err := e.Load(context.Background(), "0", false); err != nil {
		t.Fatal(err)
	}
	collect(t, submit(t, e, Request{Adapter: id, Prompt: []int32{2}, MaxTokens: 5}))
}

// TestMemory gives and takes at random.
func TestMemory(t *testing.T) {
	const seed = 1
	rng := rand.New(rand.NewPCG(seed, 0))
	a, err := tinyModel(t).NewArena(40 * 24 << 10)
	if err != nil {
		t.Fatal(err)
	}
	m := newMemory(a)
	all := m.free
	var pages []int32
	var blocks []place
	taken := map[int]bool{} // units
	mark := func(at, n int, take bool) {
		for i := at; i < at+n; i++ {
			if taken[i] == take {
				t.Fatalf("seed %d: unit %d is taken twice", seed, i)
			}
			taken[i] = take
		}
	}
	for range 20000 {
		switch rng.IntN(4) {
		case 0:
			if p := m.page(); p >= 0 {
				pages = append(pages, p)
				mark(int(p)*m.perPage, m.perPage, true)
			}
		case 1:
			n := 1 + rng.IntN(60000)
			if at := m.block(n); at >= 0 {
				blocks = append(blocks, place{at, n})
				mark(at/m.unit, m.units(n), true)
			}
		case 2:
			if len(pages) > 0 {
				i := rng.IntN(len(pages))
				m.givePage(pages[i])
				mark(int(pages[i])*m.perPage, m.perPage, false)
				pages = slices.Delete(pages, i, i+1)
			}
		case 3:
			if len(blocks) > 0 {
				i := rng.IntN(len(blocks))
				m.giveBlock(blocks[i].at, blocks[i].bytes)
				mark(blocks[i].at/m.unit, m.units(blocks[i].bytes), false)
				blocks = slices.Delete(blocks, i, i+1)
			}
		}
	}
	for _, p := range pages {
		m.givePage(p)
	}
	for _, b := range blocks {
		m.giveBlock(b.at, b.bytes)
	}
	if m.free != all || m.pages != 0 || m.block(all*m.unit) != 0 {
		t.Errorf("%d units of %d are free", m.free, all)
	}
}
