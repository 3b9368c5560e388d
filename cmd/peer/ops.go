package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/openledger/openledger/cmd/peer/api"
)

// An ops is the operator's window into a running peer: whether it lives and is
// ready, what it counts, and Go's profiles. It tells nothing to strangers:
// beyond loopback all but /health wants a token.
type ops struct {
	listener net.Listener // nil where ops.listen is empty
	token    []byte       // empty: none wanted
	metrics  *metrics
	stage    *atomic.Value // of stage
	counts   http.Handler
	session  string  // what control requests must bear, new with each start
	routes   []route // of the control requests
	openai   string  // where OpenAI's API is; empty: nowhere
}

// minToken is the least length of a token in bytes.
const minToken = 16

func newOps(c opsConfig, h home, m *metrics, counts prometheus.Gatherer, now *atomic.Value) (*ops, error) {
	o := &ops{metrics: m, stage: now, counts: promhttp.HandlerFor(counts, promhttp.HandlerOpts{}), session: rand.Text()}
	if c.TokenFile != "" {
		token, err := readSecret(h.resolve(c.TokenFile))
		if err != nil {
			return nil, fmt.Errorf("ops.token_file: %w", err)
		}
		if o.token = bytes.TrimSpace(token); len(o.token) < minToken {
			return nil, problemf(exitConfig, "openssl rand -hex 16 makes a good one", "ops.token_file holds %d bytes, want %d or more", len(o.token), minToken)
		}
	}
	if c.Listen == "" {
		return o, nil
	}
	var err error
	o.listener, err = listen("ops.listen", c.Listen, len(o.token) > 0)
	return o, err
}

// listen opens the TCP address of a setting. What is not loopback needs a token:
// everybody who can reach the machine could use it.
func listen(key, addr string, hasToken bool) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, problemf(exitConfig, "want host:port, as in 127.0.0.1:6738", "%s: %w", key, err)
	}
	if ip, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !ip.IsLoopback()) && !hasToken {
		section, _, _ := strings.Cut(key, ".")
		return nil, problemf(exitConfig, "set "+section+".token_file, or listen on 127.0.0.1",
			"%s %s is refused: others than this machine could reach it, and it has no token", key, addr)
	}
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, problemf(exitBusy, fmt.Sprintf("stop the program that has it, or choose another with --set %s=127.0.0.1:0", key), "%s %s is in use", key, addr)
	case err != nil:
		return nil, problemf(exitConfig, "choose another address with --set "+key+"=127.0.0.1:0", "%s: %w", key, err)
	}
	return l, nil
}

// url is where a route of o is, or nothing where it does not listen.
func (o *ops) url(route string) string {
	if o.listener == nil {
		return ""
	}
	return "http://" + o.listener.Addr().String() + route
}

// run serves until ctx is done. Requests under way, such as a profile, end with it.
func (o *ops) run(ctx context.Context) error {
	if o.listener == nil {
		<-ctx.Done()
		return nil
	}
	return api.ServeHTTP(ctx, o.listener, &http.Server{Handler: o.handler(), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute})
}

func (o *ops) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, `{"status":"ok"}`)
	})
	mux.HandleFunc("GET /readiness", o.guard(func(w http.ResponseWriter, _ *http.Request) {
		now := o.stage.Load().(stage)
		if now != stageReady {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		fmt.Fprintf(w, "{\"stage\":%q}\n", now)
	}))
	mux.HandleFunc("GET /metrics", o.guard(o.counts.ServeHTTP))
	mux.HandleFunc("GET /debug/pprof/", o.guard(pprof.Index))
	mux.HandleFunc("GET /debug/pprof/cmdline", o.guard(pprof.Cmdline))
	mux.HandleFunc("GET /debug/pprof/profile", o.guard(pprof.Profile))
	mux.HandleFunc("GET /debug/pprof/symbol", o.guard(pprof.Symbol))
	mux.HandleFunc("GET /debug/pprof/trace", o.guard(pprof.Trace))
	for _, r := range o.routes {
		mux.HandleFunc(r.pattern, r.handler)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		mux.ServeHTTP(w, r)
		o.metrics.requests.WithLabelValues(r.Pattern).Inc() // empty where no route fits
	})
}

// guard lets pass who bears the token.
func (o *ops) guard(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if len(o.token) > 0 && subtle.ConstantTimeCompare([]byte(token), o.token) != 1 {
			o.metrics.refused.Inc()
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "want the token of ops.token_file as: Authorization: Bearer TOKEN", http.StatusUnauthorized)
			return
		}
		next(w, r)
	}
}
