package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/openledger/openledger/compute/lora"
)

// A crew is a requester and workers, real processes that are connected.
type crew struct {
	t       *testing.T
	ask     *box // the requester
	asked   *process
	workers []*box
	audit   *box
	running []*process
}

// verses are the records of the Datanet that crews train on.
func verses(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{\"text\":\"verse %d: to be or not to be, that is question %d of %d\"}\n", i, i*7%n, n)
	}
	return b.String()
}

// newCrew starts a requester with a model and a Datanet, n workers who know
// neither, and an auditor.
func newCrew(t *testing.T, n int) *crew {
	t.Helper()
	return newCrewOn(t, n, "")
}

// newCrewOn has them settle on a chain that the requester keeps at an address.
func newCrewOn(t *testing.T, n int, address string) *crew {
	t.Helper()
	c := &crew{t: t, ask: newHome(t)}
	b := c.ask
	model, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "models", "stories260K"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(model, "config.json")); err != nil {
		t.Skip("no shared/models/stories260K beside the repository")
	}
	b.ok("model", "import", model, "--name", "stories")
	b.write("verses.jsonl", verses(96), 0o600)
	b.ok("datanet", "create", "verses", "--licence", "CC0-1.0")
	b.ok("datanet", "add", "verses", "verses.jsonl")
	b.ok("datanet", "publish", "verses")
	if address != "" {
		b.env = append(b.env, "OPENLEDGER_CHAIN_LISTEN="+address)
		b.ok("chain", "status") // the contracts are there
	}
	on := func(w *box) {
		if address != "" {
			w.env = append(w.env, "OPENLEDGER_CHAIN_ENDPOINT=http://"+address, "OPENLEDGER_CHAIN_CONTRACTS="+filepath.Join(b.home, "chain.json"))
		}
	}
	t.Cleanup(func() { // after it has ended
		if t.Failed() {
			t.Logf("the requester said:\n%s", c.asked.errors.String())
		}
	})
	c.asked = b.start("run")
	c.asked.line("health")
	for range n {
		w := moreBox(t)
		w.ok("init")
		w.env = append(w.env, "OPENLEDGER_WORKER_ENABLED=true")
		on(w)
		c.workers = append(c.workers, w)
		c.running = append(c.running, c.begin(w))
	}
	c.audit = moreBox(t)
	c.audit.ok("init")
	c.audit.env = append(c.audit.env, "OPENLEDGER_AUDITOR_ENABLED=true")
	on(c.audit)
	c.begin(c.audit)
	return c
}

// begin starts a worker that joins by the requester.
func (c *crew) begin(w *box) *process {
	c.t.Helper()
	w.ok("bootstrap", "add", c.ask.local())
	p := w.start("run")
	p.line("health")
	w.ok("swarm", "connect", c.ask.local())
	return p
}

// submit submits a small job and returns its ID.
func (c *crew) submit(more ...string) string {
	c.t.Helper()
	var r submitReport
	c.ask.answer(&r, append([]string{"job", "submit", "--base", "stories", "--datanet", "verses", "--preset", "quick", "--batch", "4",
		"--length", "32", "--epochs", "2", "--rank", "4", "--window", "1s"}, more...)...)
	if r.ID == "" {
		c.t.Fatalf("submitted: %+v", r)
	}
	return r.ID
}

// submitNew submits a job as the words alone say.
func (c *crew) submitNew(words ...string) string {
	c.t.Helper()
	var r submitReport
	c.ask.answer(&r, append([]string{"job", "submit"}, words...)...)
	return r.ID
}

// wait asks where a job is until it is as ok wants.
func (c *crew) wait(id string, ok func(jobReport) bool) (r jobReport) {
	c.t.Helper()
	deadline := time.Now().Add(4 * time.Minute)
	for {
		c.ask.answer(&r, "job", "show", id)
		if ok(r) {
			return r
		}
		if time.Now().After(deadline) {
			c.t.Fatalf("job stays %s\n%s\n%s", r.Status, c.ask.ok("job", "explain", id), c.ask.ok("job", "history", id))
		}
	}
}

func (c *crew) final(id string) jobReport {
	c.t.Helper()
	var me struct{ Account string }
	c.ask.answer(&me, "id")
	r := c.wait(id, func(r jobReport) bool { // the last transfers follow the last state
		return r.Over && (r.Status != "FINAL" || inEscrow(c.t, r, me.Account).Sign() == 0)
	})
	if r.Status != "FINAL" {
		c.t.Fatalf("job is %s: %s\n%s", r.Status, r.Why, c.ask.ok("job", "history", id))
	}
	return r
}

