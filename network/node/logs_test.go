package node

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	golog "github.com/ipfs/go-log/v2"
	"github.com/libp2p/go-libp2p/gologshim"
)

// What libraries call an error arrives as a warning, the rest as debug.
func TestSetLogs(t *testing.T) {
	var out bytes.Buffer
	SetLogs(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer SetLogs(slog.New(slog.DiscardHandler))

	shim := gologshim.Logger("test/shim")
	shim.Error("shim failed", "peer", "p1")
	shim.Info("shim works")
	shim.Debug("shim chatters")
	zap := golog.Logger("test/zap")
	zap.Errorw("zap failed", "peer", "p2", "n", 3)
	for _, want := range []string{
		`level=WARN msg="shim failed" logger=test/shim peer=p1`,
		`level=DEBUG msg="shim works"`,
		`level=WARN msg="zap failed" logger=test/zap peer=p2 n=3`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("got\n%s\nwant: %s", out.String(), want)
		}
	}
	if strings.Contains(out.String(), "chatters") {
		t.Errorf("debug lines of libraries are told:\n%s", out.String())
	}
}
