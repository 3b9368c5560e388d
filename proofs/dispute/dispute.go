// Package dispute finds who is wrong when two workers reveal different results
// of one job, and writes the proof down so that anybody can check it offline.
//
// Three openings narrow a training run to one tile. Each side opens
//
//	its steps      the first different leaf has an equal leaf before it;
//	its operators  a digest per value of that step: the first that differs is
//	               made by one operator from equal operands;
//	its tiles      of that value: the first that differs is 64x64 elements.
//
// Then one side shows the tiles of the operands, everybody computes the one
// tile again, and who claims another is guilty: one side or both. Nothing is
// voted on, and nothing is believed: an opening is checked against what its
// signer committed to before, an operator and its wiring come from the JobSpec
// (trace.Program), never from a party.
//
// The invariant: Verify convicts nobody who computed and committed what the job
// says, whatever bytes it is given. It is a pure, total function: two peers
// with the same Rules reach the same Verdict. Silence cannot be proved to third
// parties; only a Dispute, which counts the time, finds it.
//
// Start with Verify and Dispute; evidence.go lists the proofs. The last step, for
// a contract: window.go is an element that is a chain of FMAs, lines.go one that
// is worked out by other primitives, last.go finds what is wrong with one that was
// opened, appeal.go judges it. What a contract believes of a job is in outline.go,
// what it is shown in brief.go, and in link.go where no arithmetic is needed.
package dispute

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// Rules are what the floors above know of computations. All funcs MUST be pure
// and total: any bytes give a result or an error, in bounded time and memory,
// the same everywhere.
type Rules struct {
	Network record.Network

	// Job reads a JobSpec, the payload whose sha-256 is the subject of a job's
	// records. extra is what the spec names by hash and the program of a step
	// depends on, such as the model's configuration; Job MUST check it.
	Job func(spec, extra []byte) (Job, error)

	// Lease reads the payload of a record that hands a job over after some
	// steps: the first step to do, the leaf before it and the chain up to there.
	Lease func(payload []byte) (first uint64, start, chain merkle.Digest, err error)

	// Recompute computes one 64x64 tile of result out of an operator.
	Recompute Recompute
}

// A Recompute computes one tile of one result of an operator from tiles of its
// operands, which open returns. An error
// that is ErrNoResult says that no honest run gets past this operator.
type Recompute func(op trace.Op, in []trace.Shape, out, tile int, open func(in, tile int) ([]byte, error)) ([]byte, error)

// ErrNoResult is what Recompute returns, wrapped, where an operator has no
// result because its operands or results are not finite.
var ErrNoResult = errors.New("the operator has no result")

// A Job is what a JobSpec decides.
type Job interface {
	// Initial is the digest of the state before the first step.
	Initial() merkle.Digest

	// Data is trace.Samples of all samples.
	Data() merkle.Digest

	// Order returns which samples step t learns from, in order.
	Order(t uint64) ([]uint64, error)

	// Program returns the inside of step t, given its samples. contents[i] is
	// what trace.SampleContent returned for samples[i], or empty: what follows
	// from it is then unknown. The result passes trace.Program.Check.
	Program(t uint64, samples []trace.Sample, contents [][]byte) (*trace.Program, error)
}

// A Kind says what somebody is guilty of. The numbers are append-only.
type Kind uint8

const (
	Equivocation Kind = 1 // two records for one place
	Start        Kind = 2 // began from another state than the job or the lease says
	Chain        Kind = 3 // revealed a chain or a start that its own steps do not have
	Batch        Kind = 4 // learnt from other data than the job's order gives
	List         Kind = 5 // opened operators that do not follow the job or its own steps
	Tile         Kind = 6 // computed a tile wrong
	Silence      Kind = 7 // let its time run out; only in a Dispute
)

var kindNames = [...]string{"", "equivocation", "wrong start", "wrong chain", "wrong batch", "wrong operator list", "wrong tile", "silence"}

