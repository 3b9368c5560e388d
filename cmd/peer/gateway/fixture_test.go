package gateway

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"iter"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	_ "modernc.org/sqlite"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/servetest"
	"github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/llama/llamatest"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/epoch"
)

// long asks for as many cases as the issue names.
var long = os.Getenv("OPENLEDGER_LONG") != ""

const (
	testNet  = record.Network(31337)
	testSeed = 9
)

var testDomain = [32]byte{1, 2, 3}

func inTest(context.Context) ([32]byte, error) { return testDomain, nil }

// A world is a model with an adapter, workers on hosts of their own and a client.
type world struct {
	t       testing.TB
	cpu     *tape.CPU
	tensors []safetensors.Tensor
	model   api.Model
	adapter cid.Cid
	other   cid.Cid // an adapter that nobody asks for
	dirs    map[cid.Cid]string
	files   map[cid.Cid]*lora.Files
	terms   *receipt.Terms
	local   *serve.Engine
	client  host.Host
	book    *Book
	gateway *Gateway
	workers []Worker
	config  Config
}

func keyOf(t testing.TB, name string) record.Key {
	t.Helper()
	k, err := record.ParseKey([]byte((name + strings.Repeat("-", 32))[:32]))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func must[T any](t testing.TB) func(x T, err error) T {
	return func(x T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func newWorld(t testing.TB) *world {
	t.Helper()
	e := must[*op.Engine](t)(op.New(op.Config{}))
	t.Cleanup(e.Close)
	w := &world{t: t, cpu: tape.NewCPU(e), dirs: make(map[cid.Cid]string), files: make(map[cid.Cid]*lora.Files)}
	w.tensors = servetest.Tensors(t)
	dir := servetest.Dir(t)
	identity := must[llama.Identity](t)(llama.Identify(dir))
	id := must[cid.Cid](t)(identity.CID())
	m := w.load("null", w.tensors)
	w.terms = must[*receipt.Terms](t)(receipt.TermsOf(w.cpu, m, identity, []byte(servetest.Config("null"))))
	w.adapter, w.other = w.addAdapter(m, 1), w.addAdapter(m, 2)
	w.model = api.Model{ID: "tiny", CID: id, Context: m.Config.Context, Tokenizer: servetest.Tokenizer()}
	w.local = w.engine(m)

	w.client = w.host("client")
	db := must[*sql.DB](t)(sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "ledger.db")))
	t.Cleanup(func() { db.Close() })
	for _, step := range Tables {
		if _, err := db.Exec(step); err != nil {
			t.Fatal(err)
		}
	}
	w.book = NewBook(db)
	w.config = Config{
		Parts: func(ctx context.Context, to, name string, body []byte, l call.Limits) iter.Seq2[[]byte, error] {
			return call.Parts(ctx, w.client, peer.ID(to), protocol.ID("/openledger/"+name+"/1"), body, l)
		},
		Find: func(context.Context, cid.Cid, cid.Cid, bool) ([]Worker, error) { return w.workers, nil },
		Models: func(context.Context) ([]api.Model, error) {
			adapted := w.model
			adapted.ID, adapted.Parent, adapted.Adapter = "tiny:one", "tiny", w.adapter
			return []api.Model{w.model, adapted}, nil
		},
		Book: w.book, Network: testNet, Domain: inTest, Pay: w.pay,
		Beacon: func(context.Context, time.Time) ([32]byte, error) { return [32]byte{7}, nil },
		Audit: func(ctx context.Context, c serve.Claim) (*serve.Fault, error) {
			return w.local.Audit(ctx, "auditor", c)
		},
		Log: slog.New(slog.DiscardHandler),
	}
	w.gateway = New(w.config)
	return w
}

func (w *world) load(window string, all []safetensors.Tensor) *llama.Model {
	w.t.Helper()
	return llamatest.Load(w.t, w.cpu, servetest.Config(window), all)
}

func (w *world) addAdapter(m *llama.Model, seed uint64) cid.Cid {
	w.t.Helper()
	dir, f := servetest.Adapter(w.t, seed, m.Config.Linears(), lora.Modules{Pattern: lora.AllLinear})
	c := must[cid.Cid](w.t)(f.CID())
	w.dirs[c], w.files[c] = dir, f
	return c
}

func (w *world) engine(m *llama.Model) *serve.Engine {
	w.t.Helper()
	e := must[*serve.Engine](w.t)(serve.New(serve.Config{Model: m, CID: w.model.CID, Tokenizer: servetest.Tokenizer(), Slots: 4, Memory: 16 << 20}))
	for c, dir := range w.dirs {
		if err := e.Register("", c, dir); err != nil {
			w.t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	w.t.Cleanup(func() { cancel(); <-done })
	return e
}

func (w *world) host(name string) host.Host {
	w.t.Helper()
	h := must[host.Host](w.t)(libp2p.New(libp2p.Identity(keyOf(w.t, name).Libp2p()), libp2p.ListenAddrStrings("/ip4/127.0.0.1/udp/0/quic-v1"), libp2p.DisableRelay()))
	w.t.Cleanup(func() { h.Close() })
	return h
}

// engineOf is what serving.Config wants.
type engineOf interface {
	Accept(r serve.Request) (serve.Request, error)
	Submit(ctx context.Context, r serve.Request) (*serve.Stream, error)
}

// A sender sends a part, or spoils it.
type sender func(h host.Host, n int, part []byte, send func([]byte) error) error

// work starts a worker on a host of its own, which the gateway finds after all
// others. through sees what it sends; nil: nobody does.
func (w *world) work(name string, e engineOf, through sender) {
	w.t.Helper()
	h, k := w.host(name), keyOf(w.t, name)
	s := serving.New(serving.Config{Engine: e, Key: k, Network: testNet, Domain: inTest, Log: slog.New(slog.DiscardHandler)})
	stop := call.Serve(h, "/openledger/serve/1", serving.Limits, slog.New(slog.DiscardHandler), func(ctx context.Context, from peer.ID, body []byte, send func([]byte) error) error {
		n := 0
		return s.Handle(ctx, string(from), body, func(b []byte) error {
			n++
			if through == nil {
				return send(b)
			}
			return through(h, n, b, send)
		})
	})
	w.t.Cleanup(stop)
	w.client.Peerstore().AddAddrs(h.ID(), h.Addrs(), time.Hour)
	w.workers = append(w.workers, Worker{Name: string(h.ID()), Key: k.Public()})
}

// pay signs a payment to any of the workers.
func (w *world) pay(_ context.Context, r *serve.Request, workers []record.PublicKey) (*serving.Payment, error) {
	k := keyOf(w.t, "payer")
	digest, err := r.Digest()
	p := &serving.Payment{Request: epoch.Request{
		Payer: [20]byte(k.Public().Account()), Model: [32]byte{1}, Prompt: digest, LastEpoch: 10, Salt: r.Sampling.Seed,
	}}
	p.Request.Fee.SetUint64(1000)
	for _, x := range workers {
		p.Request.Workers = append(p.Request.Workers, [20]byte(x.Account()))
	}
	p.Signature = k.Sign(p.Request.Signing(testDomain))
	return p, err
}

// ask has the gateway answer.
func (w *world) ask(r serve.Request) (events []serve.Event, got api.Receipt, err error) {
	w.t.Helper()
	ctx := context.Background()
	m := w.model
	m.Adapter = r.Adapter
	a, err := w.gateway.Complete(ctx, m, r)
	if err != nil {
		return nil, got, err
	}
	defer a.Close()
	for {
		ev, err := a.Next(ctx)
		if errors.Is(err, io.EOF) {
			got, err = a.Receipt(ctx)
			return events, got, err
		}
		if err != nil {
			return events, got, err
		}
		events = append(events, ev)
	}
}

// want has this process answer the same.
func (w *world) want(r serve.Request) (events []serve.Event, answers []serve.Answer) {
	w.t.Helper()
	s := must[*serve.Stream](w.t)(w.local.Submit(context.Background(), r))
	for {
		ev, err := s.Next(context.Background())
		if errors.Is(err, io.EOF) {
			return events, s.Answers()
		}
		if err != nil {
			w.t.Fatal(err)
		}
		events = append(events, ev)
	}
}

func (w *world) request(rng *rand.Rand) serve.Request {
	prompt := make([]int32, 20+rng.IntN(60))
	for i := range prompt {
		prompt[i] = int32(2 + rng.IntN(380))
	}
	return serve.Request{Prompt: prompt, MaxTokens: 70, StopTokens: []int32{}, Adapter: w.adapter, Sampling: serve.Sampling{Temperature: 1, Seed: 1 + rng.Uint64()>>1}}
}

func (w *world) adapterFiles(c cid.Cid) (*lora.Files, error) {
	f := w.files[c]
	if f == nil {
		return nil, errors.New("no such adapter")
	}
	return f, nil
}
