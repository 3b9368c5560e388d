package main

// tile takes accumulators, [row][group].
func (g *group) tile(rows, wide int) [][]val {
	acc := make([][]val, rows)
	for r := range acc {
		for range wide {
			acc[r] = append(acc[r], g.new())
		}
	}
	return acc
}

func (g *group) clear(acc [][]val) {
	for _, row := range acc {
		for _, v := range row {
			for i := range g.per {
				if g.n != nil {
					g.n.zero(g.v(v, i))
				} else {
					g.x.zero(g.reg(v, i))
				}
			}
		}
	}
}

// loadRow reads wide groups at a pointer.
func (g *group) loadRow(p string, wide int) []val {
	var b []val
	for i := range wide {
		g.skip = 64 * i
		b = append(b, g.load(p))
	}
	g.skip = 0
	return b
}

// prefetch fetches the lines of some bytes: for a few rows, which come from
// memory, into the second cache, where more reads can be under way at a time.
func (g *group) prefetch(p string, bytes, rows int) {
	name, hint := "PREFETCHT0", "PLDL1KEEP"
	if rows <= 4 {
		name, hint = "PREFETCHT1", "PLDL2KEEP"
	}
	for at := 0; at < bytes; at += 64 {
		if g.n != nil {
			g.n.op("PRFM", mem(p, at), hint)
		} else {
			g.x.op(name, mem(p, at))
		}
	}
}

// next reads one float32 for all lanes, the r-th of a row of them. NEON has no
// such read at an offset: there the pointer moves on instead.
func (g *group) next(p string, offset int) val {
	if g.n == nil {
		return g.broadcast(mem(p, offset))
	}
	v := val{regs: g.take(1)}
	g.n.op("VLD1R.P", "4("+p+")", "["+g.v(v, 0).s4()+"]")
	return v
}

// storeTile adds a tile to what is at o, or to +0.
func (g *group) storeTile(acc [][]val, o, ldo, place string, fresh bool) {
	g.eachRow(o, ldo, place, len(acc), func(r int) {
		for i, v := range acc[r] {
			g.skip = 64 * i
			if fresh {
				zero := val{regs: g.take(1)}
				if g.n != nil {
					g.n.zero(g.v(zero, 0))
				} else {
					g.x.zero(g.reg(zero, 0))
				}
				g.add(v, v, zero)
				g.free(zero)
			} else {
				g.addMemory(v, place)
			}
			g.store(v, place)
		}
		g.skip = 0
	})
}

// addMemory adds the group at a pointer to v, with one spare register.
func (g *group) addMemory(v val, p string) {
	for i := range g.per {
		if g.n == nil {
			g.x.op("VADDPS", mem(p, g.skip+g.x.width*i), g.reg(v, i), g.reg(v, i))
			continue
		}
		t := g.take(1)
		g.n.ldr(vreg(t[0]), p, g.skip+16*i)
		g.n.fadd(g.v(v, i), g.v(v, i), vreg(t[0]))
		g.free(val{regs: t})
	}
}

func vreg(i int) v { return v(i) }

// rowSet addresses one float32 in each of several rows.
type rowSet struct {
	g              *group
	pointers       []string // NEON: one per row; x86: of rows 0 and 4
	stride, triple string   // x86: bytes between rows, and three times that
}

func (g *group) rowPointers(p, stride string, rows int) *rowSet {
	s := &rowSet{g: g, pointers: []string{p}, stride: stride}
	if g.n != nil {
		for range rows - 1 {
			next := g.gp()
			g.addGP(s.pointers[len(s.pointers)-1], stride, next)
			s.pointers = append(s.pointers, next)
		}
		return s
	}
	if rows > 3 {
		s.triple = g.gp()
		g.x.op("LEAQ", index(stride, stride, 2, 0), s.triple)
	}
	if rows > 4 {
		next := g.gp()
		g.x.op("LEAQ", index(p, stride, 4, 0), next)
		s.pointers = append(s.pointers, next)
	}
	return s
}

func (s *rowSet) next(r int) val {
	if s.g.n != nil {
		return s.g.next(s.pointers[r], 0)
	}
	p := s.pointers[r/4]
	switch r % 4 {
	case 0:
		return s.g.broadcast(mem(p, 0))
	case 3:
		return s.g.broadcast(index(p, s.triple, 1, 0))
	}
	return s.g.broadcast(index(p, s.stride, r%4, 0))
}

func (s *rowSet) advance() {
	if s.g.n == nil {
		s.g.advance(s.pointers, 4)
	}
}

// eachRow lets body use place, the address of row r.
func (g *group) eachRow(first, stride, place string, rows int, body func(r int)) {
	g.copyGP(first, place)
	for r := range rows {
		body(r)
		if r < rows-1 {
			g.addGP(place, stride, place)
		}
	}
}
