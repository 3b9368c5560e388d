package requester

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A task is one job of this requester.
type task struct {
	s      *Service
	id     job.ID
	keeper *job.Keeper[*job.Requester]
	actor  *work.Actor

	mu       sync.Mutex // what the journal says, in the form that performing needs
	spec     job.Spec
	secret   [32]byte
	commits  []heard
	traced   map[uint64][]merkle.Digest // by replica
	beats    map[record.Account]Beat
	began    job.Millis
	proofs   int
	escrowed bool                          // its money lies on a chain
	disputes map[uint64]context.CancelFunc // under way
	suspects []complaint                   // to be looked into, one after the other
	looking  bool                          // into suspects[0]
}

// heard is a commit, whoever sent it.
type heard struct {
	from record.Account
	job.Commit
}

// A Beat is how far a worker said to be.
type Beat struct {
	Step uint64
	Loss float32
	At   job.Millis
}

func newTask(s *Service, id job.ID, k *job.Keeper[*job.Requester]) *task {
	t := &task{
		s: s, id: id, keeper: k, traced: map[uint64][]merkle.Digest{}, beats: map[record.Account]Beat{},
		disputes: map[uint64]context.CancelFunc{},
	}
	t.actor = work.NewActor(id, k, s.Log, t.note, t.perform)
	return t
}

// note sees each event before what follows from it is performed.
func (t *task) note(e job.Event, at job.Millis) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch b := e.Body.(type) {
	case *job.Submit:
		t.spec, t.secret, t.began = b.Spec, b.Secret, at
	case *job.Commit:
		t.commits = append(t.commits, heard{e.From, *b})
	case *job.Traced:
		t.traced[b.Replica] = b.Last
	case *job.Beat:
		t.beats[e.From] = Beat{b.Step, b.Loss.Float(), at}
	}
}

// often tells whether a sign of life comes sooner after the last one than any is
// sent.
func (t *task) often(from record.Account) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	last, ok := t.beats[from]
	return ok && work.Now() < last.At+100
}

// hear lets an event of another peer happen, if it may change anything.
func (t *task) hear(ctx context.Context, e job.Event) error {
	hears := false
	t.actor.Look(func() { hears = t.keeper.Machine.Hears(e) })
	if !hears {
		switch e.Body.(type) {
		case *job.Declined, *job.Candidate: // said before
		default:
			t.s.Mail.Refuse(e.From, t.id, job.NotNow)
		}
		return nil
	}
	if _, ok := e.Body.(*job.Commit); ok { // at once: who keeps pieces of it is told next
		return t.actor.Do(ctx, e)
	}
	if !t.actor.Offer(e) {
		return errors.New("busy")
	}
	return nil
}

// farewell tells a member of a job that is over, which it may have missed.
func (t *task) farewell(ctx context.Context, to record.Account) {
	var last []job.Action
	t.actor.Look(func() {
		if t.keeper.Machine.Status().Over() {
			last = t.keeper.Machine.Wake()
		}
	})
	for _, a := range last {
		if x, ok := a.(job.Tell); ok && x.To == to {
			t.perform(ctx, x)
		}
	}
}

// sealed takes a record of a worker or an auditor.
func (t *task) sealed(ctx context.Context, v record.Verified) error {
	from := v.Signer().Account()
	if v.Header().Subject != t.id {
		return errors.New("a record of another job")
	}
	if v.Signer() == t.s.Key.Public() {
		return errors.New("a record of this peer itself")
	}
	id, e, err := job.Read(v)
	if err != nil || id != t.id {
		return errors.Join(err, errors.New("not taken"))
	}
	if r, ok := e.Body.(*job.Reveal); ok && !t.member(from) {
		return t.challenged(ctx, v, &job.Challenge{Reveal: r.Reveal})
	}
	if _, bids := e.Body.(*job.Bid); !bids && !t.member(from) || bids && e.Sequence != 0 {
		t.s.Mail.Refuse(from, t.id, job.NotYours)
		return nil
	}
	if err := t.s.Mail.Meet(v.Signer()); err != nil {
		return err
	}
	twice, err := t.s.Journal.Hear(v)
	if err != nil {
		return err
	}
	if twice != nil {
		t.keepProof(ctx, &dispute.EquivocationProof{Equivocation: *twice})
		t.actor.Tell(ctx, job.Event{Body: &job.Evidence{Account: from}})
		return nil
	}
	switch b := e.Body.(type) {
	case *job.Bid:
		if b.Operator != from { // until operators are registered each peer is its own
			t.s.Mail.Refuse(from, t.id, job.NotOperator)
			return nil
		}
		valid, err := t.s.Journal.Valid(from)
		if err != nil {
			return err
		}
		e = job.Event{From: from, Sequence: e.Sequence, Body: &job.Candidate{Bid: *b, Valid: valid}}
	case *job.Plan:
		return t.planned(ctx, from, b)
	case *job.Commit, *job.AuditCommit, *job.Reveal:
	default:
		return errors.New("only the requester may say so")
	}
	return t.hear(ctx, e)
}

