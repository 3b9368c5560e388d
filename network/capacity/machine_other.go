//go:build !linux

package capacity

import (
	"context"
	"runtime"
)

func detect(context.Context) Machine {
	return Machine{Notes: []string{"memory and GPUs are not known: this program cannot ask " + runtime.GOOS + " for them"}}
}
