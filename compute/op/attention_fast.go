package op

import (
	"math"
	"unsafe"
)

// attnKernels are the tiles of attention; see gen/attn.go for their operands.
// Without softmax an implementation has none, and the reference computes.
type attnKernels struct {
	rows     int          // rows of a tile at most; index n-1 has n
	wide     int          // columns of attend and outer: 16 or 32
	scores   []scoresFunc // queries by one page of keys
	attend   []attendFunc // queries by columns of the values
	outer    []outerFunc  // keys by columns of the queries
	attend16 []attendFunc // the same with 16 columns
	outer16  []outerFunc
	softmax  func(s *float32, n int, first, last *uint32)
	grad     func(p, dp *float32, n int, scale float32)
}

type (
	scoresFunc func(s *float32, lds int, q, k, next *float32, d, strips int, scale float32)
	attendFunc func(o *float32, ldo int, p *float32, ldp int, pages unsafe.Pointer, offset, stride, skip, count, fresh int)
	outerFunc  func(c *float32, ldc int, a *float32, lda int, b *float32, ldb, n int)
)

// An attnBlock is some tokens of a sequence and group query heads that share a
// KV head. Row r of a block is token from + r/group, head + r%group. A strip is
// as many rows as a tile has. The scores of a block stay in the cache.
type attnBlock struct {
	q           Matrix
	from, to    int // tokens, rows of q
	pos         int // position of token 0
	head, group int
	kv          int // KV head
}

func (b *attnBlock) rows() int          { return (b.to - b.from) * b.group }
func (b *attnBlock) position(r int) int { return b.pos + b.from + r/b.group }
func (b *attnBlock) end() int           { return b.pos + b.to }

// base is the first key of the pages that the block sees: column 0 of scores.
func (b *attnBlock) base(a *Attn) int { return a.firstSeen(b.pos+b.from) &^ (PageRows - 1) }

// stride is the length of a row of scores: whole pages, and 16 more lest rows
// that a power of two lies between share the sets of the cache.
func (b *attnBlock) stride(a *Attn) int {
	return (b.end()-b.base(a)+PageRows-1)/PageRows*PageRows + lanes
}

// vector returns what row r has in m, which is shaped like q.
func (b *attnBlock) vector(m Matrix, r, d int) []float32 {
	return m.Row(b.from + r/b.group)[(b.head+r%b.group)*d:][:d]
}

// window is the number of keys that a query sees at most.
func (a *Attn) window() int {
	if a.Window == 0 {
		return math.MaxInt / 2
	}
	return a.Window
}

// A tiler computes the parts of attention for one block at a time.
type tiler struct {
	*attnKernels
	a    *Attn
	q    []float32 // queries: [strip][d][rows of the strip]
	s    []float32 // scores, then probabilities: rows of stride
	o    []float32 // outputs: rows of valueStride
	mask [lanes]uint32
	back backMemory
}

// pack brings the rows of m into strips.
func (t *tiler) pack(b *attnBlock, m Matrix) {
	rows, n, d := b.rows(), t.attnKernels.rows, t.a.HeadDim
	t.q = grown(t.q, rows*d)
	for r := range rows {
		first := r / n * n
		strip, width := t.q[first*d:], min(n, rows-first)
		for c, x := range b.vector(m, r, d) {
			strip[c*width+r-first] = x
		}
	}
}

// scores writes chains of packed rows and keys, times scale, to s.
func (t *tiler) scores(b *attnBlock, s []float32, pages []KVPage, scale float32) {
	rows, n, d, stride, base := b.rows(), t.attnKernels.rows, t.a.HeadDim, b.stride(t.a), b.base(t.a)
	for page := base / PageRows; page*PageRows < b.end(); page++ {
		// rows before lo do not see the page yet, rows from hi on no more
		at := page*PageRows - b.position(0)
		lo, hi := max(0, at)*b.group, min(b.to-b.from, at+PageRows-1+t.a.window())*b.group
		keys, column := &pages[page].keys(t.a, b.kv)[0], page*PageRows-base
		next := keys
		if (page+1)*PageRows < b.end() {
			next = &pages[page+1].keys(t.a, b.kv)[0]
		}
		strip := lo / n
		if whole := min(hi+n-1, rows)/n - strip; whole > 0 {
			t.attnKernels.scores[n-1](&s[strip*n*stride+column], 4*stride, &t.q[strip*n*d], keys, next, d, whole, scale)
			strip += whole
		}
		if rest := rows - strip*n; rest > 0 && strip*n < hi {
			t.attnKernels.scores[rest-1](&s[strip*n*stride+column], 4*stride, &t.q[strip*n*d], keys, next, d, 1, scale)
		}
	}
}

// softmax turns row r of scores, what its query sees, into probabilities, and
// the others between positions lo and hi into +0.
func (t *tiler) softmax(b *attnBlock, r, lo, hi int) {
	base, stride, at := b.base(t.a), b.stride(t.a), b.position(r)
	s := t.s[r*stride:]
	from, to := t.a.firstSeen(at)-base, at+1-base
	first, last := from&^(lanes-1), (to+lanes-1)&^(lanes-1)
	for i := first; i < from; i++ {
		s[i] = negativeInf
	}
	for i := to; i < last; i++ {
		s[i] = negativeInf
	}
	head, tail := edges[lanes-(from-first):], edges[lanes+last-to:]
	if last-first == lanes {
		for i := range t.mask {
			t.mask[i] = head[i] & tail[i]
		}
		head = t.mask[:]
	}
	t.attnKernels.softmax(&s[first], (last-first)/lanes, &head[0], &tail[0])
	if lo-base < first {
		clear(s[lo-base : first])
	}
	if last < hi-base {
		clear(s[last : hi-base])
	}
}

