package block

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	marked "github.com/cockroachdb/errors" // pebble's marks are invisible to errors.Is
	"github.com/cockroachdb/pebble"
	"github.com/cockroachdb/pebble/bloom"
	"github.com/cockroachdb/pebble/vfs"
	"github.com/ipfs/go-datastore"
)

// A Datastore keeps keys and values in one folder through pebble, an embedded
// log-structured store. It is what go-datastore calls Batching, for blocks and
// for whatever else of ours is keyed bytes. It is safe for concurrent use.
//
// Put, Delete and a batch are atomic, and durable after Sync: a crash loses at
// most what was written since, never half a value.
//
// A key has an entry in the index, below 'i'; a value longer than inline lies
// apart, below 'v', so that listing keys and asking for sizes reads no values.
type Datastore struct {
	dir     string
	fs      vfs.FS
	options *pebble.Options

	mu sync.RWMutex // held for reading by whoever uses db; pebble panics once it is closed
	db *pebble.DB   // nil once closed

	cursors sync.Map // *cursor: iterators that are open

	unchecked atomic.Int64  // bytes written since the disk was last looked at
	bulks     atomic.Uint64 // tables made so far, for their names
}

var _ datastore.Batching = (*Datastore)(nil)

// ErrFull says that the disk has no room; what is there stays readable.
var ErrFull = errors.New("block: the disk is almost full")

var errClosed = errors.New("block: the store is closed")

const (
	inline  = 1 << 10   // bytes of the longest value that lies in the index
	reserve = 256 << 20 // bytes of the disk that stay free, for the store's own housekeeping
	recheck = 16 << 20  // bytes written between two looks at the disk
)

// OpenDatastore opens the store in a folder, made if it is not there. A folder
// in use by another process, or damaged, is an error.
func OpenDatastore(dir string, log *slog.Logger) (*Datastore, error) {
	return openDatastore(dir, vfs.Default, log)
}

func openDatastore(dir string, fs vfs.FS, log *slog.Logger) (*Datastore, error) {
	cache := pebble.NewCache(32 << 20)
	defer cache.Unref()
	o := &pebble.Options{
		FS:                    fs,
		Cache:                 cache,
		MemTableSize:          32 << 20,
		BytesPerSync:          1 << 20,
		FormatMajorVersion:    pebble.FormatNewest,
		L0CompactionThreshold: 32, // with filters a lookup opens one table in a hundred in vain
		L0StopWritesThreshold: 256,
		Logger:                logger{log},
	}
	for range 7 {
		o.Levels = append(o.Levels, pebble.LevelOptions{
			Compression:    pebble.NoCompression, // blocks are hashed, coded and sent as they are
			FilterPolicy:   bloom.FilterPolicy(10),
			TargetFileSize: 64 << 20,
		})
	}
	d := &Datastore{dir: dir, fs: fs, options: o}
	d.unchecked.Store(recheck)
	err := d.prepare()
	if err == nil {
		err = d.open()
	}
	if err != nil {
		return nil, fmt.Errorf("open block store %s: %w", dir, err)
	}
	return d, nil
}

// open opens the index. Where a file of it is lost pebble panics; here that is
// damage like any other.
func (d *Datastore) open() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the index is damaged: %v", r)
		}
	}()
	d.db, err = pebble.Open(d.dir, d.options)
	return err
}

// prepare makes the folders, so that they survive a crash, and sweeps what one
// left half made.
func (d *Datastore) prepare() error {
	if err := d.fs.RemoveAll(d.bulkDir()); err != nil {
		return err
	}
	if err := d.fs.MkdirAll(d.bulkDir(), 0o755); err != nil {
		return err
	}
	parent, err := d.fs.OpenDir(d.fs.PathDir(d.dir))
	if err != nil {
		return err
	}
	return errors.Join(parent.Sync(), parent.Close())
}

func (d *Datastore) bulkDir() string { return d.fs.PathJoin(d.dir, "bulk") }

// Close writes what is pending and frees the folder.
func (d *Datastore) Close() error {
	d.mu.Lock()
	db := d.db
	d.db = nil
	d.mu.Unlock()
	if db == nil {
		return nil
	}
	var errs []error
	d.cursors.Range(func(c, _ any) bool { // pebble takes an open one for a leak
		errs = append(errs, d.release(c.(*cursor)))
		return true
	})
	return errors.Join(append(errs, db.Close())...)
}

// use runs f while the store cannot be closed.
func (d *Datastore) use(f func(db *pebble.DB) error) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.db == nil {
		return errClosed
	}
	return f(d.db)
}

func indexKey(key datastore.Key) []byte { return append([]byte{'i'}, key.Bytes()...) }
func valueKey(key datastore.Key) []byte { return append([]byte{'v'}, key.Bytes()...) }

// An entry of the index is 0 and the value, or 1 and the length of a value that
// lies apart.
func entryOf(value []byte) []byte {
	if len(value) <= inline {
		return append([]byte{0}, value...)
	}
	return binary.AppendUvarint([]byte{1}, uint64(len(value)))
}

// parseEntry returns the value of an entry, or that it lies apart, and its size.
func parseEntry(entry []byte) (value []byte, apart bool, size int, err error) {
	if len(entry) > 0 && entry[0] == 0 {
		return entry[1:], false, len(entry) - 1, nil
	}
	if len(entry) > 1 && entry[0] == 1 {
		if n, k := binary.Uvarint(entry[1:]); k == len(entry)-1 {
			return nil, true, int(n), nil
		}
	}
	return nil, false, 0, fmt.Errorf("%w: an index entry of %d bytes", ErrCorrupt, len(entry))
}

