package pin

import (
	"context"
	"fmt"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/erasure"
)

// A Reply is what a challenged peer sends.
type Reply struct {
	sealed record.Verified
	leaves []read
}

// A read is a leaf that the chain went through, with what proves it.
type read struct {
	spot
	chunk []byte          // in which the leaf lies
	roots []merkle.Digest // of all chunks of the piece
}

// perChunk is how many leaves a chunk of a full stripe has: a whole subtree.
const perChunk = erasure.Chunk / erasure.Leaf

// A prover reads the leaves of this peer's pieces.
type prover struct {
	get   func(ctx context.Context, c cid.Cid) ([]byte, error)
	piece func(ctx context.Context, p Piece) (chunks []cid.Cid, roots []merkle.Digest, err error)
}

// An absentError says which piece an answer lacks.
type absentError struct {
	piece Piece
	err   error
}

func (e *absentError) Error() string { return fmt.Sprintf("piece %s: %s", e.piece, e.err) }
func (e *absentError) Unwrap() error { return e.err }

// prove walks the chain and seals its end.
func (p prover) prove(ctx context.Context, key record.Key, challenge record.Verified, leaves uint64, g ground) (*Reply, error) {
	reply := &Reply{}
	digest := challenge.Header().Digest()
	state := begin(digest)
	for range leaves {
		at := g.pick(state)
		r, err := p.read(ctx, at)
		if err != nil {
			return nil, &absentError{at.Piece, err}
		}
		reply.leaves = append(reply.leaves, r)
		state = next(state, r.bytes())
	}
	payload, err := canon.Encode(&answer{End: state})
	if err != nil {
		return nil, err
	}
	header := record.Header{Network: challenge.Header().Network, Type: record.AuditAnswer, Subject: digest}
	reply.sealed, err = record.Seal(key, header, payload)
	return reply, err
}

func (p prover) read(ctx context.Context, at spot) (r read, err error) {
	chunks, roots, err := p.piece(ctx, at.Piece)
	if err != nil {
		return r, err
	}
	stripe := at.leaf / perChunk
	if stripe >= uint64(len(chunks)) || len(roots) != len(chunks) {
		return r, fmt.Errorf("leaf %d of %d chunks with %d roots", at.leaf, len(chunks), len(roots))
	}
	chunk, err := p.get(ctx, chunks[stripe])
	if err != nil {
		return r, err
	}
	if at.leaf%perChunk >= leavesOf(len(chunk)) {
		return r, fmt.Errorf("leaf %d of a chunk of %d bytes", at.leaf%perChunk, len(chunk))
	}
	return read{at, chunk, roots}, nil
}

// leavesOf is how many leaves a chunk of n bytes has.
func leavesOf(n int) uint64 { return uint64(n+erasure.Leaf-1) / erasure.Leaf }

func (r read) bytes() []byte {
	at := int(r.leaf % perChunk * erasure.Leaf)
	return r.chunk[at:min(at+erasure.Leaf, len(r.chunk))]
}

// open proves the leaf: first within its chunk, which is a subtree, then from
// the chunk to the root of the piece.
func (r read) open() (opening, error) {
	low, err := chunkTree(r.chunk).Prove(r.leaf % perChunk)
	if err != nil {
		return opening{}, err
	}
	high, err := merkle.NewTree(merkle.SHA256, r.roots).Prove(r.leaf / perChunk)
	if err != nil {
		return opening{}, err
	}
	proof := merkle.Proof{Index: r.leaf, Size: r.size, Path: append(low.Path, high.Path...)}
	return opening{r.bytes(), proof}, nil
}

// chunkTree is the tree over the leaves of a chunk.
func chunkTree(chunk []byte) *merkle.Tree {
	var leaves []merkle.Digest
	for at := 0; at < len(chunk); at += erasure.Leaf {
		leaves = append(leaves, merkle.SHA256.Leaf(chunk[at:min(at+erasure.Leaf, len(chunk))]))
	}
	return merkle.NewTree(merkle.SHA256, leaves)
}

// Answer is the sealed record, to be sent at once.
func (r *Reply) Answer() []byte { return r.sealed.Envelope() }

// Openings are the leaves with their proofs, which take a while to make.
func (r *Reply) Openings() ([]byte, error) {
	var out openings
	for _, l := range r.leaves {
		o, err := l.open()
		if err != nil {
			return nil, fmt.Errorf("open leaf %d: %w", l.leaf, err)
		}
		out = append(out, o)
	}
	return canon.Encode(&out)
}
