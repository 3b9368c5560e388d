//go:build unix

package lock

import (
	"os"

	"golang.org/x/sys/unix"
)

// try takes an exclusive lock on f without waiting.
func try(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == unix.EWOULDBLOCK {
		return ErrHeld
	}
	return err
}
