package lora

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/safetensors"
)

func TestParseConfig(t *testing.T) {
	b, err := os.ReadFile("testdata/peft/" + ConfigFile)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ParseConfig(b)
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		R: 4, LoraAlpha: 6, UseRslora: true, TaskType: "CAUSAL_LM",
		TargetModules:     Modules{Names: []string{"down_proj", "q_proj", "v_proj"}},
		RankPattern:       Patterns{{"1.mlp.down_proj", 2}},
		AlphaPattern:      Patterns{{"v_proj", 8}},
		LayersToTransform: Layers{0, 1},
	}
	slices.Sort(c.TargetModules.Names) // a set in Python
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got %+v, want %+v", c, want)
	}
}

// TestConfigRoundTrip checks that each kind of value survives a file of ours.
func TestConfigRoundTrip(t *testing.T) {
	for _, c := range []Config{
		{R: 1, TargetModules: Modules{Names: []string{"a"}}},
		{R: 8, LoraAlpha: 0.5, UseRslora: true, TargetModules: Modules{Pattern: `.*\.(q|v)"<&>é`}, ExcludeModules: Modules{Pattern: "x"},
			RankPattern: Patterns{{"z", 3}, {"a", 2}, {`"`, 1}}, AlphaPattern: Patterns{{"é", 1.5}}},
		{R: 65536, LoraAlpha: -1e9, TargetModules: Modules{Names: []string{"a", "b"}}, ExcludeModules: Modules{Names: []string{"c"}},
			LayersToTransform: Layers{3, 1}, LayersPattern: Strings{"layers", "h"}, LoraDropout: 0.1, BaseModelNameOrPath: "x/y", TaskType: "CAUSAL_LM"},
	} {
		b, err := json.Marshal(c.peft())
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ParseConfig(b); err != nil || !reflect.DeepEqual(got, c) {
			t.Errorf("got %+v, %v, want %+v", got, err, c)
		}
	}
}

// config returns a good config with more settings.
func config(more string) []byte {
	return []byte(`{"peft_type": "LORA", "target_modules": ["q_proj"]` + more + `}`)
}

func TestConfigRefuses(t *testing.T) {
	for more, want := range map[string]string{
		`, "use_dora": true`:                                         "DoRA is not supported",
		`, "modules_to_save": ["lm_head"]`:                           "modules_to_save",
		`, "bias": "all"`:                                            `bias = "all"`,
		`, "bias": "lora_only"`:                                      `bias = "lora_only"`,
		`, "lora_bias": true`:                                        "lora_bias",
		`, "target_parameters": ["experts.w"]`:                       "target_parameters",
		`, "trainable_token_indices": [1]`:                           "trainable_token_indices",
		`, "trainable_token_indices": {"embed_tokens": [1]}`:         "trainable_token_indices",
		`, "alora_invocation_tokens": [1, 2]`:                        "aLoRA",
		`, "layer_replication": [[0, 4], [2, 5]]`:                    "layer_replication",
		`, "megatron_config": {"a": 1}`:                              "Megatron",
		`, "use_qalora": true`:                                       "QALoRA",
		`, "use_bdlora": {"a": 1}`:                                   "BD-LoRA",
		`, "kasa_config": {"beta": 1}`:                               "KaSA",
		`, "init_lora_weights": "pissa"`:                             `init_lora_weights = "pissa"`,
		`, "init_lora_weights": "loftq"`:                             "convert",
		`, "shiny_new_thing": 1`:                                     `unknown setting "shiny_new_thing" = 1`,
		`, "R": 8`:                                                   `unknown setting "R"`,
		`, "peft_type": "LOHA"`:                                      `"LOHA"`,
		`, "r": 0`:                                                   "r = 0",
		`, "r": 65537`:                                               "r = 65537",
		`, "r": null`:                                                "r is null",
		`, "r": "8"`:                                                 "adapter_config.json",
		`, "lora_alpha": null`:                                       "lora_alpha is null",
		`, "lora_alpha": 1e10`:                                       "lora_alpha = 1e+10",
		`, "rank_pattern": {"q_proj": 0}`:                            "rank_pattern",
		`, "rank_pattern": {"q_proj": 1.5}`:                          "rank_pattern",
		`, "rank_pattern": {"q_proj": null}`:                         "no value",
		`, "rank_pattern": {"(?=q)": 1}`:                             "list the layers",
		`, "rank_pattern": [1]`:                                      "adapter_config.json",
		`, "alpha_pattern": {"q_proj": -2e9}`:                        "alpha_pattern",
		`, "target_modules": "` + strings.Repeat(".{999}", 66) + `"`: "larger than",
		`, "target_modules": "(((.{9}){99}){99}){99}"`:               "list the layers",
		`, "exclude_modules": "(?!a)"`:                               "exclude_modules",
		`, "target_modules": "^(?!.*vision).*q_proj"`:                "list the layers",
		`, "target_modules": []`:                                     "names no layer",
		`, "target_modules": null`:                                   "names no layer",
		`, "target_modules": ["a", 1]`:                               "adapter_config.json",
		`, "target_modules": "q", "layers_to_transform": [1]`:        "as a list",
		`, "layers_pattern": "layers"`:                               "needs layers_to_transform",
		`, "layers_to_transform": "1"`:                               "adapter_config.json",
		`}`:                                                          "adapter_config.json",
		`, "task_type": "` + strings.Repeat("x", 1<<20) + `"`:        "at most",
	} {
		_, err := ParseConfig(config(more))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.80s: got %v, want one line with %q", more, err, want)
		}
	}
	for _, more := range []string{
		`, "bias": "none", "use_dora": false, "modules_to_save": null, "target_parameters": [ ], "kasa_config": {}`,
		`, "shiny_new_thing": null, "another": false, "third": { }`,
		`, "init_lora_weights": "gaussian", "inference_mode": false, "eva_config": {"rho": 2}, "loftq_config": {}`,
		`, "rank_pattern": null, "alpha_pattern": {}, "layers_to_transform": null, "layers_pattern": null, "exclude_modules": null`,
	} {
		if _, err := ParseConfig(config(more)); err != nil {
			t.Errorf("%s: %v", more, err)
		}
	}
}

