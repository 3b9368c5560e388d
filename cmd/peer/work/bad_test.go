package work_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
)

// allocated is how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// A model whose files lie is refused for a reason, in little memory.
func TestMaliciousModel(t *testing.T) {
	w := worktest.New(t)
	p := w.Add("requester", 0, nil)
	spec, _ := w.Cook(p, recipe.Choices{Level: job.C}, nil)
	good, err := os.ReadFile(filepath.Join(w.Model, "model.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	length := binary.LittleEndian.Uint64(good)
	weights := func(change func(b []byte) []byte) func(dir string) error {
		return func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "model.safetensors"), change(bytes.Clone(good)), 0o600)
		}
	}
	text := func(name, from, to string) func(dir string) error {
		return func(dir string) error {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err == nil && !strings.Contains(string(b), from) {
				err = errors.New("nothing to replace")
			}
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, name), []byte(strings.Replace(string(b), from, to, 1)), 0o600)
		}
	}
	for _, c := range []struct {
		name string
		do   func(dir string) error
	}{
		{"a header of 2^63 bytes", weights(func(b []byte) []byte { binary.LittleEndian.PutUint64(b, 1<<63); return b })},
		{"a header longer than the file", weights(func(b []byte) []byte { binary.LittleEndian.PutUint64(b, uint64(len(b))); return b })},
		{"no header", weights(func(b []byte) []byte { return b[:4] })},
		{"a file cut off", weights(func(b []byte) []byte { return b[:len(b)-100] })},
		{"a shape of 2^60", weights(func(b []byte) []byte {
			return bytes.Replace(b, []byte(`"shape":[16]`), []byte(`"shape":[1152921504606846976]`), 1)
		})},
		{"garbage in the header", weights(func(b []byte) []byte { copy(b[8:8+length], bytes.Repeat([]byte("["), int(length))); return b })},
		{"NaN in the weights", weights(func(b []byte) []byte {
			binary.LittleEndian.PutUint32(b[len(b)-8:], math.Float32bits(float32(math.NaN())))
			return b
		})},
		{"another vocabulary", text("config.json", `"vocab_size":300`, `"vocab_size":200`)},
		{"a huge vocabulary", text("config.json", `"vocab_size":300`, `"vocab_size":2147483647`)},
		{"huge layers", text("config.json", `"hidden_size":16`, `"hidden_size":1073741824`)},
		{"no config", func(dir string) error { return os.Remove(filepath.Join(dir, "config.json")) }},
		{"a broken tokenizer", func(dir string) error { return os.WriteFile(filepath.Join(dir, "tokenizer.json"), []byte("{"), 0o600) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := t.TempDir()
			if err := errors.Join(os.CopyFS(bad, os.DirFS(w.Model)), c.do(bad)); err != nil {
				t.Fatal(err)
			}
			var err error
			used := allocated(func() { err = p.Try(bad, spec) })
			var r *work.ReasonError
			if !errors.As(err, &r) || r.Reason != job.BadModel && r.Reason != job.NoMemory {
				t.Errorf("got %v, want %s or %s", err, job.BadModel, job.NoMemory)
			}
			if used > 256<<20 {
				t.Errorf("%d MB were allocated", used>>20)
			}
		})
	}
}

// A job of impossible sizes is none, and one that needs more than it says is
// refused before memory is asked for.
func TestImpossibleSizes(t *testing.T) {
	w := worktest.New(t)
	p := w.Add("requester", 0, nil)
	for _, c := range []struct {
		name   string
		change func(*job.Spec)
		spec   bool // it is none at all
	}{
		{"samples of 2^40", func(s *job.Spec) { s.Length = 1 << 40 }, true},
		{"a rank of 2^60", func(s *job.Spec) { s.Adapter.Rank = 1 << 60 }, true},
		{"a batch of 2^50", func(s *job.Spec) { s.Batch = 1 << 50 }, true},
		{"2^62 samples", func(s *job.Spec) { s.Samples = 1 << 62 }, true},
		{"segments of nothing", func(s *job.Spec) { s.Segment = 0 }, true},
		{"no steps", func(s *job.Spec) { s.Rates = nil }, true},
		{"a reward of all money, often", func(s *job.Spec) { s.Terms.Reward = job.MaxAmount }, true},
		{"a clock of an age", func(s *job.Spec) { s.Terms.Job = math.MaxUint64 }, true},
		{"a rank beyond its layers", func(s *job.Spec) { s.Adapter.Rank = 1 << 16; s.Needs.Memory = 1 }, false},
		{"a batch beyond its memory", func(s *job.Spec) { s.Batch, s.Micro, s.Needs.Memory = 1<<16, 1<<16, 1 }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec, _ := w.Cook(p, recipe.Choices{Level: job.C}, nil)
			c.change(spec)
			_, err := job.ReadSpec(spec.AppendCanon(nil))
			if (err != nil) != c.spec {
				t.Fatalf("reading it says %v", err)
			}
			if err != nil {
				return
			}
			used := allocated(func() { err = p.Try(w.Model, spec) })
			var r *work.ReasonError
			if !errors.As(err, &r) || r.Reason != job.NoMemory {
				t.Errorf("got %v, want %s", err, job.NoMemory)
			}
			if used > 64<<20 {
				t.Errorf("%d MB were allocated", used>>20)
			}
		})
	}
}
