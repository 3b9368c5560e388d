package tape

import (
	"fmt"

	"github.com/openledger/openledger/compute/op"
)

// cpuCache keeps the layers of each page side by side.
type cpuCache struct {
	c      CacheConfig
	memory []float32 // (Pages, Layers) of one op.KVPage
}

func (c *CacheConfig) check() error {
	if c.Layers <= 0 || c.Pages <= 0 || op.KVPageFloats(c.Attn) <= 0 {
		return fmt.Errorf("tape: KV cache of %d pages for %d layers of %+v", c.Pages, c.Layers, c.Attn)
	}
	return nil
}

// PageBytes returns the memory of one page, in all layers.
func (c *CacheConfig) PageBytes() int { return 4 * c.Layers * op.KVPageFloats(c.Attn) }

func newCache(c CacheConfig) (*cpuCache, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	return &cpuCache{c, op.NewMatrix(c.Pages, c.PageBytes()/4).Data}, nil
}

func (m *cpuCache) Pages() int { return m.c.Pages }

func (m *cpuCache) Bytes() int { return m.c.Pages * m.c.PageBytes() }

func (m *cpuCache) page(layer, i int) op.KVPage {
	n := op.KVPageFloats(m.c.Attn)
	at := (i*m.c.Layers + layer) * n
	return m.memory[at : at+n : at+n]
}

// runAttendPaged puts the new keys and values into the cache, then attends.
func runAttendPaged(f *frame, a *App) error {
	q, k, v, o := f.m(a.In[0]), f.m(a.In[1]), f.m(a.In[2]), f.m(a.Out[0])
	cache, ok := f.b.Cache.(*cpuCache)
	attn := a.Attrs.attn()
	if !ok || int(a.Attrs.Layer) >= cache.c.Layers || op.KVPageFloats(cache.c.Attn) != op.KVPageFloats(attn) {
		return fmt.Errorf("no KV cache of this backend for layer %d of this model", a.Attrs.Layer)
	}
	f.seqs, f.pages = f.seqs[:0], f.pages[:0]
	for _, s := range f.b.Seqs {
		for _, p := range s.Pages {
			if p < 0 || int(p) >= cache.c.Pages {
				return fmt.Errorf("page %d of a KV cache of %d", p, cache.c.Pages)
			}
			f.pages = append(f.pages, cache.page(int(a.Attrs.Layer), int(p)))
		}
	}
	row, page := 0, 0
	for i, s := range f.b.Seqs {
		if s.Rows < 0 || s.Pos < 0 || s.Rows > q.Rows-row || len(s.Pages)*op.PageRows < s.Pos+s.Rows {
			return fmt.Errorf("sequence %d: %d tokens at position %d with %d pages of %d, in a batch of %d rows",
				i, s.Rows, s.Pos, len(s.Pages), op.PageRows, q.Rows)
		}
		pages := f.pages[page : page+len(s.Pages)]
		f.seqs = append(f.seqs, op.AttnSeq{
			Q: q.Slice(row, row+s.Rows), O: o.Slice(row, row+s.Rows), Pages: pages, Pos: s.Pos,
			K: k.Slice(row, row+s.Rows), V: v.Slice(row, row+s.Rows),
		})
		row, page = row+s.Rows, page+len(s.Pages)
	}
	if row != q.Rows {
		return fmt.Errorf("sequences of %d tokens in a batch of %d rows", row, q.Rows)
	}
	f.e.Attention(f.seqs, attn)
	return nil
}
