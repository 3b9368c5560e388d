// Package worktest is the peers of training jobs in one process, for tests:
// real roles, journals, models and engines. Wires are calls, and blocks lie in
// maps. In a synctest bubble only waiting takes time, never computing.
//
// Start with New, World.Add and World.Submit.
package worktest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/requester"
	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/datanet/ingest"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

// Network is the one that all records of a World are of.
const Network record.Network = 7

// A World is peers that reach each other, a model and a Datanet.
type World struct {
	testing.TB
	Model string // folder of the files
	Head  cid.Cid
	Hasty bool // a block that nobody has is missing at once, not after the deadline

	data  *blocks
	mu    sync.Mutex
	peers []*Peer
	work  sync.WaitGroup // offers on their way
}

// config is a model of some thousands of parameters.
const config = `{"model_type":"llama","hidden_act":"silu","vocab_size":300,"hidden_size":16,"intermediate_size":24,"num_hidden_layers":1,
"num_attention_heads":2,"num_key_value_heads":1,"max_position_embeddings":64,"rms_norm_eps":1e-5,"rope_theta":10000.0,
"initializer_range":0.02,"tie_word_embeddings":true,"attention_bias":false,"mlp_bias":false,"bos_token_id":0,"eos_token_id":1}`

// New makes a World in which there are a model and a Datanet, and nobody yet.
func New(t testing.TB) *World {
	t.Helper()
	w := &World{TB: t, Model: t.TempDir(), data: &blocks{all: map[cid.Cid][]byte{}}}
	var texts []string
	for i := range 40 {
		texts = append(texts, fmt.Sprintf("verse %d: to be or not to be, that is question %d of 40", i, i*7%40))
	}
	Must[any](t)(nil, w.write(texts))
	w.Head = Must[cid.Cid](t)(w.publish(texts))
	t.Cleanup(w.close)
	return w
}

