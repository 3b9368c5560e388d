package job

import (
	"container/heap"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A world is one job with its requester, workers and auditors on wires that
// drop, delay, reorder and duplicate, in machines that crash. All of it follows
// from the seed.
type world struct {
	rnd    *rand.Rand
	now    Millis
	queue  events
	posted int
	steps  int // events taken, to bound a run

	spec        Spec
	id          ID
	ledger      *Purses
	q           *Requester
	rules       rules
	qlog        []Entry // the requester's journal
	qdown       Millis  // until when the requester is down
	workers     []*testWorker
	auditors    []*testAuditor
	disk        map[cid.Cid][]trace.Step // what was stored
	faults      faults
	challengers [2]bool // an honest one, a liar
	watch       float64 // how likely an auditor looks into segments on its own account
	closed      *Close
	credits     []Credit
	broken      string // an invariant that did not hold
}

// faults are the dangers of a world.
type faults struct {
	drop, duplicate, crash float64
	delay                  Millis // largest, of a message
}

type post struct {
	at  Millis
	n   int
	run func()
}

type events []post

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	return e[i].at < e[j].at || e[i].at == e[j].at && e[i].n < e[j].n
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(post)) }
func (e *events) Pop() any {
	x := (*e)[len(*e)-1]
	*e = (*e)[:len(*e)-1]
	return x
}

func (w *world) after(d Millis, run func()) {
	w.posted++
	heap.Push(&w.queue, post{w.now + d, w.posted, run})
}

// send delivers a message, perhaps never, perhaps twice, in any order.
func (w *world) send(deliver func()) {
	if w.chance(w.faults.drop) {
		return
	}
	w.after(w.upTo(w.faults.delay), deliver)
	if w.chance(w.faults.duplicate) {
		w.after(w.upTo(3*w.faults.delay), deliver)
	}
}

func (w *world) chance(p float64) bool      { return w.rnd.Float64() < p }
func (w *world) upTo(m Millis) Millis       { return 1 + Millis(w.rnd.Uint64N(uint64(m)+1)) }
func (w *world) between(a, b uint64) uint64 { return a + w.rnd.Uint64N(b-a+1) }

func account(kind byte, n int) (a record.Account) {
	a[0], a[1], a[19] = kind, byte(n), 1
	return a
}

func testCID(parts ...any) cid.Cid {
	sum := sha256.Sum256([]byte(fmt.Sprint(parts...)))
	return cid.NewCidV1(cid.Raw, append([]byte{0x12, 0x20}, sum[:]...))
}

// testSpec is a small job.
func testSpec(level Level, steps, segment uint64) Spec {
	s := Spec{
		Requester: account('q', 0), Method: LoRA, Model: testCID("model"), Adapter: Adapter{Rank: 8, Alpha: Bits(16), Pattern: "all-linear"},
		Manifest: testCID("data"), Tokenizer: testCID("tokenizer"), Length: 128, Samples: 100, Arithmetic: 1, Batch: 4, Micro: 4,
		Rates: make([]F32, steps), Clip: Bits(1), Optimizer: Optimizer{Kind: AdamW, Beta1: Bits(0.9), Beta2: Bits(0.999), Eps: Bits(1e-8), EpsRoot: Bits(1e-6)},
		Segment: segment, Level: level,
		Terms: Terms{
			Data: 100_001, Pool: account('p', 0), Reward: 1_000_003, AtRisk: 500_000, Bond: 1000, Bidding: 200, Offer: 60_000, Heartbeat: 1000, Segment: 20_000, Reveal: 10_000,
			Audit: 20_000, Clock: 10_000, Window: 15_000, Pause: 60_000, Job: 1_000_000,
		},
	}
	for i := range s.Rates {
		s.Rates[i] = Bits(1e-3)
	}
	s.Terms.Stake = MinStake(level, s.Terms.Reward, s.Terms.AtRisk)
	return s
}

// next is what the world calls a step of training.
func next(t uint64, before trace.Step) trace.Step {
	b := append(binary.BigEndian.AppendUint64(nil, t), before.State[:]...)
	return trace.Step{State: sha256.Sum256(b), Batch: sha256.Sum256(b[:8]), Loss: uint32(t)}
}

var initial = trace.Step{State: sha256.Sum256([]byte("initial"))}

// stretch computes the steps of a segment from the step before it; wrong, if
// not 0, is a step whose state is spoilt.
func stretch(s *Spec, segment uint64, before trace.Step, wrong uint64) []trace.Step {
	from, to := s.Range(segment)
	steps := []trace.Step{before}
	for t := from + 1; t <= to; t++ {
		x := next(t, steps[len(steps)-1])
		if t == wrong {
			x.State[0] ^= 1
		}
		steps = append(steps, x)
	}
	return steps
}

