package train

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/tokenizer"
)

const owasp = "../../../shared/data/owasp/records.jsonl"

// TestLossAsInPyTorch trains one model from one initialisation on one sequence
// of batches here and in PyTorch, f32, and compares every step's loss. It runs
// with OPENLEDGER_TORCH=1, where python3 has torch and safetensors.
func TestLossAsInPyTorch(t *testing.T) {
	if os.Getenv("OPENLEDGER_TORCH") == "" {
		t.Skip("set OPENLEDGER_TORCH=1 to compare with PyTorch")
	}
	if _, err := os.Stat(owasp); err != nil {
		t.Skip("the shared data owasp is not at hand")
	}
	const count = 200
	tok, err := tokenizer.Train(t.Context(), func(yield func(string) bool) {
		if err := Texts(owasp, yield); err != nil {
			t.Error(err)
		}
	}, tokenizer.TrainConfig{VocabSize: 2048})
	if err != nil {
		t.Fatal(err)
	}
	text := Text{Encode: func(s string, _ bool) []int32 { return tok.Encode(s, false) }, BOS: -1, EOS: -1, Length: 128}
	samples, err := text.Read(owasp)
	if err != nil {
		t.Fatal(err)
	}
	config := `{"model_type":"llama","vocab_size":2048,"hidden_size":128,"intermediate_size":352,"num_hidden_layers":4,
"num_attention_heads":4,"num_key_value_heads":2,"max_position_embeddings":128,"rms_norm_eps":1e-5,"hidden_act":"silu",
"rope_theta":10000.0,"tie_word_embeddings":true}`
	c, err := llama.ParseConfig([]byte(config), nil)
	if err != nil {
		t.Fatal(err)
	}
	e := engine(t)
	b := tape.NewCPU(e)
	m, err := llama.New(c, b)
	if err == nil {
		err = m.Init(e, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	rates, err := Schedule{Peak: 1e-3, Warmup: 0.05}.Rates(count)
	if err != nil {
		t.Fatal(err)
	}
	o := AdamW
	o.EpsRoot, o.Beta2 = 0, 0.95
	tr, err := New(m, nil, b, samples, Options{Seed: 3, Batch: 8, Rates: rates, Clip: 1, Optimizer: o})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	store(t, dir, "config.json", []byte(config))
	if err := WriteModel(dir, tr.Params()); err != nil {
		t.Fatal(err)
	}
	store(t, dir, "rates.json", marshal(t, rates))
	store(t, dir, "batches.jsonl", batches(t, tr, count))
	theirs := torchLosses(t, dir)
	ours := steps(t, tr, count)
	worst := 0.0
	for i := range ours {
		worst = max(worst, math.Abs(float64(ours[i])/theirs[i]-1))
	}
	last := float64(ours[count-1])/theirs[count-1] - 1
	t.Logf("loss after %d steps: ours %.5f, PyTorch %.5f (%+.4f %%); largest difference of a step %.4f %%; first %.5f and %.5f",
		count, ours[count-1], theirs[count-1], 100*last, 100*worst, ours[0], theirs[0])
	if math.Abs(last) > 0.01 {
		t.Errorf("the losses differ by %.2f %%, want 1 %% at most", 100*last)
	}
}

// batches writes what each step learns from, as scripts/torch_llama.py reads it.
func batches(t *testing.T, tr *Trainer, n int) []byte {
	var out bytes.Buffer
	order, err := NewOrder(tr.options.Seed, len(tr.samples), tr.options.Batch)
	if err != nil {
		t.Fatal(err)
	}
	for step := range n {
		var line [][2][]int32
		for _, i := range order.Step(step) {
			line = append(line, [2][]int32{tr.samples[i].IDs, tr.samples[i].Targets})
		}
		out.Write(marshal(t, line))
		out.WriteByte('\n')
	}
	return out.Bytes()
}

func torchLosses(t *testing.T, dir string, more ...string) []float64 {
	t.Helper()
	args := append([]string{"../../scripts/torch_llama.py", "losses", "--model", dir, "--batches", filepath.Join(dir, "batches.jsonl"),
		"--lr", filepath.Join(dir, "rates.json"), "--beta2", "0.95", "--clip", "1"}, more...)
	cmd := exec.Command("python3", args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var losses []float64
	for _, f := range strings.Fields(string(out)) {
		x, err := strconv.ParseFloat(f, 64)
		if err != nil {
			t.Fatal(err)
		}
		losses = append(losses, x)
	}
	return losses
}

func store(t *testing.T, dir, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
