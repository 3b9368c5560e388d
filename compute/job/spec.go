package job

import (
	"encoding/binary"
	"math"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// A Spec is everything that decides a bit of a job's result, and what it pays.
// Floating-point numbers are the bits of an f32.
type Spec struct {
	Requester record.Account
	Number    uint64 // tells equal jobs of one requester apart

	Method    Method
	Model     cid.Cid // identity of the model that training begins from; Fresh: config.json of one to be drawn
	Fresh     bool    // full training from drawn parameters
	ParamSeed uint64  // of drawn parameters: the adapter's, or the model's
	Adapter   Adapter // of MethodLoRA
	Q8        bool    // the frozen base is kept in int8

	Manifest    cid.Cid // version of the Datanet
	Tokenizer   cid.Cid // tokenizer.json
	Template    cid.Cid // tokenizer_config.json, which holds the chat template; undefined: none
	Length      uint64  // positions of the longest sample
	Completions bool    // only completions are learnt
	Samples     uint64  // that manifest, tokenizer and length make, held-out ones included
	Held        F32     // part of the samples held out for validation

	Arithmetic uint64
	OrderSeed  uint64 // of the data order
	Batch      uint64 // samples a step
	Micro      uint64 // samples a micro-batch
	Rates      []F32  // learning rate of each step: there are len(Rates) steps
	Clip       F32    // largest norm of the gradient; 0: none
	Optimizer  Optimizer
	Record     bool // preconditioner and clip factor of each step are stored, for attribution

	Segment uint64 // steps between two commits; the last segment may be shorter
	Level   Level
	Needs   Needs
	Terms   Terms

	// Facts is the sha-256 of what follows from the above but only with model
	// and data at hand: shapes, initial state, frozen parameters, samples. A
	// referee has them beside a fraud proof; whoever runs the job MUST find the
	// same before it begins.
	Facts [32]byte
}

// A Method is what is trained. The numbers are append-only.
type Method uint8

const (
	LoRA Method = 1
	Full Method = 2
)

func (m Method) String() string { return name(int(m), "?", "lora", "full") }

// An Adapter is the shape of the LoRA to be trained.
type Adapter struct {
	Rank    uint64
	Alpha   F32
	RSLoRA  bool     // scale = alpha/sqrt(rank)
	Targets []string // names of layers; none: Pattern says
	Pattern string   // "all-linear", or a regular expression for whole paths
}

// An Optimizer is train.Optimizer in bits.
type Optimizer struct {
	Kind                              OptimizerKind
	Momentum                          F32 // SGD
	Beta1, Beta2, Eps, EpsRoot, Decay F32 // AdamW
}

// An OptimizerKind has append-only numbers.
type OptimizerKind uint8

const (
	AdamW OptimizerKind = 1
	SGD   OptimizerKind = 2
)

func (k OptimizerKind) String() string { return name(int(k), "?", "adamw", "sgd") }

// A Level says how a job is verified. The numbers are append-only.
type Level uint8

const (
	A Level = 1 // one worker, 5 % of the segments audited
	B Level = 2 // one worker, 20 %
	C Level = 3 // two workers of different operators, 5 %
	D Level = 4 // three workers on different classes of hardware, 10 %
)

func (l Level) String() string { return name(int(l), "?", "A", "B", "C", "D") }

// Needs is what the requester measured or estimated for bids; it decides no bit.
type Needs struct {
	Memory uint64 // bytes on the device
	Tokens uint64 // positions of the whole job
	Flops  uint64 // MFLOP of the whole job
	State  uint64 // bytes of one stored state
}

// Terms are the money and the clocks of a job.
type Terms struct {
	Reward Amount         // most that one worker is paid for all steps
	Data   Amount         // what the Datanet's contributors get for all steps
	Pool   record.Account // that it is paid to, which shares it out
	AtRisk Amount         // value at risk: what a poisoned result would cost
	Stake  Amount         // that a worker or auditor locks; Spec.Check wants MinStake
	Bond   Amount         // that it loses when it vanishes

	Bidding   Millis // how long bids are collected before one is chosen
	Offer     Millis // how long a replica may wait for a worker
	Heartbeat Millis // two missed ones end a lease
	Segment   Millis // for one segment, computed and stored
	Reveal    Millis
	Audit     Millis // for one audit, from its lease to its reveal
	Clock     Millis // thinking time of each side of a dispute
	Window    Millis // in which anyone may challenge a revealed result
	Pause     Millis // longest pause
	Job       Millis // for all of it, pauses not counted
}

// F32 is the bits of a float32.
type F32 uint32

// Bits returns the bits of x.
func Bits(x float32) F32 { return F32(math.Float32bits(x)) }

// Float returns the number.
func (f F32) Float() float32 { return math.Float32frombits(uint32(f)) }

// Steps returns how many steps the job has.
func (s *Spec) Steps() uint64 { return uint64(len(s.Rates)) }

// Segments returns how many segments these are.
func (s *Spec) Segments() uint64 { return (s.Steps() + s.Segment - 1) / s.Segment }

// Range returns the steps of a segment: from <= t < to, counted from 0.
func (s *Spec) Range(segment uint64) (from, to uint64) {
	return min(segment*s.Segment, s.Steps()), min((segment+1)*s.Segment, s.Steps())
}

func name(i int, names ...string) string {
	if i < 0 || i >= len(names) {
		return names[0]
	}
	return names[i]
}

func (s *Spec) fields() []field {
	return []field{
		fixed(s.Requester[:]), num(&s.Number, math.MaxUint64),
		one(&s.Method, Full), link(&s.Model), flag(&s.Fresh), num(&s.ParamSeed, math.MaxUint64),
		s.Adapter.field(), flag(&s.Q8),
		link(&s.Manifest), link(&s.Tokenizer), maybe(&s.Template), num(&s.Length, maxLength), flag(&s.Completions),
		num(&s.Samples, maxSamples), float(&s.Held),
		num(&s.Arithmetic, 1<<32), num(&s.OrderSeed, math.MaxUint64), num(&s.Batch, maxBatch), num(&s.Micro, maxBatch),
		rates(&s.Rates), float(&s.Clip), s.Optimizer.field(), flag(&s.Record),
		num(&s.Segment, MaxSegment), one(&s.Level, D), s.Needs.field(), s.Terms.field(),
		fixed(s.Facts[:]),
	}
}

func (a *Adapter) field() field {
	return group(num(&a.Rank, maxRank), float(&a.Alpha), flag(&a.RSLoRA),
		list(&a.Targets, maxTargets, func(p *string) field { return text(p, maxText) }), text(&a.Pattern, maxText))
}

func (o *Optimizer) field() field {
	return group(one(&o.Kind, SGD), float(&o.Momentum), float(&o.Beta1), float(&o.Beta2), float(&o.Eps), float(&o.EpsRoot), float(&o.Decay))
}

func (n *Needs) field() field {
	return group(num(&n.Memory, maxNeed), num(&n.Tokens, maxNeed), num(&n.Flops, maxNeed), num(&n.State, maxNeed))
}

func (t *Terms) field() field {
	var f []field
	for _, a := range []*Amount{&t.Reward, &t.Data, &t.AtRisk, &t.Stake, &t.Bond} {
		f = append(f, num(a, MaxAmount))
	}
	f = append(f, fixed(t.Pool[:]))
	for _, m := range t.clocks() {
		f = append(f, num(m, MaxClock))
	}
	return group(f...)
}

func (t *Terms) clocks() []*Millis {
	return []*Millis{&t.Bidding, &t.Offer, &t.Heartbeat, &t.Segment, &t.Reveal, &t.Audit, &t.Clock, &t.Window, &t.Pause, &t.Job}
}

func float(p *F32) field { return num(p, math.MaxUint32) }

// rates is the list of learning rates as one byte string, little-endian.
func rates(p *[]F32) field {
	return field{
		func(b []byte) []byte {
			raw := make([]byte, 0, 4*len(*p))
			for _, x := range *p {
				raw = binary.LittleEndian.AppendUint32(raw, uint32(x))
			}
			return canon.AppendBytes(b, raw)
		},
		func(r *canon.Reader) {
			raw := r.Bytes(4 * MaxSteps)
			if len(raw)%4 != 0 {
				r.Fail("learning rates of %d bytes, want 4 each", len(raw))
			}
			*p = make([]F32, len(raw)/4)
			for i := range *p {
				(*p)[i] = F32(binary.LittleEndian.Uint32(raw[4*i:]))
			}
		},
	}
}

// AppendCanon appends the spec to b.
func (s *Spec) AppendCanon(b []byte) []byte { return appendFields(b, s.fields()) }

// ReadCanon reads what AppendCanon wrote and refuses what Check refuses.
func (s *Spec) ReadCanon(r *canon.Reader) {
	readFields(r, s.fields())
	if r.Err() == nil {
		if err := s.Check(); err != nil {
			r.Fail("%w", err)
		}
	}
}
