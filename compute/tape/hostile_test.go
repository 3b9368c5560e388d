package tape

import (
	"fmt"
	"math"
	"testing"
)

// TestRecomputeHostile: an application whose attributes or operand shapes are
// not those of its operator gives a tile or an error.
func TestRecomputeHostile(t *testing.T) {
	cpu := newCPU(t, "ref")
	hostile := []int32{math.MinInt32, -1, 0, 1, 64, 255, math.MaxInt32}
	if testing.Short() { // the race detector and an emulator take minutes for all
		hostile = []int32{math.MinInt32, 255}
	}
	calls := 0
	sketches(t, func(name string, s *sketch, tp *Tape) {
		low, err := tp.Lower(s.bind.Dims, s.bind.Dims.Tokens)
		if err != nil {
			t.Fatal(err)
		}
		seen := make(map[Code]bool)
		for i := range low.Apps {
			app := &low.Apps[i]
			if seen[app.Code] {
				continue
			}
			seen[app.Code] = true
			var in []Shape
			for _, r := range app.In {
				var s Shape
				if r != None {
					s = Shape{low.Slots[r].Type, int(low.Slots[r].Rows), int(low.Slots[r].Cols)}
				}
				in = append(in, s)
			}
			try := func(what string, a Attrs) {
				defer func() {
					if e := recover(); e != nil {
						t.Fatalf("%s: %v with %s: %v", name, app.Code, what, e)
					}
				}()
				for out := range app.Out {
					calls++
					_, _ = cpu.Recompute(app.Code, a, in, out, 0, func(i, tile int) ([]byte, error) {
						return make([]byte, tileBytes(in[i], tile)), nil
					})
				}
			}
			for k, n := range app.Attrs.ints() {
				for _, x := range hostile {
					a := app.Attrs
					*a.ints()[k] = x
					try(fmt.Sprintf("attribute %d = %d, not %d", k, x, *n), a)
				}
			}
			for k, x := range app.Attrs.ints() { // From and To together
				for l := range k {
					a := app.Attrs
					*a.ints()[k], *a.ints()[l] = 255, 255
					try(fmt.Sprintf("attributes %d and %d = 255, not %d", l, k, *x), a)
				}
			}
			for k := range in {
				was := in[k]
				for _, s := range []Shape{{}, {was.Type, was.Rows + 1, was.Cols}, {was.Type, was.Rows, was.Cols + 1}, {was.Type, 1, 1}, {was.Type, 3, 200}, {I32, was.Rows, was.Cols}, {BF16, was.Rows, was.Cols}} {
					in[k] = s
					try(fmt.Sprintf("operand %d as %v, not %v", k, s, was), app.Attrs)
				}
				in[k] = was
			}
		}
	})
	t.Log(calls, "hostile applications")
}
