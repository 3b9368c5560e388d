package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/auditor"
	"github.com/openledger/openledger/cmd/peer/escrow"
	pieces "github.com/openledger/openledger/cmd/peer/holder"
	"github.com/openledger/openledger/cmd/peer/requester"
	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/worker"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/pin"
)

type workerConfig struct {
	// Enabled lets this peer bid for training jobs of others. Default false.
	Enabled bool `yaml:"enabled"`
	// Memory is the most that a job may take, in bytes. Default 0: three
	// quarters of the machine's.
	Memory uint64 `yaml:"memory"`
	// Slots is how many jobs it does at a time. Default 1.
	Slots uint64 `yaml:"slots"`
	// Price is the least for a million positions, in millionths of an OPEN.
	// Default 0: whatever is offered.
	Price uint64 `yaml:"price"`
	// From and Until are the hours of the day (0 to 23, UTC) between which jobs
	// may begin. Default both 0: always.
	From  uint64 `yaml:"from"`
	Until uint64 `yaml:"until"`
	// Models are the CIDs of those that may be trained, separated by commas.
	// Default none: all.
	Models []string `yaml:"models"`
	// Longest is the longest that a job may last. Default 0s: any.
	Longest time.Duration `yaml:"longest"`
}

func (c *workerConfig) Validate() error {
	if c.From > 23 || c.Until > 23 {
		return fmt.Errorf("from is %d, until %d: want hours from 0 to 23", c.From, c.Until)
	}
	if c.Longest < 0 {
		return errors.New("longest is below 0s")
	}
	for _, m := range c.Models {
		if _, err := cid.Decode(m); err != nil {
			return fmt.Errorf("models has %q, want CIDs", m)
		}
	}
	return nil
}

type auditorConfig struct {
	// Enabled lets this peer audit for others: training jobs, and answers whose
	// model it has. Default false.
	Enabled bool `yaml:"enabled"`
	// Watch is the part (0 to 1) of the segments of other jobs that it recomputes on
	// its own account once their audits have ended. It is paid for none, and gets a
	// part of the stakes of who was wrong. Default 0.01.
	Watch float64 `yaml:"watch"`
}

func (c *auditorConfig) Validate() error {
	if !(c.Watch >= 0 && c.Watch <= 1) {
		return fmt.Errorf("watch is %g, want 0 to 1", c.Watch)
	}
	return nil
}

// jobs are the roles of a running peer in training jobs.
type jobs struct {
	repo      *repo
	online    *online
	config    Config
	blocks    *jobBlocks
	mail      *work.Mail
	ledger    *work.Ledger    // of jobs that are settled on no chain
	escrow    *escrow.Service // of those that are
	source    *jobSource
	engine    *op.Engine
	requester *requester.Service
	worker    *worker.Service  // nil where it is not enabled
	auditor   *auditor.Service // likewise
	holder    *pieces.Service
	capacity  *capacity.Service // nil: nothing is known of others
	stop      []func()
}

// Protocols of jobs, and their limits.
const (
	askJob     = "job"
	askOpening = "dispute"
)

var (
	jobLimits     = call.Limits{Request: work.MaxMessage, Answer: 4 << 10, Time: 30 * time.Second, Relay: true}
	openingLimits = call.Limits{Request: 256, Answer: dispute.MaxProof + 1<<17, Time: time.Hour, Idle: time.Hour, PerPeer: 4}
)

var fileConfig = block.FileConfig{}

func pinModel(root, model cid.Cid) pin.Pin {
	return pin.Pin{Root: root, Name: "model " + model.String(), Whole: true}
}

// offerRule is the topic on which jobs are offered.
func offerRule() gossip.Rule {
	return gossip.Rule{Name: "offer", Types: []record.Type{record.Offer}, MaxBytes: 4 << 10, Latest: true, Check: func(v record.Verified) error {
		id, e, err := job.Read(v)
		if err != nil {
			return err
		}
		o, ok := e.Body.(*job.Offer)
		if !ok || o.Spec.Type() != cid.DagCBOR || string(o.Spec.Hash()) != string(append([]byte{0x12, 0x20}, id[:]...)) {
			return errors.New("an offer of another job than the one that it names")
		}
		return nil
	}}
}