// room fails when n more bytes would leave the disk almost full.
func (d *Datastore) room(n int) error {
	if d.unchecked.Add(int64(n)) < recheck {
		return nil
	}
	u, err := d.fs.GetDiskUsage(d.dir)
	if err == nil && u.AvailBytes < reserve+uint64(n) {
		return fmt.Errorf("%w: %d MiB left at %s, %d MiB are kept free: free some space or collect garbage", ErrFull, u.AvailBytes>>20, d.dir, reserve>>20)
	}
	d.unchecked.Store(0) // a file system that cannot tell is not asked again at once
	return nil
}

// Put stores a value under a key, in place of what was there.
func (d *Datastore) Put(ctx context.Context, key datastore.Key, value []byte) error {
	return d.write(map[datastore.Key][]byte{key: value}, len(value))
}

// Delete forgets a key. One that is not there is no error.
func (d *Datastore) Delete(ctx context.Context, key datastore.Key) error {
	return d.write(map[datastore.Key][]byte{key: nil}, 0)
}

// write applies changes at once; a nil value deletes.
func (d *Datastore) write(changes map[datastore.Key][]byte, size int) error {
	if size > 0 {
		if err := d.room(size); err != nil {
			return err
		}
	}
	return d.use(func(db *pebble.DB) error {
		b := db.NewBatch()
		defer b.Close()
		for key, value := range changes {
			if err := change(db, b, key, value); err != nil {
				return err
			}
		}
		return b.Commit(pebble.NoSync)
	})
}

func change(db *pebble.DB, b *pebble.Batch, key datastore.Key, value []byte) error {
	if len(value) <= inline { // is there a longer one that has to go?
		_, apart, _, err := lookup(db, key)
		switch {
		case errors.Is(err, datastore.ErrNotFound) && value == nil:
			return nil
		case err != nil && !errors.Is(err, datastore.ErrNotFound):
			return err
		case apart:
			if err := b.Delete(valueKey(key), nil); err != nil {
				return err
			}
		}
		if value == nil {
			return b.Delete(indexKey(key), nil)
		}
		return b.Set(indexKey(key), entryOf(value), nil)
	}
	if err := b.Set(valueKey(key), value, nil); err != nil {
		return err
	}
	return b.Set(indexKey(key), entryOf(value), nil)
}

// Sync makes everything written so far durable; the prefix does not matter.
func (d *Datastore) Sync(context.Context, datastore.Key) error {
	return d.use(func(db *pebble.DB) error { return db.LogData(nil, pebble.Sync) })
}

// Get returns a copy of the value, or datastore.ErrNotFound.
func (d *Datastore) Get(_ context.Context, key datastore.Key) (value []byte, err error) {
	err = d.use(func(db *pebble.DB) error {
		v, apart, size, err := lookup(db, key)
		if err != nil || !apart {
			value = v
			return err
		}
		value, err = get(db, valueKey(key))
		if err == nil && len(value) != size {
			err = fmt.Errorf("%w: %d bytes of %d", ErrCorrupt, len(value), size)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return value, nil
}

// Has says whether a key is there.
func (d *Datastore) Has(ctx context.Context, key datastore.Key) (bool, error) {
	_, err := d.GetSize(ctx, key)
	if errors.Is(err, datastore.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// GetSize returns the length of the value, or datastore.ErrNotFound.
func (d *Datastore) GetSize(_ context.Context, key datastore.Key) (size int, err error) {
	err = d.use(func(db *pebble.DB) error {
		_, _, size, err = lookup(db, key)
		return err
	})
	if err != nil {
		return -1, err
	}
	return size, nil
}

// lookup reads the index.
func lookup(db *pebble.DB, key datastore.Key) (value []byte, apart bool, size int, err error) {
	entry, err := get(db, indexKey(key))
	if err != nil {
		return nil, false, 0, err
	}
	return parseEntry(entry)
}

// get returns a copy, with our names for what can go wrong.
func get(db *pebble.DB, key []byte) ([]byte, error) {
	v, closer, err := db.Get(key)
	switch {
	case errors.Is(err, pebble.ErrNotFound):
		return nil, datastore.ErrNotFound
	case marked.Is(err, pebble.ErrCorruption):
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	case err != nil:
		return nil, err
	}
	return append([]byte{}, v...), closer.Close()
}

// Usage says how many bytes the store takes on the disk, with what it has not
// compacted yet.
func (d *Datastore) Usage() (bytes uint64, err error) {
	err = d.use(func(db *pebble.DB) error {
		bytes = db.Metrics().DiskSpaceUsage()
		return nil
	})
	return bytes, err
}

// after returns the first key behind all that begin with prefix.
func after(prefix []byte) []byte {
	end := bytes.Clone(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}

// logger passes pebble's lines on for developers. A fatal one means that the
// log cannot be written: pebble cannot go on after it, and neither can we.
type logger struct{ log *slog.Logger }

func (l logger) Infof(format string, args ...any)  { l.log.Debug(fmt.Sprintf(format, args...)) }
func (l logger) Errorf(format string, args ...any) { l.log.Error(fmt.Sprintf(format, args...)) }
func (l logger) Fatalf(format string, args ...any) {
	l.log.Error(fmt.Sprintf(format, args...))
	panic("block: the store cannot go on: " + fmt.Sprintf(format, args...))
}
