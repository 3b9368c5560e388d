package op

// A grid cuts the output of a product into pieces: groups of panels across,
// ranges of rows down. Several pieces per thread, so that a slow thread does not
// hold up the rest, but wide ones, so that what is in the cache is used again.
type grid struct {
	panels, group, groups int
	rows, rowsPer, ranges int
}

// newGrid cuts rows, in multiples of unit, by panels, at most widest together. The
// whole job has all panels. A kernel does step panels at once: groups are a
// multiple of that if there are enough of them for the threads.
func newGrid(panels, all, widest, step, rows, unit, threads int) grid {
	g := grid{panels: panels, rows: rows, rowsPer: rows}
	g.group = max(1, min(widest, all/(4*threads)))
	if step > 1 && all/step >= 3*threads {
		g.group = evenGroup(panels, all, widest, step, threads)
	}
	g.groups = (panels + g.group - 1) / g.group
	if parts := 3 * threads / g.groups; threads > 1 && parts > 1 {
		g.rowsPer = max(unit, (rows/parts+unit-1)/unit*unit)
	}
	g.ranges = (rows + g.rowsPer - 1) / g.rowsPer
	return g
}

// evenGroup returns how many panels a thread should take at a time, a multiple of
// step: a third of its share at most, and as many as give each thread the same
// number of pieces, all of one size, if there is such a number.
func evenGroup(panels, all, widest, step, threads int) int {
	most := max(step, min(widest, all/(3*threads))/step*step)
	for group := most; group >= step; group -= step {
		if panels%group == 0 && all%(group*threads) == 0 {
			return group
		}
	}
	return most
}

func (g *grid) pieces() int { return g.groups * g.ranges }

// piece returns the panels and rows of piece i.
func (g *grid) piece(i int) (p0, p1, r0, r1 int) {
	p0, r0 = i%g.groups*g.group, i/g.groups*g.rowsPer
	return p0, min(p0+g.group, g.panels), r0, min(r0+g.rowsPer, g.rows)
}
