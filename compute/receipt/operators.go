package receipt

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// The operators of an answer that no tape has. Their codes are above those of
// package tape; append-only.
const (
	hashRows uint16 = 1000 // x (T,C) -> sha-256 of each of n rows from a first one (n,8) i32; [first, n]
	chain    uint16 = 1001 // hashes (n,8) i32, tokens (n,1) i32 -> last link (1,8) i32; [digest, choice]
	draw     uint16 = 1002 // logits (1,V) -> token (1,1) i32; [choice, position, sampling]
)

var operatorNames = map[uint16]string{hashRows: "HashRows", chain: "Chain", draw: "Draw"}

// recompute is dispute.Recompute for an answer: package tape's operators and
// the three here.
func recompute(cpu *tape.CPU) dispute.Recompute {
	return func(o trace.Op, in []trace.Shape, out, tile int, open func(in, tile int) ([]byte, error)) ([]byte, error) {
		if o.Code < hashRows {
			return cpu.Referee(o, in, out, tile, open)
		}
		if out != 0 {
			return nil, fmt.Errorf("operator %d has no result %d", o.Code, out)
		}
		switch {
		case o.Code == hashRows && len(in) == 1:
			return tileHashRows(o.Attrs, in[0], tile, open)
		case o.Code == chain && len(in) == 2 && tile == 0:
			return tileChain(o.Attrs, in, open)
		case o.Code == draw && len(in) == 1 && tile == 0:
			return tileDraw(cpu, o.Attrs, in[0], open)
		}
		return nil, fmt.Errorf("no operator %d of %d operands, or no tile %d of it", o.Code, len(in), tile)
	}
}

// rows opens rows first to last of an operand.
func rows(in int, s trace.Shape, first, last int, open func(in, tile int) ([]byte, error)) ([]byte, error) {
	size := s.Type.Size()
	if first < 0 || first >= last || last > s.Rows || s.Cols <= 0 || size == 0 || (last-first+2*merkle.Tile)*s.Cols*size > dispute.MaxProof {
		return nil, fmt.Errorf("rows %d to %d of an operand of (%d,%d)", first, last, s.Rows, s.Cols)
	}
	t, err := merkle.NewTiling(s.Type, s.Rows, s.Cols)
	if err != nil {
		return nil, err
	}
	out := make([]byte, (last-first)*s.Cols*size)
	wide := (s.Cols + merkle.Tile - 1) / merkle.Tile
	for i := first / merkle.Tile * wide; i <= (last-1)/merkle.Tile*wide+wide-1; i++ {
		row, col, high, width := t.Rect(i)
		b, err := open(in, i)
		if err != nil {
			return nil, err
		}
		if len(b) != high*width*size {
			return nil, fmt.Errorf("tile %d of operand %d has %d bytes", i, in, len(b))
		}
		for y := max(row, first); y < min(row+high, last); y++ {
			copy(out[((y-first)*s.Cols+col)*size:], b[(y-row)*width*size:][:width*size])
		}
	}
	return out, nil
}

func tileHashRows(attrs []byte, x trace.Shape, tile int, open func(in, tile int) ([]byte, error)) ([]byte, error) {
	var a pair
	if err := canon.Decode(attrs, &a, canon.Limits{}); err != nil {
		return nil, err
	}
	first, last := tile*merkle.Tile, min((tile+1)*merkle.Tile, int(a[1]))
	if tile < 0 || first >= last || x.Type != merkle.F32 {
		return nil, fmt.Errorf("%d hashes have no tile %d", a[1], tile)
	}
	b, err := rows(0, x, int(a[0])+first, int(a[0])+last, open)
	if err != nil {
		return nil, err
	}
	return hashesOf(b, 4*x.Cols), nil
}

// hashesOf returns the sha-256 of each row.
func hashesOf(b []byte, row int) []byte {
	var out []byte
	for ; len(b) > 0; b = b[row:] {
		h := sha256.Sum256(b[:row])
		out = append(out, h[:]...)
	}
	return out
}

func tileChain(attrs []byte, in []trace.Shape, open func(in, tile int) ([]byte, error)) ([]byte, error) {
	var a start
	if err := canon.Decode(attrs, &a, canon.Limits{}); err != nil {
		return nil, err
	}
	n := in[0].Rows
	if in[0] != (trace.Shape{Type: merkle.I32, Rows: n, Cols: 8}) || in[1] != (trace.Shape{Type: merkle.I32, Rows: n, Cols: 1}) {
		return nil, fmt.Errorf("a chain of %v and %v", in[0], in[1])
	}
	hashes, err := rows(0, in[0], 0, n, open)
	if err != nil {
		return nil, err
	}
	tokens, err := rows(1, in[1], 0, n, open)
	if err != nil {
		return nil, err
	}
	return a.last(hashes, tokens), nil
}