// newJobs builds the roles on storage and network.
func newJobs(p *peer, r *repo, o *online, e *engine, c *capacity.Service) (*jobs, error) {
	j := &jobs{repo: r, online: o, config: p.config, engine: e.Engine, capacity: c}
	r.jobs = j
	journal, err := job.OpenJournal(r.ledger)
	if err != nil {
		return nil, ledgerProblem(err)
	}
	if j.mail, err = work.NewMail(r.ledger, j.send, p.log); err != nil {
		return nil, ledgerProblem(err)
	}
	if j.ledger, err = work.OpenLedger(r.ledger); err != nil {
		return nil, ledgerProblem(err)
	}
	j.escrow = escrow.New(escrow.Config{
		Link: r.settling, Attached: p.config.Chain.attached(), DB: r.ledger, Account: r.account, Signer: r.chainSigner(), Ask: j.mail.Ask, Log: p.log,
	})
	j.blocks = r.kept
	j.blocks.online = o
	j.blocks.mu.Lock()
	j.blocks.count = j.mail.Count
	j.blocks.mu.Unlock()
	j.source = &jobSource{r, j.mail}
	me := &work.Peer{Network: r.network(), Key: p.key, Journal: journal, Mail: j.mail, Blocks: j.blocks, Log: p.log, Dir: p.home.path("jobs"), Holders: j.holders}
	// What a kill left there is of no use: states lie as blocks.
	if err := errors.Join(os.RemoveAll(me.Dir), os.MkdirAll(me.Dir, 0o700)); err != nil {
		return nil, homeProblem(err)
	}
	if j.requester, err = requester.New(requester.Config{
		Peer: me, Ledger: j.ledger, Escrow: j.escrow, Beacon: j.beacon, Publish: j.publish, Auditors: j.neighbours, Ask: j.askOpening,
		Open: j.open, Rules: work.Rules(r.network(), e.Engine), Proof: j.keepProof, Charge: j.keepCharge, Metrics: p.registry,
	}); err != nil {
		return nil, err
	}
	run := func(ctx context.Context, s *job.Spec, dir string) (work.Runner, error) {
		b, err := j.open(ctx, s, dir, nil)
		if err != nil {
			return nil, err
		}
		return b, nil
	}
	w, err := worker.New(worker.Config{Peer: me, Hiring: j.escrow, Limits: j.limits, Machine: j.machine, Open: run, Metrics: p.registry, Neighbours: j.neighbours})
	if err != nil {
		return nil, err
	}
	if j.holder, err = pieces.New(pieces.Config{
		Peer: me, DB: r.ledger, Pins: heldPins{r.pins}, Room: p.config.Storage.Hold, Party: j.party, Provide: j.provideHeld,
	}); err != nil {
		return nil, ledgerProblem(err)
	}
	x, err := auditor.New(auditor.Config{Peer: me, Hiring: j.escrow, Memory: j.memory(), Watch: p.config.Auditor.Watch, Open: run, Metrics: p.registry})
	if p.config.Worker.Enabled {
		j.worker = w
	}
	if p.config.Auditor.Enabled {
		j.auditor = x
	}
	return j, err
}

// open loads a job of this peer or of another.
func (j *jobs) open(ctx context.Context, s *job.Spec, dir string, known *work.Facts) (*work.Bench, error) {
	return work.Open(ctx, s, j.repo.network(), j.engine, j.source, dir, known)
}

// beacon is a random value that nobody knew before: that of the chain, and the
// requester's own where none is attached.
func (j *jobs) beacon(ctx context.Context, after job.Millis) (b [32]byte, err error) {
	if j.config.Chain.attached() {
		return j.repo.beacon(ctx, time.UnixMilli(int64(after)))
	}
	_, err = rand.Read(b[:])
	return b, err
}

func (j *jobs) memory() uint64 {
	if j.config.Worker.Memory > 0 {
		return j.config.Worker.Memory
	}
	total, _, err := memory()
	if err != nil {
		return 0 // a machine that does not say what it has takes no jobs until the owner does
	}
	return total / 4 * 3
}

// limits are what the owner allows.
func (j *jobs) limits() job.Limits {
	c := j.config.Worker
	l := job.Limits{
		Memory: j.memory(), Slots: max(1, c.Slots), Price: job.Amount(c.Price), From: c.From, Until: c.Until,
		Longest: job.Millis(c.Longest.Milliseconds()), Funds: job.MaxAmount,
	}
	if c := j.config.Chain; c.attached() {
		l.Funds = j.escrow.Free()
	}
	for _, m := range c.Models {
		if x, err := cid.Decode(m); err == nil {
			l.Models = append(l.Models, x)
		}
	}
	return l
}

