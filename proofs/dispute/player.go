package dispute

import (
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
		digests, err := p.Run.Digests(a.Step)
		if err != nil {
			return nil, err
		}
		o, list = Opening{uint64(len(digests)), trace.List(digests)}, trace.AppendDigests(nil, digests)
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
	default:
		return nil, fmt.Errorf("dispute: no answer to a %s", a.Type)
	}
	payload, err := canon.Encode(&o)
	if err != nil {
		return nil, err
	}
	v, err := record.Seal(p.Key, OpeningHeader(p.Reveal, a.Type, a.Step, a.Value), payload)
	if err != nil {
		return nil, err
	}
	return canon.Encode(&Message{v.Envelope(), list})
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
