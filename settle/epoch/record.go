package epoch

import (
	"encoding/binary"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
)

// Amount is money in units of 1e-18 OPEN, less than 2^96. OPEN's supply is less
// than 2^90.
type Amount = uint256.Int

// maxAmount is what fits into the contracts' uint96.
var maxAmount = uint256.MustFromHex("0xffffffffffffffffffffffff")

// An Account is who earns: an address in the lower 20 bytes, or a pool, which is
// a hash. Nobody claims for a pool; distributions pay out of it.
type Account [32]byte

// AccountOf returns the account of an address.
func AccountOf(a common.Address) (x Account) {
	copy(x[12:], a[:])
	return x
}

// PoolOf returns the pool of a name.
func PoolOf(name string) Account { return Account(crypto.Keccak256([]byte(name))) }

// IsPool says whether the account is no address.
func (a Account) IsPool() bool { return [12]byte(a[:12]) != [12]byte{} }

// The pools that every fee has a part for. They stand at places 0, 1 and 2.
var (
	TreasuryPool = PoolOf("openledger treasury")
	StakersPool  = PoolOf("openledger stakers")
	StoragePool  = PoolOf("openledger storage")
)

// A Class is what a part of a fee is for.
type Class uint8

// Classes are append-only; Step.sol names them.
const (
	Treasury Class = iota
	Workers
	Stakers
	Storage
	Owners
	Data
	classes
)

// Limits of a record, as in Records.sol.
const (
	MaxWorkers  = 8
	MaxCredits  = 13
	MaxPayments = 16
)

// A Request is what a payer signs before an answer.
type Request struct {
	Payer      common.Address
	Model      [32]byte // digest of what answers: model and adapter
	Prompt     [32]byte // digest of what is asked
	Fee        Amount
	FirstEpoch uint64 // in which it may settle
	LastEpoch  uint64
	Salt       uint64 // sets equal requests apart
	Workers    []common.Address
}

// A Credit is a part of a fee, of its class in proportion to the weight; in a
// Distribution the weight is the amount.
type Credit struct {
	Account Account
	Class   Class
	Weight  Amount
}

// A Result is what the worker signs with its answer: the settlement part of a
// receipt.
type Result struct {
	Request [32]byte // its Hash
	Output  [32]byte // digest of the answer and its chain of hidden states
	Gain    uint32   // how much better than the base the answer is, in units of 2^-32
	Credits []Credit
}

// A Distribution pays out of a pool. A bonded operator signs it.
type Distribution struct {
	Pool     Account
	Epoch    uint64 // that it pays for
	Part     uint32 // distributions of a pool and an epoch have parts 0, 1, ...
	Amount   Amount // sum of the weights
	Evidence [32]byte
	Credits  []Credit
}

// A Signature is r, s and v (27 or 28), as contracts take it.
type Signature [65]byte

// A Record is one thing that an epoch settles. One of Usage and Payment is set,
// or neither: then it stands for a dismissed entry of the forced queue.
type Record struct {
	Usage   *Usage
	Payment *Payment
	Void    bool // a usage that was forced in and changes nothing; a dismissed entry is void without it

	Place  uint32   // of a payment's pool among the accounts
	Places []uint32 // of the credits
}

// A Usage is an answer that was paid for.
type Usage struct {
	Request         Request
	Result          Result
	PayerSignature  Signature
	WorkerSignature Signature
}

// A Payment is a distribution with its signature.
type Payment struct {
	Distribution Distribution
	Signature    Signature
}

// Type hashes of EIP-712, as in Records.sol.
const creditType = "Credit(bytes32 account,uint8 class,uint96 weight)"

var (
	requestType      = typeHash("Request(address payer,bytes32 model,bytes32 prompt,uint96 fee,uint64 firstEpoch,uint64 lastEpoch,uint64 salt,address[] workers)")
	creditTypeHash   = typeHash(creditType)
	resultType       = typeHash("Result(bytes32 request,bytes32 output,uint32 gain,Credit[] credits)" + creditType)
	distributionType = typeHash("Distribution(bytes32 pool,uint64 epoch,uint32 part,uint96 amount,bytes32 evidence,Credit[] credits)" + creditType)
)

func typeHash(s string) [32]byte { return [32]byte(crypto.Keccak256([]byte(s))) }

// words are values as abi.encode writes them: 32 bytes each, big endian.
type words []byte

func (w words) hash(h [32]byte) words { return append(w, h[:]...) }
func (w words) address(a common.Address) words {
	return append(append(w, make([]byte, 12)...), a[:]...)
}
func (w words) amount(a *Amount) words { b := a.Bytes32(); return append(w, b[:]...) }
func (w words) uint(n uint64) words {
	return binary.BigEndian.AppendUint64(append(w, make([]byte, 24)...), n)
}
func (w words) sum() [32]byte             { return [32]byte(crypto.Keccak256(w)) }
func keccak(parts ...[]byte) (h [32]byte) { return [32]byte(crypto.Keccak256(parts...)) }

// Hash returns the EIP-712 hashStruct.
func (r *Request) Hash() [32]byte {
	var workers words
	for _, a := range r.Workers {
		workers = workers.address(a)
	}
	return words(nil).hash(requestType).address(r.Payer).hash(r.Model).hash(r.Prompt).amount(&r.Fee).
		uint(r.FirstEpoch).uint(r.LastEpoch).uint(r.Salt).hash(workers.sum()).sum()
}

// Hash returns the EIP-712 hashStruct.
func (r *Result) Hash() [32]byte {
	return words(nil).hash(resultType).hash(r.Request).hash(r.Output).uint(uint64(r.Gain)).hash(hashCredits(r.Credits)).sum()
}