// firstStep is how long after its submission a job's first step was heard of.
func (c *crew) firstStep(id string) time.Duration {
	c.t.Helper()
	var all historyReport
	c.ask.answer(&all, "job", "history", id)
	for _, e := range all.Entries {
		if e.Step > 0 {
			return e.At.Sub(all.Entries[0].At)
		}
	}
	return 0
}

// inEscrow adds up what a job still holds of an account.
func inEscrow(t *testing.T, r jobReport, account string) *big.Rat {
	t.Helper()
	sum := new(big.Rat)
	for _, m := range r.Money {
		amount, ok := new(big.Rat).SetString(strings.Fields(m)[0])
		if !ok {
			t.Fatalf("money line %q", m)
		}
		if strings.Contains(m, "to escrow of "+account) {
			sum.Add(sum, amount)
		}
		if strings.Contains(m, "from escrow of "+account) {
			sum.Sub(sum, amount)
		}
	}
	return sum
}

// local trains the same on one machine and returns the folder.
func (c *crew) local(model string, steps uint64) string {
	c.t.Helper()
	c.ask.ok("train", "local", "--model", model, "--data", "verses.jsonl", "--method", "lora", "--rank", "4", "--batch", "4", "--length", "32",
		"--steps", fmt.Sprint(steps), "--valid", "0.05", "--out", "alone")
	return filepath.Join(c.ask.dir, "alone")
}

// sameAdapter compares two adapters, byte for byte.
func (c *crew) sameAdapter(a, b string) {
	c.t.Helper()
	for _, name := range []string{lora.WeightsFile, lora.ConfigFile} {
		x, err := os.ReadFile(filepath.Join(a, name))
		if err != nil {
			c.t.Fatal(err)
		}
		if y, err := os.ReadFile(filepath.Join(b, name)); err != nil || !bytes.Equal(x, y) {
			c.t.Errorf("%s: the network trained other bytes than one machine alone: %v", name, err)
		}
	}
}

// Two workers train a LoRA, both come to the bits of a training on one machine,
// and are paid; the requester, one worker and then the other are killed on the
// way, and all go on.
func TestJob(t *testing.T) {
	c := newCrew(t, 2)
	id := c.submit("--level", "C")
	r := c.final(id)
	t.Logf("the first step came %s after the job was submitted", c.firstStep(id))
	paid := 0
	for _, m := range r.Money {
		for _, w := range c.workers {
			var who struct{ Account string }
			w.answer(&who, "id")
			if strings.HasSuffix(m, "to free of "+who.Account) && strings.Contains(m, "from escrow") {
				paid++
			}
		}
	}
	if paid != 2 {
		t.Errorf("%d of 2 workers were paid:\n%s", paid, strings.Join(r.Money, "\n"))
	}
	out := filepath.Join(c.ask.dir, "got")
	c.ask.ok("job", "get", id, "--out", out)
	if f, err := lora.Open(out); err != nil {
		t.Error(err)
	} else if _, err := f.CID(); err != nil {
		t.Error(err)
	}
	c.sameAdapter(out, c.local(r.Model, r.Steps))
	for _, words := range [][]string{{"job", "list"}, {"job", "logs", "last"}, {"job", "history", "last"}, {"job", "explain", id[:12]}} {
		if text := c.ask.ok(words...); text == "" {
			t.Errorf("%s says nothing", words)
		}
	}
	if text := c.ask.ok("job", "history", id); !strings.Contains(text, "reveals steps 1 to") {
		t.Errorf("history:\n%s", text)
	}
	c.ask.refused(c.ask.command("job", "cancel", id), exitFailed, "FINAL")
	// Both workers fetched the model; of each at least one state came: what is learnt
	// and two moments of it.
	size := func(path string) uint64 {
		f, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return uint64(f.Size())
	}
	model := size(filepath.Join("..", "..", "..", "shared", "models", "stories260K", "model.safetensors"))
	states := 2 * 3 * size(filepath.Join(out, "adapter_model.safetensors"))
	c.ask.answer(&r, "job", "show", id)
	if r.Sent < 2*model || r.Sent > 5*model+8<<20 || r.Received < states || r.Received > 100*states+8<<20 {
		t.Errorf("%d bytes went out, %d came in; the model has %d, the states at least %d", r.Sent, r.Received, model, states)
	}
	t.Logf("%d bytes went out, %d came in; the model has %d", r.Sent, r.Received, model)

	// A new model of the Datanet alone: a standard folder that loads and trains on.
	fresh := c.final(c.submitNew("--preset", "tiny", "--datanet", "verses", "--level", "C", "--batch", "16", "--length", "32", "--epochs", "0.5", "--window", "1s"))
	out = filepath.Join(c.ask.dir, "new")
	c.ask.ok("job", "get", fresh.ID, "--out", out)
	for _, name := range []string{"config.json", "tokenizer.json", "tokenizer_config.json", "generation_config.json", "model.safetensors"} {
		if _, err := os.Stat(filepath.Join(out, name)); err != nil {
			t.Error(err)
		}
	}
	c.ask.ok("model", "import", out, "--name", "new")
	c.ask.ok("train", "local", "--model", "new", "--text", "to be or not to be", "--steps", "1", "--out", "on")
}

