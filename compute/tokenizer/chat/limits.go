package chat

import (
	"context"
	"fmt"
	"time"
)

// Limits bound what a template may cost. A zero field means its default.
type Limits struct {
	Source  int // bytes of a template: 512 KiB
	Nesting int // levels of brackets, blocks, macro calls and data: 200
	Steps   int // operations of one render: 10,000,000; handling 64 bytes of text counts as one
	Memory  int // bytes a render may allocate in all: 128 MiB
	Output  int // bytes of text, counting text on its way through macros and blocks, and of any string: 8 MiB
}

func (l Limits) withDefaults() Limits {
	for _, f := range []struct {
		field *int
		value int
	}{{&l.Source, 512 << 10}, {&l.Nesting, 200}, {&l.Steps, 10_000_000}, {&l.Memory, 128 << 20}, {&l.Output, 8 << 20}} {
		if *f.field <= 0 {
			*f.field = f.value
		}
	}
	return l
}

// A LimitError says which limit a template ran into.
type LimitError struct {
	Limit string // the name of the field of Limits
	Max   int
}

func (e *LimitError) Error() string {
	unit := map[string]string{
		"Source": "bytes of source", "Nesting": "levels of nesting", "Steps": "steps",
		"Memory": "bytes of memory", "Output": "bytes of output",
	}[e.Limit]
	return fmt.Sprintf("needs more than %d %s (limit %s): a template that loops without end, or an input too large for it",
		e.Max, unit, e.Limit)
}

// A run is one rendering: what is left of its limits, and the text so far.
type run struct {
	ctx    context.Context
	limits Limits
	now    time.Time

	fuel   int // steps until the limits and ctx are looked at again
	steps  int // steps left after fuel
	memory int // bytes left
	depth  int // expressions being evaluated, one inside the other
	calls  int // macro calls being evaluated

	out      []byte
	captures int // > 0 while out's end is on its way into a value
	spans    []Span
}

func newRun(ctx context.Context, l Limits, now time.Time) *run {
	if now.IsZero() {
		now = time.Now()
	}
	return &run{ctx: ctx, limits: l, now: now, steps: l.Steps, memory: l.Memory}
}

// step pays for n operations.
func (r *run) step(n int) error {
	if r.fuel -= n; r.fuel >= 0 {
		return nil
	}
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if r.steps += r.fuel; r.steps < 0 {
		return &LimitError{"Steps", r.limits.Steps}
	}
	r.fuel = min(r.steps, 4096)
	r.steps -= r.fuel
	return nil
}

// scan pays for reading n bytes.
func (r *run) scan(n int) error { return r.step(1 + n/64) }

// alloc pays for n bytes that a value is about to take. n may be the result of an overflow.
func (r *run) alloc(n int) error {
	if n < 0 || n > r.memory {
		return &LimitError{"Memory", r.limits.Memory}
	}
	r.memory -= n
	return r.scan(n)
}

// allocEach pays for n things of size bytes each.
func (r *run) allocEach(n, size int) error {
	if size > 0 && n > r.limits.Memory/size {
		return &LimitError{"Memory", r.limits.Memory}
	}
	return r.alloc(n * size)
}

// allocText pays for a string of n bytes; none is longer than the output may be.
func (r *run) allocText(n int) error {
	if err := r.room(n); err != nil {
		return err
	}
	return r.alloc(n)
}

// text pays for s, where it can be no more than a few times what it was made of.
func (r *run) text(s string) (value, error) { return s, r.allocText(len(s)) }

// room checks that a buffer may grow to n bytes.
func (r *run) room(n int) error {
	if n < 0 || n > r.limits.Output {
		return &LimitError{"Output", r.limits.Output}
	}
	return nil
}

func (r *run) write(s string) error {
	if err := r.room(len(r.out) + len(s)); err != nil {
		return err
	}
	r.out = append(r.out, s...)
	return r.scan(len(s))
}

// tooDeep refuses a level of nesting beyond the limit.
func (r *run) tooDeep(depth int) error {
	if depth > r.limits.Nesting {
		return &LimitError{"Nesting", r.limits.Nesting}
	}
	return nil
}
