package lab

import "github.com/openledger/openledger/compute/train"

// SGD is SGD with momentum at a rate that warms up over a tenth of the steps.
func SGD(rate float64, steps, batch int) (train.Options, error) {
	o := train.Options{Seed: 5, Batch: batch, Optimizer: train.Optimizer{Kind: "sgd", Momentum: 0.9}}
	var err error
	o.Rates, err = (train.Schedule{Kind: "constant", Peak: rate, Warmup: 0.1}).Rates(steps)
	return o, err
}

// Tasks is a world of ten tasks: words are turned into others, and owners have
// the examples of one task or two each.
func Tasks(base string, samples, queries, owners int, o train.Options) World {
	t := newTeller(9)
	w := World{Base: base, Adapter: adapter, Seed: 4, Samples: t.tuned(samples), Queries: t.tuned(queries), Options: o}
	for i := range samples {
		w.Owners = append(w.Owners, i*owners/samples)
	}
	return w
}

// Signs is a world of four classes, of which 15 % of the examples have a wrong
// one: poisoned says which.
func Signs(base string, samples, queries int, o train.Options) (w World, poisoned []bool) {
	t := newTeller(10)
	w = World{Base: base, Adapter: adapter, Seed: 4, Options: o}
	w.Samples, poisoned = t.signs(samples, true)
	w.Queries, _ = t.signs(queries, false)
	for i := range samples {
		w.Owners = append(w.Owners, i)
	}
	return w, poisoned
}
