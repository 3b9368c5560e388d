package block_test

import (
	"crypto/sha256"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/storetest"
)

const benchSize = 512 << 20

// fresh gives n bytes that no other fresh gives, at the speed of a copy.
type fresh struct {
	base  []byte
	left  int
	stamp uint64
}

func (f *fresh) Read(b []byte) (int, error) {
	if f.left == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), f.left)], f.base)
	f.left -= n
	f.stamp++
	if n >= 8 {
		binary.LittleEndian.PutUint64(b, f.stamp)
	}
	return n, nil
}

// BenchmarkAdd puts the speed of adding a file (split, hash, store, durable)
// beside its two limits.
func BenchmarkAdd(b *testing.B) {
	base := storetest.Bytes(1, 8<<20)
	b.Run("sha256", func(b *testing.B) {
		b.SetBytes(int64(len(base)))
		for b.Loop() {
			sha256.Sum256(base)
		}
	})
	b.Run("write", func(b *testing.B) {
		b.SetBytes(benchSize)
		name := filepath.Join(b.TempDir(), "file")
		for b.Loop() {
			f, err := os.Create(name)
			if err != nil {
				b.Fatal(err)
			}
			for range benchSize / len(base) {
				if _, err := f.Write(base); err != nil {
					b.Fatal(err)
				}
			}
			if err := f.Sync(); err != nil {
				b.Fatal(err)
			}
			if err := f.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("add", func(b *testing.B) {
		s, err := block.Open(b.TempDir(), quiet)
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		in := &fresh{base: base}
		b.SetBytes(benchSize)
		for b.Loop() {
			in.left = benchSize
			h := s.Hold()
			if _, _, err := h.AddFile(b.Context(), in, block.FileConfig{}); err != nil {
				b.Fatal(err)
			}
			if err := h.Flush(b.Context()); err != nil {
				b.Fatal(err)
			}
			h.Release()
		}
	})
}
