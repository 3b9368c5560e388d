package call

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/libp2p/go-libp2p/core/connmgr"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"

	"github.com/openledger/openledger/proofs/canon"
)

// wire is a stream in memory to a peer that sends what a fuzzer likes.
type wire struct {
	network.Stream // the methods that nobody calls
	pipe           net.Conn
}

func (w wire) Read(b []byte) (int, error)         { return w.pipe.Read(b) }
func (w wire) Write(b []byte) (int, error)        { return w.pipe.Write(b) }
func (w wire) Close() error                       { return w.pipe.Close() }
func (w wire) Reset() error                       { return w.pipe.Close() }
func (w wire) SetReadDeadline(t time.Time) error  { return w.pipe.SetReadDeadline(t) }
func (w wire) SetWriteDeadline(t time.Time) error { return w.pipe.SetWriteDeadline(t) }
func (w wire) Scope() network.StreamScope         { return &network.NullScope{} }
func (w wire) Conn() network.Conn                 { return fromSomebody{} }
func (w wire) ID() string                         { return "wire" }

type fromSomebody struct{ network.Conn }

func (fromSomebody) RemotePeer() peer.ID     { return "somebody" }
func (fromSomebody) Stat() network.ConnStats { return network.ConnStats{} }

// onWire is a host whose only stream is given.
type onWire struct {
	host.Host
	stream network.Stream
}

func (h onWire) ConnManager() connmgr.ConnManager { return connmgr.NullConnMgr{} }

func (h onWire) NewStream(context.Context, peer.ID, ...protocol.ID) (network.Stream, error) {
	return h.stream, nil
}

// stranger writes in to its end of a wire and returns what it reads until the
// other side hangs up.
func stranger(pipe net.Conn, in []byte) []byte {
	go func() { _, _ = pipe.Write(in) }() // the other side may hang up before it has read all
	out, _ := io.ReadAll(pipe)
	return out
}

// frames returns what a conn writes.
func frames(write func(c *conn)) []byte {
	a, b := net.Pipe()
	go func() { write(&conn{s: wire{pipe: a}, idle: time.Hour, end: time.Now().Add(time.Hour)}); a.Close() }()
	out, _ := io.ReadAll(b)
	return out
}

func answerFrames(parts ...[]byte) []byte {
	return frames(func(c *conn) {
		for _, p := range parts {
			_ = c.write(func(b []byte) []byte {
				return appendBytesHead(canon.AppendUint(canon.AppendArray(b, 2), kindPart), len(p))
			}, p)
		}
		_ = c.write(func(b []byte) []byte { return canon.AppendUint(canon.AppendArray(b, 1), kindEnd) }, nil)
	})
}

// Whatever a caller sends, the handler sees a request within its limits or
// nothing, and the call ends by its deadline.
func FuzzServe(f *testing.F) {
	f.Add(frames(func(c *conn) { _ = c.ask(request{time.Second, []byte("hello")}) }))
	f.Add(frames(func(c *conn) { _ = c.ask(request{time.Hour, make([]byte, 100)}) }))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Add([]byte{4, 0xa0, 1, 2, 3})
	limits := Limits{Request: 64, Answer: 64, Time: time.Minute, Idle: 10 * time.Second}
	f.Fuzz(func(t *testing.T, in []byte) {
		synctest.Test(t, func(t *testing.T) {
			s := &server{id: "fuzz", l: limits.complete(), log: slog.New(slog.DiscardHandler), connections: connmgr.NullConnMgr{}, busy: map[peer.ID]int{}, ctx: t.Context()}
			s.handle = func(_ context.Context, _ peer.ID, body []byte, send func([]byte) error) error {
				if len(body) > limits.Request {
					t.Errorf("the handler got %d bytes", len(body))
				}
				return send(body)
			}
			ours, theirs := net.Pipe()
			start := time.Now()
			go s.stream(wire{pipe: ours})
			if out := stranger(theirs, in); len(out) > 2*limits.Answer+maxMessage+frameRoom {
				t.Errorf("%d bytes came back", len(out))
			}
			s.work.Wait()
			if took := time.Since(start); took > limits.Time {
				t.Errorf("the call took %v", took)
			}
			theirs.Close()
		})
	})
}

// Whatever a peer answers, the caller gets parts within its limits, then the
// end or one error, by its deadline.
func FuzzParts(f *testing.F) {
	f.Add(answerFrames([]byte("one"), []byte("two")))
	f.Add(answerFrames())
	f.Add(frames(func(c *conn) { c.fail(Errorf(Busy, "later")) }))
	f.Add([]byte{3, 0x83, 2, 1})
	limits := Limits{Request: 64, Answer: 64, Time: time.Minute, Idle: 10 * time.Second}
	f.Fuzz(func(t *testing.T, in []byte) {
		synctest.Test(t, func(t *testing.T) {
			ours, theirs := net.Pipe()
			go stranger(theirs, in)
			start, ended := time.Now(), false
			for part, err := range Parts(t.Context(), onWire{stream: wire{pipe: ours}}, "somebody", "fuzz", []byte("ask"), limits) {
				if ended || len(part) > limits.Answer {
					t.Errorf("a part of %d bytes, after an error: %t", len(part), ended)
				}
				ended = err != nil
				if e := new(Error); errors.As(err, &e) && e.Message != clean(e.Message) {
					t.Errorf("an unprintable message: %q", e.Message)
				}
			}
			if took := time.Since(start); took > limits.Time {
				t.Errorf("the call took %v", took)
			}
			ours.Close()
			theirs.Close()
		})
	})
}

// Decode then encode gives the same bytes, or an error.
func FuzzHello(f *testing.F) {
	h := Hello{Network: 7, Version: "1.0", Arithmetic: 1, Clock: time.UnixMilli(1_700_000_000_000)}
	f.Add(h.AppendCanon(nil))
	f.Fuzz(func(t *testing.T, in []byte) {
		var h Hello
		if canon.Decode(in, &h, canon.Limits{Depth: 1}) != nil {
			return
		}
		if out, err := canon.Encode(&h); err != nil || !bytes.Equal(out, in) {
			t.Fatalf("got %x, %v, want %x", out, err, in)
		}
	})
}
