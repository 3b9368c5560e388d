package lora

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// A Config is the part of adapter_config.json that decides what an adapter
// computes, under PEFT's names, and a few notes that travel with it.
type Config struct {
	R                 int      `json:"r"`                   // rank, 1 to 65536
	LoraAlpha         float64  `json:"lora_alpha"`          // may be a fraction
	UseRslora         bool     `json:"use_rslora"`          // scale = alpha/sqrt(r)
	TargetModules     Modules  `json:"target_modules"`      // layers to change
	ExcludeModules    Modules  `json:"exclude_modules"`     // layers not to change
	RankPattern       Patterns `json:"rank_pattern"`        // layers with another rank
	AlphaPattern      Patterns `json:"alpha_pattern"`       // layers with another alpha
	LayersToTransform Layers   `json:"layers_to_transform"` // numbers of the layers to change; none: all
	LayersPattern     Strings  `json:"layers_pattern"`      // what stands before that number in a path

	LoraDropout         float64 `json:"lora_dropout"`            // used in training only
	BaseModelNameOrPath string  `json:"base_model_name_or_path"` // a note
	TaskType            string  `json:"task_type"`               // a note
}

// AllLinear as the pattern of target modules stands for every linear layer but
// the output layer.
const AllLinear = "all-linear"

const (
	maxRank   = 1 << 16
	maxAlpha  = 1e9
	maxConfig = 1 << 20 // bytes
)

// Modules names linear layers: by a list of paths or last parts of paths, or by
// a regular expression (a JSON string) for whole paths.
type Modules struct {
	Names   []string
	Pattern string
}

// Empty tells whether nothing is named.
func (m Modules) Empty() bool { return len(m.Names) == 0 && m.Pattern == "" }

// UnmarshalJSON reads a list, a string or null.
func (m *Modules) UnmarshalJSON(b []byte) error {
	*m = Modules{}
	if b[0] == '"' {
		return json.Unmarshal(b, &m.Pattern)
	}
	return json.Unmarshal(b, &m.Names)
}

// MarshalJSON writes what UnmarshalJSON reads.
func (m Modules) MarshalJSON() ([]byte, error) {
	if m.Pattern != "" {
		return json.Marshal(m.Pattern)
	}
	return json.Marshal(m.Names)
}

// Patterns are values for layers whose path, or a last part of it, matches a
// regular expression; the first that matches counts, in the order of the file.
type Patterns []Pattern

// A Pattern gives one value.
type Pattern struct {
	Key   string
	Value float64
}

// UnmarshalJSON reads an object in the order in which it is written.
func (p *Patterns) UnmarshalJSON(b []byte) error {
	*p = nil
	if string(b) == "null" {
		return nil
	}
	var values map[string]*float64
	if err := json.Unmarshal(b, &values); err != nil {
		return err
	}
	// It is an object of numbers, so every string in it is a key. One that
	// stands twice keeps its first place and its last value, as in Python.
	for d := json.NewDecoder(bytes.NewReader(b)); len(values) > 0; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		key, ok := t.(string)
		if value, unseen := values[key]; ok && unseen {
			if value == nil {
				return fmt.Errorf("pattern %q has no value", key)
			}
			*p = append(*p, Pattern{key, *value})
			delete(values, key)
		}
	}
	return nil
}

// MarshalJSON writes the object in order.
func (p Patterns) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, x := range p {
		if i > 0 {
			b = append(b, ',')
		}
		member, err := json.Marshal(map[string]float64{x.Key: x.Value})
		if err != nil {
			return nil, err
		}
		b = append(b, member[1:len(member)-1]...)
	}
	return append(b, '}'), nil
}

// Layers is a list of layer numbers; one number is a list too.
type Layers []int

// UnmarshalJSON reads a list, a number or null.
func (l *Layers) UnmarshalJSON(b []byte) error { return oneOrMore(b, (*[]int)(l)) }

// Strings is a list of strings; one string is a list too.
type Strings []string

// UnmarshalJSON reads a list, a string or null.
func (s *Strings) UnmarshalJSON(b []byte) error { return oneOrMore(b, (*[]string)(s)) }

func oneOrMore[T any](b []byte, list *[]T) error {
	if b[0] == '[' || string(b) == "null" {
		return json.Unmarshal(b, list)
	}
	*list = make([]T, 1)
	return json.Unmarshal(b, &(*list)[0])
}

// harmless settings say where an adapter comes from, or how training begins or
// ends; what an adapter computes does not depend on them.
var harmless = []string{
	"auto_mapping", "corda_config", "eva_config", "inference_mode", "loftq_config", "lora_ga_config", "megatron_core",
	"peft_version", "qalora_group_size", "revision", "runtime_config",
	"fan_in_fan_out", // a layout of base weights that Llama models do not have; PEFT resets it for them
}

