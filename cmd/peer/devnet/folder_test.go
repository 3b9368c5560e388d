package devnet

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/openledger/openledger/cmd/peer/lock"
)

// Nothing but a network is removed or taken.
func TestForeignFolder(t *testing.T) {
	dir := t.TempDir()
	precious := filepath.Join(dir, "letters")
	if err := os.WriteFile(precious, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Remove(dir); !errors.Is(err, ErrForeign) {
		t.Errorf("remove a folder of something else: got %v, want %v", err, ErrForeign)
	}
	if _, err := Take(dir); !errors.Is(err, ErrForeign) {
		t.Errorf("take a folder of something else: got %v, want %v", err, ErrForeign)
	}
	if _, err := Create(t.Context(), dir, os.Args[0], nil); !errors.Is(err, ErrForeign) {
		t.Errorf("a network in a folder of something else: got %v, want %v", err, ErrForeign)
	}
	if _, err := os.Stat(precious); err != nil {
		t.Error(err)
	}
	if _, err := Take(precious); err == nil {
		t.Error("a file was taken for a folder")
	}
}

// A network that was begun and not finished is removed, one that is in use is not.
func TestRemove(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "net")
	if err := Remove(dir); err != nil {
		t.Error("a folder that is not there:", err)
	}
	release, err := Take(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := Remove(dir); !errors.Is(err, ErrRunning) {
		t.Errorf("while it is taken: got %v, want %v", err, ErrRunning)
	}
	home := filepath.Join(dir, "homes", "ada")
	if err := os.MkdirAll(home, 0o700); err != nil {
		t.Fatal(err)
	}
	release()
	holder, err := lock.Take(filepath.Join(home, "repo.lock"))
	if err != nil {
		t.Fatal(err)
	}
	if err := Remove(dir); !errors.Is(err, ErrRunning) {
		t.Errorf("while a peer runs: got %v, want %v", err, ErrRunning)
	}
	holder()
	if err := Remove(dir); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("after Remove: %v, want nothing", err)
	}
}