func (k Kind) String() string {
	if int(k) < len(kindNames) && k > 0 {
		return kindNames[k]
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// A Verdict names the guilty. They signed what convicts them; whether they have
// a part in the job is for the caller to look up, since anyone can make a key:
// see Among.
type Verdict struct {
	Kind   Kind
	Job    [32]byte
	Step   uint64             // Batch, List and Tile
	Guilty []record.PublicKey // at least one
	Why    string             // one line for people
}

// Convicts says whether the verdict names an account.
func (v Verdict) Convicts(a record.Account) bool {
	for _, k := range v.Guilty {
		if k.Account() == a {
			return true
		}
	}
	return false
}

// Among returns the verdict on those of the guilty who have a part in the job, as
// the caller knows it from leases that the requester signed. A proof against
// keys that somebody made up proves nothing: ErrNothing.
func (v Verdict) Among(parties ...record.Account) (Verdict, error) {
	v.Guilty = slices.DeleteFunc(slices.Clone(v.Guilty), func(k record.PublicKey) bool {
		return !slices.Contains(parties, k.Account())
	})
	if len(v.Guilty) == 0 {
		return Verdict{}, fmt.Errorf("%w that has a part in the job", ErrNothing)
	}
	return v, nil
}

// MaxProof is the size of the largest proof in bytes.
const MaxProof = 8 << 20

// proofVersion is the first field of a proof.
const proofVersion = 1

// ErrNothing is what Verify returns, wrapped, for a proof that convicts nobody.
var ErrNothing = errors.New("dispute: the proof convicts nobody")

// Verify judges a proof. Any bytes give a Verdict or an error.
func Verify(proof []byte, rules Rules) (Verdict, error) {
	p := &parcel{}
	if err := canon.Decode(proof, p, canon.Limits{Total: MaxProof, Depth: 12}); err != nil {
		return Verdict{}, fmt.Errorf("dispute: not a proof: %w", err)
	}
	v, err := p.evidence.judge(&court{rules})
	if err != nil {
		return Verdict{}, err
	}
	if len(v.Guilty) == 0 {
		return Verdict{}, fmt.Errorf("%w: %s", ErrNothing, v.Kind)
	}
	return v, nil
}

// Encode writes evidence as a proof.
func Encode(e Evidence) ([]byte, error) {
	b, err := canon.Encode(&parcel{e})
	if err == nil && len(b) > MaxProof {
		err = fmt.Errorf("it has %d bytes, at most %d are allowed", len(b), MaxProof)
	}
	if err != nil {
		return nil, fmt.Errorf("dispute: proof of a %s: %w", e.kind(), err)
	}
	return b, nil
}

// Evidence is one kind of proof; see evidence.go.
type Evidence interface {
	canon.Value
	kind() Kind
	judge(c *court) (Verdict, error)
}

// A parcel is a proof as it travels: [version, kind, evidence].
type parcel struct{ evidence Evidence }

func (p *parcel) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 3)
	b = canon.AppendUint(b, proofVersion)
	b = canon.AppendUint(b, uint64(p.evidence.kind()))
	return p.evidence.AppendCanon(b)
}

func (p *parcel) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	if v := r.Uint(proofVersion); v != proofVersion {
		r.Fail("proof of version %d", v)
	}
	p.evidence = map[Kind]Evidence{
		Equivocation: &EquivocationProof{}, Start: &StartProof{}, Chain: &ChainProof{},
		Batch: &BatchProof{}, List: &ListProof{}, Tile: &TileProof{},
	}[Kind(r.Uint(255))]
	if p.evidence == nil {
		r.Fail("no such kind of proof")
		p.evidence = &EquivocationProof{}
	}
	p.evidence.ReadCanon(r)
}

// A court judges one proof.
type court struct{ Rules }

// A claim is a side's signed reveal, opened.
type claim struct {
	record record.Verified
	reveal trace.Reveal
	signer record.PublicKey
}

// claims opens the reveals of a proof, which are of one job.
func (c *court) claims(envelopes ...[]byte) (job [32]byte, all []claim, err error) {
	if len(envelopes) < 1 || len(envelopes) > 2 {
		return job, nil, fmt.Errorf("dispute: proof against %d sides", len(envelopes))
	}
	for i, b := range envelopes {
		v, err := record.Open(b, c.Network)
		if err != nil {
			return job, nil, fmt.Errorf("dispute: reveal: %w", err)
		}
		x := claim{record: v, signer: v.Signer()}
		if v.Header().Type != record.Reveal {
			return job, nil, fmt.Errorf("dispute: a %s is no reveal", v.Header().Type)
		}
		if err := canon.Decode(v.Payload(), &x.reveal, canon.Limits{}); err != nil {
			return job, nil, fmt.Errorf("dispute: reveal: %w", err)
		}
		if job = v.Header().Subject; i > 0 && (job != all[0].record.Header().Subject || x.signer == all[0].signer) {
			return job, nil, errors.New("dispute: two sides of one worker or of different jobs")
		}
		all = append(all, x)
	}
	return job, all, nil
}

// job reads a spec and compares it with the subject of the reveals.
func (c *court) job(spec, extra []byte, subject [32]byte) (Job, error) {
	if sha256.Sum256(spec) != subject {
		return nil, errors.New("dispute: the JobSpec is of another job")
	}
	j, err := c.Job(spec, extra)
	if err != nil {
		return nil, fmt.Errorf("dispute: job: %w", err)
	}
	return j, nil
}

// start returns the leaf and the chain from which a worker had to go on: what
// the lease says that it names in its own reveal.
func (c *court) start(x *claim, job Job, lease []byte) (leaf, chain merkle.Digest, err error) {
	first, subject := x.reveal.Commitment.First, x.record.Header().Subject
	if x.reveal.Lease == [32]byte{} {
		if first != 1 {
			return leaf, chain, fmt.Errorf("dispute: a reveal from step %d names no lease", first)
		}
		leaf = trace.Initial(job.Initial())
		return leaf, trace.Chain(subject, leaf), nil
	}
	v, err := record.Open(lease, c.Network)
	if err != nil {
		return leaf, chain, fmt.Errorf("dispute: lease: %w", err)
	}
	if v.Header().Digest() != x.reveal.Lease || v.Header().Subject != subject || v.Header().Type != record.Lease {
		return leaf, chain, errors.New("dispute: the lease is not the one that the reveal names")
	}
	from, leaf, chain, err := c.Lease(v.Payload())
	if err != nil {
		return leaf, chain, fmt.Errorf("dispute: lease: %w", err)
	}
	if from != first {
		return leaf, chain, fmt.Errorf("dispute: a lease from step %d, a reveal from step %d", from, first)
	}
	return leaf, chain, nil
}
