package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/openledger/openledger/proofs/canon"
)

// An input is a file to read.
type input struct {
	Name string // below the folder that is added, with slashes
	Size int64
	Time int64 // of the last change, in Unix nanoseconds
}

// AppendCanon appends the input to b.
func (in *input) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 3)
	b = canon.AppendText(b, in.Name)
	b = canon.AppendUint(b, uint64(in.Size))
	return canon.AppendUint(b, uint64(in.Time))
}

// ReadCanon reads what AppendCanon wrote.
func (in *input) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	in.Name = r.Text(maxName)
	in.Size, in.Time = int64(r.Uint(math.MaxUint64)), int64(r.Uint(math.MaxUint64))
}

const maxName = 4 << 10 // of a file, in bytes

// A listing is what there is at a path.
type listing struct {
	path  string // absolute
	one   bool   // a file, not a folder
	files int
	bytes uint64
	bad   Report // what is not read
}

// open returns the path of an input.
func (l *listing) open(in input) string {
	if l.one {
		return l.path
	}
	return filepath.Join(l.path, filepath.FromSlash(in.Name))
}

// list finds the regular files at or below a path, in lexical order, and what it
// does not follow: links (which may form a loop), devices, pipes. Folders whose
// names begin with a dot are left out, and so is the folder of work.
func list(path, work string, add func(*input) error) (l listing, err error) {
	work, err = filepath.Abs(work)
	if err != nil {
		return l, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return l, err
	}
	l.path = path
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		name := filepath.Base(p)
		if rel, e := filepath.Rel(path, p); e == nil && rel != "." {
			name = filepath.ToSlash(rel)
		}
		quarantine := func(why string) {
			l.bad.quarantine(Quarantine{Source: strings.ToValidUTF8(name, "\ufffd"), Reason: why})
		}
		switch {
		case err != nil && p == path:
			return err
		case err != nil:
			quarantine(err.Error())
			return nil
		case d.IsDir() && p != path && (strings.HasPrefix(d.Name(), ".") || p == work):
			return filepath.SkipDir
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			quarantine(kind(d.Type()))
			return nil
		case strings.ToValidUTF8(name, "") != name || len(name) > maxName:
			quarantine("its name is not UTF-8 or too long")
			return nil
		}
		info, err := d.Info()
		if err != nil {
			quarantine(err.Error())
			return nil
		}
		l.one = p == path
		l.files++
		l.bytes += uint64(info.Size())
		return add(&input{name, info.Size(), info.ModTime().UnixNano()})
	})
	if err == nil && l.files == 0 && l.bad.Quarantined > 0 {
		q := l.bad.QuarantineList[0]
		err = fmt.Errorf("ingest: %s: nothing to read: %s is %s", path, q.Source, q.Reason)
	}
	return l, err
}

func kind(m fs.FileMode) string {
	switch {
	case m&fs.ModeSymlink != 0:
		return "a symbolic link, which is not followed"
	case m&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case m&fs.ModeSocket != 0:
		return "a socket"
	}
	return "no regular file"
}

// openRegular opens a file that may have become something else since it was
// listed. It does not wait for the other end of a pipe.
func openRegular(path string) (*os.File, fs.FileInfo, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New(kind(info.Mode()))
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}
