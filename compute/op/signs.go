package op

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"unsafe"
)

// SignBlock is what the length of a row of signs is a multiple of.
const SignBlock = 512

// MaxSigns is the longest row of signs: a product fits an int32 many times.
const MaxSigns = 1 << 20

// An Int4s is a vector of integers from -8 to 7 in the form that SignDot reads:
// four planes of bits in two's complement, in turns of SignBlock elements.
type Int4s struct {
	planes []uint64 // [block][plane][8]
	sum    int
}

// NewInt4s returns such a vector of q, whose length is a multiple of SignBlock.
func NewInt4s(q []int8) *Int4s {
	if len(q)%SignBlock != 0 || len(q) == 0 || len(q) > MaxSigns {
		panic(fmt.Sprintf("op: NewInt4s: %d elements, want a multiple of %d of at most %d", len(q), SignBlock, MaxSigns))
	}
	v := &Int4s{planes: aligned[uint64](len(q) / 16)}
	for j, x := range q {
		if x < -8 || x > 7 {
			panic(fmt.Sprintf("op: NewInt4s: element %d is %d, want -8 to 7", j, x))
		}
		v.sum += int(x)
		for i := range 4 {
			v.planes[j/SignBlock*32+8*i+j%SignBlock/64] |= uint64(x) >> i & 1 << (j % 64)
		}
	}
	return v
}

// Len returns the number of elements.
func (v *Int4s) Len() int { return 16 * len(v.planes) }

// signKernels write n times twice the sum of the elements of q at a row's set
// bits, less a number; excess is what an implementation counts too much a byte
// of a row. A nil dot means that the reference computes it.
type signKernels struct {
	dot    func(y *int32, rows, planes unsafe.Pointer, n, blocks, less int)
	excess int
}

// SignDot writes the products of rows of signs with a vector of integers.
//
//	y (n) int32    rows (n, k/8) bytes    q (k)
//	y[i] = sum over j of s(i,j)·q[j]
//
// s(i,j) is +1 where bit j%8 of byte j/8 of row i is set, and -1 where it is
// clear. All is integers, so any order gives the same sum.
func (e *Engine) SignDot(y []int32, rows []byte, q *Int4s) {
	e.mu.Lock()
	defer e.mu.Unlock()
	width := q.Len() / 8
	if len(rows) != len(y)*width {
		panic(fmt.Sprintf("op: SignDot: %d bytes for %d rows of %d", len(rows), len(y), width))
	}
	e.signs = signJob{e.k.sign, y, rows, q}
	e.pool.run((len(y)+signRows-1)/signRows, &e.signs)
	e.signs = signJob{}
}

// signRows is how many rows are one piece of work.
const signRows = 256

type signJob struct {
	signKernels
	y    []int32
	rows []byte
	q    *Int4s
}

func (j *signJob) do(i, _ int) {
	width := j.q.Len() / 8
	y := j.y[i*signRows : min(len(j.y), (i+1)*signRows)]
	rows := j.rows[i*signRows*width:][:len(y)*width]
	if j.dot == nil {
		signDotRef(y, rows, j.q)
		return
	}
	j.dot(&y[0], unsafe.Pointer(&rows[0]), unsafe.Pointer(&j.q.planes[0]), len(y), j.q.Len()/SignBlock, j.q.sum+2*j.excess*width)
}

// signDotRef counts bits: the sum of q at the set bits is that of its planes, the
// last of which weighs -8.
func signDotRef(y []int32, rows []byte, q *Int4s) {
	for i := range y {
		var sums [4]int
		for b := 0; b < len(q.planes); b += 32 {
			p, row := (*[32]uint64)(q.planes[b:]), (*[64]byte)(rows)
			for w := range 8 {
				s := binary.LittleEndian.Uint64(row[8*w:])
				sums[0] += bits.OnesCount64(s & p[w])
				sums[1] += bits.OnesCount64(s & p[8+w])
				sums[2] += bits.OnesCount64(s & p[16+w])
				sums[3] += bits.OnesCount64(s & p[24+w])
			}
			rows = rows[64:]
		}
		y[i] = int32(2*(sums[0]+2*sums[1]+4*sums[2]-8*sums[3]) - q.sum)
	}
}
