package worktest

import (
	"cmp"
	"slices"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// Liar does a job honestly but for one step, in whose result one tile of one
// parameter is another. It opens what it claimed, consistently, but for the element:
// that it works out honestly. at is the step; 0: the first that it does.
func Liar(r work.Runner, at uint64) work.Runner { return &liar{Runner: r, at: at} }

type liar struct {
	work.Runner
	at      uint64
	value   int32
	op, out int // which make value
	tile    []byte
	digests []merkle.Digest
	tiles   []merkle.Digest
}

func (c *liar) Step() (trace.Step, train.Result, error) {
	s, r, err := c.Runner.Step()
	if c.at == 0 {
		c.at = uint64(r.Step)
	}
	if err != nil || uint64(r.Step) != c.at {
		return s, r, err
	}
	s.State, err = c.lie()
	return s, r, err
}

// lie makes up the state after the step, and what leads there.
func (c *liar) lie() (state merkle.Digest, err error) {
	now, err := c.Runner.State()
	if err != nil {
		return state, err
	}
	p, err := c.Runner.Program(c.at)
	if err != nil {
		return state, err
	}
	if c.digests, err = c.Runner.Run().Digests(c.at); err != nil {
		return state, err
	}
	c.value = p.Final[0].Value
	if c.tiles, err = c.Runner.Run().Tiles(c.at, c.value); err != nil {
		return state, err
	}
	for i := range p.Ops {
		if k := slices.Index(p.Ops[i].Out, c.value); k >= 0 {
			c.op, c.out = i, k
		}
	}
	err = c.Runner.Run().Operands(c.at, c.op, func(o dispute.Operands) error {
		c.tile, err = c.Runner.Recompute()(p.Ops[c.op], p.Shapes(c.op), c.out, 0, o.Tile)
		return err
	})
	if err != nil {
		return state, err
	}
	c.tile[len(c.tile)-3] ^= 1
	c.tiles[0] = merkle.SHA256.Leaf(c.tile)
	tiling, err := p.Values[c.value].Tiling()
	if err != nil {
		return state, err
	}
	c.digests[c.value] = merkle.NewHasher().Join(tiling, c.tiles)
	entries := slices.Clone(p.After)
	for _, f := range p.Final {
		entries = append(entries, merkle.Entry{Name: f.Name, Digest: c.digests[f.Value]})
	}
	slices.SortFunc(entries, func(a, b merkle.Entry) int { return cmp.Compare(a.Name, b.Name) })
	if state, err = merkle.NewHasher().Map(entries); err != nil {
		return state, err
	}
	return state, c.Runner.Begin(now)
}

func (c *liar) Run() dispute.Run { return lies{c.Runner.Run(), c} }

// Recompute gives the tile that it claimed for the one that it lied about.
func (c *liar) Recompute() dispute.Recompute {
	honest := c.Runner.Recompute()
	return func(op trace.Op, in []trace.Shape, out, tile int, open func(in, tile int) ([]byte, error)) ([]byte, error) {
		b, err := honest(op, in, out, tile, open)
		if err == nil && out == c.out && tile == 0 && slices.Contains(op.Out, c.value) && op.Out[out] == c.value {
			b = c.tile
		}
		return b, err
	}
}

// lies are the openings of a liar.
type lies struct {
	dispute.Run
	c *liar
}

func (l lies) Digests(t uint64) ([]merkle.Digest, error) {
	if t == l.c.at {
		return l.c.digests, nil
	}
	return l.Run.Digests(t)
}

func (l lies) Tiles(t uint64, value int32) ([]merkle.Digest, error) {
	if t == l.c.at && value == l.c.value {
		return l.c.tiles, nil
	}
	return l.Run.Tiles(t, value)
}

// Misstater does a job honestly but for one step, after which it says that the
// state is another than the values that it opens make up.
func Misstater(r work.Runner, at uint64) work.Runner { return &misstater{r, at} }

type misstater struct {
	work.Runner
	at uint64
}

func (m *misstater) Step() (trace.Step, train.Result, error) {
	s, r, err := m.Runner.Step()
	if uint64(r.Step) == m.at {
		s.State[0] ^= 1
	}
	return s, r, err
}

// Spoiler does a job honestly but stores another state than it commits to, after
// its segment-th segment, counted from 1.
func Spoiler(r work.Runner, segment int) work.Runner { return &spoiler{Runner: r, left: segment} }

type spoiler struct {
	work.Runner
	left int
}

func (s *spoiler) State() ([]byte, error) {
	b, err := s.Runner.State()
	if s.left--; s.left == 0 && err == nil {
		b[len(b)-3] ^= 1
	}
	return b, err
}
