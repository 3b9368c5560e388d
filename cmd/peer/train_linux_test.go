package main

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

// A disk that fills up ends a training with one line; the checkpoint before is whole.
func TestTrainDiskFull(t *testing.T) {
	b := newBox(t)
	run := `peer train local --preset tiny --text "` + verse + `" --batch 2 --length 16 --steps 4 --checkpoint-every 1 --valid 0 --out small/out > answer 2> errors`
	script := `mkdir small && mount -t tmpfs -o size=40m none small || exit 99
` + run + ` || exit 98
rm -r small/out && head -c 30m /dev/zero > small/fill
` + run + `; code=$?; tail -n 1 errors >&2; exit $code`
	c := b.shell(script)
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		t.Skip("mounting a small disk needs root")
	}
	o := b.outcome(c)
	if o.code == 99 {
		t.Skip("no small disk can be mounted here")
	}
	last := strings.Split(strings.TrimSpace(o.err), "\n")
	if o.code == exitDone || !strings.Contains(last[len(last)-1], "no space left") {
		t.Errorf("exit code %d\n%s", o.code, o.err)
	}
}
