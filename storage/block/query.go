package block

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/cockroachdb/pebble"
	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
)

// Query lists what lies below a prefix. Its keys are a snapshot; a value that
// is deleted meanwhile is left out. Results that are open when the store is closed
// end with an error.
func (d *Datastore) Query(ctx context.Context, q query.Query) (query.Results, error) {
	prefix := indexKey(datastore.NewKey(q.Prefix))
	if len(prefix) > 2 {
		prefix = append(prefix, '/')
	}
	var it *pebble.Iterator
	c := new(cursor)
	err := d.use(func(db *pebble.DB) (err error) { // Close comes before or after, and then finds it
		defer func() {
			if c.it = it; err == nil {
				d.cursors.Store(c, true)
			}
		}()
		it, err = db.NewIterWithContext(ctx, &pebble.IterOptions{LowerBound: prefix, UpperBound: after(prefix)})
		return err
	})
	if err != nil {
		return nil, err
	}
	move, ended := it.First, false
	results := query.ResultsFromIterator(q, query.Iterator{
		Next: func() (query.Result, bool) {
			c.mu.Lock()
			defer c.mu.Unlock()
			for !ended {
				err := ctx.Err()
				if err == nil && c.it == nil {
					err = errClosed
				}
				if err == nil && !move() {
					ended, err = true, it.Error()
				}
				if err != nil {
					ended = true
					return query.Result{Error: err}, true
				}
				if ended {
					break
				}
				move = it.Next
				e, err := d.entry(ctx, it, q.KeysOnly)
				if errors.Is(err, datastore.ErrNotFound) {
					continue
				}
				return query.Result{Entry: e, Error: err}, true
			}
			return query.Result{}, false
		},
		Close: func() error { return d.release(c) },
	})
	// The store orders by key and knows the prefix; the rest is done here.
	rest := q
	rest.Prefix = ""
	return query.NaiveQueryApply(rest, results), nil
}

func (d *Datastore) entry(ctx context.Context, it *pebble.Iterator, keysOnly bool) (query.Entry, error) {
	e := query.Entry{Key: string(it.Key()[1:])}
	value, apart, size, err := parseEntry(it.Value())
	e.Size = size
	switch {
	case err != nil:
		return e, fmt.Errorf("key %s: %w", e.Key, err)
	case keysOnly:
	case apart:
		e.Value, err = d.Get(ctx, datastore.RawKey(e.Key))
	default:
		e.Value = append([]byte{}, value...)
	}
	return e, err
}

// A cursor is an open iterator; nil once closed, by its reader or by the store.
type cursor struct {
	mu sync.Mutex
	it *pebble.Iterator
}

func (c *cursor) close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.it == nil {
		return nil
	}
	it := c.it
	c.it = nil
	return it.Close()
}

func (d *Datastore) release(c *cursor) error {
	d.cursors.Delete(c)
	return c.close()
}
