package manifest

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/storage/erasure"
)

// An Item is a record with all that leads back to its origin.
type Item struct {
	Record
	Contribution int    // index in Datanet.Contributions
	Index        uint64 // of the record in the contribution
	From         Source
	Credit       Contributor // as the contribution names it
}

// Records reads all records that are not withdrawn, in order. An error ends it.
func (d *Datanet) Records(ctx context.Context, get Get) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for i, c := range d.contributions {
			first := uint64(0)
			for j, s := range c.value.Shards {
				b, err := ReadShard(ctx, s, len(c.value.Contributors), get)
				if err != nil {
					yield(Item{}, fmt.Errorf("shard %d of contribution %s: %w", j, c.cid, err))
					return
				}
				for k, r := range b.Records {
					at := first + uint64(k)
					if d.withdrawn[i].Has(at) {
						continue
					}
					item := Item{Record: r, Contribution: i, Index: at, From: b.Sources[r.Source], Credit: c.value.Contributors[r.Contributor]}
					if !yield(item, nil) {
						return
					}
				}
				first += s.Records
			}
		}
	}
}

// ReadShard gets a shard of a contribution with so many contributors. Chunks that
// get cannot have are restored from the parity.
func ReadShard(ctx context.Context, s Shard, contributors int, get Get) (*Batch, error) {
	b, err := get.checked(ctx, s.Layout)
	if err != nil {
		return nil, err
	}
	var layout erasure.Layout
	if err := canon.Decode(b, &layout, canon.Limits{}); err != nil {
		return nil, err
	}
	if layout.Size != s.Size {
		return nil, fmt.Errorf("manifest: layout of %d bytes for a shard of %d", layout.Size, s.Size)
	}
	var content bytes.Buffer
	content.Grow(int(s.Size))
	fetch := func(ctx context.Context, c cid.Cid) ([]byte, error) { return get.checked(ctx, c) }
	if err := erasure.Decode(ctx, &content, &layout, fetch); err != nil {
		return nil, err
	}
	batch := new(Batch)
	if err := canon.Decode(content.Bytes(), batch, canon.Limits{}); err != nil {
		return nil, err
	}
	return batch, batch.check(s, contributors)
}

// Verify reads every shard, withdrawn records too, and checks that each owner
// credited the contributors as the records do, and each withdrawal likewise.
func (d *Datanet) Verify(ctx context.Context, get Get) error {
	for i, c := range d.contributions {
		if err := verify(ctx, c, d.withdrawn[i], get); err != nil {
			return err
		}
	}
	return nil
}

// VerifyContribution is Verify for one that no version lists yet.
func VerifyContribution(ctx context.Context, c Sealed[Contribution], get Get) error {
	return verify(ctx, c, Withdrawn{}, get)
}

func verify(ctx context.Context, c Sealed[Contribution], withdrawn Withdrawn, get Get) error {
	credits, first := make([]Contributor, len(c.value.Contributors)), uint64(0)
	for j, s := range c.value.Shards {
		b, err := ReadShard(ctx, s, len(credits), get)
		if err != nil {
			return fmt.Errorf("shard %d of contribution %s: %w", j, c.cid, err)
		}
		for k, r := range b.Records {
			credits[r.Contributor].Records++
			credits[r.Contributor].Bytes += uint64(len(r.Text))
			gone, there := withdrawn.some[first+uint64(k)]
			if there && (gone.Contributor != r.Contributor || gone.Bytes != uint64(len(r.Text))) {
				return fmt.Errorf("record %d of contribution %s was withdrawn as %d bytes of contributor %d, it is %d bytes of %d",
					gone.Index, c.cid, gone.Bytes, gone.Contributor, len(r.Text), r.Contributor)
			}
		}
		first += s.Records
	}
	for i, want := range credits {
		if got := c.value.Contributors[i]; got.Records != want.Records || got.Bytes != want.Bytes {
			return fmt.Errorf("contribution %s of %s credits %s with %d records of %d bytes, its shards hold %d of %d",
				c.cid, c.Owner(), got, got.Records, got.Bytes, want.Records, want.Bytes)
		}
	}
	return nil
}

// Item reads one record, by the number of its contribution and its own.
func (d *Datanet) Item(ctx context.Context, contribution int, index uint64, get Get) (Item, error) {
	if contribution < 0 || contribution >= len(d.contributions) {
		return Item{}, fmt.Errorf("manifest: contribution %d of %d", contribution, len(d.contributions))
	}
	c := d.contributions[contribution].value
	first := uint64(0)
	for _, s := range c.Shards {
		if index-first < s.Records {
			b, err := ReadShard(ctx, s, len(c.Contributors), get)
			if err != nil {
				return Item{}, err
			}
			r := b.Records[index-first]
			return Item{Record: r, Contribution: contribution, Index: index, From: b.Sources[r.Source], Credit: c.Contributors[r.Contributor]}, nil
		}
		first += s.Records
	}
	return Item{}, fmt.Errorf("manifest: record %d of %d", index, first)
}
