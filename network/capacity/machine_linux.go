package capacity

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"time"
)

func detect(ctx context.Context) Machine {
	return detectLinux(os.DirFS("/"), func(args ...string) ([]byte, error) {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		path, err := exec.LookPath(args[0])
		if err != nil {
			return nil, fs.ErrNotExist
		}
		c := exec.CommandContext(ctx, path, args[1:]...)
		c.WaitDelay = time.Second
		var out bytes.Buffer
		c.Stdout = &limited{&out, 1 << 20}
		err = c.Run()
		return out.Bytes(), err
	})
}

// limited fails when more is written than it takes.
type limited struct {
	w    io.Writer
	left int
}

func (l *limited) Write(b []byte) (int, error) {
	if l.left -= len(b); l.left < 0 {
		return 0, fmt.Errorf("output too long")
	}
	return l.w.Write(b)
}
