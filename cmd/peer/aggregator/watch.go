package aggregator

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
)

// watch recomputes what is posted and returns the last epoch that is right. A
// wrong one is challenged, data that is not to be had is demanded.
func (s *Service) watch(ctx context.Context, v view) (right uint64, err error) {
	_, err = s.Follower.Book(ctx, v.tip)
	var fault *epoch.Fault
	var missing *epoch.MissingError
	switch {
	case err == nil:
		return v.tip, nil
	case errors.As(err, &fault):
		return fault.Header.Epoch - 1, s.challenge(ctx, v, fault)
	case errors.As(err, &missing):
		return missing.Epoch - 1, s.demand(ctx, v, missing)
	}
	return 0, err
}

func (s *Service) challenge(ctx context.Context, v view, f *epoch.Fault) error {
	if f.Header.Epoch <= v.final {
		return fmt.Errorf("epoch %d is final and wrong: %w", f.Header.Epoch, f)
	}
	call, err := s.Contracts.Challenge(f)
	if err != nil {
		return err
	}
	s.Log.WarnContext(ctx, "Proving an epoch wrong", slog.Uint64("epoch", f.Header.Epoch), slog.Uint64("record", f.Record), slog.String("reason", f.Reason))
	return s.do(ctx, f.Header, callChallenge, call)
}

// demand asks for the first data that is missing, and rejects the epoch where it
// was not shown in time.
func (s *Service) demand(ctx context.Context, v view, m *epoch.MissingError) error {
	h := v.posted[m.Epoch-1].Header
	if m.Epoch <= v.final || h.Records == 0 {
		return m
	}
	number := epoch.DemandOf(m.Record)
	demands, err := s.Contracts.Demands(ctx, v.posted[m.Epoch-1].Block)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(demands, func(d chain.Demanded) bool { return d.Epoch == m.Epoch && d.Number == number })
	if at < 0 {
		if err := s.allow(ctx, h); err != nil {
			return err
		}
		s.Log.WarnContext(ctx, "Demanding data of an epoch", slog.Uint64("epoch", m.Epoch), slog.Uint64("record", m.Record), slog.Any("err", m.Err))
		return s.do(ctx, h, fmt.Sprintf("%s %d:", callDemand, number), s.Contracts.Demand(h, number))
	}
	if demands[at].Shown {
		return m // it is on the chain: who showed it has it
	}
	if v.now.Before(demands[at].At.Add(v.window.Demand)) {
		return nil
	}
	s.Log.WarnContext(ctx, "An epoch's data were withheld", slog.Uint64("epoch", m.Epoch))
	return s.do(ctx, h, fmt.Sprintf("%s %d:", callWithheld, number), s.Contracts.ProveWithheld(h, number))
}

// allow lets the contract take the bond of a demand.
func (s *Service) allow(ctx context.Context, h epoch.Header) error {
	bond, err := s.Contracts.DemandBond(ctx)
	if err != nil {
		return err
	}
	may, err := s.Contracts.Allowance(ctx, s.Account, s.Contracts.Challenges)
	if err != nil || may.Cmp(bond) >= 0 {
		return err
	}
	if err := s.do(ctx, h, callAllow, s.Contracts.Approve(s.Contracts.Challenges, bond)); err != nil {
		return err
	}
	return s.Outbox.Step(ctx)
}

// answer shows what was demanded of epochs whose data are here.
func (s *Service) answer(ctx context.Context, v view) error {
	if v.final == v.tip {
		return nil
	}
	demands, err := s.Contracts.Demands(ctx, v.posted[v.final].Block)
	if err != nil {
		return err
	}
	for _, d := range demands {
		if d.Epoch <= v.final || d.Epoch > v.tip {
			continue
		}
		h := v.posted[d.Epoch-1].Header
		if d.Shown || d.By == s.Account || d.Block < v.posted[d.Epoch-1].Block {
			continue
		}
		data, err := epoch.OpenDAG(ctx, h, s.Get)
		var shown epoch.Shown
		if err == nil {
			shown, err = data.Show(ctx, h, d.Number)
		}
		if err != nil {
			s.Log.InfoContext(ctx, "Demanded data are not here", slog.Uint64("epoch", d.Epoch), slog.Any("err", err))
			continue
		}
		if err := s.do(ctx, h, fmt.Sprintf("%s %d:", callShow, d.Number), s.Contracts.Show(shown)); err != nil {
			return err
		}
	}
	return nil
}
