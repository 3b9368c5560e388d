package pin

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ipfs/go-cid"
)

// A job is a pin or, of a shared one, a piece to be fetched.
type job struct {
	pin   *pinRow
	piece *pieceRow
	shard shardRow // of the piece
}

func (j *job) tries() int {
	if j.pin != nil {
		return j.pin.tries
	}
	return j.piece.tries
}

func (j *job) String() string {
	if j.pin != nil {
		return "pin " + j.pin.pin.Root.String()
	}
	return fmt.Sprintf("piece %s of shard %s", j.piece.piece, j.shard.layout)
}

// fetchAll works through what is queued until ctx is done.
func (s *Service) fetchAll(ctx context.Context) {
	for ctx.Err() == nil {
		change := s.queued.next()
		j, wait, err := s.take(ctx)
		switch {
		case err != nil:
			if ctx.Err() == nil {
				s.log.ErrorContext(ctx, "Look for what is to be pinned", slog.Any("error", err))
			}
			sleep(ctx, nil, 10*time.Second)
		case j == nil:
			sleep(ctx, change, wait)
		default:
			s.perform(ctx, j)
		}
	}
}

// take begins the next thing that is due, the least tried first. Without one it
// says how long there will be none.
func (s *Service) take(ctx context.Context) (j *job, wait time.Duration, err error) {
	now := s.config.Now()
	err = s.within(ctx, func(tx *sql.Tx) error {
		p, ok, err := one(ctx, tx, scanPin, `SELECT `+pinColumns+` FROM pin_pins
			WHERE (state = 'queued' OR state = 'error' AND retry <= ?) AND removed = 0 ORDER BY tries, number LIMIT 1`, toMilli(now))
		if err != nil {
			return err
		}
		if ok {
			j = &job{pin: &p}
			return s.mark(ctx, tx, j, Pinning, "", now, time.Time{}, p.tries)
		}
		q, ok, err := one(ctx, tx, scanPiece, `SELECT `+pieceColumns+` FROM pin_pieces
			WHERE state IN ('queued', 'error') AND retry <= ? ORDER BY retry, tries, since LIMIT 1`, toMilli(now))
		if err != nil || !ok {
			wait, err = s.pause(ctx, tx, now, err)
			return err
		}
		j = &job{piece: &q}
		layout, ok, err := one(ctx, tx, func(r *sql.Rows) (b []byte, err error) { return b, r.Scan(&b) },
			`SELECT layout FROM pin_shards WHERE datanet = ? AND shard = ?`, q.datanet[:], q.piece.Shard)
		if err != nil || !ok {
			return errors.Join(err, fmt.Errorf("pins: piece %s of no shard", q.piece))
		}
		if j.shard.layout, err = cid.Cast(layout); err != nil {
			return err
		}
		return s.mark(ctx, tx, j, Pinning, "", now, time.Time{}, q.tries)
	})
	if err != nil {
		return nil, 0, err
	}
	return j, wait, nil
}

// pause is how long nothing will be due unless something is queued.
func (s *Service) pause(ctx context.Context, tx *sql.Tx, now time.Time, err error) (time.Duration, error) {
	if err != nil {
		return 0, err
	}
	at, ok, err := one(ctx, tx, scanInt, `SELECT min(retry) AS r FROM (
		SELECT retry FROM pin_pins WHERE state = 'error' AND removed = 0 UNION ALL
		SELECT retry FROM pin_pieces WHERE state IN ('queued', 'error')) HAVING r IS NOT NULL`)
	if err != nil || !ok {
		return time.Hour, err
	}
	return max(fromMilli(at).Sub(now), time.Millisecond), nil
}

// mark writes the state of a job.
func (s *Service) mark(ctx context.Context, x executor, j *job, state State, reason string, now, retry time.Time, tries int) (err error) {
	args := []any{state, reason, toMilli(now), toMilli(retry), tries}
	if j.pin != nil {
		_, err = exec(ctx, x, `UPDATE pin_pins SET state = ?, reason = ?, since = ?, retry = ?, tries = ? WHERE number = ?`, append(args, j.pin.number)...)
	} else {
		_, err = exec(ctx, x, `UPDATE pin_pieces SET state = ?, reason = ?, since = ?, retry = ?, tries = ?
			WHERE datanet = ? AND shard = ? AND piece = ?`, append(args, j.piece.datanet[:], j.piece.piece.Shard, j.piece.piece.Index)...)
	}
	return err
}

// perform does a job and writes how it ended.
func (s *Service) perform(ctx context.Context, j *job) {
	begun := s.config.Now()
	limited, cancel := context.WithTimeoutCause(ctx, s.config.Patience, fmt.Errorf("not done after %s", s.config.Patience))
	defer cancel()
	var err error
	if j.pin != nil {
		err = s.keepRoot(limited, j)
	} else {
		err = s.keepPiece(limited, j)
	}
	if err != nil && ctx.Err() == nil && limited.Err() != nil {
		err = fmt.Errorf("%w: %w", context.Cause(limited), err)
	}
	// What was begun ends in the tables also when ctx is done.
	if err := s.end(context.WithoutCancel(ctx), j, err, ctx.Err() != nil); err != nil {
		s.log.ErrorContext(ctx, "Write how a pin ended", slog.String("pin", j.String()), slog.Any("error", err))
	}
	if err == nil {
		s.metrics.took.Observe(s.config.Now().Sub(begun).Seconds())
	}
	s.changed.wake()
}

func (s *Service) end(ctx context.Context, j *job, failed error, stopped bool) error {
	now := s.config.Now()
	tries := j.tries()
	switch {
	case failed == nil:
		s.log.DebugContext(ctx, "Pinned", slog.String("pin", j.String()))
		if j.piece != nil {
			s.soil(j.piece.datanet)
		}
		return nil // in the tables already, with what belongs to it
	case stopped:
		return s.mark(ctx, s.db, j, Queued, "interrupted", now, time.Time{}, tries)
	}
	wait := min(firstRetry<<min(tries, 10), lastRetry)
	s.metrics.failed.Inc()
	s.log.WarnContext(ctx, "Pin", slog.String("pin", j.String()), slog.Any("error", failed), slog.Duration("retry", wait))
	return s.mark(ctx, s.db, j, Error, failed.Error(), now, now.Add(wait), tries+1)
}
