package influence

import (
	"fmt"
	"slices"

	"github.com/openledger/openledger/compute/train"
)

// A Moment is what the way back reads of one step: flat, parameter after
// parameter in the order of the names.
type Moment struct {
	Before []float32 // the parameters before the step
	Second []float32 // adamw: the second moments after it
	Clip   float32   // the factor that clipping applied
}

// A Recording gives back the steps of a run. A reader goes from the last to the
// first; other orders may cost more.
type Recording interface {
	// Moment returns step n, counted from 1. It is good until the next call. It
	// may use the trainer of the run, whose state is then undefined.
	Moment(n int) (*Moment, error)
}

// params copies the parameters of a run as they are now.
func params(t *train.Trainer, to []float32) error {
	for _, p := range t.Params() {
		n := p.Rows * p.Cols
		if err := p.Value.Read(to[:n]); err != nil {
			return fmt.Errorf("influence: read %s: %w", p.Name, err)
		}
		to = to[n:]
	}
	return nil
}

// seconds copies the second moments of a run as they are now.
func seconds(t *train.Trainer, to []float32) error {
	for i, p := range t.Params() {
		n := p.Rows * p.Cols
		if err := t.Second(i, to[:n]); err != nil {
			return fmt.Errorf("influence: %w", err)
		}
		to = to[n:]
	}
	return nil
}

// size returns the number of parameters of a run.
func size(t *train.Trainer) (n int) {
	for _, p := range t.Params() {
		n += p.Rows * p.Cols
	}
	return n
}

func adamw(t *train.Trainer) bool { return t.Options().Optimizer.Kind == "adamw" }

// A Checkpoints is a Recording in memory: about sqrt(T) states of the run and
// the moments of the steps behind one of them, done again when they are needed.
// The way back costs one training more, and 4·sqrt(T) times the adapter's size.
type Checkpoints struct {
	t       *train.Trainer
	every   int
	states  []train.State // after 0, every, 2·every, ... steps
	first   int           // the step of moments[0]; 0: none
	moments []Moment
}

// NewCheckpoints begins the recording of a run before its first step. After
// each step Record follows.
func NewCheckpoints(t *train.Trainer) (*Checkpoints, error) {
	done, all := t.Steps()
	if done != 0 {
		return nil, fmt.Errorf("influence: the run has done %d steps: a recording begins before the first", done)
	}
	c := &Checkpoints{t: t, every: 1}
	for c.every*c.every < all {
		c.every++
	}
	return c, c.keep()
}

func (c *Checkpoints) keep() error {
	c.states = append(c.states, train.State{})
	return c.t.State(&c.states[len(c.states)-1])
}

// Record keeps what is needed of the step that was just done.
func (c *Checkpoints) Record(r train.Result) error {
	if last := c.states[len(c.states)-1].Step; r.Step != last+c.every {
		return nil
	}
	return c.keep()
}

// Moment implements Recording.
func (c *Checkpoints) Moment(n int) (*Moment, error) {
	done, all := c.t.Steps()
	if last := c.states[len(c.states)-1].Step; n < 1 || n > all || n > last+c.every {
		return nil, fmt.Errorf("influence: step %d of %d is not recorded, %d are done", n, all, done)
	}
	k := (n - 1) / c.every
	if c.first != k*c.every+1 {
		if err := c.redo(k); err != nil {
			return nil, err
		}
	}
	return &c.moments[n-c.first], nil
}

// redo does the steps behind checkpoint k again.
func (c *Checkpoints) redo(k int) error {
	c.first = 0
	if err := c.t.SetState(&c.states[k]); err != nil {
		return err
	}
	first := c.states[k].Step + 1
	_, all := c.t.Steps()
	for i := range min(c.every, all-first+1) {
		if i == len(c.moments) {
			c.moments = append(c.moments, newMoment(c.t))
		}
		m := &c.moments[i]
		if err := params(c.t, m.Before); err != nil {
			return err
		}
		r, err := c.t.Step()
		if err != nil {
			return err
		}
		m.Clip = r.Clip
		if m.Second != nil {
			if err := seconds(c.t, m.Second); err != nil {
				return err
			}
		}
	}
	c.first = first
	return nil
}

// Run does all steps of a run and records them.
func Run(t *train.Trainer, record func(train.Result) error) (losses []float32, err error) {
	done, all := t.Steps()
	losses = slices.Grow(losses, all-done)
	for range all - done {
		r, err := t.Step()
		if err == nil {
			err = record(r)
		}
		if err != nil {
			return losses, err
		}
		losses = append(losses, r.Loss)
	}
	return losses, nil
}
