package storetest

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"

	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
)

// Rates say how often a datastore fails, each in [0, 1].
type Rates struct {
	Error float64 // an operation fails without effect
	Short float64 // a read gives fewer bytes, and no error
	Torn  float64 // a write fails after a part of it
	Rot   float64 // a write succeeds, and a bit of it is another one
	Room  int     // bytes after which the disk is full; 0: it never is
}

var (
	ErrInjected = errors.New("storetest: an injected fault")
	ErrNoSpace  = errors.New("storetest: no space left on the disk")
)

// A Faulty is a datastore that fails as its rates and its seed say.
type Faulty struct {
	datastore.Batching

	mu     sync.Mutex
	random *rand.Rand
	rates  Rates
	used   int
}

// NewFaulty wraps a datastore.
func NewFaulty(d datastore.Batching, seed uint64, rates Rates) *Faulty {
	return &Faulty{Batching: d, random: rand.New(rand.NewPCG(seed, 0)), rates: rates}
}

// Heal ends the faults; what they damaged stays damaged.
func (f *Faulty) Heal() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rates = Rates{}
}

// hit draws whether something with this rate happens, and where in n bytes.
func (f *Faulty) hit(rate func(Rates) float64, n int) (bool, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	at := 0
	if n > 0 {
		at = f.random.IntN(n)
	}
	return f.random.Float64() < rate(f.rates), at
}

func (f *Faulty) fails() bool {
	hit, _ := f.hit(func(r Rates) float64 { return r.Error }, 0)
	return hit
}

// spoil returns what of a value reaches the disk, and the error of writing it.
func (f *Faulty) spoil(value []byte) ([]byte, error) {
	f.mu.Lock()
	f.used += len(value)
	full := f.rates.Room > 0 && f.used > f.rates.Room
	f.mu.Unlock()
	if full {
		return nil, ErrNoSpace
	}
	if f.fails() {
		return nil, ErrInjected
	}
	if hit, at := f.hit(func(r Rates) float64 { return r.Torn }, len(value)); hit {
		return value[:at:at], ErrInjected
	}
	if hit, at := f.hit(func(r Rates) float64 { return r.Rot }, len(value)); hit && len(value) > 0 {
		value = append([]byte{}, value...)
		value[at] ^= 0x10
	}
	return value, nil
}

func (f *Faulty) Put(ctx context.Context, key datastore.Key, value []byte) error {
	kept, fault := f.spoil(value)
	if kept != nil {
		if err := f.Batching.Put(ctx, key, kept); err != nil {
			return err
		}
	}
	return fault
}

func (f *Faulty) Delete(ctx context.Context, key datastore.Key) error {
	if f.fails() {
		return ErrInjected
	}
	return f.Batching.Delete(ctx, key)
}

func (f *Faulty) Sync(ctx context.Context, prefix datastore.Key) error {
	if f.fails() {
		return ErrInjected
	}
	return f.Batching.Sync(ctx, prefix)
}

func (f *Faulty) Has(ctx context.Context, key datastore.Key) (bool, error) {
	if f.fails() {
		return false, ErrInjected
	}
	return f.Batching.Has(ctx, key)
}

func (f *Faulty) GetSize(ctx context.Context, key datastore.Key) (int, error) {
	if f.fails() {
		return -1, ErrInjected
	}
	return f.Batching.GetSize(ctx, key)
}

func (f *Faulty) Get(ctx context.Context, key datastore.Key) ([]byte, error) {
	if f.fails() {
		return nil, ErrInjected
	}
	value, err := f.Batching.Get(ctx, key)
	if hit, at := f.hit(func(r Rates) float64 { return r.Short }, len(value)); err == nil && hit {
		value = value[:at]
	}
	return value, err
}

func (f *Faulty) Query(ctx context.Context, q query.Query) (query.Results, error) {
	if f.fails() {
		return nil, ErrInjected
	}
	return f.Batching.Query(ctx, q)
}

// Batch returns one that, when it tears, has written some of its values, the
// last of them in part.
func (f *Faulty) Batch(context.Context) (datastore.Batch, error) {
	if f.fails() {
		return nil, ErrInjected
	}
	return &faultyBatch{f: f}, nil
}

type faultyBatch struct {
	f   *Faulty
	ops []func(ctx context.Context) error
}

func (b *faultyBatch) Put(_ context.Context, key datastore.Key, value []byte) error {
	b.ops = append(b.ops, func(ctx context.Context) error { return b.f.Put(ctx, key, value) })
	return nil
}

func (b *faultyBatch) Delete(_ context.Context, key datastore.Key) error {
	b.ops = append(b.ops, func(ctx context.Context) error { return b.f.Delete(ctx, key) })
	return nil
}

func (b *faultyBatch) Commit(ctx context.Context) error {
	for _, op := range b.ops {
		if err := op(ctx); err != nil {
			return err
		}
	}
	return nil
}
