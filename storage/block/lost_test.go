package block

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A store that has lost a file of its index does not open, and says so.
func TestLostManifest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "blocks")
	silent := slog.New(slog.DiscardHandler)
	d, err := OpenDatastore(dir, silent)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	manifests, err := filepath.Glob(filepath.Join(dir, "MANIFEST-*"))
	if err != nil || len(manifests) == 0 {
		t.Fatalf("%d manifests, %v", len(manifests), err)
	}
	for _, m := range manifests {
		if err := os.Remove(m); err != nil {
			t.Fatal(err)
		}
	}
	if d, err := OpenDatastore(dir, silent); err == nil || !strings.Contains(err.Error(), "MANIFEST") {
		t.Errorf("got %v, %v: want an error that names the file", d, err)
	}
}
