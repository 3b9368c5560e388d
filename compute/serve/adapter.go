package serve

import (
	"cmp"
	"container/list"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
)

// An adapter is one that the engine knows. One that is not in memory costs this
// and no more, so it is small.
type adapter struct {
	id     cid.Cid
	dir    string // where its files are; "": Config.Adapters gets them
	in     *resident
	hits   uint64
	took   time.Duration // of the last load
	seen   stamp         // of the files that had this CID
	retry  uint64        // there was no room; the step in which to try again
	pinned bool
	named  bool // registered; else it is forgotten when it leaves memory
}

// A resident is an adapter in memory, or on its way.
type resident struct {
	loading *llama.Loading // nil: its files are being read
	places  []place
	bytes   int
	users   int           // sequences that run with it or wait for it
	since   uint64        // the step in which it had its last user
	done    bool          // all is there
	at      *list.Element // in Engine.idle, if nobody uses it and it is not pinned
	facts   *AdapterFacts
}

type place struct{ at, bytes int }

// runnable tells whether a sequence can run with the adapter.
func (a *adapter) runnable() bool { return a == nil || a.in != nil && a.in.loading != nil }

// An AdapterState is where an adapter is.
type AdapterState string

const (
	AdapterIdle    AdapterState = "idle"    // on disk or in the network
	AdapterLoading AdapterState = "loading" // on its way into memory
	AdapterReady   AdapterState = "ready"   // in memory
)

// AdapterFacts are what is known of an adapter's inside once it has been read.
type AdapterFacts struct {
	Rank    int
	Alpha   float64
	Targets lora.Modules
	Applied int // linear layers that it changes
}

// AdapterInfo describes an adapter to people and metrics.
type AdapterInfo struct {
	CID    cid.Cid
	Names  []string
	State  AdapterState
	Pinned bool
	Bytes  int    // in the arena
	Users  int    // sequences that run with it or wait for it
	Hits   uint64 // sequences that asked for it
	Took   time.Duration
	Facts  *AdapterFacts // nil: not read since it left memory
}

