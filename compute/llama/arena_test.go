package llama

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
)

// TestArena: sequences whose pages lie in an arena beside an adapter that
// arrives block by block, between other bytes, have the bits of those with
// memory of their own.
func TestArena(t *testing.T) {
	f := tinies(t)[1]
	for _, d := range []safetensors.DType{safetensors.F32, safetensors.BF16} {
		engines(t, func(name string, cpu *tape.CPU) {
			m := f.load(t, cpu, safetensors.BF16, LoadConfig{})
			files := adapterFiles(t, m, d)
			want, err := m.LoadAdapter(files)
			if err != nil {
				t.Fatal(err)
			}
			a, err := m.NewArena(1 << 22)
			if err != nil {
				t.Fatal(err)
			}
			l, err := a.Begin(files)
			if err != nil {
				t.Fatal(err)
			}
			if len(l.Blocks) != m.Config.Layers+1 {
				t.Fatalf("%d blocks for %d layers", len(l.Blocks), m.Config.Layers)
			}
			done := make(chan error)
			go func() {
				at, places := 3*a.PageBytes()+tape.ArenaAlign, []int(nil)
				for _, n := range l.Blocks {
					places = append(places, at)
					at += n + tape.ArenaAlign
				}
				var err error
				for i := len(places) - 1; i >= 0; i-- { // in any order
					if err == nil {
						err = l.Load(i, places[i])
					}
				}
				done <- err
			}()
			g, err := m.NewForward(ForwardConfig{Tokens: 9, Picks: 9, Cached: true, Adapters: true})
			if err != nil {
				t.Fatal(err)
			}
			logits := func(cache tape.Cache, adapter *tape.Adapter) []float32 {
				run := Run{IDs: f.IDs[:9], Cache: cache, Seqs: []tape.Seq{{Rows: 9, Pages: []int32{1}}},
					Groups: []tape.Group{{Rows: 9, Adapter: adapter}}, Picks: every(9)}
				if err := g.Run(&run); err != nil {
					t.Fatal(err)
				}
				return slices.Clone(g.Logits())
			}
			got := logits(a.Cache(), l.Adapter)
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			cache, err := m.NewCache(2)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, fmt.Sprintf("%s, %v", name, d), got, logits(cache, want))
		})
	}
}

// TestArenaRefuses: what cannot be loaded is an error, and nothing waits for it.
func TestArenaRefuses(t *testing.T) {
	m := newTiny(t, 1)
	if _, err := m.NewArena(64); err == nil {
		t.Error("an arena smaller than a page")
	}
	a, err := m.NewArena(1 << 20)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := a.Cache().Pages(), 1<<20/a.PageBytes(); got != want || a.PageBytes()%(4*op.PageRows) != 0 {
		t.Errorf("%d pages of %d bytes, want %d", got, a.PageBytes(), want)
	}
	files := adapterFiles(t, m, safetensors.BF16)
	for _, broken := range []bool{true, false} {
		at := 1 << 20
		if broken {
			at = 0
			for i := 1; i < 3; i++ {
				files.Weights[len(files.Weights)-i] = 0xff
			}
		}
		l, err := a.Begin(files)
		if err != nil {
			t.Fatal(err)
		}
		for i := range l.Blocks {
			if err = l.Load(i, at); err != nil {
				break
			}
		}
		if err == nil || broken != strings.Contains(err.Error(), "infinity or NaN") {
			t.Errorf("broken %v: %v", broken, err)
		}
		l.Adapter.Wait(len(l.Adapter.Modules) - 1)
	}
}
