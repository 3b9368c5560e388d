package job

import (
	"slices"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A Worker is one job as a worker sees it. Events:
//
//	from its shell      Offered (first; again for each offer), Granted, Plan (before Computed), Beat (progress), Computed, Contested, Tick
//	from the requester  Received, Order (Pause, Resume, Redo, AskReveal, Stop), Closed
//
// It bids once, computes what is leased to it, and says everything until it is
// heard. The invariant: it never signs two commits for one sequence, since the
// sequence and what it says come from the journalled events alone.
type Worker struct {
	spec  Spec
	id    ID
	me    record.Account
	now   Millis
	state WorkerState

	bid     Bid
	lease   Lease
	key     [32]byte
	results []result
	first   uint64 // sequence of results[0]; those before belong to a lease of before
	heard   uint64 // the sequence that the requester wants next
	plan    *Plan  // of the job, to be signed; nil: not known yet
	agreed  bool   // the requester has heard the plan: it takes commits
	step    uint64
	loss    F32
	asked   bool   // to reveal
	beat    Millis // when the next sign of life is due
	until   Millis // when the requester should have closed the job
	paid    Amount
	out     []Action
}

// A result is one commit of this worker.
type result struct {
	Computed
	sequence uint64
	replaces merkle.Digest
	dropped  bool // withdrawn, or built on what was
}

// A WorkerState is where a worker is in a job.
type WorkerState uint8

const (
	Bidding   WorkerState = 1
	Working   WorkerState = 2
	Halted    WorkerState = 3 // paused by the requester
	Finished  WorkerState = 4 // all is committed to; it waits to be paid
	Dismissed WorkerState = 5 // the lease is over; what it did may still be paid
	Settled   WorkerState = 6 // the job is closed
)

func (s WorkerState) String() string {
	return name(int(s), "NONE", "BIDDING", "WORKING", "HALTED", "FINISHED", "DISMISSED", "SETTLED")
}

// NewWorker returns the machine of an account for one job.
func NewWorker(me record.Account) *Worker { return &Worker{me: me} }

// State returns where the worker is, and Paid what it got in the end.
func (w *Worker) State() WorkerState { return w.state }

// Paid returns what the job paid, once it is settled.
func (w *Worker) Paid() Amount { return w.paid }

// Price returns what the worker bid for all steps.
func (w *Worker) Price() Amount { return w.bid.Price }

// Spec returns the job. It MUST NOT be changed.
func (w *Worker) Spec() *Spec { return &w.spec }

// Lease returns the lease that is held, with the replica's key.
func (w *Worker) Lease() (Lease, [32]byte) { return w.lease, w.key }

// Step takes one event and returns what is to be done.
func (w *Worker) Step(e Event, now Millis) []Action {
	w.out = nil
	w.now = max(w.now, now)
	shell := e.From == record.Account{}
	if w.state == Settled || !shell && e.From != w.spec.Requester {
		return nil
	}
	switch b := e.Body.(type) {
	case *Offered:
		if shell {
			w.offered(b)
		}
	case *Granted:
		if shell {
			w.granted(b)
		}
	case *Beat:
		if shell {
			w.step, w.loss = max(w.step, b.Step), b.Loss
		}
	case *Plan:
		if shell && w.plan == nil && w.state != 0 {
			plan := *b
			w.plan = &plan
			w.sayPlan()
		}
	case *Computed:
		if shell {
			w.computed(b)
		}
	case *Received:
		if next := w.next(); !shell && w.heard < b.Next && b.Next <= next {
			w.heard, w.agreed = b.Next, true
		}
	case *Contested:
		if shell {
			w.contested(b)
		}
	case *Order:
		if !shell {
			w.order(b)
		}
	case *Closed:
		if !shell {
			w.state, w.paid = Settled, b.Paid
			w.out = append(w.out, Halt{})
		}
	case *Tick:
		w.tick()
	}
	return w.out
}

// Alarm returns when the next Tick is due; 0 for never.
func (w *Worker) Alarm() Millis {
	switch w.state {
	case Working, Halted, Finished:
		return min(w.beat, w.until)
	case Dismissed:
		return w.until
	}
	return 0
}

func (w *Worker) offered(o *Offered) {
	if w.state == 0 {
		if o.Spec.Check() != nil {
			return
		}
		w.spec, w.id, w.bid, w.state = o.Spec, o.Spec.ID(), o.Bid, Bidding
	}
	if w.state == Bidding {
		w.say(record.Bid, 0, kindBid, &w.bid)
	}
}

// granted begins the work of a lease, or of one that takes its place.
func (w *Worker) granted(g *Granted) {
	late := w.state != Bidding && g.Lease.Number <= w.lease.Number
	if w.state == 0 || late || g.Lease.Worker != w.me || g.Lease.From != uint64(len(g.Lease.Prefix)) || g.Lease.From > w.spec.Segments() {
		if late && g.Lease.Number == w.lease.Number && w.state == Working {
			w.beatNow() // the requester did not hear of us yet
		}
		return
	}
	w.first = w.next()
	w.lease, w.key, w.results = g.Lease, g.Key, nil
	w.heard, w.asked, w.state = max(w.heard, w.first), false, Working
	w.until = w.now + w.spec.Terms.Job + w.spec.Terms.Pause + w.spec.Terms.Window
	w.beatNow()
	w.compute(g.Lease.From)
	w.complete()
}

// next returns the sequence of the next commit.
func (w *Worker) next() uint64 { return w.first + uint64(len(w.results)) }

func (w *Worker) compute(from uint64) {
	if from < w.spec.Segments() {
		w.out = append(w.out, Compute{From: from, Prefix: w.lease.Prefix, Key: w.key})
	}
}

// valid returns the results that stand, by segment from the lease's first on.
func (w *Worker) valid() (list []*result) {
	for i := range w.results {
		if r := &w.results[i]; !r.dropped {
			list = append(list, r)
		}
	}
	return list
}

// computed commits to a segment. One that was committed to already is withdrawn
// by it, unless it is the same.
func (w *Worker) computed(c *Computed) {
	first, last := w.spec.Range(c.Segment)
	standing := w.valid()
	n := c.Segment - w.lease.From
	if w.state != Working && w.state != Finished || w.asked || w.plan == nil || c.Segment < w.lease.From || n > uint64(len(standing)) ||
		c.Result.First != first+1 || c.Result.Last != last {
		return
	}
	r := result{Computed: *c, sequence: w.next()}
	if n < uint64(len(standing)) {
		if old := standing[n]; old.Result == c.Result && old.State == c.State && old.Leaves == c.Leaves {
			return
		}
		r.replaces = w.hidden(standing[n])
		for _, s := range standing[n:] {
			s.dropped = true
		}
	}
	w.results = append(w.results, r)
	w.sayCommit(&w.results[len(w.results)-1])
	if w.state == Finished {
		w.state = Working
	}
	w.complete()
}

func (w *Worker) complete() {
	if w.state == Working && w.lease.From+uint64(len(w.valid())) == w.spec.Segments() {
		w.state = Finished
	}
}

// Reveal returns what opens a commit of this worker's: to be sealed under the
// commit's sequence and stored with the segment's steps before Computed.
func (w *Worker) Reveal(c *Computed) trace.Reveal {
	return trace.Reveal{Commitment: c.Result, Nonce: c.Nonce}
}

// disputed is where the sequences of reveals in disputes begin: they are those
// of the hand-overs that they name.
const disputed = 1 << 32

// contested signs a claim for a dispute: what was revealed, and from where.
func (w *Worker) contested(c *Contested) {
	for _, r := range w.valid() {
		if x := r.Result; w.asked && x.First == c.HandOver.First && x.Start == c.HandOver.Start {
			v := w.Reveal(&r.Computed)
			v.Lease = c.Digest
			w.say(record.Reveal, disputed+c.HandOver.Number, kindReveal, &Reveal{v})
		}
	}
}

// Planned tells whether the job's plan is known.
func (w *Worker) Planned() bool { return w.plan != nil }

// NextSequence returns the sequence of the next commit.
func (w *Worker) NextSequence() uint64 { return w.next() }

func (w *Worker) hidden(r *result) merkle.Digest {
	v := w.Reveal(&r.Computed)
	return v.Commit(w.id, w.me)
}

func (w *Worker) sayCommit(r *result) {
	w.say(record.SegmentCommit, r.sequence, kindCommit, &Commit{
		Lease: w.lease.Number, Replica: w.lease.Replica, Segment: r.Segment, Replaces: r.replaces,
		Hidden: w.hidden(r), State: r.State, Leaves: r.Leaves,
	})
}

// sayPlan says what the work is to be judged by.
func (w *Worker) sayPlan() { w.say(record.OpenElement, 0, kindPlan, w.plan) }

// sayAgain says what the requester may not have heard.
func (w *Worker) sayAgain() {
	if w.plan != nil && !w.agreed {
		w.sayPlan()
	}
	for i := range w.results {
		if r := &w.results[i]; r.sequence >= w.heard {
			w.sayCommit(r)
		}
	}
}

func (w *Worker) order(o *Order) {
	switch {
	case o.What == Pause && w.state == Working:
		w.state = Halted
		w.out = append(w.out, Halt{})
	case o.What == Resume && w.state == Halted:
		w.state = Working
		w.beatNow()
		w.compute(w.lease.From + uint64(len(w.valid())))
	case o.What == Redo && !w.asked && (w.state == Working || w.state == Finished) && o.Segment >= w.lease.From:
		w.redo(o.Segment)
	case o.What == AskReveal && w.state != Bidding && w.state != 0:
		w.asked = true
		w.sayReveals()
	case o.What == Stop && (w.state == Working || w.state == Finished || w.state == Halted):
		w.state = Dismissed
		w.out = append(w.out, Halt{})
	}
}

// redo forgets what the requester could not find stored, and does it again.
func (w *Worker) redo(segment uint64) {
	n := segment - w.lease.From
	standing := w.valid()
	if n >= uint64(len(standing)) {
		return
	}
	for _, s := range standing[n:] {
		s.dropped = true
	}
	w.state = Working
	w.compute(segment)
}

// sayReveals opens what stands. After it nothing is withdrawn any more.
func (w *Worker) sayReveals() {
	if len(w.lease.Prefix) > 0 {
		w.out = append(w.out, PassOn{w.lease.Prefix})
	}
	for _, r := range w.valid() {
		w.say(record.Reveal, r.sequence, kindReveal, &Reveal{w.Reveal(&r.Computed)})
	}
}

// tick says a sign of life, and again what was not heard.
func (w *Worker) tick() {
	switch {
	case w.until > 0 && w.now >= w.until:
		w.until = w.now + w.spec.Terms.Window
		w.out = append(w.out, Collect{})
	case (w.state == Working || w.state == Finished) && w.now >= w.beat:
		w.beatNow()
		w.sayAgain()
	case w.state == Halted && w.now >= w.beat:
		w.beat = w.now + w.spec.Terms.Heartbeat
	}
}

func (w *Worker) beatNow() {
	w.beat = w.now + max(1, w.spec.Terms.Heartbeat/2)
	w.out = append(w.out, Tell{w.spec.Requester, &Beat{Lease: w.lease.Number, Step: w.step, Loss: w.loss}})
}

func (w *Worker) say(t record.Type, sequence uint64, k kind, p payload) {
	w.out = append(w.out, Say{To: w.spec.Requester, Type: t, Sequence: sequence, Payload: form{k, p}.AppendCanon(nil)})
}

// Wake returns what is to be done after a restart: the work goes on at its last
// commit, and what may not have been heard is said again.
func (w *Worker) Wake() []Action {
	w.out = nil
	defer func(beat Millis) { w.beat = beat }(w.beat) // no event, no change
	switch w.state {
	case Bidding:
		w.say(record.Bid, 0, kindBid, &w.bid)
	case Working, Finished:
		w.beatNow()
		w.sayAgain()
		if w.state == Working {
			w.compute(w.lease.From + uint64(len(w.valid())))
		}
	}
	if w.asked && w.state != Settled {
		w.sayReveals()
	}
	return slices.Clip(w.out)
}
