package job

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A small job, one step computed twice, and everything that its workers can do
// in any order: bid, commit, copy, lie, reveal, stop, open a dispute or stay
// silent, and time that passes. The search visits every state.

type digest = merkle.Digest

// A node is a state of the search.
type node struct {
	q     *Requester
	now   Millis
	dead  [4]bool
	lie   [4]string // what each committed to
	path  []string
	judge *Dispute // the last that was decided with both sides there
}

// A model is who takes part, and the rules under test.
type model struct {
	kinds  []string // honest, or cheater: may also lie, copy and rewire
	rules  rules
	wiring bool // a referee wants operators to read what the program says
	spec   Spec
}

func newModel(kinds ...string) *model {
	s := testSpec(C, 1, 1)
	s.Terms.Bidding, s.Terms.Offer, s.Terms.Data = 1000, 2500, 0
	return &model{kinds: kinds, rules: protocol, wiring: true, spec: s}
}

func (m *model) worker(i int) record.Account { return account('w', i) }

func (m *model) claim(i int, what string) trace.Commitment {
	wrong := uint64(0)
	if what != "true" {
		wrong = 1
	}
	steps := stretch(&m.spec, 0, initial, wrong)
	if wrong > 0 {
		steps[1].State[1] = byte(i) // each liar has its own lie
	}
	return commitment(&m.spec, m.spec.ID(), 0, steps)
}

func (m *model) revealOf(i int, what string) *Reveal {
	return &Reveal{trace.Reveal{Commitment: m.claim(i, what), Nonce: [32]byte{byte(i), 5}}}
}

func (n *node) clone() *node {
	c, q := *n, *n.q
	q.replicas = slices.Clone(q.replicas)
	for i := range q.replicas {
		q.replicas[i].kept = slices.Clone(q.replicas[i].kept)
	}
	q.members, q.bids, q.disputes = slices.Clone(q.members), slices.Clone(q.bids), slices.Clone(q.disputes)
	q.transfers = slices.Clone(q.transfers)
	c.q, c.path = &q, slices.Clone(c.path)
	return &c
}

// do takes an event, and what the requester's own shell answers to it.
func (m *model) do(n *node, name string, e Event) *node {
	c := n.clone()
	c.path = append(c.path, name)
	todo := []Event{e}
	for len(todo) > 0 {
		e, todo = todo[0], todo[1:]
		for _, a := range c.q.Step(e, c.now) {
			switch a := a.(type) {
			case Lock:
				todo = append(todo, Event{Body: &Locked{a.Account, true}}, Event{Body: &Planned{a.Account, true}})
			case Check:
				todo = append(todo, Event{Body: &Stored{a.Commit, true}})
			case Draw:
				todo = append(todo, Event{Body: &Beacon{a.After, [32]byte{1}}})
			case Trace:
				todo = append(todo, Event{Body: &Traced{a.Replica, slices.Repeat([]digest{{}}, len(a.Claims))}})
			}
		}
	}
	return c
}

// next returns every state that can follow.
func (m *model) next(n *node) (out []*node) {
	q := n.q
	for i, kind := range m.kinds {
		if n.dead[i] {
			continue
		}
		who := m.worker(i)
		if q.vacancies() && q.find(who) == nobody && !slices.ContainsFunc(q.bids, func(b bid) bool { return b.from == who }) {
			bid := Bid{Operator: account('o', i), Price: Amount(1000 + i)}
			out = append(out, m.do(n, fmt.Sprint(i, " bids"), Event{From: who, Body: &Candidate{bid, 20}}))
		}
		stopped := n.clone()
		stopped.dead[i], stopped.path = true, append(stopped.path, fmt.Sprint(i, " stops"))
		if member := q.find(who); member != nobody && !q.members[member].guilty && !q.members[member].gone {
			out = append(out, stopped)
		}
		for r := range q.replicas {
			if x := &q.replicas[r]; x.worker != nobody && q.members[x.worker].account == who {
				out = append(out, m.work(n, i, kind, r)...)
			}
		}
	}
	out = append(out, m.argue(n)...)
	if at := q.Alarm(); at > 0 {
		c := n.clone()
		c.now = max(at, n.now+1)
		out = append(out, m.do(c, "time passes", Event{Body: &Tick{}}))
	}
	return out
}

