package ingest

import (
	"cmp"
	"slices"

	"github.com/openledger/openledger/datanet/manifest"
)

// An editor writes down the edits of one pass from left to right.
type editor struct {
	edits []manifest.Edit
	same  uint64 // bytes since the last edit
	at    int    // of the next byte that is read
}

func (e *editor) keep(n int) {
	e.same += uint64(n)
	e.at += n
}

func (e *editor) replace(from, to int) {
	e.at += from
	if from > 0 || to > 0 {
		e.edits = append(e.edits, manifest.Edit{Same: e.same, From: uint64(from), To: uint64(to)})
		e.same = 0
	}
}

// A change is an edit as it lies in the text between two passes, and by how many
// bytes the outer text differs from it there.
type change struct {
	start, end int64
	more       int64
	first      bool // of the first pass
}

// compose joins the edits of two passes, one after the other, into those of one
// pass. Edits that overlap become one.
func compose(first, second []manifest.Edit) []manifest.Edit {
	if len(first) == 0 {
		return second
	}
	if len(second) == 0 {
		return first
	}
	changes := make([]change, 0, len(first)+len(second))
	at := int64(0)
	for _, e := range first {
		at += int64(e.Same)
		changes = append(changes, change{at, at + int64(e.To), int64(e.From) - int64(e.To), true})
		at += int64(e.To)
	}
	at = 0
	for _, e := range second {
		at += int64(e.Same)
		changes = append(changes, change{at, at + int64(e.From), int64(e.To) - int64(e.From), false})
		at += int64(e.From)
	}
	slices.SortStableFunc(changes, func(a, b change) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })

	var out editor
	done := int64(0) // of the text between
	for i := 0; i < len(changes); {
		group := changes[i]
		var from, to int64 // more bytes in the source, in the text
		for ; i < len(changes) && (changes[i] == group || changes[i].start < group.end); i++ {
			group.end = max(group.end, changes[i].end)
			if changes[i].first {
				from += changes[i].more
			} else {
				to += changes[i].more
			}
		}
		out.keep(int(group.start - done))
		size := group.end - group.start
		out.replace(int(size+from), int(size+to))
		done = group.end
	}
	return out.edits
}