// commitment commits to a segment. The chain of the world starts at each
// segment: nothing here looks further back.
func commitment(s *Spec, id ID, segment uint64, steps []trace.Step) trace.Commitment {
	from, _ := s.Range(segment)
	b := trace.NewBuilder(from, steps[0], trace.Chain([32]byte(id), steps[0].Leaf(from)))
	for _, x := range steps[1:] {
		b.Add(x)
	}
	return b.Commitment()
}

// truth is the honest commitment of a segment.
func (w *world) truth(segment uint64) trace.Commitment {
	before := initial
	for k := uint64(0); ; k++ {
		steps := stretch(&w.spec, k, before, 0)
		if k == segment {
			return commitment(&w.spec, w.id, k, steps)
		}
		before = steps[len(steps)-1]
	}
}

func newWorld(seed uint64, spec Spec) *world {
	w := &world{
		rnd: rand.New(rand.NewPCG(seed, 7)), now: 1_000_000, spec: spec, id: spec.ID(), ledger: NewPurses(), disk: map[cid.Cid][]trace.Step{},
		faults: faults{delay: 50}, q: NewRequester(), rules: protocol,
	}
	w.ledger.Mint(spec.Requester, 100*spec.Escrow())
	return w
}

// requester lets an event happen to the requester: journalled, then taken.
func (w *world) requester(e Event) {
	if w.now < w.qdown {
		if (e.From == record.Account{}) {
			w.after(w.qdown-w.now, func() { w.requester(e) }) // its own shell asks again
		}
		return
	}
	if _, tick := e.Body.(*Tick); tick && (w.q.Alarm() == 0 || w.now < w.q.Alarm()) {
		return
	}
	w.qlog = append(w.qlog, Entry{w.now, e})
	actions := w.q.Step(e, w.now)
	w.steps++
	if w.chance(w.faults.crash) {
		w.performRequester(actions[:w.rnd.IntN(len(actions)+1)]) // killed in the middle of it
		w.qdown = w.now + w.upTo(3000)
		w.after(w.qdown-w.now, w.reviveRequester)
		return
	}
	w.performRequester(actions)
	w.alarm()
}

func (w *world) reviveRequester() {
	q := NewRequester()
	q.rules = w.rules
	for _, e := range w.qlog {
		q.Step(e.Event, e.At)
	}
	if !equal(q, w.q) {
		w.broken = "the journal folds to another state"
		return
	}
	w.q = q
	w.performRequester(q.Wake())
	w.requester(Event{Body: &Woke{}})
}

// equal compares all of two requesters' state but what they say and their rules.
func equal(a, b *Requester) bool {
	x, y := *a, *b
	x.out, y.out, x.rules, y.rules = nil, nil, rules{}, rules{}
	return reflect.DeepEqual(x, y)
}

func (w *world) alarm() {
	if at := w.q.Alarm(); at > 0 {
		d := Millis(1)
		if at > w.now {
			d = at - w.now
		}
		w.after(d, func() { w.requester(Event{Body: &Tick{}}) })
	}
}

// performRequester does what the requester wants.
func (w *world) performRequester(actions []Action) {
	for _, a := range actions {
		switch a := a.(type) {
		case Say:
			w.sayRequester(a)
		case Tell:
			w.send(func() { w.deliver(a.To, Event{From: w.spec.Requester, Body: a.Body}) })
		case Move:
			if err := w.ledger.Move(a.Transfer); err != nil {
				w.broken = err.Error()
			}
		case Lock:
			ok := w.ledger.Move(a.Transfer) == nil
			w.after(w.upTo(20), func() { w.requester(Event{Body: &Locked{a.Account, ok}}) })
			if a.Account[0] == 'c' && ok {
				w.after(40+w.upTo(200), func() { w.requester(Event{Body: &Planned{a.Account, true}}) })
			}
		case Check:
			_, ok := w.disk[a.State]
			w.after(w.upTo(100), func() { w.requester(Event{Body: &Stored{a.Commit, ok && !w.chance(w.faults.drop/4)}}) })
		case Trace:
			w.after(w.upTo(100), func() { w.requester(Event{Body: w.trace(a)}) })
		case Draw:
			value := sha256.Sum256(binary.BigEndian.AppendUint64(nil, w.rnd.Uint64()))
			w.after(w.upTo(500), func() { w.requester(Event{Body: &Beacon{a.After, value}}) })
			w.doubt()
		case Seek:
			for _, x := range w.auditors {
				w.send(func() { w.requester(Event{From: x.account, Body: &Volunteer{x.account}}) })
			}
		case Invite:
			for _, x := range w.auditors {
				if !w.chance(w.watch) {
					continue
				}
				var all []uint64
				for k := range w.q.limit {
					all = append(all, k)
				}
				w.after(w.upTo(w.faults.delay), func() { x.take(Event{Body: &Invited{all}}) })
			}
		case Settle:
			w.after(w.upTo(100), func() { w.settle(a.Dispute, 0) })
		case Credit:
			w.credits = append(w.credits, a)
		case Close:
			w.closed = &a
		}
	}
}

