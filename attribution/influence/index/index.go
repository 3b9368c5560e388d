// Package index says at once, and roughly, by how much each training example
// helped an answer: a row of bits for each example, made once after training,
// multiplied with a few bits of the answer's gradient.
//
//	gradient of the LoRA, (parameters)                   package influence
//	-> whitened by a low-rank EK-FAC                     Factors
//	-> count-sketch to so many coordinates               Projector
//	-> an example: the sign of each, and one scale       File
//	   a query:    each rounded to 4 bits
//	-> score = scale x sum of ± those, an int64          Index.Scan
//
// A File is append-only and mapped, and checked as a whole when it is opened.
// Beside the rows stands one vector of integers per owner, the sum of the
// owner's rows: its product with a query is the owner's total, without a scan.
//
// The invariant: a row, a query and a score are functions of the adapter, the
// data and the terms, to the bit. What is float is an operator of package op or a
// single IEEE operation rounded by itself; what is summed freely is integer. So
// two peers with an equal index have equal scores, and shards of an index, held
// by different peers, have partial results that Merge to the same ones.
//
// A score is an estimate without unit: it ranks and divides. Settlement replaces
// it by exact replay. Start with Build, Open and Index.Scan.
//
// Sources: Grosse et al. 2023 (EK-FAC influence), Charikar et al. 2002
// (count-sketch).
package index

import (
	"fmt"

	"github.com/openledger/openledger/compute/op"
)

// What version 1 of an index fixes.
const (
	Directions = 32   // of the long side of each matrix that are whitened one by one
	iterations = 3    // of the power method that finds them
	draws      = 2    // of labels, for the mean squares
	damping    = 0.1  // of the mean square, added to each
	scaleUnit  = 4096 // scales are in units of 1/4096
	maxScale   = 1<<24 - 1
	queryStep  = 0.35 // of the root mean square of a query, what its 4 bits count in
	queryMost  = 7    // and the most they say
)

// Widths of a row, in bits.
const (
	MinWidth     = op.SignBlock
	DefaultWidth = 1 << 14 // 2 KiB
	MaxWidth     = 1 << 16 // 8 KiB
)

// MaxRows is the most that one file holds: no product of sums leaves an int64.
const MaxRows = 1 << 20

// checkWidth refuses what is no width: a power of two, so that a word of random
// bits has a place for all of them with equal chances.
func checkWidth(width int) error {
	if width < MinWidth || width > MaxWidth || width&(width-1) != 0 {
		return fmt.Errorf("index: rows of %d bits: choose a power of two from %d to %d", width, MinWidth, MaxWidth)
	}
	return nil
}
