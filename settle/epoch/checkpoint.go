package epoch

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
)

// A checkpoint is a book in a file: what a replay goes on from. Its layout is
// fixed: magic, the previous header, the records done of the open epoch and
// its header's hash, the total, then payers, accounts and settled keys, each list with its length, and
// the SHA-256 of it all. Numbers are big endian.
const checkpointMagic = "openledger book 1\n"

// ErrCheckpoint is what LoadBook returns, wrapped, of a file that is no whole
// checkpoint: replay from the first epoch.
var ErrCheckpoint = errors.New("not a checkpoint")

// Save writes the book as it is. One that an aggregator has added records to
// cannot be saved before it is closed.
func (b *Book) Save(w io.Writer) error {
	if len(b.records) > 0 {
		return fmt.Errorf("epoch: save a book with %d open records", len(b.records))
	}
	buffered := bufio.NewWriterSize(w, 1<<16)
	sum := sha256.New()
	out := io.MultiWriter(buffered, sum)
	var err error
	write := func(parts ...[]byte) {
		for _, p := range parts {
			if err == nil {
				_, err = out.Write(p)
			}
		}
	}
	write([]byte(checkpointMagic), headerWords(&b.previous), number(b.done), b.doing[:], amount(&b.state.total))
	write(number(uint64(len(b.state.spent))))
	for i := range b.state.spent {
		write(amount(&b.state.spent[i]))
	}
	write(number(uint64(len(b.state.entries))))
	for i := range b.state.entries {
		e := &b.state.entries[i]
		write(e.account[:], amount(&e.earned), amount(&e.distributed))
	}
	write(number(uint64(len(b.settled))))
	for k, p := range b.settled {
		write(k[:], number(p.epoch), number(p.record), number(p.last))
	}
	if err == nil {
		_, err = buffered.Write(sum.Sum(nil))
	}
	return errors.Join(err, buffered.Flush())
}

func number(n uint64) []byte  { return binary.BigEndian.AppendUint64(nil, n) }
func amount(a *Amount) []byte { b := a.Bytes32(); return b[20:] }

// A checkpointReader keeps the first error, as canon.Reader does.
type checkpointReader struct {
	in  io.Reader
	sum hash.Hash
	err error
}

func (r *checkpointReader) fixed(p []byte) {
	if r.err == nil {
		if _, r.err = io.ReadFull(r.in, p); r.err == nil {
			r.sum.Write(p)
		}
	}
}

func (r *checkpointReader) number() uint64 {
	var b [8]byte
	r.fixed(b[:])
	return binary.BigEndian.Uint64(b[:])
}

func (r *checkpointReader) amount(a *Amount) {
	var b [12]byte
	r.fixed(b[:])
	a.SetBytes(b[:])
}

func (r *checkpointReader) list(most uint64, each func(i int)) {
	n := r.number()
	if n > most && r.err == nil {
		r.err = fmt.Errorf("a list of %d", n)
	}
	for i := 0; r.err == nil && uint64(i) < n; i++ {
		each(i)
	}
}

// LoadBook reads what Save wrote.
func LoadBook(in io.Reader, rules Rules) (*Book, error) {
	r := &checkpointReader{in: bufio.NewReaderSize(in, 1<<16), sum: sha256.New()}
	b := NewBook(rules)
	magic := make([]byte, len(checkpointMagic))
	if r.fixed(magic); r.err == nil && string(magic) != checkpointMagic {
		r.err = errors.New("it begins with something else")
	}
	word := func() (w [32]byte) { r.fixed(w[:]); return w }
	small := func() uint64 { w := word(); return binary.BigEndian.Uint64(w[24:]) }
	h := &b.previous
	h.Epoch, h.Records, h.Forced = small(), small(), small()
	total := word()
	h.Total.SetBytes(total[:])
	h.Accounts = uint32(small())
	h.Previous, h.SpentRoot, h.EarnedRoot, h.RecordsRoot, h.TraceRoot, h.Data = word(), word(), word(), word(), word(), word()
	b.done, b.doing = r.number(), word()
	r.amount(&b.state.total)
	s := b.state
	r.list(1<<depth, func(i int) {
		var a Amount
		r.amount(&a)
		s.spent = append(s.spent, a)
		put(s.spentTree, uint32(i), spentDigest(&a))
	})
	r.list(1<<depth, func(i int) {
		var e entry
		r.fixed(e.account[:])
		r.amount(&e.earned)
		r.amount(&e.distributed)
		if _, known := s.places[e.account]; !known {
			s.places[e.account] = uint32(i)
		}
		s.entries = append(s.entries, e)
		put(s.earnedTree, uint32(i), e.digest())
	})
	r.list(1<<40, func(int) {
		k := word()
		b.settled[k] = place{r.number(), r.number(), r.number()}
	})
	want := r.sum.Sum(nil)
	var got [sha256.Size]byte
	if r.fixed(got[:]); r.err == nil && string(want) != string(got[:]) {
		r.err = errors.New("its checksum is another")
	}
	if r.err == nil && b.done == 0 && (h.SpentRoot != s.spentTree.Root() || h.EarnedRoot != s.earnedTree.Root()) {
		r.err = errors.New("its balances are not those of its header")
	}
	if r.err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCheckpoint, r.err)
	}
	return b, nil
}

// SaveFile replaces a file by the book at once: a kill leaves the one or the
// other.
func (b *Book) SaveFile(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".book-*")
	if err != nil {
		return fmt.Errorf("save a checkpoint: %w", err)
	}
	err = b.Save(f)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("save a checkpoint: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// LoadFile reads what SaveFile wrote.
func LoadFile(path string, rules Rules) (*Book, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return LoadBook(f, rules)
}