// machine is what this peer says of itself in a bid.
func (j *jobs) machine() job.Machine {
	return job.Machine{
		Bid:        job.Bid{Operator: j.repo.account, Class: "cpu/" + j.engine.Kernels()},
		Arithmetic: []uint64{op.Version}, Warm: j.source.warm(), Hour: uint64(time.Now().UTC().Hour()),
	}
}

// load adds what a worker could do now to the advert.
func (j *jobs) load(l *capacity.Load) {
	if j.worker == nil {
		return
	}
	slots := max(1, j.config.Worker.Slots)
	l.Slots += slots - min(slots, j.worker.Active())
	for _, m := range j.source.warm() {
		if !slices.Contains(l.Models, m) {
			l.Models = append(l.Models, m)
		}
	}
}

func (j *jobs) send(ctx context.Context, to record.PublicKey, body []byte) (answer []byte, err error) {
	for part, err := range j.online.node.Parts(ctx, node.NameOf(to), askJob, body, jobLimits) {
		if err != nil {
			return nil, err
		}
		answer = append(answer, part...)
	}
	return answer, nil
}

func (j *jobs) publish(ctx context.Context, v record.Verified) error {
	return j.online.gossip.Topic("offer").Publish(ctx, v)
}

// neighbours are the connected peers that hear of jobs.
func (j *jobs) neighbours() (all []record.PublicKey) {
	for _, id := range j.online.gossip.Topic("offer").Peers() {
		if k, err := record.OfPeer(id); err == nil && len(all) < 64 {
			all = append(all, k)
		}
	}
	return all
}

func (j *jobs) askOpening(ctx context.Context, to record.PublicKey, q work.Question, limit int) (answer []byte, err error) {
	limits := openingLimits
	limits.Answer = min(limits.Answer, limit)
	for part, err := range j.online.node.Parts(ctx, node.NameOf(to), askOpening, q.AppendCanon(nil), limits) {
		if err != nil {
			return nil, err
		}
		if answer != nil {
			return nil, errors.New("more than one answer")
		}
		answer = append([]byte{}, part...)
	}
	j.mail.Count(q.Job, len(q.AppendCanon(nil)), len(answer))
	return answer, nil
}

// keepProof writes a fraud proof where its owner finds it.
func (j *jobs) keepProof(id job.ID, proof []byte) error { return j.keepEvidence(id, proof, "proof") }

// keepCharge writes what a contract convicts by beside it.
func (j *jobs) keepCharge(id job.ID, charge []byte) error {
	return j.keepEvidence(id, charge, "charge")
}

// keepEvidence names it by what it says: it is kept once, and takes no other's place.
func (j *jobs) keepEvidence(id job.ID, b []byte, kind string) error {
	h := sha256.Sum256(b)
	name := fmt.Sprintf("%s-%x.%s", id, h[:4], kind)
	dir := j.repo.home.path("proofs")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, name), b)
}

// take gives a message of another peer to the role that it is for.
func (j *jobs) take(ctx context.Context, from string, body []byte, send func([]byte) error) error {
	key, err := node.KeyOf(from)
	if err != nil {
		return call.Errorf(call.Invalid, "a peer without a key of ours")
	}
	m, err := work.ReadMessage(body)
	if err != nil {
		return call.Errorf(call.Invalid, "%s", oneLine(err.Error()))
	}
	if j.has(m.Job) {
		j.mail.Count(m.Job, 0, len(body))
		j.blocks.works(from, m.Job)
	}
	switch {
	case m.Kind == work.Where:
		root, err := j.source.where(ctx, m.A)
		if err != nil {
			return call.Errorf(call.NotFound, "no files of this model")
		}
		if j.has(m.Job) {
			j.mail.Count(m.Job, len(root), 0)
		}
		return send(root)
	case m.Kind == work.Hire || m.Kind == work.PayPart:
		signature, err := j.consent(ctx, key, m)
		if err != nil {
			j.repo.log.InfoContext(ctx, "Not signed for the chain", slog.String("job", m.Job.String()), slog.Any("err", err))
			return call.Errorf(call.Refused, "%s", oneLine(err.Error()))
		}
		return send(signature)
	case m.Kind == work.Hold:
		answer, err := j.holder.Asked(ctx, key, m)
		if err != nil {
			return answered(err)
		}
		return send(answer)
	case m.Kind == work.Release:
		return answered(j.holder.Release(ctx, key, m.Job))
	case m.Kind == work.Wanted:
		if j.auditor == nil {
			return nil
		}
		if err := j.mail.Meet(key); err != nil {
			return err
		}
		return answered(j.auditor.Wanted(ctx, key, m.Job))
	case m.Kind == work.Opened:
		if j.auditor == nil || j.requester.Has(m.Job) || j.worker != nil && j.worker.Has(m.Job) {
			return nil
		}
		if err := j.mail.Meet(key); err != nil {
			return err
		}
		return answered(j.auditor.Invited(ctx, key, m.Job))
	case j.requester.Has(m.Job):
		return answered(j.requester.Take(ctx, key, m))
	case j.worker != nil && j.worker.Has(m.Job):
		return answered(j.worker.Take(ctx, key, m))
	case j.auditor != nil && j.auditor.Has(m.Job):
		return answered(j.auditor.Take(ctx, key, m))
	case m.Kind == work.Refusal: // of a bid that was forgotten
		return nil
	}
	return call.Errorf(call.NotFound, "no job %s here", m.Job)
}

