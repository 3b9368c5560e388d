package llama

import (
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
)

// A LoadConfig says in which form weights are kept. The zero value keeps them
// as stored.
type LoadConfig struct {
	// Q8 rounds the linear layers to int8 when the model is loaded. An output
	// layer with a vocabulary too large for exact integer sums stays as stored,
	// and so does an embedding table of its own.
	Q8 bool

	// Slices is how many int8 digits an activation has in products with Q8
	// weights: 1 or, for 0 too, 2. It decides bits.
	Slices int

	// Train keeps every tensor as an f32 matrix that can be trained.
	Train bool
}

// maxSumQ8 is the longest inner index of a product with Q8 weights, forward
// and backward.
const maxSumQ8 = 133143

// Load reads a model directory: config.json, generation_config.json if there is
// one, and model.safetensors or its shards. It refuses tensors that are
// missing, unknown, of a wrong shape or not finite.
func Load(dir string, b tape.Backend, c LoadConfig) (*Model, error) {
	config, err := ReadConfig(dir)
	if err != nil {
		return nil, err
	}
	set, err := safetensors.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", dir, err)
	}
	m, err := FromTensors(config, set, b, c)
	if err := errors.Join(err, set.Close()); err != nil {
		return nil, fmt.Errorf("load %s: %w", dir, err)
	}
	return m, nil
}