// TestNeverSilent renames, removes, adds and doubles tensors at random: no such
// adapter may load.
func TestNeverSilent(t *testing.T) {
	const seed = 6
	rng := rand.New(rand.NewPCG(seed, 0))
	base := readSemantics(t).Linear
	f, err := filled(t, base).Files()
	if err != nil {
		t.Fatal(err)
	}
	settings, err := json.Marshal(f.Config.peft())
	if err != nil {
		t.Fatal(err)
	}
	for n := range 300 {
		tensors := append([]safetensors.Tensor{}, f.set.Tensors()...)
		i := rng.IntN(len(tensors))
		switch n % 5 {
		case 0:
			tensors = append(tensors[:i], tensors[i+1:]...)
		case 1:
			name := []byte(tensors[i].Name)
			name[rng.IntN(len(name))] ^= 1 << rng.IntN(4)
			tensors[i].Name = string(name)
		case 2:
			more := tensors[i]
			more.Name = strings.Replace(more.Name, "layers.", "layers.1", 1) + "x"
			tensors = append(tensors, more)
		case 3:
			j := (i + 1 + rng.IntN(len(tensors)-1)) % len(tensors)
			if tensors[i].Shape[0] == tensors[j].Shape[0] && tensors[i].Shape[1] == tensors[j].Shape[1] {
				continue // the exchange of two equal shapes is another adapter
			}
			tensors[i].Name, tensors[j].Name = tensors[j].Name, tensors[i].Name
		case 4:
			tensors[i].Shape = append([]int{1}, tensors[i].Shape...)
		}
		var out bytes.Buffer
		if err := safetensors.Encode(&out, tensors, nil); err != nil {
			continue // the new name is not a name
		}
		g, err := Parse(settings, out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := g.Load(base); err == nil {
			t.Errorf("seed %d, adapter %d loads", seed, n)
		}
	}
}

// FuzzConfig checks that any config is refused or survives a round trip with the
// same meaning.
func FuzzConfig(f *testing.F) {
	s := readSemantics(f)
	for _, c := range s.Cases {
		f.Add([]byte(c.Config))
	}
	f.Add(config(`, "layers_to_transform": 99999999999999999999`))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := ParseConfig(b)
		if err != nil {
			return
		}
		places, missing, err := c.resolve(s.Linear)
		if err != nil {
			t.Fatal(err)
		}
		out, err := json.Marshal(c.peft())
		if err != nil {
			t.Fatal(err)
		}
		d, err := ParseConfig(out)
		if err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		again, missing2, err := d.resolve(s.Linear)
		if err != nil || !reflect.DeepEqual(places, again) || !reflect.DeepEqual(missing, missing2) {
			t.Fatalf("%s: got %v %v %v, want %v %v", out, again, missing2, err, places, missing)
		}
	})
}