// challenged hears of who is no member that the workers' result is another.
func (t *task) challenged(ctx context.Context, v record.Verified, c *job.Challenge) error {
	e := job.Event{From: v.Signer().Account(), Sequence: v.Header().Sequence, Body: c}
	hears := false
	t.actor.Look(func() { hears = t.keeper.Machine.Hears(e) })
	if !hears {
		t.s.Mail.Refuse(e.From, t.id, job.NotNow)
		return nil
	}
	if _, err := t.s.Journal.Hear(v); err != nil { // two of them are two challenges, of which the second is not heard
		return err
	}
	return t.hear(ctx, e)
}

// planned compares the plan that a member signed with the job's.
func (t *task) planned(ctx context.Context, from record.Account, p *job.Plan) error {
	owed := false
	t.actor.Look(func() { owed = t.keeper.Machine.Unplanned(from) })
	if !owed {
		return nil // said again
	}
	f, _, err := t.facts(ctx)
	if err == nil {
		t.actor.Tell(ctx, job.Event{Body: &job.Planned{Account: from, OK: p.Plan == f.Plan(&t.spec)}})
	}
	return err
}

// member tells whether an account has a part in the job.
func (t *task) member(a record.Account) (yes bool) {
	t.actor.Look(func() { yes = slices.Contains(t.keeper.Machine.Members(), a) })
	return yes
}

func (t *task) keepProof(ctx context.Context, e dispute.Evidence) {
	b, err := dispute.Encode(e)
	if err == nil {
		err = t.keepBytes(b)
	}
	if err != nil {
		t.s.Log.ErrorContext(ctx, "Fraud proof not kept", slog.String("job", t.id.String()), slog.Any("err", err))
	}
}

func (t *task) keepBytes(proof []byte) error {
	t.mu.Lock()
	t.proofs++
	t.mu.Unlock()
	return t.s.Proof(t.id, proof)
}

