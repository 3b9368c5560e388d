package call_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/p2p/net/connmgr"

	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/network/simnet"
)

const echo protocol.ID = "/openledger/test/echo/1"

var quiet = slog.New(slog.DiscardHandler)

// pair runs test with two connected hosts on simulated wires.
func pair(t *testing.T, test func(t *testing.T, a, b host.Host)) {
	synctest.Test(t, func(t *testing.T) {
		net := simnet.New(1)
		net.Start()
		defer net.Close()
		var hosts [2]host.Host
		for i := range hosts {
			h, err := net.Host(i, simnet.Link{})
			if err != nil {
				t.Fatal(err)
			}
			defer h.Close()
			hosts[i] = h
		}
		if err := hosts[0].Connect(t.Context(), peer.AddrInfo{ID: hosts[1].ID(), Addrs: hosts[1].Addrs()}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		test(t, hosts[0], hosts[1])
	})
}

func code(err error) call.Code {
	var e *call.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}

func TestDo(t *testing.T) {
	pair(t, func(t *testing.T, a, b host.Host) {
		defer call.Serve(b, echo, call.Limits{}, quiet, func(_ context.Context, from peer.ID, body []byte, send func([]byte) error) error {
			return send(append([]byte(from.ShortString()+" "), body...))
		})()
		for _, n := range []int{0, 1, 100, 64 << 10} {
			body := bytes.Repeat([]byte{7}, n)
			got, err := call.Do(t.Context(), a, b.ID(), echo, body, call.Limits{})
			if want := append([]byte(a.ID().ShortString()+" "), body...); err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%d bytes: got %d bytes, %v", n, len(got), err)
			}
		}
	})
}

func TestParts(t *testing.T) {
	pair(t, func(t *testing.T, a, b host.Host) {
		defer call.Serve(b, echo, call.Limits{}, quiet, func(_ context.Context, _ peer.ID, body []byte, send func([]byte) error) error {
			for i := range body[0] {
				if err := send(bytes.Repeat([]byte{i}, 1000)); err != nil {
					return err
				}
			}
			return nil
		})()
		n := 0
		for part, err := range call.Parts(t.Context(), a, b.ID(), echo, []byte{200}, call.Limits{}) {
			if err != nil || len(part) != 1000 || int(part[0]) != n {
				t.Fatalf("part %d: got %d bytes, %v", n, len(part), err)
			}
			n++
		}
		if n != 200 {
			t.Errorf("got %d parts, want 200", n)
		}
	})
}

func TestErrorsTravel(t *testing.T) {
	pair(t, func(t *testing.T, a, b host.Host) {
		for _, c := range []struct {
			name string
			err  error
			code call.Code
			want string
		}{
			{"typed", fmt.Errorf("look up: %w", call.Errorf(call.NotFound, "no job\n%d", 7)), call.NotFound, "not found: no job 7"},
			{"untyped says nothing of the inside", errors.New("secret path"), call.Internal, "internal error: the peer could not answer"},
			{"long message is cut", call.Errorf(call.Refused, "%s", strings.Repeat("ä", 2000)), call.Refused, "refused: ä"},
			{"not UTF-8", call.Errorf(call.Refused, "\xff"), call.Refused, "refused: ?"},
		} {
			stop := call.Serve(b, echo, call.Limits{}, quiet, func(context.Context, peer.ID, []byte, func([]byte) error) error { return c.err })
			_, err := call.Do(t.Context(), a, b.ID(), echo, nil, call.Limits{})
			stop()
			if code(err) != c.code || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: got %v, want code %d and %q", c.name, err, c.code, c.want)
			}
		}
	})
}

func TestPanicEndsOneCall(t *testing.T) {
	pair(t, func(t *testing.T, a, b host.Host) {
		defer call.Serve(b, echo, call.Limits{}, quiet, func(_ context.Context, _ peer.ID, body []byte, send func([]byte) error) error {
			if len(body) == 0 {
				panic("a bug")
			}
			return send(body)
		})()
		if _, err := call.Do(t.Context(), a, b.ID(), echo, nil, call.Limits{}); code(err) != call.Internal {
			t.Errorf("got %v, want an internal error", err)
		}
		if _, err := call.Do(t.Context(), a, b.ID(), echo, []byte{1}, call.Limits{}); err != nil {
			t.Errorf("the next call: %v", err)
		}
	})
}