// attend writes to o the products of rows [first, first+n) of p with the values
// of positions [lo, hi), segment by segment.
func (t *tiler) attend(b *attnBlock, p []float32, pages []KVPage, first, n, lo, hi int) {
	stride, width, base, fresh := b.stride(t.a), t.a.valueStride(), b.base(t.a), 1
	start := 4 * PageRows * (b.kv*(t.a.HeadDim+width) + t.a.HeadDim) // of the values in a page
	for lo < hi {
		end := min(hi, (lo/Segment+1)*Segment)
		at := unsafe.Pointer(&pages[lo/PageRows])
		for c := 0; c < width; {
			f, columns := t.attnKernels.attend[n-1], t.wide
			if width-c < columns {
				f, columns = t.attend16[n-1], lanes
			}
			f(&t.o[first*width+c], 4*width, &p[first*stride+lo-base], 4*stride,
				at, start+4*c, 4*width, lo%PageRows, end-lo, fresh)
			c += columns
		}
		lo, fresh = end, 0
	}
}

// edges holds masks: edges[16-k:] skips k lanes of 16, edges[32-k:] keeps k.
var edges = func() (m [3 * lanes]uint32) {
	for i := range lanes {
		m[lanes+i] = ^uint32(0)
	}
	return m
}()

var negativeInf = float32(math.Inf(-1))

// A blockJob computes attention in blocks.
type blockJob struct {
	attn   Attn
	seqs   []AttnSeq
	blocks []attnPiece
	tilers []tiler                              // per worker
	read   func(p unsafe.Pointer, n, apart int) // peakRead; nil: there is none
}

// An attnPiece is one piece of work: tokens of a sequence, one KV head.
type attnPiece struct{ seq, kv, from, to int }

func (j *blockJob) init(k *attnKernels, threads int) {
	j.tilers = make([]tiler, threads)
	for i := range j.tilers {
		j.tilers[i].attnKernels, j.tilers[i].a = k, &j.attn
	}
}

// blockFloats is how many scores a block should have: they leave most of a
// second-level cache to keys and values.
const blockFloats = 1 << 15

// plan cuts the sequences into blocks, the last tokens, which see most, first.
func (j *blockJob) plan(seqs []AttnSeq, a Attn) {
	j.attn, j.seqs, j.blocks = a, seqs, j.blocks[:0]
	for i := range seqs {
		for to := seqs[i].Q.Rows; to > 0; {
			keys := min(seqs[i].Pos+to, a.window()+PageRows)
			tokens := max(j.tilers[0].rows, blockFloats/keys) / a.group()
			from := max(0, to-max(1, tokens))
			for h := range a.KVHeads {
				j.blocks = append(j.blocks, attnPiece{i, h, from, to})
			}
			to = from
		}
	}
}

func (j *blockJob) do(i, worker int) {
	piece, t, a := j.blocks[i], &j.tilers[worker], &j.attn
	seq, group := &j.seqs[piece.seq], a.group()
	b := attnBlock{q: seq.Q, from: piece.from, to: piece.to, pos: seq.Pos,
		head: piece.kv * group, group: group, kv: piece.kv}
	rows, width := b.rows(), a.valueStride()
	t.s = grown(t.s, rows*b.stride(a))
	t.o = grown(t.o, rows*width)
	if rows <= t.rows {
		j.fetch(&b, seq.Pages)
	}
	if d := a.HeadDim; seq.K.Rows == 1 {
		seq.Pages[seq.Pos/PageRows].set(a, b.kv, seq.Pos%PageRows, seq.K.Row(0)[b.kv*d:][:d], seq.V.Row(0)[b.kv*d:][:d])
	}
	t.pack(&b, b.q)
	t.scores(&b, t.s, seq.Pages, a.Scale)
	for first := 0; first < rows; first += t.rows {
		n := min(t.rows, rows-first)
		lo, hi := a.firstSeen(b.position(first)), b.position(first+n-1)+1
		for r := first; r < first+n; r++ {
			t.softmax(&b, r, lo, hi)
		}
		t.attend(&b, t.s, seq.Pages, first, n, lo, hi)
	}
	for r := range rows {
		copy(b.vector(seq.O, r, a.HeadDim), t.o[r*width:])
	}
}

// fetch reads the keys and values of a block into the cache. With few rows they
// are used once, in an order too broken for a CPU to foresee. Four pages that
// lie at equal distances are four streams; so are the quarters of a single one.
func (j *blockJob) fetch(b *attnBlock, pages []KVPage) {
	a := &j.attn
	keys, row := a.HeadDim*PageRows, a.valueStride()
	if j.read == nil || keys < 256 {
		return
	}
	n := keys + row*PageRows // of one head in a page
	at := func(page int) unsafe.Pointer { return unsafe.Pointer(&pages[page][b.kv*n]) }
	page, whole, rest := b.base(a)/PageRows, b.end()/PageRows, b.end()%PageRows
	for page+4 <= whole {
		apart := uintptr(at(page+1)) - uintptr(at(page))
		for i := 2; i < 4 && apart != 0; i++ {
			if uintptr(at(page+i))-uintptr(at(page+i-1)) != apart {
				apart = 0
			}
		}
		if apart == 0 {
			break
		}
		j.read(at(page), 4*n/256, int(apart))
		page += 4
	}
	for ; page < whole; page++ {
		j.read(at(page), n/256, n/256*256)
	}
	if used := keys + rest*row; rest > 0 {
		j.read(at(page), used/256, used/256*256)
	}
}
