package lora

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/op"
)

// A layer is what PEFT makes of one linear layer.
type layer struct {
	Name  string
	R     int
	Scale float64
	A, B  []float32
}

// semantics is testdata/semantics.json.
type semantics struct {
	Linear []Linear
	Cases  []struct {
		Config json.RawMessage
		Layers []layer
	}
}

func readSemantics(t testing.TB) (s semantics) {
	t.Helper()
	b, err := os.ReadFile("testdata/semantics.json")
	if err == nil {
		err = json.Unmarshal(b, &s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSemantics compares targets, ranks and scales with what PEFT itself did.
func TestSemantics(t *testing.T) {
	s := readSemantics(t)
	for _, want := range s.Cases {
		c, err := ParseConfig(want.Config)
		var places []place
		var missing []string
		if err == nil {
			places, missing, err = c.resolve(s.Linear)
		}
		if want.Layers == nil { // PEFT refuses it
			if err == nil && len(missing) == 0 {
				t.Errorf("%s: PEFT refuses, we found %v", want.Config, places)
			}
			continue
		}
		if err != nil || len(places) != len(want.Layers) {
			t.Errorf("%s: got %v, %v, want %v", want.Config, places, err, want.Layers)
			continue
		}
		for i, w := range want.Layers {
			if g := places[i]; g.Name != w.Name || g.rank != w.R || g.scale != float32(w.Scale) {
				t.Errorf("%s: got %v, want %v", want.Config, g, w)
			}
		}
	}
}

func TestScale(t *testing.T) {
	for _, c := range []struct {
		alpha  float64
		r      int
		rslora bool
		want   float32
	}{
		{16, 8, false, 2}, {16, 16, true, 4}, {0, 3, false, 0}, {1, 3, false, 1. / 3}, {-2, 4, false, -0.5},
		{16, 3, true, 9.237604}, {0.1, 7, true, float32(0.1 / math.Sqrt(7))},
		// alpha is just above a tie of two floats: rounding to float64 first would lose that
		{1 + 1.0/(1<<24) + 1.0/(1<<52), 1, false, 1 + 1.0/(1<<23)},
	} {
		if got := scale(c.alpha, c.r, c.rslora); got != c.want {
			t.Errorf("%v: got %v", c, got)
		}
	}
}

func TestLoadPEFT(t *testing.T) {
	base := readSemantics(t).Linear
	f, err := Open("testdata/peft")
	if err != nil {
		t.Fatal(err)
	}
	a, err := f.Load(base)
	if err != nil {
		t.Fatal(err)
	}
	var want []layer
	b, err := os.ReadFile("testdata/peft/expected.json")
	if err == nil {
		err = json.Unmarshal(b, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	checkLayers(t, a, want)
}

func checkLayers(t *testing.T, a *Adapter, want []layer) {
	t.Helper()
	if len(a.Modules) != len(want) {
		t.Fatalf("got %d layers, want %d", len(a.Modules), len(want))
	}
	for i, w := range want {
		m := a.Modules[i]
		if m.Name != w.Name || m.Rank != w.R || m.Scale != float32(w.Scale) || m.A.Rows != w.R || m.B.Cols != w.R ||
			!slices.Equal(m.A.Data, w.A) || !slices.Equal(m.B.Data, w.B) {
			t.Errorf("got %v, want %v", m, w)
		}
	}
}

// filled returns an adapter with every kind of setting and values that tell the
// elements apart.
func filled(t *testing.T, base []Linear) *Adapter {
	t.Helper()
	a, err := New(Config{
		R: 4, LoraAlpha: 6.5, UseRslora: true,
		TargetModules:     Modules{Names: []string{"q_proj", "down_proj", "lm_head"}},
		ExcludeModules:    Modules{Pattern: `.*\.2\.self_attn.*`},
		RankPattern:       Patterns{{"1.mlp.down_proj", 2}, {"down_proj", 3}},
		AlphaPattern:      Patterns{{"lm_head", 9}},
		LoraDropout:       0.05,
		TaskType:          "CAUSAL_LM",
		LayersToTransform: nil,
	}, base)
	if err != nil {
		t.Fatal(err)
	}
	x := float32(0)
	for _, m := range a.Modules {
		for _, data := range [][]float32{m.A.Data, m.B.Data} {
			for i := range data {
				x++
				data[i] = x / 7
			}
		}
	}
	return a
}

func store(t *testing.T, a *Adapter) (*Files, string) {
	t.Helper()
	f, err := a.Files()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "adapter")
	if err := f.Write(dir); err != nil {
		t.Fatal(err)
	}
	return f, dir
}

func TestRoundTrip(t *testing.T) {
	base := readSemantics(t).Linear
	a := filled(t, base)
	f, dir := store(t, a)
	g, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	b, err := g.Load(base)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Modules) != 6 || !reflect.DeepEqual(a, b) {
		t.Errorf("got %v, want %v", b, a)
	}
	c, err := f.CID()
	d, err2 := g.CID()
	if err != nil || err2 != nil || c != d {
		t.Errorf("got %v %v, want %v %v", d, err2, c, err)
	}
	if err := f.Write(dir); err == nil {
		t.Error("an adapter was overwritten")
	}
	if left, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(left) != 1 {
		t.Errorf("got %v, %v, want the adapter alone", left, err)
	}
}

// TestPEFTReadsOurs gives an adapter of ours to PEFT.
func TestPEFTReadsOurs(t *testing.T) {
	if out, err := exec.Command("python3", "-c", "import peft, transformers").CombinedOutput(); err != nil {
		lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
		t.Skipf("python3 with peft and transformers is not at hand: %s", lines[len(lines)-1])
	}
	a := filled(t, readSemantics(t).Linear)
	_, dir := store(t, a)
	cmd := exec.Command("python3", "testdata/peft_oracle.py", "load", dir)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var got []layer
	if err == nil {
		err = json.Unmarshal(out, &got)
	}
	if err != nil {
		t.Fatalf("%v: %s%s", err, out, &stderr)
	}
	checkLayers(t, a, got)
}

// TestCID checks that identity is what an adapter computes, all of it.
func TestCID(t *testing.T) {
	base := readSemantics(t).Linear
	id := func(change func(a *Adapter)) string {
		a := filled(t, base)
		change(a)
		f, err := a.Files()
		if err != nil {
			t.Fatal(err)
		}
		c, err := f.CID()
		if err != nil {
			t.Fatal(err)
		}
		return c.String()
	}
	want := id(func(*Adapter) {})
	if frozen := "bafyreiatzizb524sugxzzuhs3sxaqsazescorh2dxgpuwmuj2kuxa3ymdq"; want != frozen {
		t.Errorf("got %s, want %s: an adapter's identity MUST never change", want, frozen)
	}
	for name, same := range map[string]func(a *Adapter){
		"note":          func(a *Adapter) { a.Config.BaseModelNameOrPath, a.Config.LoraDropout = "elsewhere", 0 },
		"other words":   func(a *Adapter) { a.Config.AlphaPattern = Patterns{{"lm_.*d", 9}, {"nothing", 3}} },
		"other targets": func(a *Adapter) { slices.Reverse(a.Config.TargetModules.Names) },
		"other order":   func(a *Adapter) { slices.Reverse(a.Modules) },
	} {
		if got := id(same); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	rescale := func(a *Adapter) {
		m, err := a.Config.matcher()
		if err != nil {
			t.Fatal(err)
		}
		for i := range a.Modules {
			a.Modules[i].Scale = m.scale(a.Modules[i].Name)
		}
	}
	for name, other := range map[string]func(a *Adapter){
		"one bit":     func(a *Adapter) { a.Modules[5].B.Data[3] = math.Nextafter32(a.Modules[5].B.Data[3], 9) },
		"alpha":       func(a *Adapter) { a.Config.LoraAlpha = 6; rescale(a) },
		"rslora":      func(a *Adapter) { a.Config.UseRslora = false; rescale(a) },
		"one alpha":   func(a *Adapter) { a.Config.AlphaPattern[0].Value = 8; rescale(a) },
		"layer fewer": func(a *Adapter) { a.Modules = a.Modules[:5] },
	} {
		if id(other) == want {
			t.Errorf("%s: the same CID", name)
		}
	}
}

func TestFilesRefuses(t *testing.T) {
	base := readSemantics(t).Linear
	for name, change := range map[string]func(a *Adapter){
		"scale": func(a *Adapter) { a.Modules[0].Scale *= 2 },
		"rank":  func(a *Adapter) { a.Modules[0].A = op.NewMatrix(3, 16) },
		"twice": func(a *Adapter) { a.Modules[1] = a.Modules[0] },
		"regex": func(a *Adapter) { a.Config.RankPattern[0].Key = "(" },
	} {
		a := filled(t, base)
		change(a)
		if _, err := a.Files(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	// a window on a wider matrix is stored as what one sees
	a := filled(t, base)
	wide := op.NewMatrix(4, 20)
	for i := range 4 {
		copy(wide.Row(i), a.Modules[0].A.Row(i))
	}
	wide.Cols = 16
	want, _ := a.Files()
	a.Modules[0].A = wide
	if got, err := a.Files(); err != nil || !bytes.Equal(got.Weights, want.Weights) {
		t.Errorf("a strided matrix: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	check := func(want string) {
		t.Helper()
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want one line with %q", err, want)
		}
	}
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	check(ConfigFile)
	write(ConfigFile, `{"peft_type": "LORA", "target_modules": ["q_proj"]}`)
	check(WeightsFile)
	write("adapter_model.bin", "")
	check("pickle")
	write(WeightsFile, "")
	check("0 bytes")
	write(ConfigFile, `{`)
	check(ConfigFile)
	if err := os.Remove(filepath.Join(dir, ConfigFile)); err != nil {
		t.Fatal(err)
	}
	check("no such file")
}