// perform does what the machine wants.
func (t *task) perform(ctx context.Context, a job.Action) {
	run := t.s.tasks.Go
	switch a := a.(type) {
	case job.Say:
		t.say(ctx, a)
	case job.Tell:
		if g, ok := a.Body.(*job.AuditGranted); ok && t.escrowed {
			t.s.tasks.Keep(func(ctx context.Context) { t.grant(ctx, a.To, g) })
			return
		}
		t.s.Mail.Body(a.To, t.id, a.Body)
		if o, ok := a.Body.(*job.Order); ok && o.What == job.AskReveal {
			run(func() { t.openStored(ctx, a.To) })
		}
	case job.Move:
		if t.escrowed {
			if a.Transfer.To.Kind == job.Escrow {
				t.s.tasks.Keep(t.fund)
			}
			return // the rest follows from how the job ends: Settle
		}
		if err := t.s.Ledger.Move(a.Transfer); err != nil {
			t.s.Log.ErrorContext(ctx, "Money not moved", slog.String("job", t.id.String()), slog.Any("err", err))
		}
	case job.Lock:
		if t.escrowed {
			t.s.tasks.Keep(func(ctx context.Context) { t.engage(ctx, a.Account) })
			return
		}
		err := t.s.Ledger.Move(a.Transfer)
		run(func() { t.actor.Tell(ctx, job.Event{Body: &job.Locked{Account: a.Account, OK: err == nil}}) })
	case job.Check:
		run(func() { t.check(ctx, a) })
	case job.Trace:
		run(func() {
			if b := t.trace(ctx, a); b != nil {
				t.actor.Tell(ctx, job.Event{Body: b})
			}
		})
	case job.Draw:
		run(func() { t.draw(ctx, a.After) })
	case job.Seek:
		for _, k := range t.s.Auditors() {
			if t.s.Mail.Meet(k) == nil {
				t.s.Mail.Post(k.Account(), work.Message{Kind: work.Wanted, Job: t.id})
			}
		}
	case job.Invite:
		for _, k := range t.s.Auditors() {
			if t.s.Mail.Meet(k) == nil {
				t.s.Mail.Post(k.Account(), work.Message{Kind: work.Opened, Job: t.id})
			}
		}
	case job.Settle:
		t.settle(ctx, a)
	case job.Refuse:
		if a.To != (record.Account{}) {
			t.s.Mail.Refuse(a.To, t.id, a.Reason)
		}
	case job.Credit:
		if err := t.s.Journal.Credit(t.id, a); err != nil {
			t.s.Log.ErrorContext(ctx, "Result not credited", slog.String("job", t.id.String()), slog.Any("err", err))
		}
	case job.Close:
		var parts []job.Part
		t.actor.Look(func() { parts = t.keeper.Machine.Parts() })
		if err := t.s.settle(t.id, parts); err != nil {
			t.s.Log.ErrorContext(ctx, "Job not settled; it is tried again at the next start", slog.String("job", t.id.String()), slog.Any("err", err))
		}
		t.s.met.closed.WithLabelValues(a.Status.String(), a.Cause.String()).Inc()
		t.s.Log.InfoContext(ctx, "Job over", slog.String("job", t.id.String()), slog.String("status", a.Status.String()), slog.String("cause", a.Cause.String()))
		run(func() { t.clear(ctx) })
		for _, k := range t.holders() {
			t.release(k)
		}
	}
}

// holders lists who keeps pieces of the job.
func (t *task) holders() (all []record.PublicKey) {
	t.actor.Look(func() { all = t.keeper.Machine.Holders() })
	return all
}

// release tells a holder that the job is over.
func (t *task) release(k record.PublicKey) {
	if t.s.Mail.Meet(k) == nil {
		t.s.Mail.Post(k.Account(), work.Message{Kind: work.Release, Job: t.id})
	}
}

// relayed takes a commit that a holder passes on, since its author may be gone.
// An error has it try again.
func (t *task) relayed(ctx context.Context, from record.PublicKey, v record.Verified) error {
	if over := t.view().Status.Over(); over {
		t.release(from)
		return nil
	}
	_, e, err := job.Read(v)
	c, ok := e.Body.(*job.Commit)
	if err != nil || !ok || v.Header().Subject != t.id {
		return errors.Join(err, errors.New("no commit of this job"))
	}
	look := func() (keeps, wants bool) {
		t.actor.Look(func() { keeps, wants = t.keeper.Machine.Keeps(c.Hidden), t.keeper.Machine.Wants(e.From, e.Sequence, c) })
		return keeps, wants
	}
	keeps, wants := look()
	if wants && !keeps {
		if err := t.sealed(ctx, v); err != nil {
			return err
		}
		return errors.New("taken; it is looked at whether it counts")
	}
	if !keeps {
		return errors.New("not the next of its author, or its place is another's now")
	}
	p := job.Event{Body: &job.Placed{Segment: c.Segment, State: c.State, Holders: []record.PublicKey{from}}}
	hears := false
	t.actor.Look(func() { hears = t.keeper.Machine.Hears(p) })
	if hears {
		t.actor.Tell(ctx, p)
	}
	return nil
}

// say says something to one account, or an offer to all.
func (t *task) say(ctx context.Context, a job.Say) {
	if a.To != (record.Account{}) {
		t.s.Say(ctx, t.id, a)
		return
	}
	v, err := t.s.Seal(t.id, a)
	if err == nil {
		err = t.s.Publish(ctx, v)
	}
	if err != nil && ctx.Err() == nil {
		t.s.Log.InfoContext(ctx, "Offer not published", slog.String("job", t.id.String()), slog.Any("err", err))
	}
}