// A worker that is killed is replaced, and paid for what it had done; a requester
// that is killed goes on. The result is that of nobody having been killed.
func TestJobGoesOn(t *testing.T) {
	c := newCrew(t, 4) // one more than it takes, for a machine on which a peer stands still for seconds
	id := c.submit("--level", "C", "--epochs", "2", "--heartbeat", "3s")
	c.wait(id, func(r jobReport) bool { return r.Status == "RUNNING" && stored(r) >= 2 })
	r := c.wait(id, func(r jobReport) bool { return len(leased(c, r)) == 2 })
	dead := leased(c, r)[0]
	c.running[dead].end(syscall.SIGKILL)
	c.asked.end(syscall.SIGKILL)
	addr := len(c.workers)
	c.asked = c.ask.start("run")
	c.asked.line("health")
	for i := range addr {
		if i != dead {
			c.workers[i].ok("swarm", "connect", c.ask.local())
		}
	}
	c.audit.ok("swarm", "connect", c.ask.local())
	r = c.final(id)
	out := filepath.Join(c.ask.dir, "got")
	c.ask.ok("job", "get", id, "--out", out)
	c.sameAdapter(out, c.local(r.Model, r.Steps))
	var gone struct{ Account string }
	c.workers[dead].answer(&gone, "id")
	earned := 0
	for _, m := range r.Money {
		if strings.Contains(m, "from escrow") && strings.HasSuffix(m, "to free of "+gone.Account) {
			earned++
		}
	}
	if earned != 1 {
		t.Errorf("the worker that was killed was not paid for what it had stored:\n%s", strings.Join(r.Money, "\n"))
	}
}

// stored is the least number of segments that a replica has.
func stored(r jobReport) int {
	least := 1 << 20
	for _, p := range r.Parts {
		var n, of int
		if at := strings.LastIndex(p, ", "); strings.HasPrefix(p, "replica") && at > 0 {
			if _, err := fmt.Sscanf(p[at:], ", %d of %d segments stored", &n, &of); err == nil {
				least = min(least, n)
			}
		}
	}
	if least == 1<<20 {
		return 0
	}
	return least
}

// leased lists the workers that hold a replica.
func leased(c *crew, r jobReport) (all []int) {
	for i, w := range c.workers {
		var who struct{ Account string }
		w.answer(&who, "id")
		for _, p := range r.Parts {
			if strings.HasPrefix(p, "replica") && strings.Contains(p, who.Account) {
				all = append(all, i)
			}
		}
	}
	return all
}

// What cannot be done is refused with a reason, and seen.
func TestJobRefused(t *testing.T) {
	c := newCrew(t, 1)
	b := c.ask
	b.refused(b.command("job", "submit", "--base", "nothing", "--datanet", "verses"), exitUsage, "nothing")
	b.refused(b.command("job", "submit", "--base", "stories", "--datanet", "nothing"), exitFailed, "nothing")
	b.refused(b.command("job", "submit", "--base", "stories", "--datanet", "verses", "--preset", "slow"), exitUsage, "want quick")
	b.refused(b.command("job", "submit", "--base", "stories", "--datanet", "verses", "--rank", "9999999"), exitUsage, "rank")
	b.refused(b.command("job", "show", "abcd"), exitUsage, "peer job list")
	proof := b.write("garbage.proof", "garbage", 0o600)
	b.refused(b.command("verify", proof), exitCheck, "not a proof")

	// The only worker has no memory for it: the job says so.
	w := c.workers[0]
	c.running[0].end(syscall.SIGTERM)
	w.env = append(w.env, "OPENLEDGER_WORKER_MEMORY=1000")
	c.begin(w)
	id := c.submit()
	c.wait(id, func(jobReport) bool { return strings.Contains(b.ok("job", "explain", id), "NO_MEMORY") })
	b.ok("job", "pause", id)
	b.ok("job", "resume", id)
	b.ok("job", "cancel", id)
	r := c.wait(id, func(r jobReport) bool { return r.Over })
	if r.Status != "CANCELLED" {
		t.Errorf("cancelled, it is %s", r.Status)
	}
	var all jobsReport
	if err := json.Unmarshal([]byte(b.ok("job", "list", "--output", "json")), &all); err != nil || len(all.Jobs) != 1 {
		t.Errorf("job list: %v, %v", all, err)
	}
}
