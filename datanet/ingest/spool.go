package ingest

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/openledger/openledger/proofs/canon"
)

// A spool is a file that grows: entries, each behind its length in 4 bytes. It
// keeps nothing in memory but what is not written yet.
type spool struct {
	f       *os.File
	out     *bufio.Writer
	size    int64 // with what is in out
	written int64
}

// openSpool opens a spool and forgets what is behind a size.
func openSpool(path string, size int64) (*spool, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	s := &spool{f: f, out: bufio.NewWriterSize(f, 1<<16)}
	if info, err := f.Stat(); err != nil || info.Size() < size {
		return nil, errors.Join(err, f.Close(), fmt.Errorf("%s is shorter than it was: remove its folder to start again", path))
	}
	if err := errors.Join(f.Truncate(size), s.rewind(size)); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return s, nil
}

func (s *spool) close() error { return s.f.Close() }

// rewind goes on at a size. What is behind it stays until it is written over.
func (s *spool) rewind(size int64) error {
	if err := s.flush(); err != nil {
		return err
	}
	_, err := s.f.Seek(size, io.SeekStart)
	s.size, s.written = size, size
	return err
}

func (s *spool) flush() error {
	s.written = s.size
	return s.out.Flush()
}

func (s *spool) sync() error { return errors.Join(s.flush(), s.f.Sync()) }

// add appends the entry of a value and says where it lies.
func (s *spool) add(v canon.Value) (at int64, err error) {
	b := v.AppendCanon(make([]byte, 4, 256))
	binary.BigEndian.PutUint32(b, uint32(len(b)-4))
	return s.raw(b)
}

func (s *spool) raw(b []byte) (at int64, err error) {
	at = s.size
	n, err := s.out.Write(b)
	s.size += int64(n)
	return at, err
}

// get reads the entry at a position.
func (s *spool) get(at int64, v canon.Value) error {
	var head [4]byte
	if err := s.read(head[:], at); err != nil {
		return err
	}
	size := binary.BigEndian.Uint32(head[:])
	if size > canon.MaxTotal {
		return fmt.Errorf("%s is damaged: an entry of %d bytes", s.f.Name(), size)
	}
	b := make([]byte, size)
	if err := s.read(b, at+4); err != nil {
		return err
	}
	return canon.Decode(b, v, canon.Limits{})
}

func (s *spool) read(b []byte, at int64) error {
	if at+int64(len(b)) > s.written {
		if err := s.flush(); err != nil {
			return err
		}
	}
	_, err := s.f.ReadAt(b, at)
	return err
}

// A cursor reads entries one after the other.
type cursor struct {
	r   *bufio.Reader
	at  int64 // of the next entry
	end int64
	buf []byte
}

// from reads from a position up to the end.
func (s *spool) from(at int64) (*cursor, error) {
	err := s.flush()
	return &cursor{r: bufio.NewReaderSize(io.NewSectionReader(s.f, at, s.size-at), 1<<18), at: at, end: s.size}, err
}

// next reads an entry; false: there is none left.
func (c *cursor) next(v canon.Value) (size int, ok bool, err error) {
	if c.at >= c.end {
		return 0, false, nil
	}
	var head [4]byte
	if _, err := io.ReadFull(c.r, head[:]); err != nil {
		return 0, false, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > canon.MaxTotal {
		return 0, false, fmt.Errorf("damaged: an entry of %d bytes", n)
	}
	if cap(c.buf) < int(n) {
		c.buf = make([]byte, n)
	}
	b := c.buf[:n]
	if _, err := io.ReadFull(c.r, b); err != nil {
		return 0, false, err
	}
	c.at += int64(n) + 4
	return int(n) + 4, true, canon.Decode(b, v, canon.Limits{})
}
