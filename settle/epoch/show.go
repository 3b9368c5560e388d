package epoch

import (
	"context"
	"fmt"

	"github.com/openledger/openledger/proofs/merkle"
)

// showDepth says how many records are demanded and shown together: 16, as
// Header.sol has it.
const showDepth = 4

// DemandOf returns the number of the demand that has a record among those that
// it asks for.
func DemandOf(record uint64) uint64 { return record >> showDepth }

// A Shown is what answers a demand: 16 records of an epoch or what is left of
// them, the sums after each, and the paths of the subtrees that they are.
type Shown struct {
	Header                Header
	Number                uint64
	Records               []Record
	Sums                  []Sums
	RecordPath, TracePath []merkle.Digest
}

// Show returns what answers a demand of an epoch.
func (d *DAG) Show(ctx context.Context, h Header, number uint64) (s Shown, err error) {
	if first := number << showDepth; first >= h.Records || number>>recordDepth != 0 {
		return s, fmt.Errorf("epoch %d has no records from %d on: only %d", h.Epoch, first, h.Records)
	}
	trees, err := commitment(ctx, h, d)
	if err != nil {
		return s, err
	}
	first := number << showDepth
	x, err := d.chunk(ctx, int(first/chunkRecords))
	if err != nil {
		return s, err
	}
	at := int(first % chunkRecords)
	end := min(at+1<<showDepth, len(x.records))
	return Shown{
		Header: h, Number: number, Records: x.records[at:end], Sums: x.sums[at:end],
		RecordPath: path(trees.records, uint32(first))[showDepth:], TracePath: path(trees.trace, uint32(first))[showDepth:],
	}, nil
}
