package manifest

import (
	"context"
	"fmt"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/record"
)

// A loader gets records and checks each by itself.
type loader struct {
	ctx     context.Context
	network record.Network
	get     Get
}

func (l loader) manifest(c cid.Cid) (Sealed[Manifest], error) {
	return load(l, c, OpenManifest)
}

// parts gets all that the head of d lists.
func (l loader) parts(d *Datanet) (err error) {
	m, id := d.head.value, d.head.Datanet()
	if d.contributions, err = loadAll(l, m.Contributions, id, OpenContribution); err != nil {
		return fmt.Errorf("contribution %w", err)
	}
	if d.reviews, err = loadAll(l, m.Reviews, id, OpenReview); err != nil {
		return fmt.Errorf("review %w", err)
	}
	if d.withdrawals, err = loadAll(l, m.Withdrawals, id, OpenWithdrawal); err != nil {
		return fmt.Errorf("withdrawal %w", err)
	}
	_, d.withdrawn, err = d.sums(m)
	return err
}

type opener[T any] func([]byte, record.Network) (Sealed[T], error)

func load[T any](l loader, c cid.Cid, open opener[T]) (s Sealed[T], err error) {
	b, err := l.get.checked(l.ctx, c)
	if err == nil {
		s, err = open(b, l.network)
	}
	if err == nil && s.cid != c { // the same bytes under another codec or hash
		err = fmt.Errorf("it is named %s", s.cid)
	}
	if err != nil {
		return s, fmt.Errorf("%s: %w", c, err)
	}
	return s, nil
}

func loadAll[T any](l loader, list []cid.Cid, id ID, open opener[T]) ([]Sealed[T], error) {
	out := make([]Sealed[T], len(list))
	for i, c := range list {
		s, err := load(l, c, open)
		if err != nil {
			return nil, err
		}
		if s.Datanet() != id {
			return nil, fmt.Errorf("%s: it is for Datanet %s", c, s.Datanet())
		}
		out[i] = s
	}
	return out, nil
}
