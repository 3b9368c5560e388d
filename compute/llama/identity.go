package llama

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
)

// An Identity is what a model folder is, whatever its name: everything that
// decides an answer. Its weights are committed tile by tile, so that a dispute
// opens one tile of one tensor against it.
type Identity struct {
	Config    cid.Cid       // of config.json, a raw block
	Tokenizer cid.Cid       // of tokenizer.json; undefined: there is none
	Template  cid.Cid       // of tokenizer_config.json, which holds the chat template; undefined: there is none
	Rope      [32]byte      // of the rotary table
	Weights   merkle.Digest // merkle map from tensor names to tensor digests, as the model computes with them
	Bytes     int64         // of the weights as stored
	Form      Form          // of the weights
}

// A Form is how a model computes with the weights of its files: "" as they are
// stored; "q8/1" or "q8/2" rounded to Q8 when they are loaded, activations cut
// into one or two slices. Each is another model with a name of its own. Weights
// then holds, of each rounded tensor, the int8 digits under its name and the
// scales under that with tape.ScaleSuffix: the slots of a lowered tape.
type Form string

// Form returns the form that a model has when it is loaded so.
func (c *LoadConfig) Form() Form {
	switch {
	case !c.Q8:
		return ""
	case c.Slices == 1:
		return "q8/1"
	}
	return "q8/2"
}

// LoadConfig returns the settings with which a model of this form is loaded.
func (f Form) LoadConfig() (LoadConfig, error) {
	for _, c := range []LoadConfig{{}, {Q8: true, Slices: 1}, {Q8: true, Slices: 2}} {
		if c.Form() == f {
			return c, nil
		}
	}
	return LoadConfig{}, fmt.Errorf("weights of form %q; this version has \"\", \"q8/1\" and \"q8/2\"", string(f))
}

// CID returns the name of the model: that of the identity as a canon value.
func (i *Identity) CID() (cid.Cid, error) {
	b, err := canon.Encode(i)
	if err != nil {
		return cid.Undef, err
	}
	return sum(cid.DagCBOR, b)
}

const identityVersion = 1

