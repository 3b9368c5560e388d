package work

import (
	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/erasure"
)

// A Deposit is what a worker asks a peer that is no party of the job to keep: its
// share of the pieces of one segment. It asks three times: whether there is room
// (neither Root nor Commit), for the pieces (Root), again until they are there,
// and to keep the record that names them beside them (Commit).
type Deposit struct {
	State     cid.Cid // the root of the segment's state: with job and worker it names the deposit
	Requester record.PublicKey
	Bytes     uint64  // of the blocks that Root names, at most
	Root      cid.Cid // a Share; undefined in the first and the third
	Commit    []byte  // the sealed SegmentCommit
}

// A DepositState is the answer to a Deposit, one byte. The numbers are append-only.
type DepositState uint8

const (
	Declined DepositState = 0 // no room, a party of the job, or a deposit that is none
	Accepted DepositState = 1 // it may be asked for the pieces, or fetches them
	Held     DepositState = 2 // all are here
)

// maxCommit is the size of the longest sealed SegmentCommit, in bytes.
const maxCommit = 4 << 10

// AppendCanon appends [state, requester, bytes, [root] or [], commit].
func (d *Deposit) AppendCanon(b []byte) []byte {
	key := d.Requester.Bytes()
	b = canon.AppendBytes(canon.AppendCID(canon.AppendArray(b, 5), d.State), key[:])
	b = canon.AppendUint(b, d.Bytes)
	if d.Root.Defined() {
		b = canon.AppendCID(canon.AppendArray(b, 1), d.Root)
	} else {
		b = canon.AppendArray(b, 0)
	}
	return canon.AppendBytes(b, d.Commit)
}

// ReadCanon reads what AppendCanon wrote.
func (d *Deposit) ReadCanon(r *canon.Reader) {
	r.Fields(5)
	d.State = r.CID()
	var key [33]byte
	if r.Fixed(key[:]); r.Err() != nil {
		return
	}
	var err error
	if d.Requester, err = record.ParsePublicKey(key[:]); err != nil {
		r.Fail("%w", err)
	}
	d.Bytes, d.Root = r.Uint(room), cid.Undef
	if r.Array(1) == 1 {
		d.Root = r.CID()
	}
	d.Commit = r.Bytes(maxCommit)
}

// ReadDeposit reads a deposit of another peer.
func ReadDeposit(b []byte) (d Deposit, err error) {
	err = canon.Decode(b, &d, canon.Limits{Total: maxCommit + 256, Depth: 2})
	return d, err
}

// A Share is the block that names what one holder keeps: lists, layouts and
// chunks, all of them raw blocks.
type Share struct{ Blocks []cid.Cid }

// AppendCanon appends the array of the blocks.
func (s *Share) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, len(s.Blocks))
	for _, c := range s.Blocks {
		b = canon.AppendCID(b, c)
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (s *Share) ReadCanon(r *canon.Reader) {
	for n := r.Array(most / 32); n > 0 && r.Err() == nil; n-- {
		c := r.CID()
		if r.Err() == nil && c.Type() != cid.Raw {
			r.Fail("a share of pieces with a block that is not raw")
		}
		s.Blocks = append(s.Blocks, c)
	}
}

// ReadShare reads a block that is to be a share.
func ReadShare(b []byte) (s Share, err error) {
	err = canon.Decode(b, &s, canon.Limits{Total: most, Depth: 2})
	return s, err
}

// DepositLimit is how many bytes a deposit of a job has at most.
func DepositLimit(s *job.Spec) uint64 { return 2*(StateLimit(s)+maxSegment) + most }

// ShareLimit is in how many blocks a share of some bytes may lie.
func ShareLimit(bytes uint64) int { return int(64 + 4*(bytes/erasure.Chunk)) }

// SpecBlock is the name of a spec's block.
func SpecBlock(id job.ID) cid.Cid {
	return cid.NewCidV1(cid.DagCBOR, append([]byte{0x12, 0x20}, id[:]...)) // a sha2-256 multihash
}
