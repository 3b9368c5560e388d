package simnet

import (
	"context"
	"time"
)

// Replay lets a rogue note all that it hears on a topic, for a time, and then
// send it again and again, with pauses, until ctx ends. It returns how many
// records it sent.
func (r *Rogue) Replay(ctx context.Context, topic string, listen, pause time.Duration) (sent int) {
	hearing, done := context.WithTimeout(ctx, listen)
	defer done()
	var heard [][]byte
	for {
		b, err := r.Hear(hearing, topic)
		if err != nil {
			break
		}
		heard = append(heard, b)
	}
	for ctx.Err() == nil {
		for _, b := range heard {
			if r.Publish(ctx, topic, b) == nil {
				sent++
			}
		}
		sleep(ctx, pause)
	}
	return sent
}

// sleep returns after a pause, or when ctx ends.
func sleep(ctx context.Context, pause time.Duration) {
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
