package chain

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/openledger/openledger/settle/epoch"
)

// A Follower is a book that goes with the chain: it replays the epochs that are
// posted, keeps a checkpoint of each in a folder, and goes back where one was
// rejected. It is not safe for concurrent use.
type Follower struct {
	k   *Contracts
	get epoch.Get
	dir string

	posted []Posted // epochs 1, 2, ... as the chain has them
	book   *epoch.Book
	spent  bool // the book was given out to be written in, or is not what was posted
}

// savedEvery is how many records are replayed between two checkpoints.
const savedEvery = 1 << 14

// Follow makes the folder where there is none.
func Follow(k *Contracts, get epoch.Get, dir string) (*Follower, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of checkpoints: %w", err)
	}
	return &Follower{k: k, get: get, dir: dir, spent: true}, nil
}

// Posted reads which epochs are posted.
func (f *Follower) Posted(ctx context.Context) ([]Posted, error) {
	tip, _, err := f.k.Tip(ctx)
	if err != nil {
		return nil, err
	}
	// What is known may have been rejected, and others posted in its place.
	for n := len(f.posted); n > 0; n-- {
		if uint64(n) <= tip {
			e, err := view(ctx, f.k.Client, f.k.Ledger, ledgerABI.PackEpochOf(uint64(n)), ledgerABI.UnpackEpochOf)
			if err != nil {
				return nil, fmt.Errorf("read epoch %d: %w", n, err)
			}
			if e.Hash == f.posted[n-1].Header.Hash() {
				break
			}
		}
		f.posted = f.posted[:n-1]
	}
	var last Posted
	if n := len(f.posted); n > 0 {
		last = f.posted[n-1]
	}
	more, err := f.k.Posted(ctx, last)
	if err != nil {
		return nil, err
	}
	f.posted = append(f.posted, more...)
	return slices.Clone(f.posted), nil
}

// Book returns the book after epoch n, which MUST be posted. Whoever adds records
// to it asks for it again afterwards. What is wrong with an epoch is an
// *epoch.Fault, what is missing of its data an *epoch.MissingError.
func (f *Follower) Book(ctx context.Context, n uint64) (*epoch.Book, error) {
	posted, err := f.Posted(ctx)
	if err != nil {
		return nil, err
	}
	if n > uint64(len(posted)) {
		return nil, fmt.Errorf("epoch %d is not posted; the last one is %d", n, len(posted))
	}
	rules := f.k.Rules(ctx)
	if f.spent || !f.stands(f.book, n) {
		if f.book, err = f.load(rules, n); err != nil {
			return nil, err
		}
	}
	f.book.Obey(rules)
	f.spent = true // until all went well
	for f.book.Previous().Epoch < n {
		if err := f.step(ctx, posted[f.book.Previous().Epoch].Header, rules); err != nil {
			return nil, err
		}
	}
	f.spent = false
	f.prune(ctx)
	return f.book, nil
}

// Open returns a book to add records to: the next call of Book returns another.
func (f *Follower) Open(ctx context.Context, n uint64) (*epoch.Book, error) {
	b, err := f.Book(ctx, n)
	f.spent = true
	f.book = nil
	return b, err
}

// stands says whether a book is of what is posted, and not after epoch n.
func (f *Follower) stands(b *epoch.Book, n uint64) bool {
	h := b.Previous()
	return h.Epoch == 0 || h.Epoch <= n && f.posted[h.Epoch-1].Header == h
}

func (f *Follower) step(ctx context.Context, h Header, rules *Rules) error {
	d, err := epoch.OpenDAG(ctx, h, f.get)
	if err != nil {
		return err
	}
	err = f.book.Replay(ctx, h, d, func(done uint64) error {
		if done%savedEvery == 0 && done < h.Records && rules.Err() == nil {
			return f.book.SaveFile(f.file(h.Epoch-1) + "-open")
		}
		return nil
	})
	if rules.Err() != nil {
		return rules.Err() // what was computed says nothing
	}
	var fault *epoch.Fault
	if errors.As(err, &fault) && fault.First != nil && fault.First.Path == nil {
		older := f.posted[fault.First.Epoch-1].Header
		d, err := epoch.OpenDAG(ctx, older, f.get)
		if err == nil {
			err = fault.First.OpenIn(ctx, older, d)
		}
		if err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	if err := f.book.SaveFile(f.file(h.Epoch)); err != nil {
		return err
	}
	if err := os.Remove(f.file(h.Epoch-1) + "-open"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// Epoch returns the data of an epoch that is posted.
func (f *Follower) Epoch(ctx context.Context, n uint64) (Posted, *epoch.DAG, error) {
	posted, err := f.Posted(ctx)
	if err != nil {
		return Posted{}, nil, err
	}
	if n == 0 || n > uint64(len(posted)) {
		return Posted{}, nil, fmt.Errorf("epoch %d is not posted; the last one is %d", n, len(posted))
	}
	d, err := epoch.OpenDAG(ctx, posted[n-1].Header, f.get)
	return posted[n-1], d, err
}

func (f *Follower) file(n uint64) string { return filepath.Join(f.dir, fmt.Sprintf("book-%d", n)) }

// checkpoints lists the files of books, the latest first.
func (f *Follower) checkpoints() (epochs []uint64, err error) {
	files, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, fmt.Errorf("read the folder of checkpoints: %w", err)
	}
	for _, e := range files {
		n, err := strconv.ParseUint(strings.TrimPrefix(e.Name(), "book-"), 10, 64)
		if err == nil {
			epochs = append(epochs, n)
		}
	}
	slices.Sort(epochs)
	slices.Reverse(epochs)
	return epochs, nil
}

// load returns the latest checkpoint that stands, not after epoch n.
func (f *Follower) load(rules *Rules, n uint64) (*epoch.Book, error) {
	saved, err := f.checkpoints()
	if err != nil {
		return nil, err
	}
	for _, e := range append(saved, 0) {
		if e > n {
			continue
		}
		files := []string{f.file(e) + "-open", f.file(e)}
		if e == n {
			files = files[1:]
		}
		for _, file := range files {
			if b, err := epoch.LoadFile(file, rules); err == nil && f.stands(b, n) && f.opens(b) {
				return b, nil
			} // one that is damaged is made again
		}
	}
	return epoch.NewBook(rules), nil
}

// opens says whether the records that a book has done are of the epoch that is
// posted now.
func (f *Follower) opens(b *epoch.Book) bool {
	next := b.Previous().Epoch
	return b.Done() == 0 || next < uint64(len(f.posted)) && b.Doing() == f.posted[next].Header.Hash()
}

// prune removes checkpoints that nothing goes back to: all but the last final one
// and those after it. Failing to is no harm.
func (f *Follower) prune(ctx context.Context) {
	_, final, err := f.k.Tip(ctx)
	saved, err2 := f.checkpoints()
	if err != nil || err2 != nil {
		return
	}
	kept := false
	for _, e := range saved {
		if e <= final && kept {
			_ = os.Remove(f.file(e))
		}
		kept = kept || e <= final
	}
}

// Verify recomputes epoch n, also where a checkpoint of it is there.
func (f *Follower) Verify(ctx context.Context, n uint64) (*epoch.Book, error) {
	if n == 0 {
		return nil, fmt.Errorf("epochs begin with 1")
	}
	if _, err := f.Book(ctx, n-1); err != nil {
		return nil, err
	}
	if err := os.Remove(f.file(n)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	return f.Book(ctx, n)
}