// Register makes an adapter known by its CID, and by a name unless that is
// empty. dir is its PEFT directory; without one Config.Adapters gets it. It is
// read when it is first wanted, and whoever wants it learns if it is not what
// its CID says or does not fit the model.
func (e *Engine) Register(name string, c cid.Cid, dir string) error {
	if !c.Defined() {
		return invalid("adapter", "has no CID")
	}
	if dir == "" && e.c.Adapters == nil {
		return invalid("adapter", "%v has no directory, and this engine has nowhere to get it from", c)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	a := e.adapters[c]
	if a == nil {
		a = &adapter{id: c}
		e.adapters[c] = a
	}
	if a.named = true; dir != "" && dir != a.dir {
		a.dir, a.seen = dir, stamp{}
	}
	if name != "" {
		e.names[name] = c
	}
	return nil
}

// Add reads the adapter in a directory and registers it. An adapter that does
// not fit the model is a *lora.CoverageError.
func (e *Engine) Add(name, dir string) (cid.Cid, error) {
	seen, unseen := stampIn(dir) // before its files are read: it is theirs or older
	f, err := lora.Open(dir)
	if err != nil {
		return cid.Undef, err
	}
	if _, err := f.Fit(e.c.Model.Config.Linears()); err != nil {
		return cid.Undef, fmt.Errorf("adapter %s: %w", dir, err)
	}
	c, err := f.CID()
	if err != nil {
		return cid.Undef, err
	}
	if err := e.Register(name, c, dir); err != nil {
		return cid.Undef, err
	}
	if unseen == nil {
		e.mu.Lock()
		if a := e.adapters[c]; a != nil {
			a.seen = seen // what was read just now need not be hashed again
		}
		e.mu.Unlock()
	}
	return c, nil
}

// Resolve returns the CID of an adapter by its name or CID.
func (e *Engine) Resolve(name string) (cid.Cid, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	a, err := e.find(name)
	if err != nil {
		return cid.Undef, err
	}
	return a.id, nil
}

// find returns a known adapter by its name or CID.
func (e *Engine) find(name string) (*adapter, error) {
	c, ok := e.names[name]
	if !ok {
		c, _ = cid.Decode(name)
	}
	if a := e.adapters[c]; a != nil {
		return a, nil
	}
	return nil, &UnknownAdapterError{name, nearest(name, slices.Sorted(maps.Keys(e.names)))}
}

// known returns the adapter with a CID, nil for none; one that Config.Adapters
// may get becomes known.
func (e *Engine) known(c cid.Cid) (*adapter, error) {
	if !c.Defined() {
		return nil, nil
	}
	a := e.adapters[c]
	if a == nil {
		if e.c.Adapters == nil {
			return nil, &UnknownAdapterError{Name: c.String()}
		}
		a = &adapter{id: c}
		e.adapters[c] = a
	}
	return a, nil
}

// Load brings an adapter into memory and waits until it is there. A pinned one
// stays until it is loaded again without pin, or unloaded.
func (e *Engine) Load(ctx context.Context, name string, pin bool) error {
	e.mu.Lock()
	a, err := e.find(name)
	if err != nil {
		e.mu.Unlock()
		return err
	}
	a.pinned = pin
	w := &adapterWait{a, make(chan error, 1)}
	e.wanted = append(e.wanted, w)
	e.mu.Unlock()
	e.wake()
	select {
	case err := <-w.done:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-e.closed:
		return ErrClosed
	}
}

// An adapterWait is somebody who waits for an adapter.
type adapterWait struct {
	a    *adapter
	done chan error
}

// Unload takes a name away, or with a CID all names of the adapter, and its
// memory as soon as nobody uses it. An adapter without a name is no longer
// known, unless Config.Adapters can get it.
func (e *Engine) Unload(name string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	a, err := e.find(name)
	if err != nil {
		return err
	}
	_, alias := e.names[name]
	maps.DeleteFunc(e.names, func(n string, c cid.Cid) bool { return c == a.id && (!alias || n == name) })
	for _, c := range e.names {
		if c == a.id {
			return nil // it has other names
		}
	}
	a.named, a.pinned = false, false
	e.forget(a)
	return nil
}

// forget drops an adapter that nobody uses and nobody named.
func (e *Engine) forget(a *adapter) {
	if a.in != nil && a.in.users == 0 && a.in.done {
		e.evict(a)
	}
	if !a.named && a.in == nil {
		delete(e.adapters, a.id)
	}
}

// Adapters describes all adapters, the most used first.
func (e *Engine) Adapters() []AdapterInfo {
	e.mu.Lock()
	defer e.mu.Unlock()
	names := make(map[cid.Cid][]string)
	for n, c := range e.names {
		names[c] = append(names[c], n)
	}
	var all []AdapterInfo
	for c, a := range e.adapters {
		slices.Sort(names[c])
		all = append(all, a.info(names[c]))
	}
	slices.SortFunc(all, func(a, b AdapterInfo) int {
		return cmp.Or(cmp.Compare(b.Hits, a.Hits), strings.Compare(a.CID.KeyString(), b.CID.KeyString()))
	})
	return all
}

// Adapter describes one adapter by its name or CID.
func (e *Engine) Adapter(name string) (AdapterInfo, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	a, err := e.find(name)
	if err != nil {
		return AdapterInfo{}, err
	}
	var names []string
	for n, c := range e.names {
		if c == a.id {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	return a.info(names), nil
}

func (a *adapter) info(names []string) AdapterInfo {
	i := AdapterInfo{CID: a.id, Names: names, State: AdapterIdle, Pinned: a.pinned, Hits: a.hits, Took: a.took}
	if a.in != nil {
		i.State, i.Bytes, i.Users, i.Facts = AdapterLoading, a.in.bytes, a.in.users, a.in.facts
		if a.in.done {
			i.State = AdapterReady
		}
	}
	return i
}

// nearest returns up to three names that differ least from name.
func nearest(name string, names []string) []string {
	type far struct {
		name string
		d    int
	}
	var all []far
	if len(names) > 1<<14 {
		return nil // a search would take too long
	}
	const long = 64 // what has more bytes is nobody's typing error
	for _, n := range names {
		if len(name) > long || len(n) > long {
			continue
		}
		if d := Distance(name, n); d <= max(2, len(name)/2) {
			all = append(all, far{n, d})
		}
	}
	slices.SortStableFunc(all, func(a, b far) int { return a.d - b.d })
	var out []string
	for _, f := range all[:min(3, len(all))] {
		out = append(out, f.name)
	}
	return out
}

// Distance is the Levenshtein distance of two words in bytes: what an error
// message proposes names by. It takes len(a) times len(b) steps.
func Distance(a, b string) int {
	row := make([]int, len(b)+1) // row[j] is the distance of a[:i] and b[:j]
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
