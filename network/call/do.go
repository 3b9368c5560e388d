package call

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
)

// Do asks a peer and returns its one answer. The error is an *Error if the
// peer answered with one.
func Do(ctx context.Context, h host.Host, to peer.ID, id protocol.ID, body []byte, limits Limits) ([]byte, error) {
	var answer []byte
	n := 0
	for part, err := range Parts(ctx, h, to, id, body, limits) {
		if err != nil {
			return nil, err
		}
		answer = bytes.Clone(part) // the end's frame takes its place
		n++
	}
	if n != 1 {
		return nil, fmt.Errorf("%s: peer %s sent %d answers, want one", id, to, n)
	}
	return answer, nil
}

// Parts asks a peer and yields each part of its answer as it comes; a part is
// valid until the next one. An error is the last thing yielded. Leaving the
// loop cancels the call.
func Parts(ctx context.Context, h host.Host, to peer.ID, id protocol.ID, body []byte, limits Limits) iter.Seq2[[]byte, error] {
	l := limits.complete()
	return func(yield func([]byte, error) bool) {
		ctx, cancel := context.WithTimeout(ctx, l.Time)
		defer cancel()
		wrap := func(err error) error { return fmt.Errorf("%s to %s: %w", id, to, err) }
		if len(body) > l.Request {
			yield(nil, wrap(fmt.Errorf("a request of %d bytes, at most %d are allowed", len(body), l.Request)))
			return
		}
		dial := ctx
		if l.Relay {
			dial = network.WithAllowLimitedConn(ctx, string(id))
		}
		stream, err := h.NewStream(dial, to, id)
		if err != nil {
			yield(nil, wrap(err))
			return
		}
		c := newConn(stream, l)
		if deadline, ok := ctx.Deadline(); ok {
			c.end = deadline
		}
		defer protect(h.ConnManager(), stream)()
		stop := context.AfterFunc(ctx, c.abort)
		defer stop()
		// A peer that refuses hangs up before it has read everything, so its
		// answer counts even if the request could not be written.
		writing := c.ask(request{time.Until(c.end), body})
		for {
			var frame, part []byte
			if frame, err = c.read(l.Answer + frameRoom + maxMessage); err != nil {
				if writing != nil {
					err = writing
				}
				break
			}
			if part, err = readAnswer(frame, l); err != nil {
				break
			}
			if !yield(part, nil) {
				c.abort()
				return
			}
		}
		if errors.Is(err, io.EOF) { // only the end frame gives it: a cut stream reads as unexpected
			_ = stream.Close() // everything has arrived
			return
		}
		c.abort()
		yield(nil, wrap(timeout(ctx, err)))
	}
}
