// Package api is the HTTP interface of a peer: OpenAI's, so that its clients
// work unchanged, and what OpenLedger adds to it.
//
// The invariant: an answer comes from the model and the adapter that the client
// named, or it is an error; nothing is replaced, truncated or passed over in
// silence. Text turns into tokens here; who computes is a Backend.
//
// Start with Config, New and the list of routes (routes.go).
package api

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// A Config says what a server serves. The zero value of each optional field works.
type Config struct {
	Backend Backend // required

	// Dir is the folder for files and fine-tuning jobs, made if it is not
	// there. Empty: the server takes neither.
	Dir string

	Tuner        Tuner        // nil: no fine-tuning
	Attributions Attributions // nil: no attribution

	// Tokens are who may ask. Nil: everybody on this machine.
	Tokens *Tokens

	// Owner is a token of whoever runs the server, for all that it does. Empty:
	// there is none.
	Owner string

	// Answered is told of every complete answer, by its ID. Nil: nobody is.
	Answered func(id string, r Receipt)

	Registry *prometheus.Registry // of /metrics; nil: its own
	Log      *slog.Logger         // nil: none
}

// A Server answers HTTP requests.
type Server struct {
	c        Config
	mux      *http.ServeMux
	metrics  *metrics
	receipts receipts
	files    *files
	jobs     *jobs
	limits   limits
}

// New makes a server. It opens Config.Dir and starts nothing; Run does.
func New(c Config) (*Server, error) {
	if c.Backend == nil {
		return nil, errors.New("api: a Config needs a Backend")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Registry == nil {
		c.Registry = prometheus.NewRegistry()
	}
	s := &Server{c: c, mux: http.NewServeMux(), metrics: newMetrics(c.Registry), receipts: newReceipts(maxReceipts)}
	var err error
	if c.Dir != "" {
		if s.files, err = openFiles(c.Dir); err != nil {
			return nil, err
		}
		if c.Tuner != nil {
			if s.jobs, err = openJobs(c.Dir, c.Tuner, c.Log); err != nil {
				return nil, err
			}
		}
	}
	for _, r := range routes {
		s.mux.HandleFunc(r.method+" "+r.path, func(w http.ResponseWriter, q *http.Request) { s.serve(r, w, q) })
	}
	s.mux.HandleFunc("/", func(w http.ResponseWriter, q *http.Request) { s.lost(w, q) })
	return s, nil
}

// Run does the fine-tuning jobs, one after the other, until ctx is done.
func (s *Server) Run(ctx context.Context) error {
	if s.jobs == nil {
		<-ctx.Done()
		return nil
	}
	return s.jobs.run(ctx)
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Serve answers on a listener until ctx is done; answers under way end with it.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	return ServeHTTP(ctx, l, &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10})
}

// ServeHTTP runs an HTTP server on a listener until ctx is done, with which the
// requests under way end, too.
func ServeHTTP(ctx context.Context, l net.Listener, server *http.Server) error {
	server.BaseContext = func(net.Listener) context.Context { return ctx }
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	if server.Shutdown(grace) != nil {
		server.Close()
	}
	<-served
	return nil
}

// A call is one request on its way through the server.
type call struct {
	s      *Server
	w      http.ResponseWriter
	r      *http.Request
	tenant string // whose turn it is in the engine
	token  *Token // nil: somebody on this machine
}

// serve answers a request to a route.
func (s *Server) serve(r route, w http.ResponseWriter, q *http.Request) {
	began := time.Now()
	id := "req_" + rand.Text()
	w.Header().Set("X-Request-Id", id)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	watched := &watchedWriter{ResponseWriter: w}
	c := &call{s: s, w: watched, r: q, tenant: "local"}
	release, err := s.admit(c, r)
	if err == nil {
		err = r.do(c)
		release()
	}
	if err != nil && watched.status == 0 {
		c.fail(err)
	}
	s.metrics.requests.WithLabelValues(r.path, strconv.Itoa(watched.status)).Inc()
	s.metrics.seconds.WithLabelValues(r.path).Observe(time.Since(began).Seconds())
	s.c.Log.DebugContext(q.Context(), "Request", slog.String("id", id), slog.String("route", r.path),
		slog.Int("status", watched.status), slog.Duration("took", time.Since(began)))
}

// lost answers a request that fits no route.
func (s *Server) lost(w http.ResponseWriter, q *http.Request) {
	c := &call{s: s, w: w, r: q}
	for _, r := range routes {
		if strings.TrimSuffix(r.path, "/") == strings.TrimSuffix(q.URL.Path, "/") {
			c.fail(&Error{Status: http.StatusMethodNotAllowed, Message: "Not allowed to " + q.Method + " on " + q.URL.Path + "; use " + r.method + "."})
			return
		}
	}
	c.fail(&Error{Status: http.StatusNotFound, Code: "unknown_url", Message: "Unknown request URL: " + q.Method + " " + q.URL.Path + ". GET /openapi.json lists what there is."})
}

// A watchedWriter knows the status that was sent.
type watchedWriter struct {
	http.ResponseWriter
	status int // 0: none yet
}

func (w *watchedWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watchedWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (w *watchedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (c *call) metricsPage() error {
	promhttp.HandlerFor(c.s.c.Registry, promhttp.HandlerOpts{}).ServeHTTP(c.w, c.r)
	return nil
}

func (c *call) health() error { return c.answer(Health{"ok"}) }

// Health is the answer of /health.
type Health struct {
	Status string `json:"status"`
}
