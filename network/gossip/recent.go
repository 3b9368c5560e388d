package gossip

import "time"

// A recent remembers at most size values, and each for at least a window since
// it was last used, unless room runs out: then the half that was used least
// recently goes as a whole.
type recent[K comparable, V any] struct {
	size   int
	window time.Duration
	now    map[K]V // used since turned
	before map[K]V // used in the window before
	turned time.Time
	early  func(n int) // told when n values go before their window; may be nil
}

func newRecent[K comparable, V any](size int, window time.Duration) *recent[K, V] {
	return &recent[K, V]{size: size, window: window, now: map[K]V{}, before: map[K]V{}}
}

// get returns the value of k, which counts as used.
func (r *recent[K, V]) get(k K, at time.Time) (V, bool) {
	r.turn(at)
	if v, ok := r.now[k]; ok {
		return v, true
	}
	v, ok := r.before[k]
	if ok {
		r.put(k, v, at)
	}
	return v, ok
}

// put sets the value of k.
func (r *recent[K, V]) put(k K, v V, at time.Time) {
	r.turn(at)
	delete(r.before, k)
	r.now[k] = v
	if len(r.now) > r.size/2 {
		if r.early != nil && len(r.before) > 0 {
			r.early(len(r.before))
		}
		r.before, r.now, r.turned = r.now, map[K]V{}, at
	}
}

// turn lets what was not used for a window go.
func (r *recent[K, V]) turn(at time.Time) {
	if r.turned.IsZero() {
		r.turned = at
	}
	if at.Sub(r.turned) >= r.window {
		if at.Sub(r.turned) >= 2*r.window {
			r.now = map[K]V{}
		}
		r.before, r.now, r.turned = r.now, map[K]V{}, at
	}
}

// A bucket holds tokens of a Rate: one for each record.
type bucket struct {
	tokens float64
	filled time.Time // zero: it was never used, so it is full
}

// take takes up to n tokens and returns how many there were.
func (b *bucket) take(n int, rate Rate, at time.Time) int {
	if b.filled.IsZero() {
		b.tokens = float64(rate.Burst)
	} else {
		b.tokens = min(float64(rate.Burst), b.tokens+rate.PerSecond*at.Sub(b.filled).Seconds())
	}
	b.filled = at
	n = min(n, int(b.tokens))
	b.tokens -= float64(n)
	return n
}
