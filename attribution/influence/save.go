package influence

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"github.com/openledger/openledger/compute/safetensors"
)

// The metadata of a saved way back, a safetensors file whose tensors are those
// of the state under the names that Digest gives them.
const (
	metaKind   = "openledger"
	metaDone   = "steps_back"
	metaDigest = "state_digest"
	metaOf     = "settlement" // whatever the caller wants to recognise it by
	savedKind  = "settlement/1"
)

// ErrNothingSaved says that there is nothing to go on from.
var ErrNothingSaved = errors.New("influence: nothing saved")

// Save writes the state of the way back to a file, which holds all of it or what
// it held before, whatever happens. of says what is settled: Restore compares
// it. It MUST name the run and the queries.
func (p *Replay) Save(path, of string) error {
	digest, err := p.Digest()
	if err != nil {
		return err
	}
	var tensors []safetensors.Tensor
	for _, s := range p.outline.states() {
		x, err := read(p.env.States[s.name], s)
		if err != nil {
			return fmt.Errorf("influence: %s: %w", s.name, err)
		}
		tensors = append(tensors, safetensors.FromFloats(s.name, x, s.rows, s.cols))
	}
	return safetensors.Write(path, tensors, map[string]string{
		metaKind: savedKind, metaDone: strconv.Itoa(p.done), metaDigest: digest.String(), metaOf: of,
	})
}

// Restore puts the way back where it was at Save. It refuses a file of another
// settlement, and one whose bytes do not have the digest that it names.
func (p *Replay) Restore(path, of string) error {
	f, err := safetensors.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s", ErrNothingSaved, path)
	}
	if err == nil {
		err = errors.Join(p.restore(f, of), f.Close())
	}
	if err != nil {
		return fmt.Errorf("influence: %s: %w", path, err)
	}
	return nil
}

func (p *Replay) restore(f *safetensors.Set, of string) error {
	meta := f.Metadata()
	_, all := p.Steps()
	done, err := strconv.Atoi(meta[metaDone])
	switch {
	case meta[metaKind] != savedKind:
		return errors.New("the file is no settlement")
	case meta[metaOf] != of:
		return fmt.Errorf("it is of another settlement, %s, this one is %s: remove it", meta[metaOf], of)
	case err != nil || done < 0 || done > all:
		return fmt.Errorf("step %q back of %d", meta[metaDone], all)
	}
	for _, s := range p.outline.states() {
		x, ok := f.Tensor(s.name)
		if !ok {
			return fmt.Errorf("tensor %q is missing", s.name)
		}
		values, err := x.Floats()
		if err == nil {
			err = p.env.States[s.name].Write(values)
		}
		if err != nil {
			return fmt.Errorf("tensor %q: %w", s.name, err)
		}
	}
	p.done = done
	if d, err := p.Digest(); err != nil || d.String() != meta[metaDigest] {
		return fmt.Errorf("its state has digest %s, it says %s: the file has been altered; %v", d, meta[metaDigest], err)
	}
	return nil
}
