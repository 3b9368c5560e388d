package simnet

import (
	"container/heap"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"
)

// tick is how fine the time of the wires is: packets arrive at whole ticks. A
// bubble looks at all its timers whenever its clock moves, so packets that share
// an instant cost far less than packets that arrive microseconds apart, and the
// goroutines that they wake run on all cores.
const tick = time.Millisecond

// buffer is how long a packet waits for its turn on a line at most; who comes to
// a longer queue is lost.
const buffer = 200 * time.Millisecond

// A line is one direction of a link: packets leave in the order they come.
type line struct {
	perSecond int // bits
	free      time.Time
}

// pass returns how many whole ticks a packet waits until it is through, or
// false when the queue is full.
func (l *line) pass(now time.Time, size int) (time.Duration, bool) {
	start := now
	if l.free.After(now) {
		start = l.free
	}
	if start.Sub(now) > buffer {
		return 0, false
	}
	l.free = start.Add(time.Duration(size) * 8 * time.Second / time.Duration(l.perSecond))
	return l.free.Sub(now).Truncate(tick), true
}

// A packet is on its way to a wire.
type packet struct {
	from    net.Addr
	to      *wire
	body    []byte
	at      time.Time // of the next that happens to it
	order   int       // of those at the same time
	through bool      // the line down to its receiver
}

// packets is a heap: the next is the first.
type packets []*packet

func (q packets) Len() int { return len(q) }
func (q packets) Less(i, j int) bool {
	return q[i].at.Before(q[j].at) || q[i].at.Equal(q[j].at) && q[i].order < q[j].order
}
func (q packets) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *packets) Push(p any)   { *q = append(*q, p.(*packet)) }
func (q *packets) Pop() any {
	last := len(*q) - 1
	p := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return p
}

// A wire is the socket of one host. Its methods are safe for concurrent use.
type wire struct {
	net      *Net
	addr     *net.UDPAddr
	host     netip.Addr
	latency  time.Duration
	up, down line // guarded by Net.mu

	mu       sync.Mutex
	inbox    []*packet
	deadline time.Time // of reading; zero: none
	closed   bool
	woken    chan struct{} // says to look again at the above
}

// listen adds a wire to the network.
func (n *Net) listen(addr *net.UDPAddr, link Link) *wire {
	n.mu.Lock()
	defer n.mu.Unlock()
	w := &wire{
		net: n, addr: addr, host: addr.AddrPort().Addr().Unmap(), latency: link.Latency,
		up: line{perSecond: link.Up}, down: line{perSecond: link.Down}, woken: make(chan struct{}, 1),
	}
	n.wires[place(addr)] = w
	return w
}

// place is an address as a key.
func place(a *net.UDPAddr) netip.AddrPort {
	p := a.AddrPort()
	return netip.AddrPortFrom(p.Addr().Unmap(), p.Port())
}

// WriteTo sends a packet, which nobody promises to deliver.
func (w *wire) WriteTo(b []byte, to net.Addr) (int, error) {
	u, ok := to.(*net.UDPAddr)
	if !ok {
		return 0, &net.AddrError{Err: "no UDP address", Addr: to.String()}
	}
	w.mu.Lock()
	closed := w.closed
	w.mu.Unlock()
	if closed {
		return 0, net.ErrClosed
	}
	n := w.net
	n.mu.Lock()
	defer n.mu.Unlock()
	target := n.wires[place(u)]
	if n.next == nil || target == nil || n.lost(w.host, target.host) {
		return len(b), nil
	}
	now := time.Now()
	wait, ok := w.up.pass(now, len(b))
	if !ok {
		n.dropped++
		return len(b), nil
	}
	at := now.Add(w.latency + target.latency)
	if whole := at.Truncate(tick); whole.Before(at) {
		at = whole.Add(tick)
	}
	n.push(&packet{from: w.addr, to: target, body: append([]byte(nil), b...), at: at.Add(wait)})
	return len(b), nil
}

// push lets a packet go on its way. n.mu is held.
func (n *Net) push(p *packet) {
	n.order++
	p.order = n.order
	heap.Push(&n.flying, p)
	if n.flying[0] == p {
		n.next.Reset(time.Until(p.at))
	}
}

// deliver hands over the packets that are due, when n.next fires.
func (n *Net) deliver() {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now()
	for len(n.flying) > 0 && !n.flying[0].at.After(now) {
		p := heap.Pop(&n.flying).(*packet)
		if !p.through {
			wait, ok := p.to.down.pass(now, len(p.body))
			if !ok {
				n.dropped++
				continue
			}
			if p.through = true; wait > 0 {
				p.at = now.Add(wait)
				n.push(p)
				continue
			}
		}
		p.to.receive(p)
	}
	if len(n.flying) > 0 {
		n.next.Reset(n.flying[0].at.Sub(now))
	}
}

func (w *wire) receive(p *packet) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.inbox = append(w.inbox, p)
		w.wake()
	}
}

// wake lets ReadFrom look again. w.mu is held.
func (w *wire) wake() {
	select {
	case w.woken <- struct{}{}:
	default:
	}
}

// ReadFrom waits for a packet. What does not fit into b is cut off, as with UDP.
func (w *wire) ReadFrom(b []byte) (int, net.Addr, error) {
	for {
		w.mu.Lock()
		closed, deadline := w.closed, w.deadline
		var p *packet
		if len(w.inbox) > 0 {
			p = w.inbox[0]
			w.inbox[0] = nil
			if w.inbox = w.inbox[1:]; len(w.inbox) == 0 {
				w.inbox = nil
			}
		}
		w.mu.Unlock()
		switch {
		case closed:
			return 0, nil, net.ErrClosed
		case !deadline.IsZero() && !time.Now().Before(deadline):
			return 0, nil, os.ErrDeadlineExceeded
		case p != nil:
			return copy(b, p.body), p.from, nil
		}
		if !w.wait(deadline) {
			return 0, nil, os.ErrDeadlineExceeded
		}
	}
}

// wait returns when something has changed, or false at the deadline.
func (w *wire) wait(deadline time.Time) bool {
	if deadline.IsZero() {
		<-w.woken
		return true
	}
	timer := time.NewTimer(time.Until(deadline))
	defer timer.Stop()
	select {
	case <-w.woken:
		return true
	case <-timer.C:
		return false
	}
}

// Close ends ReadFrom, and takes the wire off the network.
func (w *wire) Close() error {
	w.net.mu.Lock()
	if at := place(w.addr); w.net.wires[at] == w {
		delete(w.net.wires, at)
	}
	w.net.mu.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed, w.inbox = true, nil
	w.wake()
	return nil
}

// LocalAddr is where the wire listens.
func (w *wire) LocalAddr() net.Addr { return w.addr }

// SetReadDeadline ends ReadFrom at a time; zero: never.
func (w *wire) SetReadDeadline(t time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.deadline = t
	w.wake()
	return nil
}

// SetWriteDeadline does nothing: WriteTo never waits.
func (w *wire) SetWriteDeadline(time.Time) error { return nil }

// SetDeadline is SetReadDeadline.
func (w *wire) SetDeadline(t time.Time) error { return w.SetReadDeadline(t) }

// SetReadBuffer and SetWriteBuffer do nothing: QUIC asks for them.
func (w *wire) SetReadBuffer(int) error { return nil }

// SetWriteBuffer does nothing.
func (w *wire) SetWriteBuffer(int) error { return nil }