func TestDeadlines(t *testing.T) {
	pair(t, func(t *testing.T, a, b host.Host) {
		var cancelled atomic.Int32
		hang := func(ctx context.Context, _ peer.ID, _ []byte, _ func([]byte) error) error {
			<-ctx.Done()
			cancelled.Add(1)
			return ctx.Err()
		}
		defer call.Serve(b, echo, call.Limits{}, quiet, hang)()
		for _, c := range []struct {
			name   string
			limits call.Limits
			want   time.Duration
		}{
			{"the call's time", call.Limits{Time: 5 * time.Second, Idle: time.Hour}, 5 * time.Second},
			{"a silent peer", call.Limits{Time: time.Hour, Idle: 3 * time.Second}, 3 * time.Second},
		} {
			start := time.Now()
			_, err := call.Do(t.Context(), a, b.ID(), echo, nil, c.limits)
			if took := time.Since(start).Round(time.Second); err == nil || took != c.want {
				t.Errorf("%s: got %v after %v, want an error after %v", c.name, err, took, c.want)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		if _, err := call.Do(ctx, a, b.ID(), echo, nil, call.Limits{}); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: got %v", err)
		}
		time.Sleep(time.Second)
		if got := cancelled.Load(); got != 3 {
			t.Errorf("%d of 3 handlers were cancelled when their caller left", got)
		}
	})
}

func TestBusyPeer(t *testing.T) {
	pair(t, func(t *testing.T, a, b host.Host) {
		release := make(chan struct{})
		defer call.Serve(b, echo, call.Limits{PerPeer: 2}, quiet, func(_ context.Context, _ peer.ID, _ []byte, send func([]byte) error) error {
			<-release
			return send(nil)
		})()
		results := make(chan error, 3)
		for range 3 {
			go func() {
				_, err := call.Do(t.Context(), a, b.ID(), echo, nil, call.Limits{})
				results <- err
			}()
		}
		if err := <-results; code(err) != call.Busy {
			t.Errorf("the third call: got %v, want busy", err)
		}
		close(release)
		for range 2 {
			if err := <-results; err != nil {
				t.Errorf("an admitted call: %v", err)
			}
		}
	})
}

// A call under way keeps its connection where there are too many, on both sides;
// one that has ended does not.
func TestCallKeepsItsConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := simnet.New(1)
		net.Start()
		defer net.Close()
		var hosts []host.Host
		for i := range 5 {
			few, err := connmgr.NewConnManager(1, 2, connmgr.WithGracePeriod(time.Second))
			if err != nil {
				t.Fatal(err)
			}
			h, err := net.Host(i, simnet.Link{}, libp2p.ConnectionManager(few))
			if err != nil {
				t.Fatal(err)
			}
			defer h.Close()
			hosts = append(hosts, h)
		}
		a, b := hosts[0], hosts[1]
		connected := func() bool { return a.Network().Connectedness(b.ID()) == network.Connected }
		defer call.Serve(b, echo, call.Limits{}, quiet, func(_ context.Context, _ peer.ID, body []byte, send func([]byte) error) error {
			time.Sleep(30 * time.Second)
			return send(body)
		})()
		reach := func(from host.Host, to ...host.Host) {
			for _, h := range to {
				if err := from.Connect(t.Context(), peer.AddrInfo{ID: h.ID(), Addrs: h.Addrs()}); err != nil {
					t.Fatal(err)
				}
			}
		}
		reach(a, b)
		answered := make(chan error, 1)
		go func() {
			_, err := call.Do(t.Context(), a, b.ID(), echo, nil, call.Limits{Idle: time.Minute})
			answered <- err
		}()
		time.Sleep(10 * time.Second)
		reach(a, hosts[2:]...) // all of more use than b, or a
		reach(b, hosts[2:]...)
		for _, h := range hosts[2:] {
			a.ConnManager().TagPeer(h.ID(), "useful", 100)
			b.ConnManager().TagPeer(h.ID(), "useful", 100)
		}
		for _, h := range []host.Host{a, b} {
			h.ConnManager().TrimOpenConns(t.Context())
		}
		if err := <-answered; err != nil || !connected() {
			t.Errorf("connected: %t, %v", connected(), err)
		}
		time.Sleep(time.Minute)
		reach(a, hosts[2:]...)
		time.Sleep(time.Minute)
		if connected() {
			t.Error("the connection was kept after the call")
		}
	})
}

