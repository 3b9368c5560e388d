package influence

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/compute/train"
)

// TestRecordings: the scores do not depend on how the states were kept, nor on
// whether training and the way back were stopped and resumed.
func TestRecordings(t *testing.T) {
	for _, r := range rigs()[1:3] {
		dir := t.TempDir()
		x, q := r.start(t), queries(2)
		want := settle(t, x, x.record(t), q)

		y := r.start(t) // stopped after 5 steps, the third of which was not yet saved elsewhere
		d, err := NewDisk(filepath.Join(dir, "states"), y.t)
		if err != nil {
			t.Fatal(err)
		}
		var saved train.State
		for n := range 5 {
			s, err := y.t.Step()
			if err == nil {
				err = d.Record(s)
			}
			if err == nil && n == 2 {
				err = y.t.State(&saved)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(d.Close(), y.t.SetState(&saved)); err != nil {
			t.Fatal(err)
		}
		if d, err = NewDisk(filepath.Join(dir, "states"), y.t); err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if _, err := Run(y.t, d.Record); err != nil {
			t.Fatal(err)
		}
		p, err := NewReplay(y.b, y.t, d, q)
		for range 6 {
			if err == nil {
				err = p.Step()
			}
		}
		file := filepath.Join(dir, "back")
		if err == nil {
			err = errors.Join(p.Save(file, "epoch 1"), p.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
		if p, err = NewReplay(y.b, y.t, d, q); err == nil {
			err = p.Restore(file, "epoch 1")
		}
		for done, all := p.Steps(); done < all && err == nil; done++ {
			err = p.Step()
		}
		got, err2 := p.Scores()
		if err := errors.Join(err, err2); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %v, %v\nwant %v", r.name, got, err, want)
		}
		if err := p.Restore(file, "epoch 2"); err == nil || !strings.Contains(err.Error(), "another settlement") {
			t.Errorf("the file of another settlement: %v", err)
		}
		if err := p.Restore(file+"s", ""); !errors.Is(err, ErrNothingSaved) {
			t.Errorf("no file: %v", err)
		}
	}
}

// TestDiskAltered: a flipped bit in the states is found where it is.
func TestDiskAltered(t *testing.T) {
	r, file := rigs()[0], filepath.Join(t.TempDir(), "states")
	x := r.start(t)
	d, err := NewDisk(file, x.t)
	if err == nil {
		_, err = Run(x.t, d.Record)
	}
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	record := (len(whole) - diskHeader) / 12
	for i := range 40 {
		b := slices.Clone(whole)
		at := diskHeader + (i*7919)%(len(b)-diskHeader)
		b[at] ^= 1 << (i % 8)
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Moment((at-diskHeader)/record + 1); err == nil || !strings.Contains(err.Error(), "altered") {
			t.Fatalf("bit %d of byte %d flipped: %v", i%8, at, err)
		}
	}
	if _, err := d.Moment(13); err == nil {
		t.Error("a step that was never done has a state")
	}
	d.Close()
	if _, err := NewDisk(file, rigs()[3].start(t).t); err == nil || !strings.Contains(err.Error(), "another run") {
		t.Errorf("the file of another run: %v", err)
	}
	os.Remove(file)
	if _, err := NewDisk(file, x.t); err == nil {
		t.Error("a recording begins after the run")
	}
}

// TestAgain: the run again with weights 1 and its own divisors has equal bits.
func TestAgain(t *testing.T) {
	for _, r := range rigs() {
		x := r.start(t)
		p, err := NewReplay(x.b, x.t, x.record(t), nil)
		if err == nil {
			err = p.again(func(int) float32 { return 1 })
		}
		got := make([]float32, size(x.t))
		if err := errors.Join(err, params(x.t, got)); err != nil || !slices.Equal(got, p.result) {
			t.Errorf("%s: another result; %v", r.name, err)
		}
	}
}

// TestGate: a run with small steps is smooth, one with wild steps is not.
func TestGate(t *testing.T) {
	for _, c := range []struct {
		rate  float32
		exact bool
	}{{0.01, true}, {1, false}} {
		r := rigs()[0]
		r.options.Rates = constant(c.rate, 12)
		x := r.start(t)
		s, err := Gate(x.b, x.t, x.record(t), texts(12, 40), 1)
		if err != nil || s.Exact() != c.exact {
			t.Errorf("rate %g: correlation %.4f, exact is %v; %v", c.rate, s, s.Exact(), err)
		}
	}
}

// TestWeights: what a query counts by fee and gain, however small.
func TestWeights(t *testing.T) {
	for _, c := range []struct {
		fees  []int64
		gains []uint64
		want  string
	}{
		{nil, nil, "[]"},
		{[]int64{0, 0}, []uint64{share.Whole, 5}, "[0 0]"},
		{[]int64{7, 9}, []uint64{0, 0}, "[0 0]"},
		{[]int64{1}, []uint64{1}, "[1]"},
		{[]int64{1, 3}, []uint64{share.Whole, share.Whole}, "[0.25 0.75]"},
		{[]int64{1 << 60, 1}, []uint64{share.Whole, share.Whole}, "[1 8.6736174e-19]"},
	} {
		var fees []*big.Int
		for _, f := range c.fees {
			fees = append(fees, big.NewInt(f))
		}
		if got, err := Weights(fees, c.gains); err != nil || fmt.Sprint(got) != c.want {
			t.Errorf("%v x %v: got %v, %v, want %s", c.fees, c.gains, got, err, c.want)
		}
	}
	for _, bad := range []struct {
		fee  int64
		gain uint64
	}{{-1, 1}, {1, share.Whole + 1}} {
		if _, err := Weights([]*big.Int{big.NewInt(bad.fee)}, []uint64{bad.gain}); err == nil {
			t.Errorf("a fee of %d with a gain of %d", bad.fee, bad.gain)
		}
	}
}

// TestScore: fixed point, rounded to even, never out of range.
func TestScore(t *testing.T) {
	for _, c := range []struct {
		x    float32
		want share.Score
	}{
		{0, 0}, {-1, share.Unit}, {1, -share.Unit}, {-0x1p-40, 1}, {-0x1p-41, 0}, {-0x1.8p-40, 2}, {-0x1.4p-39, 2},
		{-math.MaxFloat32, math.MaxInt64}, {math.MaxFloat32, math.MinInt64}, {-0x1p22, 1 << 62},
	} {
		if got := Score(c.x); got != c.want {
			t.Errorf("%g: got %d, want %d", c.x, got, c.want)
		}
	}
}

// TestBadInput: what cannot be settled is refused by name; what counts for
// nothing scores nothing.
func TestBadInput(t *testing.T) {
	x := rigs()[0].start(t)
	if _, err := NewReplay(x.b, x.t, nil, queries(1)); err == nil || !strings.Contains(err.Error(), "train it to the end") {
		t.Errorf("a run that is not done: %v", err)
	}
	c := x.record(t)
	if _, err := NewCheckpoints(x.t); err == nil {
		t.Error("a recording begins after the run")
	}
	mute := queries(1)
	mute[0].Targets = slices.Repeat([]int32{train.NoTarget}, len(mute[0].IDs))
	if _, err := NewReplay(x.b, x.t, c, mute); err == nil || !strings.Contains(err.Error(), "no answer") {
		t.Errorf("a query without an answer: %v", err)
	}
	wrong := queries(1)
	wrong[0].Weight = float32(math.NaN())
	if _, err := NewReplay(x.b, x.t, c, wrong); err == nil {
		t.Error("a weight that is no number")
	}
	foreign := queries(1)
	foreign[0].IDs = slices.Clone(foreign[0].IDs)
	foreign[0].IDs[0] = 31
	if _, err := Settle(x.b, x.t, c, foreign); err == nil {
		t.Error("a query of another tokenizer is settled")
	}
	x = rigs()[0].start(t)
	c = x.record(t)
	long := queries(1)
	long[0].IDs, long[0].Targets = make([]int32, 33), make([]int32, 33)
	if _, err := NewReplay(x.b, x.t, c, long); err == nil {
		t.Error("a query longer than the context is settled")
	}
	longer := queries(1) // than any sample
	longer[0].IDs, longer[0].Targets = make([]int32, 32), make([]int32, 32)
	if settle(t, x, c, longer)[0] == 0 {
		t.Error("a long query changes nothing")
	}
	for name, q := range map[string][]Query{"no queries": nil, "weight 0": {{mute[0].Sample, 0}}} {
		for i, s := range settle(t, x, c, q) {
			if s != 0 {
				t.Errorf("%s: sample %d scores %d", name, i, s)
			}
		}
	}
	if _, err := c.Moment(0); err == nil {
		t.Error("step 0 has a state")
	}
	if _, err := Gate(x.b, x.t, c, texts(2, 1), 1); err == nil {
		t.Error("a gate of two queries")
	}
}