func (t *task) draw(ctx context.Context, after job.Millis) {
	for {
		value, err := t.s.Beacon(ctx, after)
		if err == nil {
			t.actor.Tell(ctx, job.Event{Body: &job.Beacon{After: after, Value: value}})
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
}

// who lists who may have blocks of an account: itself, and who keeps pieces.
func (t *task) who(a record.Account) (all []record.PublicKey) {
	if key, err := t.s.Mail.Key(a); err == nil {
		all = append(all, key)
	}
	t.actor.Look(func() { all = append(all, t.keeper.Machine.Holders()...) })
	return all
}

// from returns what gets blocks of an account.
func (t *task) from(a record.Account) work.Get {
	hints := t.who(a)
	return func(ctx context.Context, c cid.Cid) ([]byte, error) { return t.s.Blocks.Get(ctx, t.id, c, hints...) }
}

// check stores the blocks of a commit here, so that they outlive who made them.
func (t *task) check(ctx context.Context, c job.Check) {
	t.mu.Lock()
	i := slices.IndexFunc(t.commits, func(h heard) bool { return h.State == c.State && h.Leaves == c.Leaves })
	var from record.Account
	if i >= 0 {
		from = t.commits[i].from
	}
	spec := t.spec
	t.mu.Unlock()
	// Half of the time that a segment has: the rest is for doing it again.
	limited, cancel := context.WithTimeout(ctx, time.Duration(spec.Terms.Segment)*time.Millisecond/2)
	defer cancel()
	err := t.fetch(limited, &spec, from, c.State, c.Leaves)
	if err != nil {
		t.s.Log.InfoContext(ctx, "Segment not stored", slog.String("job", t.id.String()), slog.Uint64("segment", c.Segment), slog.Any("err", err))
	} else {
		t.s.met.stored.Inc()
	}
	if ctx.Err() == nil {
		t.actor.Tell(ctx, job.Event{Body: &job.Stored{Commit: c.Commit, OK: err == nil}})
	}
}

// fetch stores the blocks of a segment here.
func (t *task) fetch(ctx context.Context, spec *job.Spec, from record.Account, state, leaves cid.Cid) error {
	return work.Copy(ctx, t.s.Blocks, spec, state, leaves, t.who(from)...)
}

// restore fetches again what may have been lost of segments that were stored.
func (t *task) restore(ctx context.Context) {
	t.mu.Lock()
	commits, spec := slices.Clone(t.commits), t.spec
	t.mu.Unlock()
	for _, h := range commits {
		limited, cancel := context.WithTimeout(ctx, time.Duration(spec.Terms.Segment)*time.Millisecond)
		if err := t.fetch(limited, &spec, h.from, h.State, h.Leaves); err != nil && ctx.Err() == nil {
			t.s.Log.DebugContext(ctx, "Segment not restored", slog.String("job", t.id.String()), slog.Uint64("segment", h.Segment), slog.Any("err", err))
		}
		cancel()
	}
}

// facts returns the facts of the job, and their bytes. If their block was lost
// they are found anew.
func (t *task) facts(ctx context.Context) (f work.Facts, b []byte, err error) {
	named := cid.NewCidV1(cid.Raw, append([]byte{0x12, 0x20}, t.spec.Facts[:]...)) // a sha2-256 multihash
	limited, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if b, err = t.s.Blocks.Get(limited, t.id, named); err == nil {
		err = canon.Decode(b, &f, canon.Limits{Depth: 2})
		return f, b, err
	}
	bench, err := t.s.Open(ctx, &t.spec, t.dir("facts"), nil)
	if err != nil {
		return f, nil, err
	}
	f, b = bench.Facts, bench.Facts.AppendCanon(nil)
	return f, b, errors.Join(bench.Close(), t.s.Blocks.Keep(ctx, t.id, work.Block{CID: named, Data: b}))
}

// trace checks what a replica stored against what it revealed. Without facts,
// which is this peer's own trouble, it is tried again later.
func (t *task) trace(ctx context.Context, a job.Trace) job.Body {
	done := &job.Traced{Replica: a.Replica}
	f, _, err := t.facts(ctx)
	for err != nil {
		t.s.Log.ErrorContext(ctx, "Facts of a job not found", slog.String("job", t.id.String()), slog.Any("err", err))
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(10 * time.Second):
		}
		f, _, err = t.facts(ctx)
	}
	chain := trace.Chain([32]byte(t.id), trace.Initial(f.Initial))
	for n, c := range a.Claims {
		s, err := work.Steps(ctx, t.from(a.Kept[n].Worker), job.SegmentKey(a.Key, uint64(n)), a.Kept[n].Leaves)
		if err == nil {
			err = c.Check(s.Steps)
		}
		if err == nil {
			err = c.CheckChain(chain, s.Steps)
		}
		if err != nil {
			t.s.Log.WarnContext(ctx, "Stored steps do not open their commit", slog.String("job", t.id.String()), slog.Int("segment", n), slog.Any("err", err))
			return &job.Unusable{Replica: a.Replica, Segment: uint64(n)}
		}
		chain = c.Chain
		done.Last = append(done.Last, s.Steps[len(s.Steps)-1].Leaf(c.Last))
	}
	return done
}

// A complaint says that a stored segment could not be used.
type complaint struct {
	job.Unusable
	by record.Account
}

// suspect has a stored segment looked at that somebody could not use. What is
// waiting already does not wait twice, so there are never more complaints than
// commits.
func (t *task) suspect(from record.Account, u *job.Unusable) {
	if _, ok := t.commitOf(u.Replica, u.Segment); !ok || !t.member(from) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if slices.ContainsFunc(t.suspects, func(c complaint) bool { return c.Unusable == *u }) {
		return
	}
	t.suspects = append(t.suspects, complaint{*u, from})
	if !t.looking {
		t.looking = t.s.tasks.Outlive(t.look)
	}
}

// look looks into one complaint after the other until none is left.
func (t *task) look(ctx context.Context) {
	for {
		t.mu.Lock()
		if t.looking = len(t.suspects) > 0 && ctx.Err() == nil; !t.looking {
			t.mu.Unlock()
			return
		}
		c := t.suspects[0]
		t.mu.Unlock()
		h, _ := t.commitOf(c.Replica, c.Segment) // the last one: it may have been done again since
		kept := job.Kept{Worker: h.from, Hidden: h.Hidden, State: h.State, Leaves: h.Leaves}
		if err := t.sound(ctx, c.Replica, c.Segment, kept); err != nil && ctx.Err() == nil {
			t.s.Log.WarnContext(ctx, "Stored segment is not sound", slog.String("job", t.id.String()), slog.String("told_by", c.by.String()), slog.Any("err", err))
			t.actor.Tell(ctx, job.Event{Body: &c.Unusable})
		}
		t.mu.Lock()
		t.suspects = t.suspects[1:]
		t.mu.Unlock()
	}
}

// commitOf returns the last commit for a place.
func (t *task) commitOf(replica, segment uint64) (h heard, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range t.commits {
		if c.Replica == replica && c.Segment == segment {
			h, ok = c, true
		}
	}
	return h, ok
}

// sound says what is wrong with a stored segment: its steps, or its state.
func (t *task) sound(ctx context.Context, replica, segment uint64, k job.Kept) error {
	key := job.SegmentKey(job.ReplicaKey(t.secret, t.id, replica), segment)
	s, err := work.Steps(ctx, t.from(k.Worker), key, k.Leaves)
	if err != nil {
		return err
	}
	if _, _, err := s.Opens(t.s.Network, t.id, k); err != nil {
		return err
	}
	state, err := work.State(ctx, t.from(k.Worker), &t.spec, key, k.State)
	if err != nil {
		return err
	}
	b, err := t.open(ctx, "check")
	if err != nil {
		return nil // this peer's own trouble: nobody is blamed
	}
	defer b.Close()
	return leadsTo(b, state, s.Steps[len(s.Steps)-1].State)
}

// leadsTo says whether a stored state is the one that was committed to.
func leadsTo(b *work.Bench, state []byte, want merkle.Digest) error {
	if err := b.Begin(state); err != nil {
		return err
	}
	got, err := b.Digest()
	if err == nil && got != want {
		err = fmt.Errorf("the stored state is %s, committed was %s", got, want)
	}
	return err
}

// open loads the job.
func (t *task) open(ctx context.Context, what string) (*work.Bench, error) {
	f, _, err := t.facts(ctx)
	if err != nil {
		return nil, err
	}
	return t.s.Open(ctx, &t.spec, t.dir(what), &f)
}

// dir is a folder for one bench: two of a job may be open at a time.
func (t *task) dir(what string) string {
	return filepath.Join(t.s.Dir, what+"-"+t.id.String()+"-"+rand.Text())
}

// openStored opens the commits of an account from what it stored with them. The
// requester has the keys, and looks only now that all are committed to.
func (t *task) openStored(ctx context.Context, of record.Account) {
	t.mu.Lock()
	commits := slices.Clone(t.commits)
	t.mu.Unlock()
	for _, h := range commits {
		if h.from != of {
			continue
		}
		key := job.SegmentKey(job.ReplicaKey(t.secret, t.id, h.Replica), h.Segment)
		s, err := work.Steps(ctx, t.from(of), key, h.Leaves)
		if err != nil {
			continue
		}
		v, _, err := s.Opens(t.s.Network, t.id, job.Kept{Worker: of, Hidden: h.Hidden, State: h.State, Leaves: h.Leaves})
		if err == nil {
			err = t.sealed(ctx, v)
		}
		if err != nil {
			t.s.Log.DebugContext(ctx, "Stored reveal not taken", slog.String("job", t.id.String()), slog.Any("err", err))
		}
	}
}

// result returns the commit of replica 0 that was found sound for the last
// segment, with its steps.
func (t *task) result(ctx context.Context) (h heard, s *work.Segment, err error) {
	t.mu.Lock()
	commits, last := slices.Clone(t.commits), t.traced[0]
	t.mu.Unlock()
	if len(last) == 0 {
		return h, nil, fmt.Errorf("job %s has no result yet", t.id)
	}
	segment := uint64(len(last) - 1)
	_, to := t.spec.Range(segment)
	for _, h := range slices.Backward(commits) {
		if h.Replica != 0 || h.Segment != segment {
			continue
		}
		s, err := work.Steps(ctx, t.from(h.from), job.SegmentKey(job.ReplicaKey(t.secret, t.id, 0), segment), h.Leaves)
		if err == nil && s.Steps[len(s.Steps)-1].Leaf(to) == last[segment] {
			return h, s, nil
		}
	}
	return h, nil, fmt.Errorf("the blocks of job %s's result are not here", t.id)
}

// clear ends what is kept for a job that is over, but for its result.
func (t *task) clear(ctx context.Context) {
	keep := []cid.Cid{
		cid.NewCidV1(cid.Raw, append([]byte{0x12, 0x20}, t.spec.Facts[:]...)), // sha2-256 multihashes
		cid.NewCidV1(cid.DagCBOR, append([]byte{0x12, 0x20}, t.id[:]...)),
	}
	if h, _, err := t.result(ctx); err == nil { // else it failed before its first segment
		parts, err := work.Parts(ctx, t.from(h.from), &t.spec, h.State, h.Leaves)
		if err == nil {
			err = t.s.Blocks.Fetch(ctx, t.id, parts)
		}
		if err != nil && ctx.Err() == nil {
			t.s.Log.WarnContext(ctx, "Result of a job not kept", slog.String("job", t.id.String()), slog.Any("err", err))
		}
		keep = append(keep, parts...)
	}
	if ctx.Err() != nil {
		return // it is closed again after the next start
	}
	if err := t.s.Blocks.Drop(ctx, t.id, keep...); err != nil {
		t.s.Log.DebugContext(ctx, "Blocks of a job left", slog.Any("err", err))
	}
}

// Result returns a finished job where its last step left it; Close MUST follow.
func (s *Service) Result(ctx context.Context, id job.ID) (*work.Bench, error) {
	t, err := s.known(id)
	if err != nil {
		return nil, err
	}
	if v := t.view(); v.Status != job.Final {
		return nil, fmt.Errorf("job %s is %s: its result is not final", id, v.Status)
	}
	h, steps, err := t.result(ctx)
	if err != nil {
		return nil, err
	}
	key := job.SegmentKey(job.ReplicaKey(t.secret, t.id, 0), h.Segment)
	state, err := work.State(ctx, t.from(h.from), &t.spec, key, h.State)
	if err != nil {
		return nil, err
	}
	b, err := t.open(ctx, "result")
	if err != nil {
		return nil, err
	}
	if err := leadsTo(b, state, steps.Steps[len(steps.Steps)-1].State); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}
