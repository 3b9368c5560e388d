package train

import "fmt"

// NoTarget marks a position that is read but not learnt.
const NoTarget = -1

// A Sample is one document of the training data, the unit of the data order
// and of attribution. Position i reads IDs[i] and learns Targets[i], the token
// after it, or NoTarget. Samples never see each other, packed or not.
type Sample struct {
	IDs     []int32 // (n)
	Targets []int32 // (n)
}

// Learnt counts the positions with a target.
func (s Sample) Learnt() int {
	n := 0
	for _, t := range s.Targets {
		if t != NoTarget {
			n++
		}
	}
	return n
}

// next makes a sample of a token sequence: each token but the last is read,
// each token but the first is a target where learn says so (nil: everywhere).
func next(tokens []int32, learn []bool) Sample {
	n := len(tokens) - 1
	s := Sample{IDs: tokens[:n:n], Targets: make([]int32, n)}
	for i := range n {
		s.Targets[i] = tokens[i+1]
		if learn != nil && !learn[i+1] {
			s.Targets[i] = NoTarget
		}
	}
	return s
}

// Windows cuts a token sequence into samples of at most length positions.
// Neighbours share one token, so that every token but the first is a target
// exactly once.
func Windows(tokens []int32, length int) []Sample {
	var out []Sample
	for len(tokens) > 1 {
		n := min(length+1, len(tokens))
		out = append(out, next(tokens[:n], nil))
		tokens = tokens[n-1:]
	}
	return out
}

// A Turn is a stretch of tokens that is either given or to be learnt.
type Turn struct {
	Tokens []int32
	Learn  bool
}

// Completion makes one sample of turns in order; only the tokens of turns to
// be learnt are targets. A sample longer than length positions, or with
// nothing to learn, is an error: cutting it would teach an answer without its
// question.
func Completion(turns []Turn, length int) (Sample, error) {
	var tokens []int32
	var learn []bool
	for _, turn := range turns {
		tokens = append(tokens, turn.Tokens...)
		for range turn.Tokens {
			learn = append(learn, turn.Learn)
		}
	}
	if n := len(tokens) - 1; n > length {
		return Sample{}, fmt.Errorf("sample of %d tokens is longer than the training length of %d: shorten it or raise --length", n, length)
	}
	if len(tokens) < 2 {
		return Sample{}, fmt.Errorf("sample of %d tokens has nothing to learn", len(tokens))
	}
	s := next(tokens, learn)
	if s.Learnt() == 0 {
		return Sample{}, fmt.Errorf("sample of %d tokens has no completion to learn", len(tokens))
	}
	return s, nil
}
