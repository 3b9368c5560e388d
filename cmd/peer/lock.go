package main

import (
	"errors"
	"fmt"

	"github.com/openledger/openledger/cmd/peer/lock"
)

// lock takes the home for this process until release.
func (h home) lock() (release func(), err error) {
	release, err = lock.Take(h.lockFile())
	switch {
	case errors.Is(err, lock.ErrHeld):
		return nil, problemf(exitBusy, "stop that process, or use another home with --home", "home %s is in use by %s", h, holder(h))
	case err != nil:
		return nil, homeProblem(fmt.Errorf("lock %s: %w", h.lockFile(), err))
	}
	return release, nil
}

// holder names the process that has a home.
func holder(h home) string {
	pid, _, err := lock.Holder(h.lockFile())
	if err != nil || pid == 0 {
		return "another process"
	}
	return fmt.Sprintf("process %d", pid)
}
