package work

import (
	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/erasure"
)

// A Dealt is what one holder is asked to keep.
type Dealt struct {
	Root   Block   // the Share
	Blocks []Block // that it names
	Bytes  uint64  // of all of them
}

// Deal divides the pieces of what was stored among n holders: piece i goes to
// holder i modulo n. A single one gets the data pieces alone, which are enough.
func Deal(n int, all ...*Stored) ([]Dealt, error) {
	out := make([]Dealt, n)
	pieces := erasure.Default.Pieces()
	if n == 1 {
		pieces = erasure.Default.Data
	}
	for i := range out {
		d, share := &out[i], &Share{}
		for _, s := range all {
			d.Blocks = append(d.Blocks, s.Index...)
			for p := i; p < pieces; p += n {
				d.Blocks = append(d.Blocks, s.Pieces[p]...)
			}
		}
		for _, b := range d.Blocks {
			share.Blocks = append(share.Blocks, b.CID)
			d.Bytes += uint64(len(b.Data))
		}
		b, err := canon.Encode(share)
		if err != nil {
			return nil, err
		}
		c, err := block.CID(cid.DagCBOR, b)
		if err != nil {
			return nil, err
		}
		d.Root = Block{c, b}
		d.Bytes += uint64(len(b))
	}
	return out, nil
}