// work is what the holder of a replica can do.
func (m *model) work(n *node, i int, kind string, r int) (out []*node) {
	q, who := n.q, m.worker(i)
	x := &q.replicas[r]
	whats := []string{"true"}
	if kind == cheater {
		whats = []string{"true", "lie", "rewired", "copy"}
	}
	if len(x.kept) == 0 && (x.state == Leased || x.state == Running) {
		for _, what := range whats {
			c := &Commit{Lease: x.lease, Replica: uint64(r), State: testCID(i, what), Leaves: testCID(i, what)}
			if what == "copy" {
				other := &q.replicas[(r+1)%len(q.replicas)]
				if len(other.kept) == 0 {
					continue
				}
				c.Hidden = other.kept[0].Hidden
			} else {
				c.Hidden = m.revealOf(i, what).Commit(q.id, who)
			}
			y := m.do(n, fmt.Sprint(i, " commits ", what), Event{From: who, Sequence: q.members[x.worker].sequence, Body: c})
			y.lie[i] = what
			out = append(out, y)
		}
	}
	if q.revealing() && len(x.kept) == 1 && x.kept[0].claim == nil {
		v := m.revealOf(i, n.lie[i])
		if n.lie[i] == "copy" {
			other := q.replicas[(r+1)%len(q.replicas)].kept
			if len(other) == 0 || other[0].claim == nil {
				return out
			}
			v = &Reveal{trace.Reveal{Commitment: *other[0].claim, Nonce: [32]byte{9}}}
		}
		out = append(out, m.do(n, fmt.Sprint(i, " reveals"), Event{From: who, Body: v}))
	}
	return out
}

// argue is what can happen in a dispute: a side that is there moves, and when
// both are a referee looks at the first operator in which they differ.
func (m *model) argue(n *node) (out []*node) {
	d := n.q.dispute()
	if d == nil {
		return nil
	}
	var here [2]bool
	v := &Verdict{Dispute: d.Number}
	for s, who := range d.Sides {
		i := int(who[1])
		here[s] = !n.dead[i]
		if wrong := d.Claims[s] != m.claim(i, "true"); wrong && (m.wiring || n.lie[i] != "rewired") {
			v.Guilty |= Side(1 + s) // a rewired operator is computed right, from the wrong operand
		}
	}
	if here[d.turn-1] {
		out = append(out, m.do(n, fmt.Sprint("side ", d.turn, " moves"), Event{Body: &Turn{d.Number, Left + Right - d.turn}}))
	}
	if here[0] && here[1] {
		c := m.do(n, fmt.Sprint("verdict ", v.Guilty), Event{Body: v})
		c.judge = d
		out = append(out, c)
	}
	return out
}

// wrong says which invariant a state breaks; "" for none.
func (m *model) wrong(n *node) string {
	q := n.q
	balance := map[Purse]int64{}
	for _, t := range q.transfers {
		balance[t.From] -= int64(t.Amount)
		balance[t.To] += int64(t.Amount)
		if p := balance[t.From]; p < 0 && t.From.Kind != Free {
			return "a purse is overdrawn"
		}
		if t.From.Kind == Stake && t.To.Kind == Free && t.To.Owner != t.From.Owner {
			for i := range m.kinds {
				if t.To.Owner == m.worker(i) && n.lie[i] != "true" {
					return "a liar earns by a slash"
				}
			}
		}
	}
	for i, kind := range m.kinds {
		if x := q.find(m.worker(i)); x != nobody && q.members[x].guilty && (kind == honest || n.lie[i] == "true") {
			return "an honest worker is slashed"
		}
	}
	if d := n.judge; d != nil {
		for s, who := range d.Sides {
			i := int(who[1])
			if d.Claims[s] != m.claim(i, "true") && !q.members[q.find(who)].guilty {
				return "a liar leaves a dispute unharmed"
			}
		}
	}
	if !q.status.Over() {
		return ""
	}
	for p, b := range balance {
		if b != 0 && (p.Kind == Escrow || p.Kind == Stake) {
			return "a closed job keeps money"
		}
	}
	for i := range m.kinds {
		if x := q.find(m.worker(i)); x != nobody && q.members[x].earned > 0 && n.lie[i] != "true" {
			return "who did not compute is paid"
		}
	}
	return ""
}

