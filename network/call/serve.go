package call

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/connmgr"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"

	"github.com/openledger/openledger/proofs/canon"
)

// A Handler answers one request of a peer. It calls send for each part of the
// answer and returns nil, or an *Error. ctx ends with the call: by its
// deadline, or because the caller went away. body is the handler's own.
type Handler func(ctx context.Context, from peer.ID, body []byte, send func(part []byte) error) error

// Serve answers calls of a protocol until stop, which waits for the handlers.
func Serve(h host.Host, id protocol.ID, limits Limits, log *slog.Logger, handle Handler) (stop func()) {
	s := &server{id: id, l: limits.complete(), log: log, handle: handle, connections: h.ConnManager(), busy: map[peer.ID]int{}}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	h.SetStreamHandler(id, s.stream)
	return func() {
		h.RemoveStreamHandler(id)
		s.mu.Lock()
		s.stopped = true
		s.mu.Unlock()
		s.cancel()
		s.work.Wait()
	}
}

type server struct {
	id     protocol.ID
	l      Limits
	log    *slog.Logger
	handle Handler
	ctx    context.Context // ends with the server; handlers run below it
	cancel func()

	connections connmgr.ConnManager

	mu      sync.Mutex
	stopped bool
	busy    map[peer.ID]int // calls under way
	work    sync.WaitGroup
}

// admit counts a call of a peer in, unless it has too many.
func (s *server) admit(id peer.ID) (ok, stopped bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return false, true
	}
	if s.busy[id] >= s.l.PerPeer {
		return false, false
	}
	s.busy[id]++
	s.work.Add(1)
	return true, false
}

func (s *server) leave(id peer.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy[id]--; s.busy[id] == 0 {
		delete(s.busy, id)
	}
	s.work.Done()
}

// stream is the life of one call. libp2p runs it on a goroutine of its own.
func (s *server) stream(stream network.Stream) {
	from := stream.Conn().RemotePeer()
	c := newConn(stream, s.l)
	ok, stopped := s.admit(from)
	if stopped {
		c.abort()
		return
	}
	if !ok {
		c.fail(Errorf(Busy, "%d calls of this peer are under way", s.l.PerPeer))
		return
	}
	defer s.leave(from)
	if stream.Conn().Stat().Limited && !s.l.Relay {
		c.fail(Errorf(Refused, "%s is not for relays: connect directly", s.id))
		return
	}
	frame, err := c.read(s.l.Request + frameRoom)
	if errors.As(err, new(*Error)) {
		c.fail(err)
		return
	}
	if err != nil {
		c.abort()
		return
	}
	req, err := readRequest(frame, s.l)
	if err != nil {
		c.fail(Errorf(Invalid, "%s: %s", s.id, err))
		return
	}
	defer protect(s.connections, stream)() // not before: who sends half a request is of no use
	c.end = time.Now().Add(min(req.within, s.l.Time))
	ctx, cancel := context.WithDeadline(s.ctx, c.end)
	defer cancel()
	gone := make(chan struct{})
	go func() { // a caller sends nothing more: the read ends when it leaves or the call is over
		defer close(gone)
		_ = stream.SetReadDeadline(c.end)
		if n, err := stream.Read(make([]byte, 1)); n != 0 || err != nil {
			cancel()
		}
	}()
	err = s.answer(ctx, c, from, req.body)
	if err != nil {
		c.fail(err)
	} else if err := c.write(func(b []byte) []byte { return canon.AppendUint(canon.AppendArray(b, 1), kindEnd) }, nil); err != nil {
		c.abort()
	} else {
		_ = stream.Close() // the caller has everything; what follows is up to it
	}
	_ = stream.SetReadDeadline(time.Now())
	<-gone
}

// answer runs the handler; a panic in it ends this call and nothing else.
func (s *server) answer(ctx context.Context, c *conn, from peer.ID, body []byte) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.log.ErrorContext(ctx, "Handler panicked", "protocol", string(s.id), "peer", from, "panic", p, "stack", string(debug.Stack()))
			err = Errorf(Internal, "the peer could not answer")
		}
	}()
	return s.handle(ctx, from, body, func(part []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(part) > s.l.Answer {
			return Errorf(Internal, "a part of %d bytes is more than %s allows", len(part), s.id)
		}
		return c.write(func(b []byte) []byte {
			return appendBytesHead(canon.AppendUint(canon.AppendArray(b, 2), kindPart), len(part))
		}, part)
	})
}

// fail tells the caller why and ends the call.
func (c *conn) fail(err error) {
	e := travelling(err)
	if err := c.write(func(b []byte) []byte {
		b = canon.AppendUint(canon.AppendArray(b, 3), kindError)
		return canon.AppendText(canon.AppendUint(b, uint64(e.Code)), e.Message)
	}, nil); err != nil {
		c.abort()
		return
	}
	_ = c.s.Close() // as above
}