// Hash returns the EIP-712 hashStruct.
func (d *Distribution) Hash() [32]byte {
	return words(nil).hash(distributionType).hash(d.Pool).uint(d.Epoch).uint(uint64(d.Part)).amount(&d.Amount).
		hash(d.Evidence).hash(hashCredits(d.Credits)).sum()
}

func hashCredits(credits []Credit) [32]byte {
	var all words
	for i := range credits {
		c := &credits[i]
		all = all.hash(words(nil).hash(creditTypeHash).hash(c.Account).uint(uint64(c.Class)).amount(&c.Weight).sum())
	}
	return all.sum()
}

// Key returns what a record is told by: two records with one key are one too
// many. A dismissed entry has none.
func (r *Record) Key() [32]byte {
	switch {
	case r.Usage != nil:
		return r.Usage.Request.Hash()
	case r.Payment != nil:
		d := &r.Payment.Distribution
		return words(nil).hash(distributionType).hash(d.Pool).uint(d.Epoch).uint(uint64(d.Part)).sum()
	}
	return [32]byte{}
}

// Content returns the hash of what was signed.
func (r *Record) Content() [32]byte {
	switch {
	case r.Usage != nil:
		u := r.Usage
		return words(nil).hash(u.Request.Hash()).hash(u.Result.Hash()).hash(keccak(u.PayerSignature[:])).hash(keccak(u.WorkerSignature[:])).sum()
	case r.Payment != nil:
		return words(nil).hash(r.Payment.Distribution.Hash()).hash(keccak(r.Payment.Signature[:])).sum()
	}
	return [32]byte{}
}

// placed returns the hash of where the record was put.
func (r *Record) placed() [32]byte {
	var w words
	if r.Payment != nil {
		w = w.uint(uint64(r.Place)).uint(64)
	} else {
		w = w.uint(32)
	}
	w = w.uint(uint64(len(r.Places)))
	for _, p := range r.Places {
		w = w.uint(uint64(p))
	}
	return w.sum()
}

// Kinds of records, as Records.sol has them.
const (
	kindUsage   = 1
	kindPayment = 2
	kindVoid    = 3
)

// Parts returns what a leaf of the tree of records is made of: its kind, the hash
// of what was signed and that of where it was put.
func (r *Record) Parts() (kind uint8, content, placed [32]byte) {
	switch {
	case r.Payment != nil:
		kind = kindPayment
	case r.isVoid():
		kind = kindVoid
	default:
		kind = kindUsage
	}
	return kind, r.Content(), r.placed()
}

// isVoid says whether a record settles nothing.
func (r *Record) isVoid() bool { return r.Void || r.Usage == nil && r.Payment == nil }

// leaf returns the bytes of the record's leaf in the tree of records.
func (r *Record) leaf() []byte {
	kind, content, placed := r.Parts()
	return append(append([]byte{kind}, content[:]...), placed[:]...)
}

// Signer returns who signed a digest; false if nobody did. As OpenZeppelin's
// ECDSA it takes no s above half of the order.
func (s *Signature) Signer(digest [32]byte) (common.Address, bool) {
	if s[64] != 27 && s[64] != 28 {
		return common.Address{}, false
	}
	b := *s
	b[64] -= 27
	if !crypto.ValidateSignatureValues(b[64], new(uint256.Int).SetBytes32(b[:32]).ToBig(), new(uint256.Int).SetBytes32(b[32:64]).ToBig(), true) {
		return common.Address{}, false
	}
	key, err := crypto.SigToPub(digest[:], b[:])
	if err != nil {
		return common.Address{}, false
	}
	return crypto.PubkeyToAddress(*key), true
}

// Fits says whether a record has no more workers and credits than one that settles,
// by an error that says what to do.
func (r *Record) Fits() error {
	switch {
	case r.Usage != nil && len(r.Usage.Request.Workers) > MaxWorkers:
		return fmt.Errorf("epoch: a request with %d workers, it may name %d: name fewer", len(r.Usage.Request.Workers), MaxWorkers)
	case r.Usage != nil && len(r.Usage.Result.Credits) > MaxCredits:
		return fmt.Errorf("epoch: a result with %d credits, it may have %d: credit a pool and distribute that", len(r.Usage.Result.Credits), MaxCredits)
	case r.Payment != nil && len(r.Payment.Distribution.Credits) > MaxPayments:
		return fmt.Errorf("epoch: a distribution with %d credits, it may have %d: divide it into parts", len(r.Payment.Distribution.Credits), MaxPayments)
	}
	return r.check()
}

// check refuses a record that no contract can read.
func (r *Record) check() error {
	var amounts []*Amount
	var credits []Credit
	switch {
	case r.Usage != nil && r.Payment != nil:
		return fmt.Errorf("epoch: a record is a usage or a payment, not both")
	case r.Void && r.Usage == nil:
		return fmt.Errorf("epoch: only a usage is marked void")
	case r.Usage != nil:
		amounts, credits = append(amounts, &r.Usage.Request.Fee), r.Usage.Result.Credits
		if n := len(r.Usage.Request.Workers); n > maxList {
			return fmt.Errorf("epoch: a request with %d workers: no more than %d are ever read", n, maxList)
		}
	case r.Payment != nil:
		amounts, credits = append(amounts, &r.Payment.Distribution.Amount), r.Payment.Distribution.Credits
	}
	if n := len(credits); n > maxList {
		return fmt.Errorf("epoch: a record with %d credits: no more than %d are ever read; divide it into several", n, maxList)
	}
	for i := range credits {
		amounts = append(amounts, &credits[i].Weight)
	}
	for _, a := range amounts {
		if a.Gt(maxAmount) {
			return fmt.Errorf("epoch: an amount of %v: more than 96 bits", a)
		}
	}
	return nil
}
