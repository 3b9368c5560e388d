// Package lock keeps a file to one process. The system drops the lock with the
// process, so a kill -9 leaves nothing to clean up.
package lock

import (
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

// ErrHeld says that another process holds the lock.
var ErrHeld = errors.New("held by another process")

// patience covers the moment that a look by Holder takes.
const patience = 100 * time.Millisecond

// Take holds the file, which is made if need be, for this process until release
// and writes its number into it.
func Take(path string) (release func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(patience / 10) {
		if err = try(f); !errors.Is(err, ErrHeld) || time.Now().After(deadline) {
			break
		}
	}
	if err == nil {
		err = f.Truncate(0)
	}
	if err == nil {
		_, err = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}

// Holder returns the process that holds a file; held is true with pid 0 while
// that process has not written its number.
func Holder(path string) (pid int, held bool, err error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	defer f.Close()
	if err = try(f); !errors.Is(err, ErrHeld) {
		return 0, false, err
	}
	text, err := io.ReadAll(io.NewSectionReader(f, 0, 32))
	if err != nil {
		return 0, true, err
	}
	pid, _ = strconv.Atoi(strings.TrimSpace(string(text)))
	return pid, true, nil
}
