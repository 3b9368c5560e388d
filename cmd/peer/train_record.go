package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/openledger/openledger/compute/safetensors"
)

// A divisorLog keeps what adamw divided each step by: one safetensors file a
// step, as attribution reads them back.
type divisorLog struct {
	dir     string
	params  int // in a step
	tensors []safetensors.Tensor
}

func newDivisorLog(dir string) (*divisorLog, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, problemf(exitFailed, "choose another --record", "%w", err)
	}
	return &divisorLog{dir: dir}, nil
}

// record takes the divisors of one parameter; the last one of a step writes
// the file.
func (r *divisorLog) record(step int, param string, divisor []float32) error {
	r.tensors = append(r.tensors, safetensors.FromFloats(param, slices.Clone(divisor), len(divisor)))
	if len(r.tensors) < r.params {
		return nil
	}
	path := filepath.Join(r.dir, fmt.Sprintf("step-%06d.safetensors", step))
	err := safetensors.Write(path, r.tensors, map[string]string{"step": fmt.Sprint(step)})
	r.tensors = r.tensors[:0]
	return err
}
