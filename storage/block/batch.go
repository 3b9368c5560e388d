package block

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/cockroachdb/pebble"
	"github.com/cockroachdb/pebble/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/sstable"
	"github.com/cockroachdb/pebble/vfs"
	"github.com/ipfs/go-datastore"
)

// bulk is the size of a batch from which on it becomes a table of its own,
// in bytes. It is then written once, where a smaller one goes through the log
// and the memory of the store first.
const bulk = 4 << 20

// Batch collects writes that become visible together. A value MUST NOT change
// before Commit.
func (d *Datastore) Batch(context.Context) (datastore.Batch, error) {
	return &batch{d: d, changes: map[datastore.Key][]byte{}}, nil
}

type batch struct {
	d       *Datastore
	changes map[datastore.Key][]byte // nil: deleted
	size    int
	deletes bool
}

func (b *batch) Put(_ context.Context, key datastore.Key, value []byte) error {
	if value == nil {
		value = []byte{}
	}
	b.size += len(value) - len(b.changes[key])
	b.changes[key] = value
	return nil
}

func (b *batch) Delete(_ context.Context, key datastore.Key) error {
	b.size -= len(b.changes[key])
	b.changes[key] = nil
	b.deletes = true
	return nil
}

// Commit applies the batch. A large one is durable at once, a small one after
// Sync.
func (b *batch) Commit(context.Context) error {
	changes := b.changes
	b.changes = map[datastore.Key][]byte{}
	if b.size < bulk || b.deletes {
		return b.d.write(changes, b.size)
	}
	if err := b.d.room(b.size); err != nil {
		return err
	}
	return b.d.use(func(db *pebble.DB) error { return b.d.ingest(db, changes) })
}

// ingest writes a table and hands it to pebble.
func (d *Datastore) ingest(db *pebble.DB, changes map[datastore.Key][]byte) (err error) {
	type pair struct{ key, value []byte }
	pairs := make([]pair, 0, 2*len(changes))
	for key, value := range changes {
		if len(value) > inline {
			pairs = append(pairs, pair{valueKey(key), value})
		}
		pairs = append(pairs, pair{indexKey(key), entryOf(value)})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return bytes.Compare(a.key, b.key) })

	path := d.fs.PathJoin(d.bulkDir(), fmt.Sprintf("%d.sst", d.bulks.Add(1)))
	defer func() {
		if err != nil {
			_ = d.fs.Remove(path) // it may not be there; the next start sweeps the folder
		}
	}()
	f, err := d.fs.Create(path)
	if err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	f = vfs.NewSyncingFile(f, vfs.SyncingFileOptions{BytesPerSync: d.options.BytesPerSync})
	w := sstable.NewWriter(objstorageprovider.NewFileWritable(f), d.options.MakeWriterOptions(0, db.FormatMajorVersion().MaxTableFormat()))
	for _, p := range pairs {
		if err := w.Set(p.key, p.value); err != nil {
			_ = w.Close()
			return fmt.Errorf("write table: %w", err)
		}
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	if err := db.Ingest([]string{path}); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}
