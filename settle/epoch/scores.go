package epoch

import (
	"fmt"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/openledger/openledger/proofs/merkle"
)

// sumDepth is that of trees of scores, as in SumTree.sol.
const sumDepth = 20

// A Score is what an account's part of a pot is in proportion to.
type Score struct {
	Account Account
	Score   Amount
}

// Scores are what the distributions of a pot follow from, in short: their
// evidence is the hash of it. Credit j of part p is of leaf 16 p + j.
type Scores struct {
	Root       merkle.Digest // tree of sums, see SumTree.sol
	Total, Pot Amount        // sum of the scores; what is shared by them
	Count      uint32
}

// Evidence returns what distributions name, as Openings.sol hashes it.
func (s *Scores) Evidence() [32]byte {
	return words(nil).hash(s.Root).amount(&s.Total).amount(&s.Pot).uint(uint64(s.Count)).sum()
}

// A Sum is a node of a tree of sums.
type Sum struct {
	Hash merkle.Digest
	Sum  Amount
}

func sumBytes(a *Amount) []byte { b := a.Bytes32(); return b[20:] }

// leafSum is the leaf of a score.
func leafSum(s *Score) Sum {
	b := append([]byte{0, 44, 0, 0, 0, 0, 0, 0, 0}, s.Account[:]...)
	return Sum{merkle.Digest(crypto.Keccak256(b, sumBytes(&s.Score))), s.Score}
}

func (l *Sum) above(r *Sum) (n Sum) {
	n.Hash = merkle.Digest(crypto.Keccak256([]byte{5}, l.Hash[:], sumBytes(&l.Sum), r.Hash[:], sumBytes(&r.Sum)))
	n.Sum.Add(&l.Sum, &r.Sum)
	return n
}

// A ScoreTree opens the leaves of Scores.
type ScoreTree struct {
	Scores
	list   []Score
	levels [][]Sum // from the leaves up, as far as they are filled
	empty  [sumDepth]Sum
}

// NewScoreTree commits to the scores by which a pot is shared.
func NewScoreTree(pot Amount, list []Score) (*ScoreTree, error) {
	if len(list) == 0 || len(list) > 1<<sumDepth {
		return nil, fmt.Errorf("epoch: a tree of %d scores, it has one to %d", len(list), 1<<sumDepth)
	}
	t := &ScoreTree{Scores: Scores{Pot: pot, Count: uint32(len(list))}, list: list}
	for i := 1; i < sumDepth; i++ {
		t.empty[i] = t.empty[i-1].above(&t.empty[i-1])
	}
	level := make([]Sum, len(list))
	for i := range list {
		level[i] = leafSum(&list[i])
	}
	for height := range sumDepth {
		t.levels = append(t.levels, level)
		up := make([]Sum, (len(level)+1)/2)
		for i := range up {
			right := &t.empty[height]
			if 2*i+1 < len(level) {
				right = &level[2*i+1]
			}
			up[i] = level[2*i].above(right)
		}
		level = up
	}
	t.Root, t.Total = level[0].Hash, level[0].Sum
	if t.Total.Gt(maxAmount) || pot.Gt(maxAmount) {
		return nil, fmt.Errorf("epoch: scores of %v in all, a pot of %v: at most 96 bits", &t.Total, &pot)
	}
	return t, nil
}

// Open returns a score with the nodes beside its path, the lowest first.
func (t *ScoreTree) Open(leaf uint32) (s Score, path []Sum, err error) {
	if leaf >= t.Count {
		return s, nil, fmt.Errorf("epoch: %d scores have no leaf %d", t.Count, leaf)
	}
	at := int(leaf)
	for height, level := range t.levels {
		if beside := at ^ 1; beside < len(level) {
			path = append(path, level[beside])
		} else {
			path = append(path, t.empty[height])
		}
		at /= 2
	}
	return t.list[leaf], path, nil
}

// Padded says whether credit i of a distribution is not what a leaf allows: it
// pays another account, or more than its part of the pot, rounded up. An error:
// the leaf is not one of the scores, or these are not what it follows from.
func (d *Distribution) Padded(i int, s *Scores, leaf Score, path []Sum) (bool, error) {
	if i < 0 || i >= len(d.Credits) {
		return false, fmt.Errorf("epoch: a distribution of %d credits has no credit %d", len(d.Credits), i)
	}
	if s.Evidence() != d.Evidence {
		return false, fmt.Errorf("epoch: the distribution follows from other scores")
	}
	at := uint64(d.Part)*MaxPayments + uint64(i)
	if at >= uint64(s.Count) || at>>sumDepth != 0 {
		return true, nil
	}
	if len(path) != sumDepth {
		return false, fmt.Errorf("epoch: a path of %d nodes, want %d", len(path), sumDepth)
	}
	n := leafSum(&leaf)
	for h := range path {
		if at>>h&1 == 0 {
			n = n.above(&path[h])
		} else {
			n = path[h].above(&n)
		}
		if n.Sum.Gt(maxAmount) {
			return false, fmt.Errorf("epoch: the sums of a path have more than 96 bits")
		}
	}
	if n.Hash != s.Root {
		return false, fmt.Errorf("epoch: the leaf is none of these scores")
	}
	c := &d.Credits[i]
	if n.Sum != s.Total || leaf.Account != c.Account || d.Amount.Gt(&s.Pot) {
		return true, nil
	}
	if c.Weight.IsZero() {
		return false, nil
	}
	var less, paid, due Amount
	less.SubUint64(&c.Weight, 1)
	return !paid.Mul(&less, &s.Total).Lt(due.Mul(&s.Pot, &leaf.Score)), nil
}

// OverCap says whether credit i pays more than a part of the pot, in 1/10,000.
func (d *Distribution) OverCap(i int, s *Scores, bps uint16) bool {
	var paid, most Amount
	ten := new(Amount).SetUint64(10_000)
	return paid.Mul(&d.Credits[i].Weight, ten).Gt(most.Mul(&s.Pot, new(Amount).SetUint64(uint64(bps))))
}
