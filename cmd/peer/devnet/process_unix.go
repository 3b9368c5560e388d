//go:build unix

package devnet

import (
	"os"
	"syscall"
)

// apart makes a process one that Ctrl-C in this terminal does not reach.
var apart = &syscall.SysProcAttr{Setsid: true}

// end asks a process to end.
func end(p *os.Process) error { return p.Signal(syscall.SIGTERM) }
