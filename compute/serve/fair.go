package serve

import (
	"cmp"
	"maps"
	"slices"
)

// A tenant is somebody whose requests share the engine with those of others.
// Who has had least is next, as in Sheng et al. 2024 (virtual token counters).
type tenant struct {
	name   string
	served float64 // tokens of prompts, and answerCost for each token of an answer
	active int     // sequences that wait or run
}

// answerCost is what a token of an answer costs beside one of a prompt.
const answerCost = 2

// maxTenants is how many tenants are remembered who want nothing now.
const maxTenants = 1 << 12

// tenant returns a tenant who has one more wish. Time in which one wanted
// nothing is not saved up.
func (e *Engine) tenant(name string) *tenant {
	t := e.tenants[name]
	if t == nil {
		t = &tenant{name: name}
		e.tenants[name] = t
	}
	if t.active == 0 {
		t.served = max(t.served, e.floor)
	}
	return t
}

// leave counts a sequence of a tenant out.
func (e *Engine) leave(t *tenant) {
	if t.active--; t.active > 0 {
		return
	}
	if t.served <= e.floor {
		delete(e.tenants, t.name)
	}
	if len(e.tenants) > maxTenants {
		maps.DeleteFunc(e.tenants, func(_ string, t *tenant) bool { return t.active == 0 })
	}
}

// turns returns the waiting sequences in the order in which they should begin.
func (e *Engine) turns() []*sequence {
	type turn struct {
		s  *sequence
		at float64
	}
	least, any := 0.0, false
	for _, t := range e.tenants {
		if t.active > 0 && (!any || t.served < least) {
			least, any = t.served, true
		}
	}
	e.floor = max(e.floor, least)
	ahead := make(map[*tenant]float64)
	all := make([]turn, len(e.waiting))
	for i, s := range e.waiting {
		all[i] = turn{s, s.tenant.served + ahead[s.tenant]}
		if s.first {
			all[i].at = -1
			continue
		}
		ahead[s.tenant] += float64(s.rest())
	}
	slices.SortFunc(all, func(a, b turn) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.s.order, b.s.order))
	})
	out := make([]*sequence, len(all))
	for i, t := range all {
		out[i] = t.s
	}
	return out
}
