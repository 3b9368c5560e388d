package block_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/storage/block"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(interop, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A damaged block is left out with a reason; all others are there.
func TestCARWithADamagedBlock(t *testing.T) {
	car := fixture(t, "files.car")
	car[len(car)-1] ^= 1
	s := newStore()
	h := s.Hold()
	defer h.Release()
	in, err := h.ImportCAR(t.Context(), bytes.NewReader(car))
	if err != nil || in.Bad != 1 || len(in.Why) != 1 || !errors.Is(in.Why[0], block.ErrCorrupt) {
		t.Fatalf("got %+v, %v, want one bad block", in, err)
	}
	if err := h.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	good := importCAR(t, newStore(), "files.car")
	if st, err := s.Stat(t.Context()); err != nil || in.Blocks != good.Blocks-1 || st.Blocks == 0 {
		t.Errorf("got %d of %d blocks, %+v, %v", in.Blocks, good.Blocks, st, err)
	}
}

func TestBadCARs(t *testing.T) {
	good := fixture(t, "files.car")
	huge := append(bytes.Clone(good), 0xff, 0xff, 0xff, 0xff, 0x0f) // a section of 4 GiB
	for _, c := range []struct {
		name, want string
		car        []byte
	}{
		{"nothing", "not a CAR", nil},
		{"text", "not a CAR", []byte("hello, this is no CAR at all")},
		{"a header of 1 GiB", "not a CAR", []byte{0x80, 0x80, 0x80, 0x80, 0x04, 0xa2}},
		{"cut", "the blocks before it are kept", good[:len(good)-3]},
		{"a huge section", "the blocks before it are kept", huge},
	} {
		h := newStore().Hold()
		in, err := h.ImportCAR(t.Context(), bytes.NewReader(c.car))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
		if c.name == "cut" && in.Blocks == 0 {
			t.Errorf("%s: kept no block", c.name)
		}
		h.Release()
	}
}

func TestExportNamesAMissingBlock(t *testing.T) {
	s := newStore()
	in := importCAR(t, s, "cbor.car")
	leaf, err := block.CID(cid.Raw, []byte("b"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(t.Context(), leaf); err != nil {
		t.Fatal(err)
	}
	if err := s.ExportCAR(t.Context(), io.Discard, in.Roots...); !errors.Is(err, block.ErrNotFound) || !strings.Contains(err.Error(), leaf.String()) {
		t.Errorf("got %v, want ErrNotFound with the CID", err)
	}
}

// A file of another form, a missing leaf, a reader that fails: clear errors.
func TestBadFiles(t *testing.T) {
	s := newStore()
	in := importCAR(t, s, "cbor.car")
	if _, err := s.OpenFile(t.Context(), in.Roots[0]); err == nil || !strings.Contains(err.Error(), in.Roots[0].String()) {
		t.Errorf("dag-cbor as a file: got %v, want an error that names it", err)
	}
	root := addFile(t, s, content(1000), small)
	leaf, err := block.CID(cid.Raw, content(1000)[64:128])
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(t.Context(), leaf); err != nil {
		t.Fatal(err)
	}
	r, err := s.OpenFile(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(r); err == nil || len(got) != 64 {
		t.Errorf("a missing leaf: got %d bytes, %v, want the 64 before it and an error", len(got), err)
	}
	h := s.Hold()
	defer h.Release()
	broken := io.MultiReader(bytes.NewReader(content(100)), brokenReader{})
	if _, _, err := h.AddFile(t.Context(), broken, small); !errors.Is(err, errBroken) {
		t.Errorf("a broken reader: got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := h.AddFile(ctx, bytes.NewReader(content(100)), small); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

var errBroken = errors.New("broken")

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errBroken }

// Whatever is in a CAR, importing it ends, and what is stored has its hash.
func FuzzImportCAR(f *testing.F) {
	f.Add(fixture(f, "cbor.car"))
	v2, err := hex.DecodeString("0aa16776657273696f6e02")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(append(v2, make([]byte, 40)...))
	f.Fuzz(func(t *testing.T, car []byte) {
		s := newStore()
		h := s.Hold()
		defer h.Release()
		in, err := h.ImportCAR(t.Context(), bytes.NewReader(car))
		if err := h.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		for e, err := range s.Verify(t.Context()) {
			if err != nil {
				t.Errorf("%s: %v", e.CID, err)
			}
		}
		if err != nil || len(in.Roots) == 0 || len(in.Roots) > 10 {
			return
		}
		_ = s.ExportCAR(t.Context(), io.Discard, in.Roots...) // may lack blocks
	})
}

// Links of any bytes are an error or a list.
func FuzzLinks(f *testing.F) {
	f.Add(uint64(cid.DagCBOR), []byte{0x81, 0x01})
	f.Add(uint64(cid.DagProtobuf), []byte{0x0a, 0x02, 0x08, 0x02})
	f.Add(uint64(cid.DagCBOR), bytes.Repeat([]byte{0x81}, 100_000))
	f.Fuzz(func(t *testing.T, codec uint64, data []byte) {
		c, err := block.CID(codec, data)
		if err != nil {
			return
		}
		_, _ = block.Links(c, data)
	})
}
