//go:build unix

package main

import (
	"io/fs"

	"golang.org/x/sys/unix"
)

// openToOthers says whether a file with this mode can be used by anyone but its owner.
func openToOthers(mode fs.FileMode) bool { return mode&0o077 != 0 }

// freeDisk is the room left for this user on the disk of path, in bytes.
func freeDisk(path string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, err
	}
	return uint64(s.Bavail) * uint64(s.Bsize), nil
}

// fileLimit is how many files this process may have open; Go has raised the soft
// limit to the hard one at its start.
func fileLimit() (limit uint64, known bool, err error) {
	var l unix.Rlimit
	err = unix.Getrlimit(unix.RLIMIT_NOFILE, &l)
	return uint64(l.Cur), true, err
}