// consent signs for whichever role has a job, so that it is paid on the chain.
func (j *jobs) consent(ctx context.Context, from record.PublicKey, m work.Message) ([]byte, error) {
	switch {
	case j.worker != nil && j.worker.Has(m.Job):
		return j.worker.Consent(ctx, from, m)
	case j.auditor != nil && j.auditor.Has(m.Job):
		return j.auditor.Consent(ctx, from, m)
	}
	return nil, fmt.Errorf("no job %s here", m.Job)
}

// opening answers a question of a dispute.
func (j *jobs) opening(ctx context.Context, from string, body []byte, send func([]byte) error) error {
	key, err := node.KeyOf(from)
	if err != nil {
		return call.Errorf(call.Invalid, "a peer without a key of ours")
	}
	q, err := work.ReadQuestion(body)
	if err != nil {
		return call.Errorf(call.Invalid, "%s", oneLine(err.Error()))
	}
	var b []byte
	switch {
	case j.worker != nil && j.worker.Has(q.Job):
		b, err = j.worker.Answer(ctx, key, q)
	case j.auditor != nil && j.auditor.Has(q.Job):
		b, err = j.auditor.Answer(ctx, key, q)
	default:
		return call.Errorf(call.NotFound, "no job %s here", q.Job)
	}
	if err != nil {
		return answered(err)
	}
	j.mail.Count(q.Job, len(b), len(body))
	return send(b)
}

// has says whether this peer has a part in a job.
func (j *jobs) has(id job.ID) bool {
	return j.requester.Has(id) || j.worker != nil && j.worker.Has(id) || j.auditor != nil && j.auditor.Has(id)
}

// run serves all roles until ctx is done.
func (j *jobs) run(ctx context.Context) error {
	j.stop = []func(){
		j.online.node.Serve(askJob, jobLimits, j.repo.log, j.take),
		j.online.node.Serve(askOpening, openingLimits, j.repo.log, j.opening),
	}
	roles := []func(context.Context) error{j.mail.Run, j.escrow.Run, j.requester.Run, j.holder.Run, j.hearOffers}
	if j.worker != nil {
		roles = append(roles, j.worker.Run)
	}
	if j.auditor != nil {
		roles = append(roles, j.auditor.Run)
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	var work sync.WaitGroup
	var mu sync.Mutex
	var errs []error
	for _, role := range roles {
		work.Go(func() {
			if err := role(ctx); err != nil && ctx.Err() == nil {
				mu.Lock()
				defer mu.Unlock()
				errs = append(errs, err)
				end() // a peer without one of its roles would only look alive
			}
		})
	}
	<-ctx.Done()
	for _, stop := range j.stop {
		stop()
	}
	work.Wait()
	j.blocks.close()
	return errors.Join(errs...)
}

// considering is how many offers are looked at at a time.
const considering = 4

func (j *jobs) hearOffers(ctx context.Context) error {
	topic := j.online.gossip.Topic("offer")
	var work sync.WaitGroup
	defer work.Wait()
	room := make(chan struct{}, considering)
	for {
		v, err := topic.Next(ctx)
		if err != nil {
			return nil // ctx is done, or the topic closed
		}
		j.holder.Offered(v.Header().Subject)
		if j.worker == nil {
			continue
		}
		select {
		case room <- struct{}{}:
		default:
			continue // it is offered again
		}
		work.Go(func() {
			defer func() { <-room }()
			j.worker.Offered(ctx, v)
		})
	}
}
