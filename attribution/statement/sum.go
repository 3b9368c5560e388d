package statement

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/openledger/openledger/proofs/merkle"
)

// A Sum commits to a list of scores and what they add up to.
//
//	leaf = H(0x20 | row | score)    node = H(0x21 | left | its sum | right | its sum)
//	list = H(0x22 | n | root | sum)
//
// Numbers are u64 and i64, little endian; an odd node is promoted. So one path
// shows a row's score and, from sum to sum, that it is in the total.
type Sum struct {
	Digest merkle.Digest
	Total  int64
}

const (
	leafDomain = 0x20
	nodeDomain = 0x21
	listDomain = 0x22
)

// errSum says that scores have no sum.
var errSum = errors.New("statement: the sum of scores leaves an int64")

func hashOf(domain byte, parts ...[]byte) (d merkle.Digest) {
	h := sha256.New()
	h.Write([]byte{domain})
	for _, p := range parts {
		h.Write(p)
	}
	h.Sum(d[:0])
	return d
}

func u64(x uint64) []byte { return binary.LittleEndian.AppendUint64(nil, x) }

func leafOf(row uint64, score int64) Sum {
	return Sum{hashOf(leafDomain, u64(row), u64(uint64(score))), score}
}

func join(l, r Sum) (Sum, error) {
	total := l.Total + r.Total
	if (l.Total >= 0) == (r.Total >= 0) && (total >= 0) != (l.Total >= 0) {
		return Sum{}, errSum
	}
	return Sum{hashOf(nodeDomain, l.Digest[:], u64(uint64(l.Total)), r.Digest[:], u64(uint64(r.Total))), total}, nil
}

func listOf(n uint64, root Sum) Sum {
	return Sum{hashOf(listDomain, u64(n), root.Digest[:], u64(uint64(root.Total))), root.Total}
}

// SumOf commits to the scores of rows 0, 1, ...
func SumOf(scores []int64) (Sum, error) {
	s, _, err := climb(scores, -1)
	return s, err
}

// climb computes the list, and the path of a leaf unless at is -1.
func climb(scores []int64, at int) (Sum, []Sum, error) {
	level := make([]Sum, len(scores))
	for i, s := range scores {
		level[i] = leafOf(uint64(i), s)
	}
	var path []Sum
	for len(level) > 1 {
		if at >= 0 && at^1 < len(level) {
			path = append(path, level[at^1])
		}
		at >>= 1
		for i := range (len(level) + 1) / 2 {
			level[i] = level[2*i]
			if 2*i+1 == len(level) {
				continue // promoted
			}
			var err error
			if level[i], err = join(level[2*i], level[2*i+1]); err != nil {
				return Sum{}, nil, err
			}
		}
		level = level[:(len(level)+1)/2]
	}
	root := Sum{}
	if len(level) == 1 {
		root = level[0]
	}
	return listOf(uint64(len(scores)), root), path, nil
}

// A SumProof shows the score of one row.
type SumProof struct {
	Row, Rows uint64
	Score     int64
	Path      []Sum // siblings from the leaf upwards
}

// Prove shows the score of a row.
func Prove(scores []int64, row int) (SumProof, error) {
	if row < 0 || row >= len(scores) {
		return SumProof{}, fmt.Errorf("statement: no row %d of %d", row, len(scores))
	}
	_, path, err := climb(scores, row)
	return SumProof{uint64(row), uint64(len(scores)), scores[row], path}, err
}

// Verify checks that the list has this score.
func (p *SumProof) Verify(list Sum) error {
	if p.Row >= p.Rows {
		return fmt.Errorf("row %d of %d: %w", p.Row, p.Rows, merkle.ErrProof)
	}
	at, path, node := p.Row, p.Path, leafOf(p.Row, p.Score)
	for n := p.Rows; n > 1; n, at = (n+1)/2, at/2 {
		if at^1 >= n {
			continue // promoted
		}
		if len(path) == 0 {
			return fmt.Errorf("a path that ends early: %w", merkle.ErrProof)
		}
		var err error
		if at&1 == 0 {
			node, err = join(node, path[0])
		} else {
			node, err = join(path[0], node)
		}
		if err != nil {
			return err
		}
		path = path[1:]
	}
	if len(path) > 0 || listOf(p.Rows, node) != list {
		return merkle.ErrProof
	}
	return nil
}
