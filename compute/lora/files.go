package lora

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/proofs/canon"
)

// Names of the files of a PEFT directory.
const (
	ConfigFile  = "adapter_config.json"
	WeightsFile = "adapter_model.safetensors"
)

// Files is an adapter as it is stored: parsed, not yet fitted to a base.
type Files struct {
	Config  Config
	Weights []byte // a safetensors file; MUST NOT change
	set     *safetensors.Set
}

// Open reads the adapter in dir.
func Open(dir string) (*Files, error) {
	config, err := os.ReadFile(filepath.Join(dir, ConfigFile))
	if err != nil {
		return nil, fmt.Errorf("open adapter: %w", err)
	}
	weights, err := os.ReadFile(filepath.Join(dir, WeightsFile))
	if errors.Is(err, fs.ErrNotExist) {
		if _, e := os.Stat(filepath.Join(dir, "adapter_model.bin")); e == nil {
			err = errors.New("only adapter_model.bin is there, a pickle that can run code and is never read; save the adapter with safe_serialization=True")
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open adapter %s: %w", dir, err)
	}
	f, err := Parse(config, weights)
	if err != nil {
		return nil, fmt.Errorf("open adapter %s: %w", dir, err)
	}
	return f, nil
}

// Parse reads an adapter from the bytes of its two files. It keeps weights.
func Parse(config, weights []byte) (*Files, error) {
	c, err := ParseConfig(config)
	if err != nil {
		return nil, err
	}
	set, err := safetensors.Parse(weights)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", WeightsFile, err)
	}
	return &Files{Config: c, Weights: weights, set: set}, nil
}

// Write makes dir a PEFT directory that holds the adapter. dir MUST NOT exist or
// be empty; it is there as a whole or not at all.
func (f *Files) Write(dir string) (err error) {
	config, err := json.MarshalIndent(f.Config.peft(), "", "  ")
	if err != nil {
		return fmt.Errorf("write adapter %s: %w", dir, err)
	}
	dir = filepath.Clean(dir)
	if err := safetensors.Sweep(dir); err != nil {
		return fmt.Errorf("write adapter: %w", err)
	}
	temp, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-*")
	if err != nil {
		return fmt.Errorf("write adapter: %w", err)
	}
	err = errors.Join(
		os.Chmod(temp, 0o755),
		writeSynced(filepath.Join(temp, ConfigFile), append(config, '\n')),
		writeSynced(filepath.Join(temp, WeightsFile), f.Weights),
		syncDir(temp))
	if err == nil {
		err = os.Rename(temp, dir) // replaces an empty directory, fails on any other
	}
	if err != nil {
		return fmt.Errorf("write adapter %s: %w", dir, errors.Join(err, os.RemoveAll(temp)))
	}
	return syncDir(filepath.Dir(dir))
}

func writeSynced(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// peft returns the settings that PEFT itself writes.
func (c Config) peft() map[string]any {
	var layers, pattern any // null: all
	if len(c.LayersToTransform) > 0 {
		layers, pattern = c.LayersToTransform, c.LayersPattern
	}
	return map[string]any{
		"peft_type": "LORA", "task_type": c.TaskType, "base_model_name_or_path": c.BaseModelNameOrPath,
		"inference_mode": true, "auto_mapping": nil, "revision": nil,
		"r": c.R, "lora_alpha": c.LoraAlpha, "lora_dropout": c.LoraDropout, "use_rslora": c.UseRslora,
		"rank_pattern": c.RankPattern, "alpha_pattern": c.AlphaPattern,
		"target_modules": c.TargetModules, "exclude_modules": c.ExcludeModules,
		"layers_to_transform": layers, "layers_pattern": pattern,
		"bias": "none", "fan_in_fan_out": false, "init_lora_weights": true, "modules_to_save": nil, "use_dora": false,
	}
}

// Keys of the tensors of a layer.
const (
	keyPrefix = "base_model.model."
	keyA      = ".lora_A.weight"
	keyB      = ".lora_B.weight"
)

// CID is the identity of the adapter, whatever its name is and wherever it lies:
// that of the canonical block
//
//	[1, [[layer, scale], ...], weights]
//
// with all layers that have a tensor in ascending order, the bits of their
// float32 scales, and the CID of the weights file as one raw block. It covers
// what an adapter computes, so two configs that say the same in other words
// have one CID.
func (f *Files) CID() (cid.Cid, error) {
	m, err := f.Config.matcher()
	if err != nil {
		return cid.Undef, err
	}
	var layers []string
	for _, t := range f.set.Tensors() {
		name := strings.TrimPrefix(t.Name, keyPrefix)
		layers = append(layers, strings.TrimSuffix(strings.TrimSuffix(name, keyA), keyB))
	}
	slices.Sort(layers)
	layers = slices.Compact(layers)

	weights, err := cid.V1Builder{Codec: cid.Raw, MhType: multihash.SHA2_256}.Sum(f.Weights)
	if err != nil {
		return cid.Undef, err
	}
	b := canon.AppendUint(canon.AppendArray(nil, 3), 1)
	b = canon.AppendArray(b, len(layers))
	for _, layer := range layers {
		b = canon.AppendText(canon.AppendArray(b, 2), layer)
		b = canon.AppendUint(b, uint64(math.Float32bits(m.scale(layer))))
	}
	b = canon.AppendCID(b, weights)
	return cid.V1Builder{Codec: cid.DagCBOR, MhType: multihash.SHA2_256}.Sum(b)
}

// Files returns the adapter as it is stored, in float32.
func (a *Adapter) Files() (*Files, error) {
	m, err := a.Config.matcher()
	if err != nil {
		return nil, err
	}
	var tensors []safetensors.Tensor
	for _, x := range a.Modules {
		if rank, scale := m.rank(x.Name), m.scale(x.Name); x.Rank != rank || x.Scale != scale || x.A.Rows != rank || x.B.Cols != rank {
			return nil, fmt.Errorf("store adapter: %s has rank %d and scale %v, its config says %d and %v", x.Name, x.Rank, x.Scale, rank, scale)
		}
		tensors = append(tensors, tensor(keyPrefix+x.Name+keyA, x.A), tensor(keyPrefix+x.Name+keyB, x.B))
	}
	var weights bytes.Buffer
	if err := safetensors.Encode(&weights, tensors, map[string]string{"format": "pt"}); err != nil {
		return nil, fmt.Errorf("store adapter: %w", err)
	}
	config, err := json.Marshal(a.Config.peft())
	if err != nil {
		return nil, fmt.Errorf("store adapter: %w", err)
	}
	return Parse(config, weights.Bytes())
}

func tensor(name string, m op.Matrix) safetensors.Tensor {
	x := m.Data
	if m.Stride != m.Cols || len(x) != m.Rows*m.Cols {
		x = make([]float32, 0, m.Rows*m.Cols)
		for i := range m.Rows {
			x = append(x, m.Row(i)...)
		}
	}
	return safetensors.FromFloats(name, x, m.Rows, m.Cols)
}
