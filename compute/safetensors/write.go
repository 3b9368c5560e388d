package safetensors

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Encode writes a file with these tensors to w. Equal tensors and metadata give
// equal bytes, whatever order they come in: wider types first, then by name, as
// the format's own writers do.
func Encode(w io.Writer, tensors []Tensor, meta map[string]string) error {
	sorted := slices.Clone(tensors)
	slices.SortFunc(sorted, func(a, b Tensor) int {
		return cmp.Or(cmp.Compare(a.DType, b.DType), cmp.Compare(a.Name, b.Name))
	})
	header, err := header(sorted, meta)
	if err != nil {
		return err
	}
	if _, err := w.Write(header); err != nil {
		return err
	}
	for _, t := range sorted {
		if _, err := w.Write(t.Data); err != nil {
			return err
		}
	}
	return nil
}

// header returns the length and the header, padded so that data begins at a
// multiple of 8.
func header(tensors []Tensor, meta map[string]string) ([]byte, error) {
	b := append(make([]byte, 8), '{')
	if len(meta) > 0 {
		b = append(appendString(b, metadataKey), ':', '{')
		for _, key := range slices.Sorted(maps.Keys(meta)) {
			if !utf8.ValidString(key) || !utf8.ValidString(meta[key]) {
				return nil, fmt.Errorf("metadata %q: not UTF-8", key)
			}
			b = append(appendString(append(appendString(b, key), ':'), meta[key]), ',')
		}
		b = append(b[:len(b)-1], '}', ',')
	}
	seen := make(map[string]bool, len(tensors))
	at := 0
	for _, t := range tensors {
		switch n, err := t.bytes(); {
		case err != nil:
			return nil, fmt.Errorf("tensor %q: %w", t.Name, err)
		case n != len(t.Data):
			return nil, fmt.Errorf("tensor %q: %d bytes, but %v%v needs %d", t.Name, len(t.Data), t.DType, t.Shape, n)
		case seen[t.Name] || t.Name == metadataKey || !utf8.ValidString(t.Name):
			return nil, fmt.Errorf("tensor %q: the name is given twice, reserved or not UTF-8", t.Name)
		}
		seen[t.Name] = true
		shape, err := json.Marshal(append([]int{}, t.Shape...))
		if err != nil {
			return nil, err
		}
		b = append(appendString(b, t.Name), ':')
		b = fmt.Appendf(b, `{"dtype":"%v","shape":%s,"data_offsets":[%d,%d]},`, t.DType, shape, at, at+len(t.Data))
		at += len(t.Data)
	}
	if b[len(b)-1] == ',' {
		b = b[:len(b)-1]
	}
	b = append(b, '}')
	for len(b)%8 != 0 {
		b = append(b, ' ')
	}
	n := len(b) - 8
	if n > MaxHeader {
		return nil, fmt.Errorf("a header of %d bytes, at most %d are allowed", n, MaxHeader)
	}
	binary.LittleEndian.PutUint64(b, uint64(n))
	return b, nil
}

// appendString appends a JSON string without the escapes made for HTML.
func appendString(b []byte, s string) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string to a Buffer cannot fail
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte{'\n'})...)
}

// Write writes a file as Replace does.
func Write(path string, tensors []Tensor, meta map[string]string) error {
	return Replace(path, func(w io.Writer) error { return Encode(w, tensors, meta) })
}

// Replace writes a file so that path holds either what it held before or all of
// the new one, even after a power cut: a file beside it is written, synced and
// renamed. What a writer that was killed left there is removed; see Sweep.
func Replace(path string, write func(io.Writer) error) error {
	if err := Sweep(path); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	err = write(f)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(err, os.Remove(f.Name())))
	}
	return syncDir(filepath.Dir(path))
}

// Sweep removes what writers of path that were killed left beside it: files and
// folders .name-* that nobody has touched for an hour.
func Sweep(path string) error {
	prefix := "." + filepath.Base(path) + "-"
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !strings.HasPrefix(e.Name(), prefix) || time.Since(info.ModTime()) < time.Hour {
			continue
		}
		if err := os.RemoveAll(filepath.Join(filepath.Dir(path), e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// syncDir makes a rename in dir last.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
