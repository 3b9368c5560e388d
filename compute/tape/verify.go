package tape

import (
	"bytes"
	"fmt"
)

// Verify runs a lowered tape and recomputes every tile of every result from the
// tiles of its operands. It returns the first that differs: an operator whose
// whole and whose parts disagree on this machine. The States in env change.
func (c *CPU) Verify(t *Tape, env Env, b *Binding) error {
	replaced := make(map[Ref][]byte) // operands as they were before the application
	return c.Inspect(t, env, b, Hook{
		Before: func(i int, v *Values) error {
			clear(replaced)
			for _, r := range t.Apps[i].Out {
				if r == None || t.Slots[r].Class != Update {
					continue
				}
				for _, in := range t.Apps[i].In {
					if in != None && (t.Slots[in].Class == State || t.Slots[in].Class == Update) {
						replaced[in] = bytes.Clone(v.Bytes(in))
					}
				}
			}
			return nil
		},
		After: func(i int, v *Values) error { return c.verifyApp(t, i, v, replaced) },
	})
}

func (c *CPU) verifyApp(t *Tape, i int, v *Values, replaced map[Ref][]byte) error {
	a := &t.Apps[i]
	open := func(in, tile int) ([]byte, error) {
		r := a.In[in]
		old, ok := replaced[r]
		if !ok {
			return v.Tile(r, tile)
		}
		tiling, err := v.Tiling(r)
		if err != nil {
			return nil, err
		}
		return cutTile(tiling, old, v.Rows(r), v.Cols(r), tile), nil
	}
	for k, r := range a.Out {
		if r == None {
			continue
		}
		tiling, err := v.Tiling(r)
		if err != nil {
			return err
		}
		for tile := range tiling.Tiles() {
			got, err := c.Recompute(a.Code, a.Attrs, v.Shapes(i), k, tile, open)
			if err != nil {
				return fmt.Errorf("application %d: %w", i, err)
			}
			if want, err := v.Tile(r, tile); err != nil || !bytes.Equal(got, want) {
				return fmt.Errorf("application %d: tile %d of result %d of %v differs from the whole; %v", i, tile, k, a.Code, err)
			}
		}
	}
	return nil
}

// Shapes returns the operands of an application as Recompute takes them.
func (v *Values) Shapes(app int) []Shape {
	in := v.p.t.Apps[app].In
	shapes := make([]Shape, len(in))
	for k, r := range in {
		if r != None {
			shapes[k] = Shape{v.p.t.Slots[r].Type, v.Rows(r), v.Cols(r)}
		}
	}
	return shapes
}
