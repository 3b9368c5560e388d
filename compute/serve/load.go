package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/openledger/openledger/compute/lora"
)

// maxLoads is how many adapters are on their way at one time.
const maxLoads = 4

// fetch begins to bring an adapter into memory. mu is held, and ctx is Run's.
func (e *Engine) fetch(ctx context.Context, a *adapter) {
	a.in = &resident{}
	e.inMemory++
	e.loads++
	e.work.Go(func() { e.load(ctx, a, a.in) })
}

// load reads the files, takes memory and fills it layer by layer. From the first
// layer on sequences can run.
func (e *Engine) load(ctx context.Context, a *adapter, in *resident) {
	began := time.Now()
	f, free, err := e.read(ctx, a)
	if err == nil {
		err = e.fill(a, in, f)
		free()
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	defer e.wake()
	e.loads--
	if errors.Is(err, errNoRoom) && !e.alone(a) {
		a.retry = e.step + 16
		e.letGo(a)
		a.in = nil
		e.inMemory--
		return
	}
	in.done, a.took = true, time.Since(began)
	e.stats.Loads++
	if err != nil {
		e.stats.LoadErrors++
		e.fail(a, fmt.Errorf("adapter %v: %w", a.id, err))
	} else if e.c.Log != nil {
		e.c.Log.DebugContext(ctx, "Adapter loaded", slog.String("cid", a.id.String()), slog.Int("bytes", in.bytes), slog.Duration("took", a.took))
	}
	e.settle(a)
	e.answerWaits(a, err)
}

var errNoRoom = errors.New("there is no room for it beside the pinned adapters")

// fill brings the adapter into the arena.
func (e *Engine) fill(a *adapter, in *resident, f *lora.Files) error {
	l, err := e.memory.arena.Begin(f)
	if err != nil {
		return err
	}
	e.mu.Lock()
	places, err := e.place(l.Blocks)
	if err == nil {
		in.places, in.loading = places, l
		for _, p := range places {
			in.bytes += p.bytes
		}
		in.facts = &AdapterFacts{f.Config.R, f.Config.LoraAlpha, f.Config.TargetModules, l.Modules}
	}
	e.mu.Unlock()
	if err != nil {
		return err
	}
	e.wake()
	var next atomic.Int64
	failed := make([]error, len(places))
	copyBlocks := func() {
		for i := int(next.Add(1)) - 1; i < len(places); i = int(next.Add(1)) - 1 {
			if failed[i] = l.Load(i, places[i].at); failed[i] != nil {
				return
			}
		}
	}
	var other sync.WaitGroup
	other.Go(copyBlocks)
	copyBlocks()
	other.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// place takes memory for the blocks of an adapter.
func (e *Engine) place(blocks []int) ([]place, error) {
	total := 0
	for _, n := range blocks {
		total += e.memory.units(n)
	}
	if most := len(e.memory.used) * e.memory.perPage; total > most {
		return nil, fmt.Errorf("needs %d bytes of an arena of %d", total*e.memory.unit, most*e.memory.unit)
	}
	var places []place
	for _, n := range blocks {
		at := e.memory.block(n)
		for at < 0 && e.reclaim() {
			at = e.memory.block(n)
		}
		if at < 0 {
			e.giveBlocks(places)
			return nil, errNoRoom
		}
		places = append(places, place{at, n})
	}
	return places, nil
}

func (e *Engine) giveBlocks(places []place) {
	for _, p := range places {
		e.memory.giveBlock(p.at, p.bytes)
	}
}

// alone tells whether nobody uses memory but those who wait for a.
func (e *Engine) alone(a *adapter) bool {
	return e.loads == 0 && len(e.running) == 0 &&
		!slices.ContainsFunc(e.waiting, func(s *sequence) bool { return s.holds && s.adapter != a })
}

// reclaim takes memory from whatever nobody uses since the longest time: a page
// of a prompt, or an adapter. It returns false if there is nothing.
func (e *Engine) reclaim() bool {
	page, idle := e.prefix.oldest(), e.idle.Back()
	switch {
	case idle != nil && (page == nil || idle.Value.(*adapter).in.since < page.since):
		e.evict(idle.Value.(*adapter))
		e.stats.Evicted++
	case page != nil:
		e.prefix.drop(page)
		e.memory.givePage(page.page)
	default:
		return false
	}
	return true
}

// evict takes an adapter without users out of memory.
func (e *Engine) evict(a *adapter) {
	if a.in.at != nil {
		e.idle.Remove(a.in.at)
	}
	e.giveBlocks(a.in.places)
	a.in = nil
	e.inMemory--
	if !a.named {
		delete(e.adapters, a.id)
	}
}

// hold counts a sequence among the users of its adapter.
func (e *Engine) hold(s *sequence) {
	if a := s.adapter; a != nil && !s.holds {
		s.holds = true
		if a.in.users++; a.in.at != nil {
			e.idle.Remove(a.in.at)
			a.in.at = nil
		}
	}
}

// release is the end of hold.
func (e *Engine) release(s *sequence) {
	if s.holds {
		s.holds = false
		s.adapter.in.users--
		s.adapter.in.since = e.step
		e.settle(s.adapter)
	}
}

// settle decides about an adapter whose users or pin have changed.
func (e *Engine) settle(a *adapter) {
	in := a.in
	if in == nil || in.users > 0 || !in.done {
		return
	}
	if in.at != nil {
		e.idle.Remove(in.at)
		in.at = nil
	}
	switch {
	case in.loading == nil || in.loading.Failed():
		e.evict(a)
	case !a.pinned:
		in.at = e.idle.PushFront(a)
	}
}

// letGo releases an adapter that did not come from those that wait for it.
func (e *Engine) letGo(a *adapter) {
	for _, s := range e.waiting {
		if s.adapter == a && s.holds {
			s.holds = false
			a.in.users--
		}
	}
}

// fail ends all sequences with an adapter that is of no use.
func (e *Engine) fail(a *adapter, err error) {
	for _, s := range slices.Concat(e.waiting, e.running) {
		if s.adapter == a && s.holds {
			e.end(s, err)
		}
	}
}

// answerWaits tells those who wait for an adapter.
func (e *Engine) answerWaits(a *adapter, err error) {
	e.wanted = slices.DeleteFunc(e.wanted, func(w *adapterWait) bool {
		if w.a == a {
			w.done <- err
		}
		return w.a == a
	})
}

// A stamp tells whether files have changed.
type stamp struct{ size, modified int64 }

// stampOf returns the stamp of a config of so many bytes and a weights file.
func stampOf(config int64, weights fs.FileInfo) stamp {
	return stamp{weights.Size() ^ config<<40, weights.ModTime().UnixNano()}
}

// stampIn returns the stamp of the files in a directory.
func stampIn(dir string) (stamp, error) {
	config, err := os.Stat(filepath.Join(dir, lora.ConfigFile))
	if err != nil {
		return stamp{}, err
	}
	weights, err := os.Stat(filepath.Join(dir, lora.WeightsFile))
	if err != nil {
		return stamp{}, err
	}
	return stampOf(config.Size(), weights), nil
}

// buffers are recycled: reading into memory that is there already is twice as
// fast as into new memory.
var buffers sync.Pool

// read gets the files of an adapter and checks that they have its CID. A
// directory that has not changed since is not hashed again. free MUST be called
// when the files are no longer wanted.
func (e *Engine) read(ctx context.Context, a *adapter) (f *lora.Files, free func(), err error) {
	e.mu.Lock()
	dir, seen := a.dir, a.seen
	e.mu.Unlock()
	free = func() {}
	if dir == "" {
		if f, err = e.c.Adapters(ctx, a.id); err == nil {
			err = a.verify(f)
		}
		return f, free, err
	}
	config, err := os.ReadFile(filepath.Join(dir, lora.ConfigFile))
	if err != nil {
		return nil, free, err
	}
	file, err := os.Open(filepath.Join(dir, lora.WeightsFile))
	if err != nil {
		return nil, free, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, free, err
	}
	now := stampOf(int64(len(config)), info)
	b, _ := buffers.Get().(*[]byte)
	if b == nil {
		b = new([]byte)
	}
	*b = slices.Grow((*b)[:0], int(info.Size()))[:info.Size()]
	free = func() { buffers.Put(b) }
	if err = readHalves(file, *b); err == nil {
		f, err = lora.Parse(config, *b)
	}
	if err == nil && now != seen {
		err = a.verify(f)
	}
	if err != nil {
		free()
		return nil, func() {}, err
	}
	e.mu.Lock()
	a.seen = now
	e.mu.Unlock()
	return f, free, nil
}

// readHalves fills b from the beginning of a file, both halves at a time.
func readHalves(file *os.File, b []byte) error {
	half := len(b) / 2
	var second error
	var other sync.WaitGroup
	other.Go(func() { _, second = file.ReadAt(b[half:], int64(half)) })
	_, first := file.ReadAt(b[:half], 0)
	other.Wait()
	return errors.Join(first, second)
}

// verify checks that files are what the CID says.
func (a *adapter) verify(f *lora.Files) error {
	c, err := f.CID()
	if err == nil && !c.Equals(a.id) {
		err = fmt.Errorf("the files are those of %v", c)
	}
	return err
}
