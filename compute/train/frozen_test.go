package train

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/trace"
)

const storiesDir = "../../../shared/models/stories260K"

// outline is the model of a referee, who has the headers of the files at most.
func (r rig) outline(t testing.TB) (*llama.Model, error) {
	if r.dir == "" {
		return llama.Outline(tinyOf(t), nil, llama.LoadConfig{Train: true})
	}
	c, err := llama.ReadConfig(r.dir)
	if err != nil {
		return nil, err
	}
	set, err := safetensors.Open(r.dir)
	if err != nil {
		return nil, err
	}
	defer set.Close()
	types := map[safetensors.DType]tape.Type{safetensors.F32: tape.F32, safetensors.BF16: tape.BF16, safetensors.F16: tape.F16}
	return llama.Outline(c, func(name string) tape.Type {
		x, _ := set.Tensor(name)
		return types[x.DType]
	}, r.load)
}

// tinyDir writes the tiny model to a folder.
func tinyDir(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	full := rig{options: sgd(1)}.trainer(t)
	if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(tinyConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := WriteModel(dir, full.Params()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// halved copies a model with its weights cut to bf16.
func halved(t testing.TB, from string) string {
	t.Helper()
	dir := t.TempDir()
	config, err := os.ReadFile(filepath.Join(from, "config.json"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := safetensors.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer set.Close()
	var tensors []safetensors.Tensor
	for _, x := range set.Tensors() {
		floats, err := x.Floats()
		if err != nil {
			t.Fatal(err)
		}
		y := safetensors.Tensor{Name: x.Name, DType: safetensors.BF16, Shape: x.Shape}
		for _, f := range floats {
			y.Data = binary.LittleEndian.AppendUint16(y.Data, uint16(math.Float32bits(f)>>16))
		}
		tensors = append(tensors, y)
	}
	if err := safetensors.Write(filepath.Join(dir, "model.safetensors"), tensors, nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "config.json"), config, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestFrozenBases: LoRA on a base kept as stored or in int8. What a step reads of
// it has the digest by which the model is named, so a JobSpec that names the
// model decides it; and a wrong product with such weights is found.
func TestFrozenBases(t *testing.T) {
	tiny := tinyDir(t)
	dirs := map[string]string{"tiny": tiny, "tiny bf16": halved(t, tiny)}
	if _, err := os.Stat(storiesDir); err == nil {
		dirs["stories260K"], dirs["stories260K bf16"] = storiesDir, halved(t, storiesDir)
	} else {
		t.Log("the shared model stories260K is not at hand")
	}
	const seed = 21
	for name, dir := range dirs {
		for _, form := range []llama.Form{"", "q8/1", "q8/2"} {
			load, err := form.LoadConfig()
			if err != nil {
				t.Fatal(err)
			}
			g := newGame(t, rig{
				lora: true, dir: dir, load: load, threads: 1, options: Options{Seed: 4, Batch: 3, Micro: 2, Clip: 1, Optimizer: AdamW},
			}, 2)
			identity, err := llama.IdentifyAs(dir, form)
			if err != nil {
				t.Fatal(err)
			}
			if g.frozen != identity.Weights {
				t.Errorf("%s %q: a step's frozen parameters are not those that the model is named by", name, form)
			}
			honest := g.play("alice", 0, nil)
			if err := honest.do(); err != nil {
				t.Fatal(err)
			}
			p, err := honest.tracer.Program(2)
			if err != nil {
				t.Fatal(err)
			}
			rng, cheat := rand.New(rand.NewPCG(seed, 0)), g.play("bob", 2, nil)
			for _, code := range []tape.Code{tape.Embed, tape.MatMul, tape.MatMulT, tape.MatMulQ8, tape.MatMulTQ8} {
				at := lastOf(p, code)
				if at < 0 {
					if q8 := code == tape.MatMulQ8 || code == tape.MatMulTQ8; q8 == (form != "") {
						t.Errorf("%s %q: no %v", name, form, code)
					}
					continue
				}
				for range 3 { // until one changes what is committed
					cheat.tamper = flipBit(rng, at)
					if cheat.do() == nil && cheat.steps[2] != honest.steps[2] {
						break
					}
				}
				if len(cheat.steps) < 3 || cheat.steps[2] == honest.steps[2] {
					continue
				}
				if _, v := g.judge(honest, cheat); v.Kind != dispute.Tile || len(v.Guilty) != 1 || !v.Convicts(cheat.key.Public().Account()) {
					t.Errorf("%s %q, seed %d, %v: got %s, %s", name, form, seed, code, v.Kind, v.Why)
				}
			}
		}
	}
}

func lastOf(p *trace.Program, code tape.Code) int {
	for i := len(p.Ops) - 1; i >= 0; i-- {
		if tape.Code(p.Ops[i].Code) == code {
			return i
		}
	}
	return -1
}