// AppendCanon writes [1, config, tokenizer?, template?, rope, weights, bytes],
// and the form as an eighth field unless the weights are as stored; an optional
// link is an array of none or one.
func (i *Identity) AppendCanon(b []byte) []byte {
	fields := 7
	if i.Form != "" {
		fields = 8
	}
	b = canon.AppendUint(canon.AppendArray(b, fields), identityVersion)
	b = canon.AppendCID(b, i.Config)
	for _, c := range []cid.Cid{i.Tokenizer, i.Template} {
		if !c.Defined() {
			b = canon.AppendArray(b, 0)
			continue
		}
		b = canon.AppendCID(canon.AppendArray(b, 1), c)
	}
	b = canon.AppendBytes(b, i.Rope[:])
	b = canon.AppendBytes(b, i.Weights[:])
	b = canon.AppendUint(b, uint64(i.Bytes))
	if i.Form != "" {
		b = canon.AppendText(b, string(i.Form))
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (i *Identity) ReadCanon(r *canon.Reader) {
	fields := r.Array(8)
	if fields < 7 {
		r.Fail("identity of %d fields", fields)
	}
	if v := r.Uint(identityVersion); v != identityVersion {
		r.Fail("identity of version %d", v)
	}
	i.Config = r.CID()
	for _, c := range []*cid.Cid{&i.Tokenizer, &i.Template} {
		*c = cid.Undef
		if r.Array(1) == 1 {
			*c = r.CID()
		}
	}
	r.Fixed(i.Rope[:])
	r.Fixed(i.Weights[:])
	i.Bytes, i.Form = int64(r.Uint(1<<62)), ""
	if fields == 8 {
		i.Form = Form(r.Text(8))
		if _, err := i.Form.LoadConfig(); err != nil || i.Form == "" {
			r.Fail("identity of form %q", i.Form)
		}
	}
}

// Identify reads a model folder and hashes it, with weights as stored, on all
// cores.
func Identify(dir string) (Identity, error) { return IdentifyAs(dir, "") }

// IdentifyAs is Identify of the model with its weights in a form.
func IdentifyAs(dir string, form Form) (Identity, error) {
	i := Identity{Form: form}
	load, err := form.LoadConfig()
	if err != nil {
		return i, err
	}
	c, err := ReadConfig(dir)
	if err != nil {
		return i, err
	}
	for _, f := range []struct {
		name string
		to   *cid.Cid
	}{{"config.json", &i.Config}, {"tokenizer.json", &i.Tokenizer}, {"tokenizer_config.json", &i.Template}} {
		b, err := os.ReadFile(filepath.Join(dir, f.name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			*f.to, err = sum(cid.Raw, b)
		}
		if err != nil {
			return i, fmt.Errorf("identify %s: %w", dir, err)
		}
	}
	table, err := op.NewRopeTable(c.Rope, 1)
	if err != nil {
		return i, err
	}
	i.Rope = table.Digest
	set, err := safetensors.Open(dir)
	if err != nil {
		return i, fmt.Errorf("identify %s: %w", dir, err)
	}
	if err = c.checkTensors(set); err == nil {
		i.Weights, i.Bytes, err = c.weightsDigest(set.Tensors(), load)
	}
	if err := errors.Join(err, set.Close()); err != nil {
		return i, fmt.Errorf("identify %s: %w", dir, err)
	}
	return i, nil
}

var merkleTypes = map[safetensors.DType]merkle.DType{
	safetensors.F32: merkle.F32, safetensors.BF16: merkle.BF16, safetensors.F16: merkle.F16, safetensors.I8: merkle.I8,
}

// weightsDigest hashes tensors as the model computes with them, the largest first
// so that the goroutines end together.
func (c *Config) weightsDigest(tensors []safetensors.Tensor, load LoadConfig) (merkle.Digest, int64, error) {
	rounded := make(map[string]bool)
	for _, s := range c.Shapes() {
		rounded[s.Name] = load.rounds(c, s)
	}
	tensors = slices.Clone(tensors)
	slices.SortStableFunc(tensors, func(a, b safetensors.Tensor) int { return len(b.Data) - len(a.Data) })
	entries := make([][]merkle.Entry, len(tensors))
	failed := make([]error, len(tensors))
	work := make(chan int, len(tensors))
	total := int64(0)
	for i, t := range tensors {
		work <- i
		total += int64(len(t.Data))
	}
	close(work)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			h := merkle.NewHasher()
			for i := range work {
				if rounded[tensors[i].Name] {
					entries[i], failed[i] = roundedEntries(h, tensors[i])
				} else {
					entries[i], failed[i] = entry(h, tensors[i])
				}
			}
		})
	}
	wg.Wait()
	if err := errors.Join(failed...); err != nil {
		return merkle.Digest{}, 0, err
	}
	all := slices.Concat(entries...)
	slices.SortFunc(all, func(a, b merkle.Entry) int { return cmp.Compare(a.Name, b.Name) })
	d, err := merkle.NewHasher().Map(all)
	return d, total, err
}

// entry hashes one tensor.
func entry(h *merkle.Hasher, t safetensors.Tensor) ([]merkle.Entry, error) {
	tiling, err := merkle.NewTiling(merkleTypes[t.DType], t.Shape...)
	if err != nil {
		return nil, fmt.Errorf("tensor %q: %w", t.Name, err)
	}
	return []merkle.Entry{{Name: t.Name, Digest: h.Tensor(tiling, t.Data)}}, nil
}

// roundedEntries hashes the digits and the scales of one tensor.
func roundedEntries(h *merkle.Hasher, t safetensors.Tensor) ([]merkle.Entry, error) {
	x, err := t.Floats()
	if err != nil {
		return nil, err
	}
	e, err := op.New(op.Config{Threads: 1})
	if err != nil {
		return nil, err
	}
	rows, cols := t.Shape[0], t.Shape[1]
	row, scale := e.PackQ8(op.Matrix{Data: x, Rows: rows, Cols: cols, Stride: cols}).Int8()
	digits := make([]int8, rows*cols)
	for i := range rows {
		row(i, digits[i*cols:][:cols])
	}
	var all []merkle.Entry
	for _, part := range []safetensors.Tensor{
		{Name: t.Name, DType: safetensors.I8, Shape: t.Shape, Data: merkle.Bytes(digits)},
		{Name: t.Name + tape.ScaleSuffix, DType: safetensors.F32, Shape: []int{rows, 1}, Data: merkle.Bytes(scale)},
	} {
		one, err := entry(h, part)
		if err != nil {
			return nil, err
		}
		all = append(all, one...)
	}
	return all, nil
}

func sum(codec uint64, b []byte) (cid.Cid, error) {
	return cid.V1Builder{Codec: codec, MhType: multihash.SHA2_256}.Sum(b)
}