// key tells states apart, times as seen from now.
func (n *node) key() string {
	var b strings.Builder
	q := n.q
	left := func(t Millis) Millis {
		if t == 0 {
			return 0
		}
		return t - min(t, n.now) + 1
	}
	fmt.Fprint(&b, n.dead, n.lie, q.status, q.ending, q.limit, q.changes, left(q.choose), q.patience, left(q.window), left(q.due) == 1, q.agreed > 0, q.drawn)
	for i := range q.replicas {
		r := &q.replicas[i]
		fmt.Fprint(&b, "|", r.state, r.worker, left(r.due), left(r.alive), left(r.ask), len(r.kept))
		for _, s := range r.kept {
			fmt.Fprint(&b, s.member, s.stored, s.claim != nil)
		}
	}
	for _, m := range q.members {
		fmt.Fprint(&b, "|", m.account[1], m.guilty, m.gone, m.stake, m.bond, m.earned)
	}
	for _, x := range q.bids {
		fmt.Fprint(&b, "|", x.from[1])
	}
	if d := q.dispute(); d != nil {
		fmt.Fprint(&b, "|", d.turn, d.members, left(d.alarm()), d.spent)
	}
	fmt.Fprint(&b, n.judge != nil)
	return b.String()
}

// search visits every state and returns the first that is wrong, with how it
// came about. A state from which only itself follows is stuck.
func (m *model) search(limit int) (states int, wrong string) {
	q := NewRequester()
	q.rules = m.rules
	first := m.do(&node{q: q, now: 1000}, "submit", Event{Body: &Submit{m.spec, [32]byte{1}}})
	seen := map[string]bool{first.key(): true}
	stack := []*node{first}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		states++
		if why := m.wrong(n); why != "" {
			return states, why + ": " + strings.Join(n.path, ", ")
		}
		if n.q.status.Over() {
			continue
		}
		moved := false
		for _, c := range m.next(n) {
			k := c.key()
			moved = moved || k != n.key()
			if !seen[k] {
				seen[k] = true
				stack = append(stack, c)
			}
		}
		if !moved {
			return states, "nothing follows: " + strings.Join(n.path, ", ")
		}
		if states > limit {
			return states, "more states than expected"
		}
	}
	return states, ""
}

const mostStates = 400_000

func TestSearch(t *testing.T) {
	for _, kinds := range [][]string{{honest, cheater}, {honest, cheater, honest}, {cheater, cheater, honest}} {
		states, wrong := newModel(kinds...).search(mostStates)
		t.Logf("%v: %d states", kinds, states)
		if wrong != "" {
			t.Errorf("%v: %s", kinds, wrong)
		}
	}
}

// Without any one of its rules the protocol fails, and the search shows how.
func TestMutations(t *testing.T) {
	for _, c := range []struct {
		name   string
		kinds  []string
		mutate func(*model)
		want   string
	}{
		{"no wiring check", []string{honest, cheater}, func(m *model) { m.wiring = false }, "a liar leaves a dispute unharmed"},
		{"no nonce", []string{honest, cheater}, func(m *model) { m.rules.opens = func(digest, digest) bool { return true } }, "who did not compute is paid"},
		{"no clock", []string{honest, cheater}, func(m *model) { m.rules.clock = false }, "nothing follows"},
		{"no both-guilty branch", []string{cheater, cheater}, func(m *model) { m.rules.bothGuilty = false }, "a liar"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newModel(c.kinds...)
			c.mutate(m)
			states, wrong := m.search(mostStates)
			if !strings.HasPrefix(wrong, c.want) {
				t.Errorf("after %d states: got %q, want %q", states, wrong, c.want)
			}
			t.Log(wrong)
		})
	}
}