func (w *world) sayRequester(s Say) {
	switch s.Type {
	case record.Offer:
		for _, x := range w.workers {
			w.send(x.offered)
		}
	case record.Lease:
		var l Lease
		if s.Key == nil { // a hand-over
			return
		}
		decodePayload(s.Payload, &l)
		w.send(func() {
			if i := slices.IndexFunc(w.workers, func(x *testWorker) bool { return x.account == s.To }); i >= 0 {
				w.workers[i].take(Event{Body: &Granted{Lease: l, Key: *s.Key}})
			}
		})
	}
}

// deliver brings a message of the requester to a peer.
func (w *world) deliver(to record.Account, e Event) {
	for _, x := range w.workers {
		if x.account == to {
			x.take(e)
		}
	}
	for _, x := range w.auditors {
		if x.account == to {
			x.take(e)
		}
	}
}

// trace is what the requester's shell does with the steps that were stored.
func (w *world) trace(t Trace) Body {
	done := &Traced{Replica: t.Replica}
	for k, c := range t.Claims {
		steps := w.disk[t.Kept[k].State]
		if c.Check(steps) != nil || k > 0 && steps[0] != w.lastStep(t.Kept[k-1]) {
			return &Unusable{t.Replica, uint64(k)}
		}
		done.Last = append(done.Last, steps[len(steps)-1].Leaf(c.Last))
	}
	return done
}

func (w *world) lastStep(k Kept) trace.Step {
	steps := w.disk[k.State]
	return steps[len(steps)-1]
}

// doubt lets challengers look at a result that was found equal: an honest one
// who recomputes all of it, and one who lies.
func (w *world) doubt() {
	for n, x := range []record.Account{account('c', 1), account('c', 2)} {
		if !w.challengers[n] {
			continue
		}
		for k := range w.q.limit {
			answer := w.truth(k)
			if lies := n == 1; lies {
				answer.Root[0] ^= 1
			}
			if answer != *w.q.replicas[0].kept[k].claim {
				w.after(w.upTo(2000), func() { w.requester(Event{From: x, Body: &Challenge{trace.Reveal{Commitment: answer}}}) })
				break
			}
		}
	}
}

// settle plays a dispute: three openings, then a verdict from the truth about
// the first segment in question. Who is down does not move.
func (w *world) settle(d Dispute, moves int) {
	open := w.q.dispute()
	if open == nil || open.Number != d.Number {
		return
	}
	side := Left + Side(moves%2)
	if w.absent(d.Sides[side-1]) {
		w.after(500, func() { w.settle(d, moves) })
		return
	}
	if moves < 4 {
		w.requester(Event{Body: &Turn{d.Number, Right + Left - side}})
		w.after(w.upTo(300), func() { w.settle(d, moves+1) })
		return
	}
	w.requester(Event{Body: w.judge(d)})
}

// judge says what a referee finds: each claim is right if it follows from the
// step before it, which both sides agree on.
func (w *world) judge(d Dispute) *Verdict {
	before := initial
	if d.Segment > 0 {
		k := w.q.replicas[max(0, d.replicas[0])].kept[d.Segment-1]
		if steps := w.disk[k.State]; len(steps) > 0 {
			before = steps[len(steps)-1]
		}
	}
	right := commitment(&w.spec, w.id, d.Segment, stretch(&w.spec, d.Segment, before, 0))
	v := &Verdict{Dispute: d.Number, Single: w.chance(0.5)}
	for i, c := range d.Claims {
		if c != right {
			v.Guilty |= Side(1 + i)
		}
	}
	return v
}

func (w *world) absent(a record.Account) bool {
	for _, x := range w.workers {
		if x.account == a {
			return w.now < x.down
		}
	}
	for _, x := range w.auditors {
		if x.account == a {
			return w.now < x.down
		}
	}
	return false // a challenger
}

// run lets everything happen until the queue is empty or the job is long over.
func (w *world) run(limit int) {
	for len(w.queue) > 0 && w.broken == "" && w.steps < limit {
		w.runOne()
		if w.closed != nil && w.now > w.qdown && w.quiet() {
			return
		}
	}
}

// quiet tells whether no lock is still under way.
func (w *world) quiet() bool {
	return w.q.status.Over() && !slices.ContainsFunc(w.q.replicas, func(r replica) bool { return r.locking != nil }) &&
		!slices.ContainsFunc(w.q.audits, func(a audit) bool { return a.pending != nil })
}

func (w *world) runOne() {
	p := heap.Pop(&w.queue).(post)
	w.now = max(w.now, p.at)
	p.run()
}
