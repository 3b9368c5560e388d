package job

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// What a worker of a world does wrong.
const (
	honest     = "honest"
	cheater    = "cheater"    // one step is wrong
	lazy       = "lazy"       // steps are made up
	copier     = "copier"     // signs another worker's commits as its own
	silent     = "silent"     // computes and never reveals
	twice      = "twice"      // says two things in one place
	flipper    = "flipper"    // notices a flipped bit and does the segment again
	garbage    = "garbage"    // stores what does not open its commits
	vanisher   = "vanisher"   // is gone in the middle
	quitter    = "quitter"    // hands its lease back
	sluggish   = "sluggish"   // misses the deadline of a segment
	mute       = "mute"       // wins bids and never begins
	poor       = "poor"       // has no stake
	planless   = "planless"   // signs no plan
	misplanned = "misplanned" // signs another plan than the job's
	falseAlarm = "falsealarm" // an auditor whose answers are wrong
	accomplice = "accomplice" // an auditor that a cheat told its result
)

// decodePayload reads a payload that a machine said.
func decodePayload(b []byte, p payload) {
	r := canon.NewReader(b, canon.Limits{})
	if v, ok := p.(*Reveal); ok {
		v.ReadCanon(r)
	} else {
		r.Fields(2)
		r.Uint(uint64(kindEnd))
		readFields(r, p.fields())
	}
	if err := r.Done(); err != nil {
		panic(err)
	}
}

// A testWorker is a worker's machine with a shell around it.
type testWorker struct {
	w       *world
	kind    string
	account record.Account
	bid     Bid
	valid   uint64
	speed   Millis // for a step
	m       *Worker
	log     []Entry
	down    Millis
	gone    bool
	run     int // counts computations, so that one can be ended
	known   map[uint64][]trace.Step
	bad     uint64 // a step to spoil
	flipped bool
}

func (w *world) addWorker(kind string, n int, valid uint64) *testWorker {
	x := &testWorker{
		w: w, kind: kind, account: account('w', n), valid: valid, speed: 100, known: map[uint64][]trace.Step{},
		bid: Bid{Operator: account('o', n), Class: string(rune('a' + n%4)), Price: w.spec.Terms.Reward - Amount(w.rnd.Uint64N(1000)), Speed: 1000 + uint64(n)},
	}
	x.m = NewWorker(x.account)
	x.bad = w.between(1, w.spec.Steps())
	if kind == sluggish {
		x.speed = 5000
	}
	if kind != poor {
		w.ledger.Mint(x.account, 10*(w.spec.Terms.Stake+w.spec.Terms.Bond))
	}
	w.workers = append(w.workers, x)
	return x
}

func (x *testWorker) offered() { x.take(Event{Body: &Offered{x.w.spec, x.bid}}) }

// take lets an event happen to the worker.
func (x *testWorker) take(e Event) {
	if x.gone || x.w.now < x.down {
		return
	}
	if _, tick := e.Body.(*Tick); tick && (x.m.Alarm() == 0 || x.w.now < x.m.Alarm()) {
		return
	}
	x.log = append(x.log, Entry{x.w.now, e})
	actions := x.m.Step(e, x.w.now)
	if x.w.chance(x.w.faults.crash) {
		x.perform(actions[:x.w.rnd.IntN(len(actions)+1)])
		x.crash(x.w.upTo(1500))
		return
	}
	x.perform(actions)
	x.alarm()
}

func (x *testWorker) crash(d Millis) {
	x.down = x.w.now + d
	x.run++
	x.w.after(d, func() {
		x.m = NewWorker(x.account)
		for _, e := range x.log {
			x.m.Step(e.Event, e.At)
		}
		x.perform(x.m.Wake())
		x.alarm()
	})
}

func (x *testWorker) alarm() {
	if at := x.m.Alarm(); at > 0 {
		d := Millis(1)
		if at > x.w.now {
			d = at - x.w.now
		}
		x.w.after(d, func() { x.take(Event{Body: &Tick{}}) })
	}
}

func (x *testWorker) perform(actions []Action) {
	w := x.w
	for _, a := range actions {
		switch a := a.(type) {
		case Say:
			x.say(a)
		case Tell:
			if x.kind != mute {
				w.send(func() { w.requester(Event{From: x.account, Body: a.Body}) })
			}
		case Compute:
			x.compute(a)
		case PassOn:
			for k, p := range a.Prefix {
				if steps := w.disk[p.State]; x.kind != silent && len(steps) > 0 {
					v := &Reveal{trace.Reveal{Commitment: commitment(&w.spec, w.id, uint64(k), steps), Nonce: nonceOf(p.Worker, uint64(k), steps)}}
					w.send(func() { w.requester(Event{From: p.Worker, Body: v}) })
				}
			}
		case Halt:
			x.run++
		}
	}
}

