package main

import (
	"net"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A service manager hears when the peer is ready and when it stops.
func TestNotify(t *testing.T) {
	b := newHome(t)
	path := filepath.Join(b.dir, "notify")
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	heard := func(want string) {
		t.Helper()
		if err := socket.SetReadDeadline(time.Now().Add(5 * time.Minute)); err != nil {
			t.Fatal(err)
		}
		buf := make([]byte, 256)
		n, err := socket.Read(buf)
		if got := string(buf[:max(n, 0)]); err != nil || got != want {
			t.Fatalf("heard %q (%v), want %q", got, err, want)
		}
	}
	b.env = append(b.env, "NOTIFY_SOCKET="+path)
	p := b.start("run")
	heard("READY=1")
	p.line("The peer is ready")
	if code := p.end(syscall.SIGTERM); code != exitDone {
		t.Errorf("exit code %d, want %d", code, exitDone)
	}
	heard("STOPPING=1")
}
