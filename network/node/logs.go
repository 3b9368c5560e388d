package node

import (
	"context"
	"log/slog"

	golog "github.com/ipfs/go-log/v2"
	"github.com/libp2p/go-libp2p/gologshim"
	"go.uber.org/zap/zapcore"
)

// SetLogs hands the logs of libp2p, pubsub, the DHT and boxo to log, one level
// lower than they call themselves: what is an error to a library is worth a
// warning to the operator at most. These libraries log by globals, so it is for
// the process as a whole and MUST come before the first New.
func SetLogs(log *slog.Logger) {
	h := lower{log.Handler()}
	gologshim.SetDefaultHandler(h)
	golog.SetPrimaryCore(zapCore{h})
}

// lower hands records on: errors as warnings, the rest as debug.
type lower struct{ slog.Handler }

func lowered(l slog.Level) slog.Level {
	if l >= slog.LevelError {
		return slog.LevelWarn
	}
	return slog.LevelDebug
}

func (h lower) Enabled(ctx context.Context, l slog.Level) bool {
	return l > slog.LevelDebug && h.Handler.Enabled(ctx, lowered(l))
}

func (h lower) Handle(ctx context.Context, r slog.Record) error {
	r.Level = lowered(r.Level)
	return h.Handler.Handle(ctx, r)
}

func (h lower) WithAttrs(attrs []slog.Attr) slog.Handler { return lower{h.Handler.WithAttrs(attrs)} }

func (h lower) WithGroup(name string) slog.Handler { return lower{h.Handler.WithGroup(name)} }

// zapCore is what go-log writes to.
type zapCore struct{ h slog.Handler }

var slogLevels = map[zapcore.Level]slog.Level{
	zapcore.DebugLevel: slog.LevelDebug, zapcore.InfoLevel: slog.LevelInfo, zapcore.WarnLevel: slog.LevelWarn,
}

func slogLevel(l zapcore.Level) slog.Level {
	if s, ok := slogLevels[l]; ok {
		return s
	}
	return slog.LevelError
}

func (c zapCore) Enabled(l zapcore.Level) bool {
	return c.h.Enabled(context.Background(), slogLevel(l))
}

func (c zapCore) With(fields []zapcore.Field) zapcore.Core {
	return zapCore{c.h.WithAttrs(attrs(fields))}
}

func (c zapCore) Check(e zapcore.Entry, checked *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if c.Enabled(e.Level) {
		return checked.AddCore(e, c)
	}
	return checked
}

func (c zapCore) Write(e zapcore.Entry, fields []zapcore.Field) error {
	r := slog.NewRecord(e.Time, slogLevel(e.Level), e.Message, 0)
	r.AddAttrs(slog.String("logger", e.LoggerName))
	r.AddAttrs(attrs(fields)...)
	return c.h.Handle(context.Background(), r)
}

func (c zapCore) Sync() error { return nil }

func attrs(fields []zapcore.Field) []slog.Attr {
	m := zapcore.NewMapObjectEncoder()
	var out []slog.Attr
	for _, f := range fields {
		f.AddTo(m)
		if v, ok := m.Fields[f.Key]; ok {
			out = append(out, slog.Any(f.Key, v))
		}
	}
	return out
}
