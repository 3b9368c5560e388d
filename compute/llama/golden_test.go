package llama

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
)

const storiesDir = "../../../shared/models/stories260K"

func newCPU(t testing.TB, kernels string, threads int) *tape.CPU {
	t.Helper()
	e, err := op.New(op.Config{Kernels: kernels, Threads: threads})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return tape.NewCPU(e)
}

// TestStories continues the prompts of a trained model as an independent
// decoder did.
func TestStories(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(storiesDir, "golden.json"))
	if os.IsNotExist(err) {
		t.Skip("the shared model stories260K is not at hand")
	}
	if err != nil {
		t.Fatal(err)
	}
	var golden struct {
		Cases []struct {
			Prompt    string    `json:"prompt"`
			PromptIDs []int32   `json:"prompt_ids"`
			GreedyIDs []int32   `json:"greedy_ids"`
			LogProbs  []float64 `json:"logprobs"`
			First     []float64 `json:"logits_first8_after_prompt"`
		}
	}
	if err := json.Unmarshal(b, &golden); err != nil {
		t.Fatal(err)
	}
	m, err := Load(storiesDir, newCPU(t, "", 0), LoadConfig{})
	if err != nil {
		t.Fatal(err)
	}
	g, err := m.NewGreedy(512, 64)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range golden.Cases {
		n := 0
		err := g.Continue(c.PromptIDs, len(c.GreedyIDs), func(token int32, logits []float32) bool {
			if n == 0 {
				for i, want := range c.First {
					if math.Abs(float64(logits[i])-want) > 1e-4 {
						t.Errorf("%q: logit %d: got %g, want %g", c.Prompt, i, logits[i], want)
					}
				}
			}
			if token != c.GreedyIDs[n] {
				t.Fatalf("%q: token %d: got %d, want %d", c.Prompt, n, token, c.GreedyIDs[n])
			}
			if got := logProb(logits, int(token)); n < len(c.LogProbs) && math.Abs(got-c.LogProbs[n]) > 1e-4 {
				t.Errorf("%q: log-probability %d: got %g, want %g", c.Prompt, n, got, c.LogProbs[n])
			}
			n++
			return true
		})
		if err != nil || n != len(c.GreedyIDs) {
			t.Errorf("%q: got %d tokens, %v, want %d", c.Prompt, n, err, len(c.GreedyIDs))
		}
	}
}

func logProb(logits []float32, i int) float64 {
	sum := 0.0
	for _, x := range logits {
		sum += math.Exp(float64(x))
	}
	return float64(logits[i]) - math.Log(sum)
}
