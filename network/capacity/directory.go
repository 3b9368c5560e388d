package capacity

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
)

// A Jump is a figure of a peer that has more than doubled within a day. It is
// shown, and the lower figure counts until a day has passed.
type Jump struct {
	What     string // "memory", "compute", ...
	From, To uint64
	At       time.Time
}

func (j Jump) String() string {
	return fmt.Sprintf("%s from %d to %d at %s", j.What, j.From, j.To, j.At.UTC().Format(time.DateTime))
}

// trial is how long a jump is held against a peer.
const trial = 24 * time.Hour

// A directory holds the newest advert of each peer, and what speaks against it.
type directory struct {
	most int

	mu    sync.Mutex
	known map[peer.ID]*entry
}

type entry struct {
	advert Advert
	last   time.Time // when an advert came
	base   [figures]base
	seen   [figures]float64 // thousandths of a token per second, by those who used the peer; 0: nobody
}

// A base is what a figure is compared with.
type base struct {
	least  uint64    // of the last trial, at least
	at     time.Time // when it was least
	jumped time.Time // when the figure came to be more than twice as much; zero: it is not
}

// The figures of an advert that may jump.
const (
	memoryFigure = iota
	computeFigure
	trainFigure
	prefillFigure
	decodeFigure
	figures
)

var figureNames = [figures]string{"memory", "compute", "train speed", "prefill speed", "decode speed"}

func (a *Advert) figures() [figures]uint64 {
	return [figures]uint64{a.Memory, a.Speed.Compute, a.Speed.Train, a.Speed.Prefill, a.Speed.Decode}
}

func newDirectory(most int) *directory {
	return &directory{most: most, known: map[peer.ID]*entry{}}
}

// add takes an advert of a peer that is valid at the time now, unless a newer one is
// known. It returns the figures that jump with this advert.
func (d *directory) add(id peer.ID, a Advert, now time.Time) (jumps []Jump, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, ok := d.known[id]
	if !ok {
		d.makeRoom(now)
		e = &entry{advert: a, last: now}
		for i, n := range a.figures() {
			e.base[i] = base{least: n, at: now}
		}
		d.known[id] = e
		return nil, nil
	}
	if a.Issued.Before(e.advert.Issued) {
		return nil, fmt.Errorf("%w: a newer one is known, issued %v later", ErrStale, e.advert.Issued.Sub(a.Issued))
	}
	for i, to := range a.figures() {
		if b := &e.base[i]; b.update(to, now) {
			jumps = append(jumps, Jump{figureNames[i], b.least, to, now})
		}
	}
	e.advert, e.last = a, now
	return jumps, nil
}

// update takes the next value of a figure and says whether it jumps. Doubling
// again and again within a trial is a jump too.
func (b *base) update(to uint64, now time.Time) (jumps bool) {
	switch {
	case to <= b.least, b.least == 0, now.Sub(b.at) >= trial:
		*b = base{least: to, at: now}
	case to/2 <= b.least:
		b.jumped = time.Time{}
	case b.jumped.IsZero():
		b.jumped = now
		return true
	}
	return false
}

// makeRoom forgets those that have been silent for longest, an eighth at once.
func (d *directory) makeRoom(now time.Time) {
	if len(d.known) < d.most {
		return
	}
	type silent struct {
		id   peer.ID
		last time.Time
	}
	var all []silent
	for id, e := range d.known {
		all = append(all, silent{id, e.last})
	}
	slices.SortFunc(all, func(a, b silent) int { return cmp.Or(a.last.Compare(b.last), cmp.Compare(a.id, b.id)) })
	for _, s := range all[:(len(all)+7)/8] {
		delete(d.known, s.id)
	}
}

// observed notes how fast a peer was in use: a moving average, the new value
// weighing a quarter.
func (d *directory) observed(id peer.ID, figure int, speed uint64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if e, ok := d.known[id]; ok && speed > 0 {
		if e.seen[figure] == 0 {
			e.seen[figure] = float64(speed)
		}
		e.seen[figure] += (float64(speed) - e.seen[figure]) / 4
	}
}

// A standing is what is known of a peer beside its advert.
type standing struct {
	counts [figures]uint64 // the figures that count: no jump, no more than observed
	jumps  []Jump
	slower bool // than it advertises, by half
}

func (d *directory) standing(id peer.ID) (s standing) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, ok := d.known[id]
	if !ok {
		return s
	}
	for i, n := range e.advert.figures() {
		s.counts[i] = n
		if b := e.base[i]; !b.jumped.IsZero() {
			s.counts[i] = b.least
			s.jumps = append(s.jumps, Jump{figureNames[i], b.least, n, b.jumped})
		}
		if seen := e.seen[i]; seen > 0 {
			s.slower = s.slower || seen < float64(n)/2
			s.counts[i] = min(s.counts[i], uint64(seen))
		}
	}
	return s
}

// valid lists the peers whose adverts are valid now, by peer ID.
func (d *directory) valid(now time.Time) []peer.ID {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []peer.ID
	for id, e := range d.known {
		if e.advert.fresh(now) == nil {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// get returns the newest advert of a peer.
func (d *directory) get(id peer.ID) (Advert, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, ok := d.known[id]
	if !ok {
		return Advert{}, false
	}
	return e.advert, true
}
