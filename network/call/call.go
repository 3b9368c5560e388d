// Package call asks another peer a question over a libp2p stream and takes one
// answer or a stream of them.
//
//	frame    = length (uvarint) | canon value
//	request  = [ milliseconds until the deadline, body ]
//	answer   = [ 0, body ] for each part, then [ 1 ], or [ 2, code, message ]
//
// The invariant: whatever the other side sends, a call ends by its deadline
// and holds no more memory than its limits allow. libp2p's flow control slows
// a sender whose receiver is slow; closing or resetting the stream cancels the
// handler. What goes over a limited relay says so in its Limits. The connection
// of a call under way is not closed for want of room.
//
// Start with Serve and Do. Hello is the protocol to copy.
package call

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/libp2p/go-libp2p/core/connmgr"
	"github.com/libp2p/go-libp2p/core/network"

	"github.com/openledger/openledger/proofs/canon"
)

// Limits of one protocol. The zero value is a good choice for small messages.
type Limits struct {
	Request int           // bytes of a request's body; 0: 64 KiB
	Answer  int           // bytes of one part of an answer; 0: 1 MiB
	Time    time.Duration // longest life of a call; 0: 1 min
	Idle    time.Duration // longest wait for the other side to read or write the next part; 0: 15 s
	PerPeer int           // calls of one peer at a time, others are told Busy; 0: 16
	Relay   bool          // true: a call is so small that it may go over a limited relay, which ends after 128 KiB
}

func (l Limits) complete() Limits {
	if l.Request == 0 {
		l.Request = 64 << 10
	}
	if l.Answer == 0 {
		l.Answer = 1 << 20
	}
	if l.Time == 0 {
		l.Time = time.Minute
	}
	if l.Idle == 0 {
		l.Idle = 15 * time.Second
	}
	if l.PerPeer == 0 {
		l.PerPeer = 16
	}
	return l
}

// frameRoom is what a frame holds beside the body: heads, kind, deadline, code.
const frameRoom = 64

// Kinds of an answer's frames.
const (
	kindPart = iota
	kindEnd
	kindError
)

// A conn is one side of a call's stream.
type conn struct {
	s    network.Stream
	in   *bufio.Reader
	out  []byte // the frame being written
	buf  []byte // the frame read last
	held int    // bytes of buf that libp2p's resource manager knows of
	idle time.Duration
	end  time.Time // the call's deadline
}

func newConn(s network.Stream, l Limits) *conn {
	return &conn{s: s, in: bufio.NewReaderSize(s, 4096), idle: l.Idle, end: time.Now().Add(l.Time)}
}

// patience is when waiting for the other side ends.
func (c *conn) patience() time.Time {
	if soon := time.Now().Add(c.idle); soon.Before(c.end) {
		return soon
	}
	return c.end
}

// write sends one frame: the value that fill appends, and behind it body, whose
// head fill has written last. A large body is not copied.
func (c *conn) write(fill func([]byte) []byte, body []byte) error {
	const room = binary.MaxVarintLen64 // the length is written in front of the value once it is known
	b := fill(append(c.out[:0], make([]byte, room)...))
	var head [room]byte
	n := binary.PutUvarint(head[:], uint64(len(b)-room+len(body)))
	start := room - n
	copy(b[start:], head[:n])
	if len(body) <= copied {
		b, body = append(b, body...), nil
	}
	c.out = b
	if err := c.s.SetWriteDeadline(c.patience()); err != nil {
		return err
	}
	_, err := c.s.Write(b[start:])
	if err == nil && len(body) > 0 {
		_, err = c.s.Write(body)
	}
	return err
}

// copied is the largest body that is cheaper to copy than to write by itself.
const copied = 4 << 10

// appendBytesHead begins a byte string of n bytes: an integer's head but for
// the major type, which is 2 (RFC 8949, section 3.1).
func appendBytesHead(b []byte, n int) []byte {
	at := len(b)
	b = canon.AppendUint(b, uint64(n))
	b[at] |= 2 << 5
	return b
}

