package devnet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/openledger/openledger/cmd/peer/lock"
)

// lockFile is in the folder of every network, from before its first file on.
const lockFile = "devnet.lock"

// ErrRunning says that a network is at work, or that a command is at work on it.
var ErrRunning = errors.New("the network is in use")

// ErrForeign says that a folder holds something that was not made here.
var ErrForeign = errors.New("the folder holds something else than a network of peers")

// Take makes the caller the only one that changes the network of a folder, which
// is made if need be, until release.
func Take(dir string) (release func(), err error) {
	if err := ours(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, lockFile)
	release, err = lock.Take(path)
	if errors.Is(err, lock.ErrHeld) {
		pid, _, _ := lock.Holder(path) // 0 where it has just ended
		err = fmt.Errorf("%w: process %d is at work on %s", ErrRunning, pid, dir)
	}
	return release, err
}

// ours says whether a folder is not there, is empty, or holds what was made here,
// maybe not to its end.
func ours(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == lockFile || e.Name() == stateFile {
			return nil
		}
	}
	return fmt.Errorf("%w: %s", ErrForeign, dir)
}

// clear deletes what was made in a folder and of which nothing runs, but for the
// lock.
func clear(dir string) error {
	if err := ours(dir); err != nil {
		return err
	}
	locks, err := filepath.Glob(filepath.Join(dir, "homes", "*", "repo.lock"))
	if err != nil {
		return err
	}
	for _, path := range locks {
		pid, held, err := lock.Holder(path)
		if err != nil {
			return err
		}
		if held {
			return fmt.Errorf("%w: process %d runs in %s", ErrRunning, pid, filepath.Dir(path))
		}
	}
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if e.Name() != lockFile {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

// Remove deletes a network that was made here and of which nothing runs.
func Remove(dir string) error {
	release, err := Take(dir)
	if err != nil {
		return err
	}
	err = clear(dir)
	release() // a file that is held cannot be deleted everywhere
	if err != nil {
		return err
	}
	return os.RemoveAll(dir)
}
