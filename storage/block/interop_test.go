package block_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"

	"github.com/openledger/openledger/storage/block"
)

// The fixtures in testdata/interop are made by Helia's packages, see make.mjs
// there; npm install in that folder lets TestHeliaReadsUs run too.
const interop = "testdata/interop"

func newStore() *block.Store { return block.New(dssync.MutexWrap(datastore.NewMapDatastore())) }

// content is that of content.mjs.
func content(n int) []byte {
	out := make([]byte, n)
	x := uint32(1)
	for i := range out {
		x = x*1103515245 + 12345
		out[i] = byte(x >> 24)
	}
	return out
}

// A file is one line of files.json.
type file struct {
	Size int     `json:"size"`
	CID  cid.Cid `json:"cid"`
}

func (f *file) UnmarshalJSON(b []byte) error {
	var raw struct {
		Size int
		CID  string
	}
	err := json.Unmarshal(b, &raw)
	if err == nil {
		f.Size = raw.Size
		f.CID, err = cid.Decode(raw.CID)
	}
	return err
}

func files(t *testing.T) (f struct{ Standard, Small []file }) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(interop, "files.json"))
	if err == nil {
		err = json.Unmarshal(b, &f)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var small = block.FileConfig{Chunk: 64, Links: 4}

func addFile(t *testing.T, s *block.Store, data []byte, config block.FileConfig) cid.Cid {
	t.Helper()
	h := s.Hold()
	defer h.Release()
	c, n, err := h.AddFile(t.Context(), bytes.NewReader(data), config)
	if err == nil {
		err = h.Flush(t.Context())
	}
	if err != nil || n != uint64(len(data)) {
		t.Fatalf("add %d bytes: %d, %v", len(data), n, err)
	}
	return c
}

func readFile(t *testing.T, s *block.Store, root cid.Cid) []byte {
	t.Helper()
	r, err := s.OpenFile(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func importCAR(t *testing.T, s *block.Store, name string) block.Import {
	t.Helper()
	f, err := os.Open(filepath.Join(interop, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	h := s.Hold()
	defer h.Release()
	in, err := h.ImportCAR(t.Context(), f)
	if err == nil {
		err = h.Flush(t.Context())
	}
	if err != nil || in.Bad != 0 {
		t.Fatalf("import %s: %+v, %v", name, in, err)
	}
	return in
}

// We give a file the CID that Helia gives it.
func TestFilesHaveHeliasCIDs(t *testing.T) {
	s := newStore()
	f := files(t)
	for _, want := range f.Standard {
		if got := addFile(t, s, content(want.Size), block.FileConfig{}); got != want.CID {
			t.Errorf("%d bytes: got %s, want %s", want.Size, got, want.CID)
		}
	}
	for _, want := range f.Small {
		if got := addFile(t, s, content(want.Size), small); got != want.CID {
			t.Errorf("%d bytes in small chunks: got %s, want %s", want.Size, got, want.CID)
		}
	}
}

// We read a CAR by @ipld/car with files by Helia.
func TestReadsHeliasFiles(t *testing.T) {
	s := newStore()
	in := importCAR(t, s, "files.car")
	for i, want := range files(t).Small {
		if in.Roots[i] != want.CID {
			t.Errorf("root %d: got %s, want %s", i, in.Roots[i], want.CID)
		}
		if got := readFile(t, s, want.CID); !bytes.Equal(got, content(want.Size)) {
			t.Errorf("%d bytes: got %d others", want.Size, len(got))
		}
	}
}

// A dag-cbor DAG goes in and out; the block that the file held twice goes out
// once.
func TestCBORDagTravels(t *testing.T) {
	s := newStore()
	in := importCAR(t, s, "cbor.car")
	if len(in.Roots) != 1 || in.Blocks != 5 {
		t.Fatalf("got %+v, want 1 root and 5 blocks", in)
	}
	var out bytes.Buffer
	if err := s.ExportCAR(t.Context(), &out, in.Roots...); err != nil {
		t.Fatal(err)
	}
	h := newStore().Hold()
	defer h.Release()
	again, err := h.ImportCAR(t.Context(), &out)
	if err != nil || again.Blocks != 4 || again.Roots[0] != in.Roots[0] {
		t.Errorf("got %+v, %v, want 4 blocks", again, err)
	}
}

// Helia reads a CAR of ours with files of ours.
func TestHeliaReadsUs(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	if _, err := os.Stat(filepath.Join(interop, "node_modules")); err != nil {
		t.Skip("Helia is not installed: run npm install in storage/block/" + interop)
	}
	s := newStore()
	var roots []cid.Cid
	want := map[string][32]byte{}
	for _, n := range []int{0, 5, 1<<20 + 5} {
		c := addFile(t, s, content(n), block.FileConfig{})
		roots, want[c.String()] = append(roots, c), sha256.Sum256(content(n))
	}
	deep := addFile(t, s, content(9999), small)
	roots, want[deep.String()] = append(roots, deep), sha256.Sum256(content(9999))

	name, err := filepath.Abs(filepath.Join(t.TempDir(), "ours.car"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := s.ExportCAR(t.Context(), f, roots...); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, "check.mjs", name)
	cmd.Dir, cmd.Stderr = interop, os.Stderr
	b, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got []struct{ Root, SHA256 string }
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	if len(got) != len(roots) {
		t.Errorf("Helia read %d files, want %d", len(got), len(roots))
	}
	for _, g := range got {
		if sum := want[g.Root]; g.SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: Helia read other bytes", g.Root)
		}
	}
}