// read takes one frame of at most max bytes. It is valid until the next read.
func (c *conn) read(max int) ([]byte, error) {
	if err := c.s.SetReadDeadline(c.patience()); err != nil {
		return nil, err
	}
	n, err := binary.ReadUvarint(c.in)
	if err != nil {
		return nil, noEOF(err) // a stream that just ends is a call cut short
	}
	if n > uint64(max) {
		return nil, fmt.Errorf("frame of %d bytes, at most %d are allowed", n, max)
	}
	if err := c.reserve(int(n)); err != nil {
		return nil, err
	}
	// Beyond 1 MiB a claimed length costs memory only as bytes arrive.
	b := c.buf[:0]
	if want := min(int(n), 1<<20); cap(b) < want {
		b = make([]byte, 0, want)
	}
	for len(b) < int(n) {
		if cap(b) == len(b) {
			b = append(b, 0)[:len(b)]
		}
		m, err := c.in.Read(b[len(b):min(cap(b), int(n))])
		b = b[:len(b)+m]
		if err != nil && len(b) < int(n) {
			return nil, noEOF(err)
		}
	}
	c.buf = b
	return b, nil
}

// reserve asks libp2p's resource manager for the memory of a large frame, so
// that many callers together stay within the node's budget. It is given back
// with the stream.
func (c *conn) reserve(n int) error {
	if n <= unreserved || n <= c.held {
		return nil
	}
	if err := c.s.Scope().ReserveMemory(n-c.held, network.ReservationPriorityMedium); err != nil {
		return Errorf(Busy, "no memory for a frame of %d bytes", n)
	}
	c.held = n
	return nil
}

// unreserved is the largest frame that is too small to be counted.
const unreserved = 16 << 10

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// request is what a caller sends.
type request struct {
	within time.Duration
	body   []byte
}

func (c *conn) ask(r request) error {
	return c.write(func(b []byte) []byte {
		b = canon.AppendUint(canon.AppendArray(b, 2), uint64(max(r.within.Milliseconds(), 1)))
		return appendBytesHead(b, len(r.body))
	}, r.body)
}

func readRequest(b []byte, l Limits) (request, error) {
	r := canon.NewReader(b, canon.Limits{Depth: 1, Total: l.Request + frameRoom})
	r.Fields(2)
	within := r.Uint(1 << 40)
	body := r.Bytes(l.Request)
	return request{time.Duration(within) * time.Millisecond, body}, r.Done()
}

// readAnswer returns the part in an answer's frame, io.EOF for the end, or the
// other side's Error.
func readAnswer(b []byte, l Limits) ([]byte, error) {
	r := canon.NewReader(b, canon.Limits{Depth: 1, Total: l.Answer + frameRoom + maxMessage})
	n := r.Array(3)
	switch kind := r.Uint(kindError); {
	case kind == kindPart && n == 2:
		body := r.Bytes(l.Answer)
		return body, r.Done()
	case kind == kindEnd && n == 1:
		if err := r.Done(); err != nil {
			return nil, err
		}
		return nil, io.EOF
	case kind == kindError && n == 3:
		e := &Error{Code: Code(r.Uint(1 << 16)), Message: r.Text(maxMessage)}
		if err := r.Done(); err != nil {
			return nil, err
		}
		e.Message = clean(e.Message)
		return nil, e
	}
	r.Fail("an answer of %d fields is of no known kind", n)
	return nil, r.Err()
}

// protect keeps the connection of a call under way from being closed because
// there are many others of more use, until release.
func protect(m connmgr.ConnManager, s network.Stream) (release func()) {
	peer, tag := s.Conn().RemotePeer(), "call/"+s.ID() // one a call: equal tags count once
	m.Protect(peer, tag)
	return func() { m.Unprotect(peer, tag) }
}

// abort ends a call at once, for both sides.
func (c *conn) abort() { _ = c.s.Reset() } // a stream that is gone already needs no reset

// timeout says in plain words what a wait that ran out means.
func timeout(ctx context.Context, err error) error {
	var t interface{ Timeout() bool }
	if ctx.Err() == nil && errors.As(err, &t) && t.Timeout() {
		return fmt.Errorf("the other side is silent: %w", err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