func (x *testWorker) say(s Say) {
	w := x.w
	send := func(b Body) {
		e := Event{From: x.account, Sequence: s.Sequence, Body: b}
		if _, ok := b.(*Planned); ok { // said by the requester's shell
			e = Event{Body: b}
		}
		w.send(func() { w.requester(e) })
	}
	switch s.Type {
	case record.Bid:
		var b Bid
		decodePayload(s.Payload, &b)
		send(&Candidate{b, x.valid})
	case record.OpenElement:
		if x.kind != planless {
			send(&Planned{x.account, x.kind != misplanned})
		}
	case record.SegmentCommit:
		c := new(Commit)
		decodePayload(s.Payload, c)
		if x.kind == copier {
			x.copyCommit(c)
		}
		send(c)
		if x.kind == twice && w.chance(0.3) { // its other word reaches somebody, who shows both
			w.after(w.upTo(500), func() { w.requester(Event{Body: &Evidence{x.account}}) })
		}
	case record.Reveal:
		if x.kind == silent {
			return
		}
		v := new(Reveal)
		decodePayload(s.Payload, v)
		if x.kind == copier {
			x.copyReveal(v)
		}
		send(v)
	}
}

// copyCommit puts another worker's commit in the place of its own, if there is
// one to see.
func (x *testWorker) copyCommit(c *Commit) {
	for i := range x.w.q.replicas {
		if k := x.w.q.replicas[i].kept; uint64(i) != c.Replica && c.Segment < uint64(len(k)) {
			c.Hidden = k[c.Segment].Hidden
		}
	}
}

// copyReveal signs what the other one revealed, nonce included.
func (x *testWorker) copyReveal(v *Reveal) {
	for _, y := range x.w.workers {
		if y != x {
			for _, r := range y.m.valid() {
				if r.Result.First == v.Commitment.First {
					v.Reveal = y.m.Reveal(&r.Computed)
				}
			}
		}
	}
}

// compute does the segments of a lease, one after the other.
func (x *testWorker) compute(c Compute) {
	if x.kind == mute {
		return
	}
	x.run++
	x.take(Event{Body: &Plan{}})
	before := initial
	if c.From > 0 {
		if x.known[c.From-1] == nil && !x.inherit(c) {
			return
		}
		steps := x.known[c.From-1]
		before = steps[len(steps)-1]
	}
	x.segment(c.From, before, x.run)
}

// inherit reads what a predecessor stored, and tells the requester if it does
// not open what was committed to.
func (x *testWorker) inherit(c Compute) bool {
	for k, p := range c.Prefix {
		steps := x.w.disk[p.State]
		bad := len(steps) == 0
		if !bad {
			v := trace.Reveal{Commitment: commitment(&x.w.spec, x.w.id, uint64(k), steps), Nonce: nonceOf(p.Worker, uint64(k), steps)}
			bad = v.Commit(x.w.id, p.Worker) != p.Hidden
		}
		if bad {
			replica, segment := x.m.lease.Replica, uint64(k)
			x.w.after(x.w.upTo(200), func() { x.w.requester(Event{Body: &Unusable{replica, segment}}) })
			return false
		}
		x.known[uint64(k)] = steps
	}
	return true
}

func nonceOf(a record.Account, segment uint64, steps []trace.Step) [32]byte {
	b := binary.BigEndian.AppendUint64(a[:], segment)
	return sha256.Sum256(append(b, steps[len(steps)-1].State[:]...))
}

func (x *testWorker) segment(k uint64, before trace.Step, run int) {
	w := x.w
	if k >= w.spec.Segments() {
		return
	}
	from, to := w.spec.Range(k)
	w.after(Millis(to-from)*x.speed, func() {
		if x.run != run || x.gone || w.now < x.down {
			return
		}
		if x.kind == vanisher && from < x.bad && x.bad <= to {
			x.gone = true
			return
		}
		if x.kind == quitter && from < x.bad && x.bad <= to {
			w.send(func() { w.requester(Event{From: x.account, Body: &Quit{x.m.lease.Number}}) })
			x.gone = true
			return
		}
		steps := stretch(&w.spec, k, before, 0)
		switch {
		case x.kind == cheater, x.kind == flipper && !x.flipped:
			steps = stretch(&w.spec, k, before, x.bad)
		case x.kind == lazy:
			for i := range steps[1:] {
				steps[1+i].State = sha256.Sum256(append([]byte{byte(k), byte(i)}, x.account[:]...))
			}
		}
		x.report(k, steps)
		if x.kind == flipper && !x.flipped && from < x.bad && x.bad <= to {
			x.flipped = true
			w.after(w.upTo(300), func() { x.segment(k, before, x.run) })
			return
		}
		x.segment(k+1, steps[len(steps)-1], run)
	})
}