// refused settings are known, change results and are not run here.
var refused = map[string]string{
	"alora_invocation_tokens": "activated LoRA (aLoRA)",
	"arrow_config":            "Arrow routing",
	"bias":                    "training of the base's biases",
	"ensure_weight_tying":     "tied adapters",
	"kasa_config":             "KaSA",
	"layer_replication":       "a base with repeated layers",
	"lora_bias":               "a bias in B",
	"megatron_config":         "Megatron layers",
	"modules_to_save":         "modules trained without LoRA",
	"monteclora_config":       "MonteCLoRA",
	"target_parameters":       "parameters outside linear layers",
	"trainable_token_indices": "trained token embeddings",
	"use_bdlora":              "BD-LoRA",
	"use_dora":                "DoRA",
	"use_qalora":              "QALoRA",
	"velora_config":           "VeLoRA",
}

// used settings are the fields of Config, and those that ParseConfig looks at.
var used = []string{
	"r", "lora_alpha", "use_rslora", "target_modules", "exclude_modules", "rank_pattern", "alpha_pattern",
	"layers_to_transform", "layers_pattern", "lora_dropout", "base_model_name_or_path", "task_type",
	"peft_type", "init_lora_weights",
}

// ParseConfig reads an adapter_config.json. A setting that would change what the
// adapter computes and is not run here is an error that names it, an unknown
// one too, unless it is switched off.
func ParseConfig(b []byte) (Config, error) {
	c := Config{R: 8, LoraAlpha: 8} // PEFT's defaults
	if len(b) > maxConfig {
		return Config{}, fmt.Errorf("adapter_config.json: %d bytes, at most %d are allowed", len(b), maxConfig)
	}
	var settings map[string]json.RawMessage
	if err := json.Unmarshal(b, &settings); err != nil {
		return Config{}, fmt.Errorf("adapter_config.json: %w", err)
	}
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		value := settings[key]
		if slices.Contains(used, key) || slices.Contains(harmless, key) || off(key, value) {
			continue
		}
		if feature, ok := refused[key]; ok {
			return Config{}, fmt.Errorf("adapter_config.json: %s is not supported (%s = %.40s)", feature, key, value)
		}
		return Config{}, fmt.Errorf("adapter_config.json: unknown setting %.40q = %.40s; it may change what the adapter computes", key, value)
	}
	if err := checkInit(settings["init_lora_weights"]); err != nil {
		return Config{}, err
	}
	if kind := string(settings["peft_type"]); kind != `"LORA"` {
		return Config{}, fmt.Errorf(`adapter_config.json: peft_type is %.40s, only "LORA" is supported`, kind)
	}
	for _, key := range []string{"r", "lora_alpha"} {
		if string(settings[key]) == "null" {
			return Config{}, fmt.Errorf("adapter_config.json: %s is null", key)
		}
	}
	if err := json.Unmarshal(b, &c); err != nil {
		return Config{}, fmt.Errorf("adapter_config.json: %w", err)
	}
	if err := c.check(); err != nil {
		return Config{}, fmt.Errorf("adapter_config.json: %w", err)
	}
	return c, nil
}

// off tells whether a value means that a feature is not used.
func off(key string, value json.RawMessage) bool {
	if key == "bias" && string(value) == `"none"` {
		return true
	}
	var compact bytes.Buffer
	return json.Compact(&compact, value) == nil &&
		slices.Contains([]string{"null", "false", "0", `""`, "[]", "{}"}, compact.String())
}

// checkInit refuses ways to start training that also change the base's weights:
// such an adapter belongs to a base that is not the one it names.
func checkInit(value json.RawMessage) error {
	switch init := string(value); init {
	case "", "null", "true", "false", `"gaussian"`, `"eva"`, `"orthogonal"`:
		return nil
	default:
		return fmt.Errorf("adapter_config.json: init_lora_weights = %.40s changes the base's weights; convert the adapter to plain LoRA when saving it (path_initial_model_for_weight_conversion)", init)
	}
}

// check looks at values that must make sense whatever the base is.
func (c Config) check() error {
	if c.R < 1 || c.R > maxRank {
		return fmt.Errorf("r = %d is not in 1..%d", c.R, maxRank)
	}
	if !alphaOK(c.LoraAlpha) {
		return fmt.Errorf("lora_alpha = %v is not in -%g..%g", c.LoraAlpha, maxAlpha, maxAlpha)
	}
	for _, p := range c.RankPattern {
		if p.Value < 1 || p.Value > maxRank || p.Value != math.Trunc(p.Value) {
			return fmt.Errorf("rank_pattern %.80q = %v is not a rank in 1..%d", p.Key, p.Value, maxRank)
		}
	}
	for _, p := range c.AlphaPattern {
		if !alphaOK(p.Value) {
			return fmt.Errorf("alpha_pattern %.80q = %v is not in -%g..%g", p.Key, p.Value, maxAlpha, maxAlpha)
		}
	}
	if c.TargetModules.Empty() {
		return errors.New("target_modules names no layer")
	}
	if len(c.LayersToTransform) > 0 && c.TargetModules.Pattern != "" {
		return errors.New("layers_to_transform needs target_modules as a list")
	}
	if len(c.LayersPattern) > 0 && len(c.LayersToTransform) == 0 {
		return errors.New("layers_pattern needs layers_to_transform")
	}
	_, err := c.matcher()
	return err
}

func alphaOK(a float64) bool { return a >= -maxAlpha && a <= maxAlpha }
