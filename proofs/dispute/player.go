package dispute

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A Run does steps of a job again, with tracing. Package train has one.
type Run interface {
	// Digests returns the digest of every value of step t.
	Digests(t uint64) ([]merkle.Digest, error)

	// Tiles returns the tile leaves of one value of step t.
	Tiles(t uint64, value int32) ([]merkle.Digest, error)

	// Operands does step t up to an operator and calls use while its operands
	// are as it reads them.
	Operands(t uint64, op int, use func(Operands) error) error
}

// Operands are what an operator reads.
type Operands interface {
	Tile(in, tile int) ([]byte, error)      // the bytes of one tile
	Leaves(in int) ([]merkle.Digest, error) // of all tiles of one operand
}

// A Player answers for a side of a Dispute with what it really did. Its answers
// are the same each time, so that it never contradicts itself.
type Player struct {
	Key       record.Key
	Reveal    record.Verified
	Steps     []trace.Step // of the reveal, from the one before its first
	Run       Run
	Program   func(step uint64) (*trace.Program, error)
	Recompute Recompute
	Tables    Tables // without them it opens no elements
}

// Answer returns the answer to an Ask.
func (p *Player) Answer(a Ask) ([]byte, error) {
	var o Opening
	var list []byte
	switch a.Type {
	case record.OpenSteps:
		var r trace.Reveal
		if err := canon.Decode(p.Reveal.Payload(), &r, canon.Limits{}); err != nil {
			return nil, err
		}
		o, list = Opening{uint64(len(p.Steps)), r.Commitment.Root}, trace.AppendSteps(nil, p.Steps)
	case record.OpenOps:
		ops, digests, err := p.ops(a.Step)
		if err != nil {
			return nil, err
		}
		return canon.Encode(&Message{ops.Envelope(), trace.AppendDigests(nil, digests)})
	case record.OpenTiles:
		tiles, err := p.Run.Tiles(a.Step, a.Value)
		if err != nil {
			return nil, err
		}
		program, err := p.Program(a.Step)
		if err != nil {
			return nil, err
		}
		tiling, err := program.Values[a.Value].Tiling()
		if err != nil || len(tiles) != tiling.Tiles() {
			return nil, fmt.Errorf("dispute: value %d of step %d has %d tiles: %w", a.Value, a.Step, len(tiles), err)
		}
		o, list = Opening{uint64(len(tiles)), tensor(tiling, tiles)}, trace.AppendDigests(nil, tiles)
	case record.FraudProof:
		return p.inputs(a)
	case record.OpenElement:
		if a.At == WholeTile {
			return p.tile(a)
		}
		return p.element(a)
	default:
		return nil, fmt.Errorf("dispute: no answer to a %s", a.Type)
	}
	v, err := p.seal(a.Type, a.Step, a.Value, &o)
	if err != nil {
		return nil, err
	}
	return canon.Encode(&Message{v.Envelope(), list})
}

func (p *Player) seal(t record.Type, step uint64, value int32, o *Opening) (record.Verified, error) {
	payload, err := canon.Encode(o)
	if err != nil {
		return record.Verified{}, err
	}
	return record.Seal(p.Key, OpeningHeader(p.Reveal, t, step, value), payload)
}

// ops opens the values of a step.
func (p *Player) ops(step uint64) (v record.Verified, digests []merkle.Digest, err error) {
	if digests, err = p.Run.Digests(step); err != nil {
		return v, nil, err
	}
	v, err = p.seal(record.OpenOps, step, 0, &Opening{uint64(len(digests)), trace.List(digests)})
	return v, digests, err
}

// tile shows a tile as it comes out here.
func (p *Player) tile(a Ask) (tile []byte, err error) {
	program, err := p.Program(a.Step)
	if err != nil {
		return nil, err
	}
	if err := inProgram(program, a); err != nil {
		return nil, err
	}
	err = p.Run.Operands(a.Step, a.Op, func(o Operands) error {
		tile, err = p.Recompute(program.Ops[a.Op], program.Shapes(a.Op), a.Out, a.Tile, o.Tile)
		return err
	})
	return tile, err
}

// element opens an element of a tile.
func (p *Player) element(a Ask) ([]byte, error) {
	program, err := p.Program(a.Step)
	if err != nil {
		return nil, err
	}
	if err := inProgram(program, a); err != nil || p.Tables.Products == nil {
		return nil, errors.Join(fmt.Errorf("dispute: no element of operator %d", a.Op), err)
	}
	ops, _, err := p.ops(a.Step)
	if err != nil {
		return nil, err
	}
	m, err := p.Element(ops, p.Tables, Spot{uint32(a.Op), uint32(a.Out), uint32(a.Tile), uint32(a.At)})
	if err != nil {
		return nil, err
	}
	return canon.Encode(m)
}

// inProgram says whether there is the result that is asked for.
func inProgram(p *trace.Program, a Ask) error {
	if a.Op < 0 || a.Op >= len(p.Ops) || a.Out < 0 || a.Out >= len(p.Ops[a.Op].Out) || p.Ops[a.Op].Out[a.Out] == trace.Absent ||
		a.Tile < 0 || a.At >= merkle.Tile*merkle.Tile {
		return fmt.Errorf("dispute: step %d has no result %d of operator %d", a.Step, a.Out, a.Op)
	}
	return nil
}

// inputs shows the tiles that Recompute asks for.
func (p *Player) inputs(a Ask) ([]byte, error) {
	program, err := p.Program(a.Step)
	if err != nil {
		return nil, err
	}
	var in Inputs
	err = p.Run.Operands(a.Step, a.Op, func(o Operands) (err error) {
		in.Inputs, err = inputs(program, a, o, p.Recompute)
		return err
	})
	if err != nil {
		return nil, err
	}
	return canon.Encode(&in)
}

func inputs(program *trace.Program, a Ask, o Operands, recompute Recompute) (all []Input, err error) {
	opened := make(map[int]map[uint64][]byte) // by operand and tile
	_, err = recompute(program.Ops[a.Op], program.Shapes(a.Op), a.Out, a.Tile, func(in, tile int) ([]byte, error) {
		b, err := o.Tile(in, tile)
		if opened[in] == nil {
			opened[in] = make(map[uint64][]byte)
		}
		opened[in][uint64(tile)] = slices.Clone(b)
		return b, err
	})
	if err != nil && len(opened) == 0 {
		return nil, err
	}
	for in := range program.Ops[a.Op].In {
		tiles := opened[in]
		if len(tiles) == 0 {
			continue
		}
		leaves, err := o.Leaves(in)
		if err != nil {
			return nil, err
		}
		var at []uint64
		for n := range tiles {
			at = append(at, n)
		}
		slices.Sort(at)
		x := Input{Operand: uint32(in)}
		for _, n := range at {
			x.Tiles = append(x.Tiles, tiles[n])
		}
		if x.Proof, err = merkle.NewTree(merkle.SHA256, leaves).ProveMany(at); err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, nil
}