// last returns the last link.
func (a *start) last(hashes, tokens []byte) []byte {
	c := serve.NewChain(a.digest, int(a.choice))
	for ; len(tokens) > 0; hashes, tokens = hashes[32:], tokens[4:] {
		c.Add(int32(binary.LittleEndian.Uint32(tokens)), [32]byte(hashes))
	}
	h := c.Hash()
	return h[:]
}

func tileDraw(cpu *tape.CPU, attrs []byte, x trace.Shape, open func(in, tile int) ([]byte, error)) ([]byte, error) {
	var a drawing
	if err := canon.Decode(attrs, &a, canon.Limits{}); err != nil {
		return nil, err
	}
	if x.Type != merkle.F32 || x.Rows != 1 {
		return nil, fmt.Errorf("logits of %v", x)
	}
	b, err := rows(0, x, 0, 1, open)
	if err != nil {
		return nil, err
	}
	return a.token(cpu.Engine(), b)
}

// token draws from logits.
func (a *drawing) token(e *op.Engine, b []byte) ([]byte, error) {
	logits := make([]float32, len(b)/4)
	for i := range logits {
		logits[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	for _, x := range a.sampling.Bias {
		if x.Token < 0 || int(x.Token) >= len(logits) {
			return nil, fmt.Errorf("a bias of token %d among %d", x.Token, len(logits))
		}
	}
	token := a.sampling.Draw(e.NewSampler(), logits, int(a.choice), int(a.position))
	if token < 0 {
		return nil, fmt.Errorf("%w: no token can be drawn", dispute.ErrNoResult)
	}
	return binary.LittleEndian.AppendUint32(nil, uint32(token)), nil
}

// Attributes.

// A pair is [a, b].
type pair [2]uint64

func (p *pair) AppendCanon(b []byte) []byte {
	return canon.AppendUint(canon.AppendUint(canon.AppendArray(b, 2), p[0]), p[1])
}

func (p *pair) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	p[0], p[1] = r.Uint(1<<24), r.Uint(1<<24)
}

// A start is where a chain begins: [digest of the request, choice].
type start struct {
	digest [32]byte
	choice uint64
}

func (s *start) AppendCanon(b []byte) []byte {
	return canon.AppendUint(canon.AppendBytes(canon.AppendArray(b, 2), s.digest[:]), s.choice)
}

func (s *start) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	r.Fixed(s.digest[:])
	s.choice = r.Uint(1 << 16)
}

// A drawing says how one token is drawn: [choice, position, temperature, top k,
// top p, min p, seed, bias].
type drawing struct {
	choice, position uint64
	sampling         serve.Sampling
}

func (d *drawing) AppendCanon(b []byte) []byte {
	s := &d.sampling
	b = canon.AppendUint(canon.AppendUint(canon.AppendArray(b, 8), d.choice), d.position)
	b = canon.AppendUint(b, uint64(math.Float32bits(s.Temperature)))
	b = canon.AppendUint(b, uint64(s.TopK))
	b = canon.AppendUint(b, uint64(math.Float32bits(s.TopP)))
	b = canon.AppendUint(b, uint64(math.Float32bits(s.MinP)))
	b = canon.AppendUint(b, s.Seed)
	b = canon.AppendArray(b, 2*len(s.Bias))
	for _, x := range s.Bias {
		b = canon.AppendUint(b, uint64(uint32(x.Token)))
		b = canon.AppendUint(b, uint64(math.Float32bits(x.Value)))
	}
	return b
}

func (d *drawing) ReadCanon(r *canon.Reader) {
	float := func() float32 { return math.Float32frombits(uint32(r.Uint(math.MaxUint32))) }
	r.Fields(8)
	d.choice, d.position = r.Uint(1<<16), r.Uint(1<<24)
	s := &d.sampling
	s.Temperature = float()
	s.TopK = int(r.Uint(math.MaxInt32))
	s.TopP, s.MinP, s.Seed = float(), float(), r.Uint(math.MaxUint64)
	n := r.Array(1 << 11)
	if n%2 != 0 {
		r.Fail("a bias of %d numbers", n)
	}
	s.Bias = nil
	for range n / 2 {
		s.Bias = append(s.Bias, serve.Bias{Token: int32(uint32(r.Uint(math.MaxUint32))), Value: float()})
	}
}

func encoded(v canon.Value) []byte { return slices.Clip(v.AppendCanon(nil)) }