// Must fails the test on an error.
func Must[T any](t testing.TB) func(x T, err error) T {
	return func(x T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

// write makes the model's folder.
func (w *World) write(texts []string) error {
	tok, err := tokenizer.Train(context.Background(), slices.Values(texts), tokenizer.TrainConfig{VocabSize: 290, Special: []string{"<s>", "</s>"}, BOS: "<s>"})
	if err != nil {
		return err
	}
	for name, text := range map[string]string{"config.json": config, "tokenizer_config.json": `{"bos_token":"<s>","eos_token":"</s>"}`} {
		if err := os.WriteFile(filepath.Join(w.Model, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	c, err := llama.ParseConfig([]byte(config), nil)
	if err != nil {
		return err
	}
	e, err := op.New(op.Config{Threads: 1})
	if err != nil {
		return err
	}
	defer e.Close()
	m, err := llama.New(c, tape.NewCPU(e))
	if err == nil {
		err = m.Init(e, 1)
	}
	if err != nil {
		return err
	}
	return errors.Join(tok.Save(filepath.Join(w.Model, "tokenizer.json")), train.WriteModel(w.Model, m.Params()))
}

// publish makes a Datanet of texts.
func (w *World) publish(texts []string) (head cid.Cid, err error) {
	var b strings.Builder
	for _, s := range texts {
		fmt.Fprintf(&b, "{\"text\":%q}\n", s)
	}
	from := w.TempDir()
	if err := os.WriteFile(filepath.Join(from, "a.jsonl"), []byte(b.String()), 0o600); err != nil {
		return head, err
	}
	key, ctx := Key("founder"), context.Background()
	founder := key.Public().Account()
	c, _, err := ingest.Add(ctx, from, ingest.Config{Licence: "MIT", Owner: founder, Dir: filepath.Join(from, "work"), Keep: true}, w.data)
	if err != nil {
		return head, err
	}
	s, err := manifest.SealContribution(key, Network, manifest.NewID(founder, "verses"), 1, c)
	if err != nil {
		return head, err
	}
	draft := manifest.New("verses", "MIT", manifest.Open)
	if err := draft.Add(s); err != nil {
		return head, err
	}
	v, err := manifest.SealManifest(key, Network, draft.Manifest)
	if err != nil {
		return head, err
	}
	if _, err := w.data.Add(ctx, cid.DagCBOR, s.Record().Envelope()); err != nil {
		return head, err
	}
	return w.data.Add(ctx, cid.DagCBOR, v.Record().Envelope())
}

// Key is the key of a name.
func Key(name string) record.Key {
	k, err := record.ParseKey([]byte((name + strings.Repeat("-", 32))[:32]))
	if err != nil {
		panic("worktest: " + err.Error())
	}
	return k
}

// Cook makes a job for a requester: a recipe for the World's model and data with
// short clocks. change changes what the recipe made, before its facts are found.
func (w *World) Cook(p *Peer, c recipe.Choices, change func(*job.Spec)) (*job.Spec, []byte) {
	w.Helper()
	id := Must[llama.Identity](w)(llama.Identify(w.Model))
	base := recipe.Base{
		Model: Must[cid.Cid](w)(id.CID()), Tokenizer: id.Tokenizer, Template: id.Template, Bytes: uint64(id.Bytes),
		Config: Must[llama.Config](w)(llama.ReadConfig(w.Model)),
	}
	data := recipe.Data{Manifest: w.Head, Plain: true}
	tok := Must[*tokenizer.Tokenizer](w)(tokenizer.Load(w.Model))
	Must[any](w)(nil, work.Records(context.Background(), w.Head, Network, tok, w.data.get, func(ids []int32) error {
		data.Lengths = append(data.Lengths, uint32(len(ids)))
		return nil
	}))
	if c.Goal == recipe.Pretrain {
		base.Model = id.Config
	}
	c.Requester, c.Price, c.Preset = p.Account(), 1_000_000, recipe.Quick
	if c.Number == 0 {
		c.Number = 1
	}
	if c.Rank == 0 && c.Goal <= recipe.Adapt {
		c.Rank = 2
	}
	meal := Must[*recipe.Meal](w)(recipe.Cook(base, data, c, nil))
	s := &meal.Spec
	s.Terms.Window = 5000
	if change != nil {
		change(s)
	}
	b := Must[*work.Bench](w)(work.OpenBench(context.Background(), s, Network, p.engine, p, filepath.Join(p.Dir, "prepare")))
	defer b.Close()
	s.Facts = b.Facts.Hash()
	return s, b.Facts.AppendCanon(nil)
}

// Submit cooks a job and has its requester begin it.
func (w *World) Submit(p *Peer, c recipe.Choices, change func(*job.Spec)) job.ID {
	w.Helper()
	s, facts := w.Cook(p, c, change)
	return Must[job.ID](w)(p.Requester.Submit(context.Background(), s, facts))
}

// Wait waits until a job is as ok wants it, for a day at most.
func (w *World) Wait(p *Peer, id job.ID, ok func(requester.View) bool) requester.View {
	w.Helper()
	for end := time.Now().Add(24 * time.Hour); ; time.Sleep(20 * time.Millisecond) {
		v, err := p.Requester.View(id)
		if errors.Is(err, work.ErrStopped) {
			continue // it has just been started
		}
		if err != nil || ok(v) {
			return Must[requester.View](w)(v, err)
		}
		if time.Now().After(end) || v.Status.Over() {
			w.Fatalf("job is %s: %+v\n%s", v.Status, v.Explanation, w.History(p, id))
		}
	}
}

// Over waits until a job is over, and wants it so.
func (w *World) Over(p *Peer, id job.ID, want job.Status) requester.View {
	w.Helper()
	v := w.Wait(p, id, func(v requester.View) bool { return v.Status.Over() })
	time.Sleep(time.Second) // the last transfers follow the last state
	if v.Status != want {
		w.Fatalf("job is %s, want %s: %+v\n%s", v.Status, want, v.Explanation, w.History(p, id))
	}
	return v
}

// History is what happened to a job, in lines.
func (w *World) History(p *Peer, id job.ID) string {
	var b strings.Builder
	all, err := p.Requester.History(id)
	for _, e := range all {
		fmt.Fprintf(&b, "%s %s %s\n", e.At.Format("15:04:05.000"), e.Who, e.What)
	}
	return fmt.Sprint(b.String(), err)
}

// Said is what the journal of a worker holds of a job.
func (w *World) Said(of record.Account, id job.ID) []job.Entry {
	w.Helper()
	p := Must[*Peer](w)(w.who(of))
	return Must[[]job.Entry](w)(p.Journal.Events(id, job.AsWorker))
}

func (w *World) close() {
	for _, p := range w.everybody() {
		p.Kill()
	}
	w.work.Wait()
	for _, p := range w.everybody() {
		p.engine.Close()
	}
}

func (w *World) everybody() []*Peer {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.peers)
}

// who returns the running peer of an account.
func (w *World) who(a record.Account) (*Peer, error) {
	for _, p := range w.everybody() {
		if p.Account() == a && p.Up() {
			return p, nil
		}
	}
	return nil, fmt.Errorf("nobody answers for %s", a)
}

// blocks are blocks by their names.
type blocks struct {
	mu  sync.Mutex
	all map[cid.Cid][]byte
}

func (m *blocks) Add(_ context.Context, codec uint64, b []byte) (cid.Cid, error) {
	c, err := block.CID(codec, b)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all[c] = slices.Clone(b)
	return c, err
}

func (m *blocks) get(_ context.Context, c cid.Cid) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if b, ok := m.all[c]; ok {
		return b, nil
	}
	return nil, fmt.Errorf("%s: %w", c, block.ErrNotFound)
}

// Alone computes a job on one machine and returns the digest of where it ends.
func (w *World) Alone(p *Peer, s *job.Spec) (end merkle.Digest) {
	w.Helper()
	b := Must[*work.Bench](w)(work.Open(context.Background(), s, Network, p.engine, p, filepath.Join(p.Dir, "alone"), nil))
	defer b.Close()
	Must[any](w)(nil, b.Begin(nil))
	for b.Done() < s.Steps() {
		if _, _, err := b.Step(); err != nil {
			w.Fatal(err)
		}
	}
	return Must[merkle.Digest](w)(b.Digest())
}

// Right fails the test unless the result of a job is that of one machine alone.
func (w *World) Right(p *Peer, id job.ID) {
	w.Helper()
	b := Must[*work.Bench](w)(p.Requester.Result(context.Background(), id))
	defer b.Close()
	got := Must[merkle.Digest](w)(b.Digest())
	if want := w.Alone(p, b.Spec); got != want {
		w.Errorf("the network came to state %s, one machine alone to %s", got, want)
	}
}

// Paid is what an account got from the escrow of a job.
func (w *World) Paid(p *Peer, id job.ID, to record.Account) (sum job.Amount) {
	w.Helper()
	for _, m := range Must[[]work.Movement](w)(p.Ledger.Movements(id)) {
		if m.From.Kind == job.Escrow && m.To == (job.Purse{Kind: job.Free, Owner: to}) {
			sum += m.Amount
		}
	}
	return sum
}

// Burned is what an account lost of its stake to nobody.
func (w *World) Burned(p *Peer, id job.ID, of record.Account) (sum job.Amount) {
	w.Helper()
	for _, m := range Must[[]work.Movement](w)(p.Ledger.Movements(id)) {
		if m.From.Kind == job.Stake && m.From.Owner == of && m.To.Kind == job.Burned {
			sum += m.Amount
		}
	}
	return sum
}
