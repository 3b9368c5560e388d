package train

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strconv"

	"github.com/openledger/openledger/compute/safetensors"
)

// The metadata of a checkpoint, a safetensors file whose tensors are those of
// the state under the names that Digest gives them.
const (
	metaKind   = "openledger"
	metaStep   = "step"
	metaPower1 = "power_of_beta1" // bits of the f32
	metaPower2 = "power_of_beta2"
	metaTokens = "tokens"
	metaDigest = "state_digest"
	metaRun    = "run"    // whatever the caller wants to recognise the run by
	metaBest   = "best"   // bits of the lowest validation loss; absent: none yet
	metaWaited = "waited" // validations since
)

const checkpointKind = "checkpoint/1"

// ErrNoCheckpoint says that there is none to go on from.
var ErrNoCheckpoint = errors.New("train: no checkpoint")

// Save writes the state to a file, so that it holds all of this state or what
// it held before, whatever happens. run says what run this is: Restore compares
// it.
func (t *Trainer) Save(path, run string) error {
	digest, err := t.Digest()
	if err != nil {
		return err
	}
	var tensors []safetensors.Tensor
	for _, s := range t.tensors() {
		x := s.m.Host()
		if x == nil {
			x = make([]float32, s.rows*s.cols)
			if err := s.m.Read(x); err != nil {
				return fmt.Errorf("checkpoint: %s: %w", s.name, err)
			}
		}
		tensors = append(tensors, safetensors.FromFloats(s.name, x, s.rows, s.cols))
	}
	bits := func(x float32) string { return strconv.FormatUint(uint64(math.Float32bits(x)), 10) }
	meta := map[string]string{
		metaKind: checkpointKind, metaStep: strconv.Itoa(t.step), metaTokens: strconv.FormatUint(t.tokens, 10),
		metaPower1: bits(t.update.p1), metaPower2: bits(t.update.p2), metaDigest: digest.String(), metaRun: run,
	}
	if t.best.seen {
		meta[metaBest], meta[metaWaited] = bits(t.best.loss), strconv.Itoa(t.best.waited)
	}
	if err := safetensors.Write(path, tensors, meta); err != nil {
		return fmt.Errorf("checkpoint of step %d not written, the one before is whole: %w", t.step, err)
	}
	return nil
}

// Restore puts the run where it was at Save. It refuses a file of another run,
// and one whose bytes do not have the digest that it names.
func (t *Trainer) Restore(path, run string) error {
	f, err := safetensors.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s", ErrNoCheckpoint, path)
	}
	if err != nil {
		return fmt.Errorf("checkpoint %s: %w", path, err)
	}
	err = t.restore(f, run)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("checkpoint %s: %w", path, err)
	}
	return nil
}

func (t *Trainer) restore(f *safetensors.Set, run string) error {
	meta := f.Metadata()
	if meta[metaKind] != checkpointKind {
		return errors.New("the file is no checkpoint")
	}
	if meta[metaRun] != run {
		return fmt.Errorf("it is of another run: it was made with %s, this one is %s; give another output folder, or remove the checkpoint", meta[metaRun], run)
	}
	step, err := strconv.Atoi(meta[metaStep])
	if err != nil || step < 0 || step > len(t.options.Rates) {
		return fmt.Errorf("step %q of a run of %d", meta[metaStep], len(t.options.Rates))
	}
	numbers := map[string]uint64{metaPower1: 0, metaPower2: 0, metaTokens: 0}
	if meta[metaBest] != "" {
		numbers[metaBest], numbers[metaWaited] = 0, 0
	}
	for key := range numbers {
		if numbers[key], err = strconv.ParseUint(meta[key], 10, 63); err != nil {
			return fmt.Errorf("metadata %s: %w", key, err)
		}
	}
	for _, s := range t.tensors() {
		x, ok := f.Tensor(s.name)
		if !ok {
			return fmt.Errorf("tensor %q is missing", s.name)
		}
		values, err := x.Floats()
		if err != nil {
			return err
		}
		if len(values) != s.rows*s.cols {
			return fmt.Errorf("tensor %q has %d elements, want %d", s.name, len(values), s.rows*s.cols)
		}
		if err := s.m.Write(values); err != nil {
			return fmt.Errorf("tensor %q: %w", s.name, err)
		}
	}
	float := func(key string) float32 { return math.Float32frombits(uint32(numbers[key])) }
	t.step, t.tokens = step, numbers[metaTokens]
	t.update.p1, t.update.p2 = float(metaPower1), float(metaPower2)
	t.best = patience{seen: meta[metaBest] != "", loss: float(metaBest), waited: int(numbers[metaWaited])}
	digest, err := t.Digest()
	if err != nil {
		return err
	}
	if want, err := hex.DecodeString(meta[metaDigest]); err != nil || string(want) != string(digest[:]) {
		return fmt.Errorf("its state has digest %s, it says %s: the file has been altered", digest, meta[metaDigest])
	}
	return nil
}
