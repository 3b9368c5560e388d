package train

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// A Plan says how Run drives a Trainer. It decides no bit of the state.
type Plan struct {
	Checkpoint string // file to save to and resume from; "": none
	Run        string // what run this is; a checkpoint of another one is refused
	Every      int    // steps between two checkpoints; 0: at the end only

	Validation    []Sample // held out; nil: none
	ValidateEvery int      // steps between two validations; 0: at the end only
	Patience      int      // validations without a new best before the run stops early; 0: never

	Digests bool          // true: every event has the state's digest
	Events  func(e Event) // nil: nobody looks
	now     func() time.Time
}

// An Event is what a watcher of a run sees after each step.
type Event struct {
	Result
	Steps      int       // of the whole run
	Valid      *float32  // loss on the samples held out, when it was measured
	Best       bool      // Valid is the lowest so far
	Digest     string    // of the state, with Plan.Digests
	Checkpoint string    // the file just written
	At         time.Time // end of the step
	Speed      float64   // positions a second, over the last steps
	Left       time.Duration
}

// An Outcome is how a run ended.
type Outcome struct {
	Steps   int     // done
	Loss    float32 // of the last step
	Valid   *float32
	Stopped string // why it ended before its last step; "": it did not
}

// Run does the steps that are left, from the checkpoint if there is one. When
// ctx ends it saves and returns ctx's error; the next Run goes on there, with
// equal bits.
func (t *Trainer) Run(ctx context.Context, p Plan) (Outcome, error) {
	if p.now == nil {
		p.now = time.Now
	}
	if p.Checkpoint != "" {
		if err := os.MkdirAll(filepath.Dir(p.Checkpoint), 0o755); err != nil {
			return Outcome{}, fmt.Errorf("checkpoint folder: %w", err)
		}
		if err := t.Restore(p.Checkpoint, p.Run); err != nil && !errors.Is(err, ErrNoCheckpoint) {
			return Outcome{}, err
		}
	}
	r := runner{Trainer: t, plan: p, pace: pace{now: p.now}}
	return r.run(ctx)
}

// A runner is one call of Run.
type runner struct {
	*Trainer
	plan    Plan
	pace    pace
	outcome Outcome
	saved   int // the step of the last checkpoint written
}

func (r *runner) run(ctx context.Context) (Outcome, error) {
	_, all := r.Steps()
	r.outcome.Steps, r.saved = r.step, r.step
	r.pace.start()
	for r.step < all && r.outcome.Stopped == "" {
		if ctx.Err() != nil {
			return r.outcome, errors.Join(ctx.Err(), r.save(nil))
		}
		result, err := r.Step()
		if err != nil {
			return r.outcome, err
		}
		r.outcome.Steps, r.outcome.Loss = r.step, result.Loss
		e := Event{Result: result, Steps: all}
		e.Speed, e.Left = r.pace.step(result.Tokens, all-r.step)
		if err := r.after(&e, all); err != nil {
			return r.outcome, err
		}
	}
	return r.outcome, r.save(nil)
}

// after does what follows a step: validation, digest, checkpoint, event.
func (r *runner) after(e *Event, all int) error {
	p := &r.plan
	last := r.step == all
	if len(p.Validation) > 0 && (last || p.ValidateEvery > 0 && r.step%p.ValidateEvery == 0) {
		loss, err := r.Evaluate(p.Validation)
		if err != nil {
			return err
		}
		r.judge(e, loss)
	}
	if p.Digests {
		d, err := r.Digest()
		if err != nil {
			return err
		}
		e.Digest = d.String()
	}
	if p.Every > 0 && r.step%p.Every == 0 {
		if err := r.save(e); err != nil {
			return err
		}
	}
	if p.Events != nil {
		e.At = p.now()
		p.Events(*e)
	}
	return nil
}

// judge compares a validation with the best so far and ends a run that no
// longer improves.
func (r *runner) judge(e *Event, loss float32) {
	e.Valid, r.outcome.Valid = &loss, &loss
	e.Best = r.best.see(loss)
	if r.plan.Patience > 0 && r.best.waited >= r.plan.Patience {
		r.outcome.Stopped = fmt.Sprintf("no better validation loss than %.4f in %d validations", r.best.loss, r.best.waited)
	}
}

// patience remembers the best validation. It is saved with the state, so that
// a resumed run stops where an uninterrupted one does.
type patience struct {
	seen   bool
	loss   float32
	waited int // validations since the best one
}

func (p *patience) see(loss float32) (better bool) {
	if !p.seen || loss < p.loss {
		*p = patience{seen: true, loss: loss}
		return true
	}
	p.waited++
	return false
}

// save writes the checkpoint unless it is there already.
func (r *runner) save(e *Event) error {
	if r.plan.Checkpoint == "" || r.saved == r.step {
		return nil
	}
	if err := r.Save(r.plan.Checkpoint, r.plan.Run); err != nil {
		return err
	}
	r.saved = r.step
	if e != nil {
		e.Checkpoint = r.plan.Checkpoint
	}
	return nil
}

// A pace measures how fast a run goes, over its last steps.
type pace struct {
	now    func() time.Time
	times  []time.Time // a window
	tokens []int
}

const paceWindow = 20

func (p *pace) start() { p.times, p.tokens = []time.Time{p.now()}, []int{0} }

// step counts one step and returns positions a second and the time left.
func (p *pace) step(tokens, left int) (float64, time.Duration) {
	p.times, p.tokens = append(p.times, p.now()), append(p.tokens, tokens)
	if len(p.times) > paceWindow {
		p.times, p.tokens = p.times[1:], p.tokens[1:]
	}
	took := p.times[len(p.times)-1].Sub(p.times[0])
	sum := 0
	for _, n := range p.tokens[1:] {
		sum += n
	}
	if took <= 0 {
		return 0, 0
	}
	return float64(sum) / took.Seconds(), took / time.Duration(len(p.times)-1) * time.Duration(left)
}
