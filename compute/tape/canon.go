package tape

import (
	"fmt"
	"math"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
)

// Limits of a tape that is read; a 200-layer model's training step, lowered,
// is far below.
const (
	maxSlots    = 1 << 22
	maxApps     = 1 << 22
	maxOperands = 1 << 12
	maxName     = 256
)

// AppendCanon writes [slots, applications].
func (t *Tape) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 2)
	b = canon.AppendArray(b, len(t.Slots))
	for i := range t.Slots {
		b = t.Slots[i].AppendCanon(b)
	}
	b = canon.AppendArray(b, len(t.Apps))
	for i := range t.Apps {
		b = t.Apps[i].AppendCanon(b)
	}
	return b
}

// ReadCanon reads what AppendCanon wrote. Call Check before use.
func (t *Tape) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	t.Slots = make([]Slot, r.Array(maxSlots))
	for i := range t.Slots {
		t.Slots[i].ReadCanon(r)
	}
	t.Apps = make([]App, r.Array(maxApps))
	for i := range t.Apps {
		t.Apps[i].ReadCanon(r)
	}
}

// CID returns the tape's name: that of its canonical form as a DAG-CBOR block.
func (t *Tape) CID() (cid.Cid, error) {
	b, err := canon.Encode(t)
	if err != nil {
		return cid.Undef, err
	}
	const sha256 = 0x12 // in multihash's table
	return cid.Prefix{Version: 1, Codec: cid.DagCBOR, MhType: sha256, MhLength: 32}.Sum(b)
}

// Decode reads a tape and checks it.
func Decode(b []byte) (*Tape, error) {
	t := new(Tape)
	if err := canon.Decode(b, t, canon.Limits{Total: 1 << 30}); err != nil {
		return nil, err
	}
	if err := t.Check(); err != nil {
		return nil, fmt.Errorf("decode a tape: %w", err)
	}
	return t, nil
}

// AppendCanon writes name, class, type, dimensions, state, keep and vector.
// Signed numbers are written as their 32 bits.
func (s *Slot) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 8)
	b = canon.AppendText(b, s.Name)
	b = canon.AppendUint(b, uint64(s.Class))
	b = canon.AppendUint(b, uint64(s.Type))
	b = canon.AppendUint(b, uint64(uint32(s.Rows)))
	b = canon.AppendUint(b, uint64(uint32(s.Cols)))
	b = canon.AppendUint(b, uint64(uint32(s.Of)))
	b = canon.AppendUint(b, bit(s.Keep))
	return canon.AppendUint(b, bit(s.Vector))
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// ReadCanon reads what AppendCanon wrote.
func (s *Slot) ReadCanon(r *canon.Reader) {
	r.Fields(8)
	s.Name = r.Text(maxName)
	s.Class = Class(r.Uint(math.MaxUint8))
	s.Type = Type(r.Uint(math.MaxUint8))
	s.Rows = Dim(r.Uint(math.MaxUint32))
	s.Cols = Dim(r.Uint(math.MaxUint32))
	s.Of = Ref(r.Uint(math.MaxUint32))
	s.Keep = r.Uint(1) == 1
	s.Vector = r.Uint(1) == 1
}

// AppendCanon writes code, attributes, operands and results.
func (a *App) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 4)
	b = canon.AppendUint(b, uint64(a.Code))
	b = a.Attrs.AppendCanon(b)
	b = appendRefs(b, a.In)
	return appendRefs(b, a.Out)
}

// ReadCanon reads what AppendCanon wrote.
func (a *App) ReadCanon(r *canon.Reader) {
	r.Fields(4)
	a.Code = Code(r.Uint(math.MaxUint16))
	a.Attrs.ReadCanon(r)
	a.In = readRefs(r)
	a.Out = readRefs(r)
}

func appendRefs(b []byte, refs []Ref) []byte {
	b = canon.AppendArray(b, len(refs))
	for _, r := range refs {
		b = canon.AppendUint(b, uint64(uint32(r)))
	}
	return b
}

func readRefs(r *canon.Reader) []Ref {
	refs := make([]Ref, r.Array(maxOperands))
	for i := range refs {
		refs[i] = Ref(r.Uint(math.MaxUint32))
	}
	return refs
}
