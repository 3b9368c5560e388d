package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/gateway"
	"github.com/openledger/openledger/cmd/peer/servetest"
	serves "github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/serve"
)

// due makes the receipts of a peer ones that are audited now.
func (x *citizen) due() {
	x.t.Helper()
	_, err := x.answers.repo.ledger.Exec("UPDATE receipts SET at = ?, doubt = 'a test wants to know' WHERE state = ?",
		time.Now().Add(-time.Hour).UnixMilli(), gateway.Undrawn)
	if err != nil {
		x.t.Fatal(err)
	}
	if n, err := x.answers.gateway.AuditDue(context.Background()); err != nil {
		x.t.Fatalf("%d audited: %v", n, err)
	}
}

// only has a peer know these workers alone, in this order.
func (x *citizen) only(model cid.Cid, workers ...*citizen) {
	f := workersFound{at: time.Now()}
	for _, w := range workers {
		f.workers = append(f.workers, gateway.Worker{Name: string(w.answers.online.node.Host().ID()), Key: w.key.Public()})
	}
	x.answers.mu.Lock()
	defer x.answers.mu.Unlock()
	x.answers.found[[2]cid.Cid{model, cid.Undef}] = f
}

// auditing lets a peer audit for others.
func auditing(c *Config) { c.Auditor.Enabled = true }

// TestAuditHanded: a peer without the model has one that has it look at what a worker
// signed. A true answer is vouched for; of a false one it gets the proof, which
// convicts offline.
func TestAuditHanded(t *testing.T) {
	dir := servetest.Dir(t)
	auditor := newCitizenWith(t, "auditor", []string{dir}, auditing)
	mallory, cheats := newCheat(t, dir, auditor)
	asker := newCitizen(t, "asker", nil, auditor, mallory)
	model := auditor.answers.models()[0].local.Base.CID
	asker.knows(model, 2)
	by := func(worker *citizen, seed int) gateway.Entry {
		t.Helper()
		asker.only(model, worker)
		r := asker.post("/v1/completions", fmt.Sprintf(`{"model":%q,"prompt":"the name of the thing","max_tokens":60,"temperature":1,"seed":%d,"logit_bias":{"1":-100}}`, model, seed))
		r.Body.Close()
		asker.due()
		for _, e := range asker.receipts() {
			if e.Worker == worker.key.Public().Account().String() {
				return e
			}
		}
		t.Fatalf("no receipt of %s", worker.id())
		return gateway.Entry{}
	}
	if e := by(mallory, 1); e.State != gateway.Vouched || !strings.Contains(e.Note, auditor.id()) {
		t.Errorf("a true answer: %q, %q", e.State, e.Note)
	}
	cheats()
	if _, err := asker.answers.repo.ledger.Exec("DELETE FROM receipts"); err != nil {
		t.Fatal(err)
	}
	e := by(mallory, 2)
	if e.State != gateway.False || !strings.Contains(e.Note, auditor.id()) || !strings.Contains(e.Verdict, "wrong tile") {
		t.Fatalf("a false answer: %q, %q, %q", e.State, e.Note, e.Verdict)
	}
	_, path, _ := strings.Cut(e.Verdict, "the proof is ")
	if !strings.HasPrefix(path, string(asker.home)) {
		t.Errorf("the proof is %s", path)
	}
	// Nobody is asked to judge itself.
	if _, err := asker.answers.repo.ledger.Exec("DELETE FROM receipts"); err != nil {
		t.Fatal(err)
	}
	if e := by(auditor, 3); e.State != gateway.Unable {
		t.Errorf("of the only auditor: %q, %q", e.State, e.Note)
	}
}

// TestAuditFetched: a peer that may fetch models audits by itself.
func TestAuditFetched(t *testing.T) {
	dir := servetest.Dir(t)
	worker := newCitizen(t, "worker", []string{dir})
	asker := newCitizenWith(t, "asker", nil, func(c *Config) { c.Serve.Fetch = 64 << 20 }, worker)
	asker.text(worker.publishes(dir).String(), "")
	asker.due()
	if all := asker.receipts(); len(all) != 1 || all[0].State != gateway.Passed {
		t.Errorf("got %+v", all)
	}
}

// TestEmbedAcross: embeddings of other peers are those of the model, to the bit;
// they are marked as verified where they were computed again, and who gives others
// is passed over there.
func TestEmbedAcross(t *testing.T) {
	dir := servetest.Dir(t)
	liar := newCitizen(t, "liar", []string{dir})
	honest := newCitizen(t, "honest", []string{dir}, liar)
	model := honest.answers.models()[0].local.Base.CID
	blind := newCitizen(t, "blind", nil, liar, honest)
	seeing := newCitizen(t, "seeing", nil, liar, honest)
	if _, err := seeing.home.models().add("tiny", dir); err != nil {
		t.Fatal(err)
	}
	body := fmt.Sprintf(`{"model":%q,"input":["the name","of the thing"],"encoding_format":"base64"}`, model)
	embed := func(x *citizen) (out api.Embeddings, vectors []string) {
		t.Helper()
		if err := json.NewDecoder(x.post("/v1/embeddings", body).Body).Decode(&out); err != nil {
			t.Fatal(err)
		}
		for _, e := range out.Data {
			s, ok := e.Embedding.(string)
			if b, err := base64.StdEncoding.DecodeString(s); !ok || err != nil || len(b) != 4*64 {
				t.Fatalf("got %v", e.Embedding)
			}
			vectors = append(vectors, s)
		}
		return out, vectors
	}
	out, want := embed(honest)
	if out.OpenLedger != nil || len(want) != 2 {
		t.Errorf("its own: %+v", out)
	}
	blind.knows(model, 2)
	seeing.knows(model, 2)
	if out, got := embed(blind); !slices.Equal(got, want) || out.OpenLedger == nil || out.OpenLedger.Verified || len(out.OpenLedger.Peers) != 1 {
		t.Errorf("without the model: %+v; the vectors are right: %v", out.OpenLedger, slices.Equal(got, want))
	}
	s := serves.New(serves.Config{Key: liar.key, Embed: func(ctx context.Context, tenant string, q *serves.Embed) ([]float32, error) {
		v, err := liar.answers.embed(ctx, tenant, q)
		if err == nil {
			v[7] = -v[7]
		}
		return v, err
	}})
	t.Cleanup(liar.answers.online.node.Serve(serves.EmbedName, serves.EmbedLimits, liar.log, s.HandleEmbed))
	seeing.only(model, liar, honest)
	if out, got := embed(seeing); !slices.Equal(got, want) || out.OpenLedger == nil || !out.OpenLedger.Verified || !slices.Equal(out.OpenLedger.Peers, []string{honest.id()}) {
		t.Errorf("with the model: %+v; the vectors are right: %v", out.OpenLedger, slices.Equal(got, want))
	}
	blind.only(model, liar)
	if out, got := embed(blind); slices.Equal(got, want) || out.OpenLedger.Verified {
		t.Errorf("of the liar, without the model: %+v", out.OpenLedger)
	}
	m, err := blind.answers.Model(context.Background(), model.String())
	if err != nil {
		t.Fatal(err)
	}
	for _, prompt := range [][]int32{{}, {9999}, {-1}} {
		var bad *serve.RequestError
		if _, err := blind.answers.Embed(context.Background(), m, "", prompt); !errors.As(err, &bad) {
			t.Errorf("of the tokens %v: %v", prompt, err)
		}
	}
}