func (x *testWorker) report(k uint64, steps []trace.Step) {
	w := x.w
	x.known[k] = steps
	state := testCID("state", x.account, k, steps[len(steps)-1])
	w.disk[state] = steps
	if x.kind == garbage {
		w.disk[state] = slices.Concat(steps[:1], steps[:len(steps)-1])
	}
	x.take(Event{Body: &Computed{
		Segment: k, Result: commitment(&w.spec, w.id, k, steps), Nonce: nonceOf(x.account, k, steps), State: state, Leaves: state,
	}})
}

// A testAuditor is an auditor's machine with a shell around it.
type testAuditor struct {
	w       *world
	kind    string
	account record.Account
	m       *Auditor
	log     []Entry
	down    Millis
	run     int
	audits  int // that it answered
}

func (w *world) addAuditor(kind string, n int) *testAuditor {
	x := &testAuditor{w: w, kind: kind, account: account('a', n)}
	x.m = NewAuditor(x.account)
	x.take(Event{Body: &Offered{Spec: w.spec, Bid: Bid{}}})
	w.ledger.Mint(x.account, 10*(w.spec.Terms.Stake+w.spec.Terms.Bond))
	w.auditors = append(w.auditors, x)
	return x
}

func (x *testAuditor) take(e Event) {
	if x.w.now < x.down {
		return
	}
	if _, tick := e.Body.(*Tick); tick && (x.m.Alarm() == 0 || x.w.now < x.m.Alarm()) {
		return
	}
	x.log = append(x.log, Entry{x.w.now, e})
	actions := x.m.Step(e, x.w.now)
	if x.w.chance(x.w.faults.crash) {
		x.run++
		x.down = x.w.now + x.w.upTo(1500)
		x.w.after(x.down-x.w.now, func() {
			x.m = NewAuditor(x.account)
			for _, e := range x.log {
				x.m.Step(e.Event, e.At)
			}
			x.perform(x.m.Wake())
			x.alarm()
		})
		return
	}
	x.perform(actions)
	x.alarm()
}

func (x *testAuditor) alarm() {
	if at := x.m.Alarm(); at > 0 {
		d := Millis(1)
		if at > x.w.now {
			d = at - x.w.now
		}
		x.w.after(d, func() { x.take(Event{Body: &Tick{}}) })
	}
}

func (x *testAuditor) perform(actions []Action) {
	w := x.w
	for _, a := range actions {
		switch a := a.(type) {
		case Say:
			send := func(b Body) { w.send(func() { w.requester(Event{From: x.account, Sequence: a.Sequence, Body: b}) }) }
			if a.Type == record.Reveal {
				v := new(Reveal)
				decodePayload(a.Payload, v)
				if w.q.find(x.account) == nobody { // as the requester's shell takes it
					send(&Challenge{v.Reveal})
				} else {
					send(v)
				}
			} else if a.Type == record.OpenElement {
				if x.kind != planless {
					w.send(func() { w.requester(Event{Body: &Planned{x.account, x.kind != misplanned}}) })
				}
			} else {
				c := new(AuditCommit)
				decodePayload(a.Payload, c)
				send(c)
			}
		case Tell:
			w.send(func() { w.requester(Event{From: x.account, Body: a.Body}) })
		case Audit:
			x.compute(a.Grant)
		case Halt:
			x.run++
		}
	}
}

func (x *testAuditor) compute(g AuditGranted) {
	w := x.w
	if x.kind == mute {
		return
	}
	x.run++
	run := x.run
	before := initial
	if g.Segment > 0 {
		steps := w.disk[g.State]
		if commitment(&w.spec, w.id, g.Segment-1, steps) != g.Previous {
			segment := g.Segment - 1
			w.send(func() { w.requester(Event{Body: &Unusable{0, segment}}) })
			return
		}
		before = steps[len(steps)-1]
	}
	steps := stretch(&w.spec, g.Segment, before, 0)
	c := Computed{Segment: g.Segment, Result: commitment(&w.spec, w.id, g.Segment, steps), Nonce: nonceOf(x.account, g.Segment, steps)}
	switch x.kind {
	case falseAlarm:
		c.Result = commitment(&w.spec, w.id, g.Segment, stretch(&w.spec, g.Segment, before, c.Result.Last))
	case accomplice:
		if kept := w.q.replicas[0].kept; uint64(len(kept)) > g.Segment { // else it was done again in the meantime
			c.Result = *kept[g.Segment].claim
		}
	case lazy: // it guesses
		c.Result.Root = merkle.Digest(c.Nonce)
	}
	w.after(w.upTo(Millis(len(steps))*100), func() {
		if x.run == run {
			x.audits++
			x.take(Event{Body: &Plan{}})
			x.take(Event{Body: &c})
		}
	})
}
