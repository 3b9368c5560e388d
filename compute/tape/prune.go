package tape

import "slices"

// prune returns the tape without applications whose results nobody reads, keeps
// or stores, without results that may be absent and are not wanted, and without
// slots that are then left over. It changes t.
func (t *Tape) prune() *Tape {
	needed := make([]bool, len(t.Slots))
	apps := make([]App, 0, len(t.Apps))
	for i := len(t.Apps) - 1; i >= 0; i-- {
		a := t.Apps[i]
		live := false
		for k, r := range a.Out {
			if r == None {
				continue
			}
			if s := &t.Slots[r]; needed[r] || s.Keep || s.Class == Update {
				live = true
			} else if _, optional := letter(a.Code.rule().out, k); optional {
				a.Out[k] = None
			}
		}
		if !live {
			continue
		}
		for _, r := range a.In {
			if r != None {
				needed[r] = true
			}
		}
		for _, r := range a.Out {
			if r == None {
				continue
			}
			if needed[r] = true; t.Slots[r].Of != None {
				needed[t.Slots[r].Of] = true
			}
		}
		apps = append(apps, a)
	}
	slices.Reverse(apps)
	return compact(&Tape{Slots: t.Slots, Apps: apps}, needed)
}

// compact renumbers slots without those that are not needed; the order stays.
// Inputs stay too, so that bindings do not depend on what is read.
func compact(t *Tape, needed []bool) *Tape {
	to := make([]Ref, len(t.Slots))
	var slots []Slot
	for i, s := range t.Slots {
		to[i] = None
		if needed[i] || s.Class == Input {
			to[i] = Ref(len(slots))
			slots = append(slots, s)
		}
	}
	move := func(refs []Ref) {
		for i, r := range refs {
			if r != None {
				refs[i] = to[r]
			}
		}
	}
	for i := range slots {
		if slots[i].Of != None {
			slots[i].Of = to[slots[i].Of]
		}
	}
	for i := range t.Apps {
		move(t.Apps[i].In)
		move(t.Apps[i].Out)
	}
	return &Tape{Slots: slots, Apps: t.Apps}
}
