package aggregator

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/settle/epoch"
)

// mostTries is how many epochs may pass a record over, because its payer has too
// little say, before it is given up.
const mostTries = 64

// post posts the next epoch if this peer may, and there is something to settle.
func (s *Service) post(ctx context.Context, v view) error {
	last := v.last()
	if under, err := s.posting(ctx); err != nil || under {
		return err
	}
	if v.tip > 0 && v.now.Before(last.At.Add(s.Every)) {
		return nil
	}
	if may, err := s.leads(ctx, v); err != nil || !may {
		return err
	}
	b, err := s.Follower.Open(ctx, v.tip)
	if err != nil {
		return err
	}
	if err := s.force(ctx, v, b); err != nil {
		return err
	}
	if err := s.fill(ctx, v, b); err != nil {
		return err
	}
	if len(b.Records()) == 0 {
		return nil
	}
	digest, err := b.Publish(ctx, s.Keep)
	if err != nil {
		return err
	}
	h := b.Header(digest)
	if s.Pin != nil {
		if err := s.Pin(ctx, h); err != nil {
			return err
		}
	}
	if err := s.do(ctx, h, callPost, s.Contracts.Post(h, last.Header, b.LastPath())); err != nil {
		return err
	}
	s.Log.InfoContext(ctx, "Posting an epoch", slog.Uint64("epoch", h.Epoch), slog.Uint64("records", h.Records))
	return nil
}

// posting says whether an epoch of this peer is on its way to a block.
func (s *Service) posting(ctx context.Context) (bool, error) {
	open, err := s.Outbox.Open(ctx)
	if err != nil {
		return false, err
	}
	for _, e := range open {
		if !strings.HasPrefix(e.Name, callPost) {
			continue
		}
		if r, err := s.Outbox.Receipt(ctx, e.Name); err != nil || r == nil {
			return true, err
		}
	}
	return false, nil
}

// leads says whether this peer may post the next epoch now.
func (s *Service) leads(ctx context.Context, v view) (bool, error) {
	staker, err := s.Contracts.Staker(ctx, s.Account)
	if err != nil {
		return false, fmt.Errorf("read who answers for this peer: %w", err)
	}
	bond, err := s.Contracts.BondOf(ctx, staker)
	if err != nil || bond.Bonded.Cmp(bond.Needed) < 0 {
		return false, err
	}
	if v.tip > 0 && !v.now.Before(v.last().At.Add(v.window.Leader)) {
		return true, nil
	}
	leader, err := s.Contracts.Leader(ctx, v.tip+1)
	return leader == [20]byte{} || leader == staker, err
}

// force takes the entries of the forced queue. One that is settled already is
// dismissed; the epoch stops before it if it may.
func (s *Service) force(ctx context.Context, v view, b *epoch.Book) error {
	taken := b.Previous().Forced
	n, err := s.Contracts.QueueLength(ctx)
	if err != nil || n == taken {
		return err
	}
	queue, err := s.Contracts.Queue(ctx, 0)
	if err != nil {
		return err
	}
	for i := taken; i < n; i++ {
		content, err := s.Contracts.Entry(ctx, i)
		if err != nil {
			return err
		}
		var r epoch.Record
		if content != ([32]byte{}) {
			r.Usage = queue[i]
		}
		err = b.Settle(r, true)
		var twice *epoch.TwiceError
		if errors.As(err, &twice) && twice.Epoch < b.Epoch() {
			return s.dismiss(ctx, v, i, queue[i], twice)
		}
		if err != nil {
			return fmt.Errorf("entry %d of the forced queue: %w", i, err)
		}
	}
	return nil
}

func (s *Service) dismiss(ctx context.Context, v view, entry uint64, forced *epoch.Usage, t *epoch.TwiceError) error {
	p, d, err := s.Follower.Epoch(ctx, t.Epoch)
	if err != nil {
		return err
	}
	first := &epoch.First{Epoch: t.Epoch, Record: t.Record}
	if err := first.OpenIn(ctx, p.Header, d); err != nil {
		return err
	}
	call, err := s.Contracts.Dismiss(entry, forced, first, v.last().Header)
	if err != nil {
		return err
	}
	return s.do(ctx, v.last().Header, fmt.Sprintf("%s: entry %d", callDismiss, entry), call)
}

// fill settles what waits, in the order in which it came.
func (s *Service) fill(ctx context.Context, v view, b *epoch.Book) error {
	type row struct {
		id   int64
		body []byte
	}
	var waiting []row
	rows, err := s.Ledger.QueryContext(ctx, "SELECT id, body FROM unsettled ORDER BY id LIMIT ?", 2*s.Most)
	if err != nil {
		return fmt.Errorf("read what is unsettled: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.id, &r.body); err != nil {
			return fmt.Errorf("read what is unsettled: %w", err)
		}
		waiting = append(waiting, r)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("read what is unsettled: %w", err)
	}
	tx, err := s.Ledger.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, w := range waiting {
		if len(b.Records()) >= s.Most {
			break
		}
		var r epoch.Record
		if err := canon.Decode(w.body, &r, canon.Limits{Total: maxRecord}); err != nil {
			return fmt.Errorf("read what is unsettled: %w", err)
		}
		if r.Usage != nil && r.Usage.Request.FirstEpoch > b.Epoch() {
			continue // its time will come
		}
		err := b.Settle(r, false)
		var twice *epoch.TwiceError
		var refused *epoch.RecordError
		switch {
		case err == nil:
		case errors.As(err, &twice):
			if twice.Epoch <= v.final {
				_, err = tx.ExecContext(ctx, "DELETE FROM unsettled WHERE id = ?", w.id)
			} else {
				err = nil
			}
		case errors.As(err, &refused):
			s.Log.DebugContext(ctx, "Record passed over", slog.Any("err", refused))
			if r.Usage != nil && r.Usage.Request.LastEpoch <= b.Epoch() {
				_, err = tx.ExecContext(ctx, "DELETE FROM unsettled WHERE id = ?", w.id)
			} else {
				_, err = tx.ExecContext(ctx, "UPDATE unsettled SET tries = tries + 1 WHERE id = ?", w.id)
			}
		}
		if err != nil {
			return fmt.Errorf("settle a record: %w", err)
		}
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM unsettled WHERE tries > ?", mostTries); err != nil {
		return err
	}
	return tx.Commit()
}
