//go:build !unix

package devnet

import (
	"os"
	"syscall"
)

var apart *syscall.SysProcAttr

// end ends a process: there is no softer way here, and none is needed, since a
// peer loses nothing by a kill.
func end(p *os.Process) error { return p.Kill() }
