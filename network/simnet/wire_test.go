package simnet

import (
	"errors"
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// pair is two wires of a network whose packets flow, 15 ms apart.
func pair(link Link) (n *Net, a, b *wire) {
	n = New(1)
	n.Start()
	link.Latency = 5 * time.Millisecond
	a = n.listen(&net.UDPAddr{IP: IP(0), Port: 8000}, link)
	link.Latency = 10 * time.Millisecond
	b = n.listen(&net.UDPAddr{IP: IP(1), Port: 8000}, link)
	return n, a, b
}

// Packets arrive after the latency of both hosts and the time that those before
// them take on the line, in the order they were sent.
func TestWireDelay(t *testing.T) {
	for _, c := range []struct {
		name         string
		link         Link
		size, count  int
		first, last  time.Duration
		sent, arrive int
	}{
		{"small", Link{Up: 20_000_000, Down: 20_000_000}, 100, 1, 15 * time.Millisecond, 15 * time.Millisecond, 1, 1},
		{"slow line up", Link{Up: 800_000, Down: 80_000_000}, 1000, 10, 25 * time.Millisecond, 115 * time.Millisecond, 10, 10},
		{"slow line down", Link{Up: 80_000_000, Down: 800_000}, 1000, 10, 25 * time.Millisecond, 115 * time.Millisecond, 10, 10},
		{"queue up overflows", Link{Up: 800_000, Down: 80_000_000}, 1000, 100, 25 * time.Millisecond, 225 * time.Millisecond, 100, 21},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n, a, b := pair(c.link)
				defer n.Close()
				start := time.Now()
				for i := range c.count {
					packet := make([]byte, c.size)
					packet[0] = byte(i)
					if _, err := a.WriteTo(packet, b.LocalAddr()); err != nil {
						t.Fatal(err)
					}
				}
				if err := b.SetReadDeadline(start.Add(time.Minute)); err != nil {
					t.Fatal(err)
				}
				buffer := make([]byte, 2000)
				for i := range c.arrive {
					size, from, err := b.ReadFrom(buffer)
					if err != nil || size != c.size || buffer[0] != byte(i) || from.String() != a.LocalAddr().String() {
						t.Fatalf("packet %d: got %d bytes of number %d from %v, %v", i, size, buffer[0], from, err)
					}
					took := time.Since(start)
					if i == 0 && took != c.first || i == c.arrive-1 && took != c.last {
						t.Errorf("packet %d arrived after %v, want %v for the first and %v for the last", i, took, c.first, c.last)
					}
				}
				if _, _, err := b.ReadFrom(buffer); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(start) != time.Minute {
					t.Errorf("got %v after %v, want the deadline after 1m", err, time.Since(start))
				}
				if want := c.sent - c.arrive; n.Dropped() != want {
					t.Errorf("%d packets dropped, want %d", n.Dropped(), want)
				}
			})
		})
	}
}

// A closed wire ends who reads from it, takes nothing and sends nothing.
func TestWireCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, a, b := pair(Link{Up: 1e6, Down: 1e6})
		defer n.Close()
		ended := make(chan error)
		go func() {
			_, _, err := b.ReadFrom(make([]byte, 10))
			ended <- err
		}()
		synctest.Wait()
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; !errors.Is(err, net.ErrClosed) {
			t.Errorf("reading ended with %v", err)
		}
		if _, err := b.WriteTo([]byte("x"), a.LocalAddr()); !errors.Is(err, net.ErrClosed) {
			t.Errorf("a closed wire sends: %v", err)
		}
		if _, err := a.WriteTo([]byte("x"), b.LocalAddr()); err != nil {
			t.Errorf("UDP tells nothing of who is gone, got %v", err)
		}
	})
}