// FromTensors makes a model of a config and tensors, which it copies.
func FromTensors(config Config, set *safetensors.Set, b tape.Backend, c LoadConfig) (*Model, error) {
	if c.Q8 && c.Train {
		return nil, errors.New("q8 weights cannot be trained; train a LoRA on them")
	}
	if c.Slices < 0 || c.Slices > 2 {
		return nil, fmt.Errorf("%d slices; q8 has 1 or 2", c.Slices)
	}
	if err := config.checkTensors(set); err != nil {
		return nil, err
	}
	m := &Model{Config: config, backend: b, slices: c.Slices, params: make(map[string]param)}
	shapes := config.Shapes()
	// The largest first, so that the threads end together.
	slices.SortStableFunc(shapes, func(x, y Shape) int { return y.Rows*y.Cols - x.Rows*x.Cols })
	var (
		mu    sync.Mutex
		wg    sync.WaitGroup
		next  int
		first error
	)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				stop := first != nil
				mu.Unlock()
				if i >= len(shapes) || stop {
					return
				}
				t, _ := set.Tensor(shapes[i].Name)
				p, err := m.load(shapes[i], t, c)
				mu.Lock()
				m.params[shapes[i].Name] = p
				if err != nil && first == nil {
					first = err
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if first != nil {
		return nil, first
	}
	return m, nil
}

// checkTensors compares names and shapes with what the config asks for.
func (c *Config) checkTensors(set *safetensors.Set) error {
	wanted := make(map[string]bool)
	var missing []string
	for _, s := range c.Shapes() {
		wanted[s.Name] = true
		t, ok := set.Tensor(s.Name)
		if !ok {
			missing = append(missing, s.Name)
			continue
		}
		shape := []int{s.Rows, s.Cols}
		if s.Vector {
			shape = shape[1:]
		}
		if !slices.Equal(t.Shape, shape) {
			if s.Name == embedName || s.Name == headName {
				return fmt.Errorf("tensor %q has shape %v, the vocabulary of %d needs %v", s.Name, t.Shape, c.Vocab, shape)
			}
			return fmt.Errorf("tensor %q has shape %v, config.json makes it %v", s.Name, t.Shape, shape)
		}
		if t.DType != safetensors.F32 && t.DType != safetensors.BF16 && t.DType != safetensors.F16 {
			return fmt.Errorf("tensor %q is %v; F32, BF16 and F16 are supported", s.Name, t.DType)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("%d tensors are missing: %s", len(missing), some(missing))
	}
	var unknown []string
	for _, t := range set.Tensors() {
		if wanted[t.Name] || strings.HasSuffix(t.Name, ".rotary_emb.inv_freq") { // a buffer of old checkpoints
			continue
		}
		if t.Name == headName && c.Tied {
			if e, _ := set.Tensor(embedName); e.DType != t.DType || string(e.Data) != string(t.Data) {
				return fmt.Errorf("tie_word_embeddings is set, but %s differs from %s", headName, embedName)
			}
			continue
		}
		unknown = append(unknown, t.Name)
	}
	if len(unknown) > 0 {
		return fmt.Errorf("%d tensors do not belong to a %s: %s", len(unknown), c.Type, some(unknown))
	}
	return nil
}

// some joins the first few names.
func some(names []string) string {
	if len(names) > 5 {
		names = append(names[:5:5], "...")
	}
	return strings.Join(names, ", ")
}

var tapeTypes = map[safetensors.DType]tape.Type{
	safetensors.F32: tape.F32, safetensors.BF16: tape.BF16, safetensors.F16: tape.F16,
}

// load brings one tensor into the backend's memory.
func (m *Model) load(s Shape, t safetensors.Tensor, c LoadConfig) (param, error) {
	typ := tapeTypes[t.DType]
	if i := notFinite(t.Data, typ); i >= 0 {
		return param{}, fmt.Errorf("tensor %q: element %d is an infinity or NaN; the file is broken", s.Name, i)
	}
	if c.Train {
		x, err := t.Floats()
		if err != nil {
			return param{}, err
		}
		return m.trained(s, x)
	}
	w, err := m.backend.Weights(tape.Tensor{Type: typ, Rows: s.Rows, Cols: s.Cols, Data: t.Data}, m.form(s, typ, c))
	if err != nil {
		return param{}, fmt.Errorf("tensor %q: %w", s.Name, err)
	}
	return param{shape: s, typ: w.Type(), weights: w}, nil
}

// rounds says whether a tensor is kept as Q8 weights.
func (c *LoadConfig) rounds(of *Config, s Shape) bool {
	linear := !s.Vector && (s.Name != embedName || of.Tied)
	return c.Q8 && linear && max(s.Rows, s.Cols) <= maxSumQ8
}

func (m *Model) trained(s Shape, x []float32) (param, error) {
	p := param{shape: s, typ: tape.F32}
	var err error
	if p.matrix, err = m.backend.Matrix(s.Rows, s.Cols); err == nil {
		err = p.matrix.Write(x)
	}
	if err != nil {
		return p, fmt.Errorf("tensor %q: %w", s.Name, err)
	}
	return p, nil
}

// notFinite returns the index of the first infinity or NaN among little-endian
// elements, or -1. It looks at 8 bytes at a time: an exponent of all ones plus
// one carries into the sign bit, which the mask has cleared.
func notFinite(b []byte, t tape.Type) int {
	mask, one, size := uint64(0x7f8000007f800000), uint64(0x0080000000800000), 4
	switch t {
	case tape.BF16:
		mask, one, size = 0x7f807f807f807f80, 0x0080008000800080, 2
	case tape.F16:
		mask, one, size = 0x7c007c007c007c00, 0x0400040004000400, 2
	}
	sign := (mask + one) &^ mask
	at := 0
	for ; at+32 <= len(b); at += 32 {
		four := b[at:][:32]
		w, x := binary.LittleEndian.Uint64(four)&mask+one, binary.LittleEndian.Uint64(four[8:])&mask+one
		y, z := binary.LittleEndian.Uint64(four[16:])&mask+one, binary.LittleEndian.Uint64(four[24:])&mask+one
		if (w|x|y|z)&sign != 0 {
			break
		}
	}
	for ; at+8 <= len(b); at += 8 {
		if (binary.LittleEndian.Uint64(b[at:])&mask+one)&sign != 0 {
			break
		}
	}
	for ; at < len(b); at += size {
		var last [8]byte
		copy(last[:size], b[at:])
		if (binary.LittleEndian.Uint64(last[:])&mask+one)&sign != 0 {
			return at / size
		}
	}
	return -1
}
