package lock_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/openledger/openledger/cmd/peer/lock"
)

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	look := func(want int) {
		t.Helper()
		pid, held, err := lock.Holder(path)
		if err != nil || held != (want != 0) || pid != want {
			t.Errorf("holder %d, held %v, %v; want %d", pid, held, err, want)
		}
	}
	look(0)
	release, err := lock.Take(path)
	if err != nil {
		t.Fatal(err)
	}
	look(os.Getpid())
	if _, err := lock.Take(path); !errors.Is(err, lock.ErrHeld) {
		t.Errorf("a second Take: %v, want %v", err, lock.ErrHeld)
	}
	release()
	look(0)
	if release, err = lock.Take(path); err != nil {
		t.Fatal(err)
	}
	release()
}
