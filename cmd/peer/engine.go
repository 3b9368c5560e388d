package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/openledger/openledger/compute/op"
)

// An engine is the operators of a running peer.
type engine struct{ *op.Engine }

// newEngine opens the operators and tests them: a peer that computes other bits
// than all the others must not start.
func newEngine(c op.Config, m *metrics) (*engine, error) {
	e, err := op.New(c)
	if err != nil {
		return nil, problemf(exitConfig, "see engine.kernels and engine.threads in \"peer config show\"", "%w", err)
	}
	if err := op.SelfTest(e); err != nil {
		return nil, &problem{exitCheck, err, ""}
	}
	m.engine.WithLabelValues(strconv.Itoa(op.Version), e.Kernels(), strconv.Itoa(e.Threads())).Set(1)
	return &engine{e}, nil
}

func (e *engine) run(ctx context.Context) error {
	<-ctx.Done()
	e.Close()
	return nil
}

// checkOperators tests every implementation that this machine can run, not only
// the one that the peer uses.
func checkOperators(p *patient) finding {
	used, err := op.New(p.settings.Engine)
	if err != nil {
		return failed(err)
	}
	defer used.Close()
	tests, sound := 0, []string{}
	for _, kernels := range op.Available() {
		e, err := op.New(op.Config{Kernels: kernels})
		if err != nil {
			return failed(err)
		}
		results := op.SelfTests(e)
		e.Close()
		for _, r := range results {
			switch {
			case r.OK:
			case kernels == used.Kernels():
				return found("fail", "arithmetic %d: self-test %s with kernels %s: %s; the peer will not start with them",
					op.Version, r.Name, kernels, r.Detail).mend("choose others with --set engine.kernels=ref")
			default:
				return found("warn", "arithmetic %d: self-test %s with kernels %s: %s; the peer uses %s, which passed",
					op.Version, r.Name, kernels, r.Detail, used.Kernels())
			}
		}
		tests, sound = len(results), append(sound, kernels)
	}
	return found("ok", "arithmetic %d, %d self-tests passed by %s; the peer computes with %s on %d threads",
		op.Version, tests, strings.Join(sound, ", "), used.Kernels(), used.Threads())
}

// openEngine opens the operators for one command: as the settings say, but for
// what its own flags do.
func (a *app) openEngine(threads int, kernels string) (*op.Engine, error) {
	h, err := a.homeDir()
	if err != nil {
		return nil, err
	}
	s, err := a.settings(h)
	if err != nil {
		return nil, err
	}
	c := s.Engine
	if threads != 0 {
		c.Threads = threads
	}
	if kernels != "" {
		c.Kernels = kernels
	}
	e, err := op.New(c)
	if err != nil {
		return nil, problemf(exitUsage, "", "%w", err)
	}
	return e, nil
}
