package work

import (
	"context"
	"fmt"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
)

// Records calls use for the tokens of each record of a version of a Datanet,
// begin and end included, in order. The slice is good until use returns.
func Records(ctx context.Context, head cid.Cid, network record.Network, t *tokenizer.Tokenizer, get manifest.Get, use func(ids []int32) error) error {
	fail := func(err error) error { return &ReasonError{job.NoBlock, fmt.Errorf("dataset %s: %w", head, err)} }
	d, err := manifest.Load(ctx, head, network, get)
	if err != nil {
		return fail(err)
	}
	begin, hasBegin := t.BOS()
	end := t.EOS()
	var ids []int32
	for item, err := range d.Records(ctx, get) {
		if err != nil {
			return fail(err)
		}
		if ids = ids[:0]; hasBegin {
			ids = append(ids, begin)
		}
		if ids = t.AppendEncode(ids, item.Text, tokenizer.PlainText); len(end) > 0 {
			ids = append(ids, end[0])
		}
		if err := use(ids); err != nil {
			return err
		}
	}
	return nil
}