// A peer that sends its request byte by byte is cut off by the deadline.
func TestSlowLoris(t *testing.T) {
	pair(t, func(t *testing.T, a, b host.Host) {
		defer call.Serve(b, echo, call.Limits{Time: time.Minute, Idle: 10 * time.Second}, quiet,
			func(context.Context, peer.ID, []byte, func([]byte) error) error {
				t.Error("the handler ran")
				return nil
			})()
		s, err := a.NewStream(t.Context(), b.ID(), echo)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		for i := 0; time.Since(start) < time.Hour; i++ {
			if _, err = s.Write([]byte{0xff}[:1]); err != nil {
				break
			}
			time.Sleep(time.Second)
		}
		if took := time.Since(start); err == nil || took > time.Minute {
			t.Errorf("the stream lived %v, want an end within a minute", took)
		}
	})
}

func TestHostileFrames(t *testing.T) {
	pair(t, func(t *testing.T, a, b host.Host) {
		defer call.Serve(b, echo, call.Limits{}, quiet, func(_ context.Context, _ peer.ID, body []byte, send func([]byte) error) error { return send(body) })()
		for name, raw := range map[string][]byte{
			"huge length":       binary.AppendUvarint(nil, 1<<62),
			"length over limit": binary.AppendUvarint(nil, 1<<20),
			"not canon":         {3, 0xa0, 0xff, 0x00},
			"endless varint":    bytes.Repeat([]byte{0x80}, 64),
		} {
			s, err := a.NewStream(t.Context(), b.ID(), echo)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = s.Write(raw) // the other side may have hung up already
			_ = s.SetReadDeadline(time.Now().Add(20 * time.Second))
			start := time.Now()
			buf := make([]byte, 4096)
			for err == nil {
				_, err = s.Read(buf)
			}
			if took := time.Since(start); took > 16*time.Second {
				t.Errorf("%s: the stream ended after %v", name, took)
			}
		}
		if _, err := call.Do(t.Context(), a, b.ID(), echo, []byte("still here"), call.Limits{}); err != nil {
			t.Error(err)
		}
	})
}

// An answer that breaks off is an error, not a short answer.
func TestTruncatedAnswer(t *testing.T) {
	pair(t, func(t *testing.T, a, b host.Host) {
		defer call.Serve(b, echo, call.Limits{}, quiet, func(ctx context.Context, _ peer.ID, _ []byte, send func([]byte) error) error {
			if err := send([]byte("half")); err != nil {
				return err
			}
			return b.Network().ClosePeer(a.ID())
		})()
		if got, err := call.Do(t.Context(), a, b.ID(), echo, nil, call.Limits{}); err == nil {
			t.Errorf("got %q, want an error", got)
		}
	})
}

func TestHello(t *testing.T) {
	pair(t, func(t *testing.T, a, b host.Host) {
		own := func() call.Hello { return call.Hello{Network: 7, Version: "test", Arithmetic: 1, Clock: time.Now()} }
		defer call.ServeHello(b, quiet, own)()
		theirs, took, err := call.Greet(t.Context(), a, b.ID(), own())
		if err != nil || theirs.Version != "test" || theirs.Network != 7 {
			t.Errorf("got %+v, %v", theirs, err)
		}
		if took <= 0 || took > time.Second {
			t.Errorf("took %v", took)
		}
		stranger := own()
		stranger.Network = 8
		if _, _, err := call.Greet(t.Context(), a, b.ID(), stranger); code(err) != call.Refused || !strings.Contains(err.Error(), "network 7, you are of network 8") {
			t.Errorf("got %v, want refused with both networks", err)
		}
	})
}
