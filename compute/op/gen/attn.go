package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// attnFamilies are the kernels of attention. A tile is rows queries by columns
// of 16 or 32 keys or value elements, in registers for one chain.
var attnFamilies = []family{
	{"attn_avx512", func(a *amd64) { a.width = 64; attention(&group{x: a, isa: "512", per: 1}, 8, 2) }, nil},
	{"attn_avx2", func(a *amd64) { a.width = 32; attention(&group{x: a, isa: "256", per: 2}, 6, 1) }, nil},
	{"attn_neon", nil, func(a *arm64) { attention(&group{n: a, isa: "neon", per: 4}, 6, 1) }},
}

const pageRows = 32 // op.PageRows

// attention writes the kernels for tiles of 1 to rows rows and up to wide
// groups of columns, and their table.
func attention(g *group, rows, wide int) {
	table := map[string][]string{}
	for r := 1; r <= rows; r++ {
		table["scores"] = append(table["scores"], scoresKernel(g, r, wide))
	}
	for _, w := range slices.Compact([]int{wide, 1}) {
		field := map[bool]string{true: "", false: "16"}[w == wide]
		for r := 1; r <= rows; r++ {
			table["attend"+field] = append(table["attend"+field], attendKernel(g, r, w))
			table["outer"+field] = append(table["outer"+field], outerKernel(g, r, w))
		}
	}
	if wide == 1 {
		table["attend16"], table["outer16"] = table["attend"], table["outer"]
	}
	softmaxKernel(g)
	gradKernel(g)
	w := &g.text().stubs
	fmt.Fprintf(w, "\nvar attn%s = attnKernels{\n\trows: %d, wide: %d, softmax: softmaxRow%[1]s, grad: scoreGradRow%[1]s,\n", g.isa, rows, 16*wide)
	for _, field := range slices.Sorted(maps.Keys(table)) {
		fmt.Fprintf(w, "\t%s: []%sFunc{%s},\n", field, strings.TrimSuffix(field, "16"), strings.Join(table[field], ", "))
	}
	fmt.Fprint(w, "}\n")
}

// scoresKernel writes s = (q k)·scale for strips of rows queries and one page of
// keys, d <= 256. The sign of a zero score shows nowhere, so nothing is added.
//
//	q  [strip][d][rows]    k  [d][32]    s  rows of lds bytes
//	next  what to fetch meanwhile: the next page
func scoresKernel(g *group, rows, wide int) string {
	name := fmt.Sprintf("scores%sx%d", g.isa, rows)
	g.begin(name, name+"(s *float32, lds int, q, k, next *float32, d, strips int, scale float32)",
		fmt.Sprintf("%s computes the scores of strips of %d queries with one page.", name, rows))
	s, lds, q, k, d, strips := g.ptr("s"), g.ptr("lds"), g.ptr("q"), g.ptr("k"), g.ptr("d"), g.ptr("strips")
	next := g.ptr("next")
	scale := g.scalar("scale")
	keys, values, count, place := g.gp(), g.gp(), g.gp(), g.gp()
	acc := g.tile(rows, wide)
	g.start()
	g.counted(strips, func() {
		for at := 0; at < pageRows; at += 16 * wide {
			g.copyGP(k, keys)
			g.advance([]string{keys}, 4*at)
			g.copyGP(q, values)
			g.copyGP(d, count)
			g.clear(acc)
			g.counted(count, func() {
				b := g.loadRow(keys, wide)
				g.prefetch(next, 64*wide, rows)
				g.advance([]string{next}, 64*wide)
				for r := range rows {
					a := g.next(values, 4*r)
					for i := range b {
						g.fma(acc[r][i], b[i], a)
					}
					g.free(a)
				}
				g.free(b...)
				g.advance([]string{keys}, 4*pageRows)
				if g.n == nil {
					g.advance([]string{values}, 4*rows)
				}
			})
			g.copyGP(s, place)
			for r := range rows {
				for i, v := range acc[r] {
					g.mul(v, v, scale)
					g.skip = 4*at + 64*i
					g.store(v, place)
				}
				g.skip = 0
				if r < rows-1 {
					g.addGP(place, lds, place)
				}
			}
		}
		g.copyGP(values, q)
		g.addGP(place, lds, s)
	})
	g.end()
	return name
}

// attendKernel writes o = p v for up to 256 positions, one segment of the chain,
// across pages; fresh says that o starts at +0.
//
//	p  rows of ldp bytes    pages  Go slices of memory    v  at offset bytes in
//	a page, rows of stride bytes    skip  positions to leave out in the first
//	page    o  rows of ldo bytes
func attendKernel(g *group, rows, wide int) string {
	name := fmt.Sprintf("attend%sx%dx%d", g.isa, rows, 16*wide)
	g.begin(name, name+"(o *float32, ldo int, p *float32, ldp int, pages unsafe.Pointer, offset, stride, skip, count, fresh int)",
		fmt.Sprintf("%s adds one segment of positions to a tile of %d queries.", name, rows))
	p, ldp, pages := g.ptr("p"), g.ptr("ldp"), g.ptr("pages")
	offset, stride, skip, count := g.ptr("offset"), g.ptr("stride"), g.ptr("skip"), g.ptr("count")
	row := g.rowPointers(p, ldp, rows)
	v, n, ahead := g.gp(), g.gp(), g.gp()
	acc := g.tile(rows, wide)
	g.start()
	g.clear(acc)

	g.loadGP(pages, v)
	g.addGP(v, offset, v)
	g.copyGP(skip, n)
	g.mulGP(stride, n)
	g.addGP(v, n, v)
	g.setGP(pageRows, n)
	g.subGP(skip, n)
	page, whole, short, end := g.text().label("page"), g.text().label("whole"), g.text().label("short"), g.text().label("end")
	g.text().at(page)
	g.copyGP(v, ahead)
	g.branchAbove(count, n, whole)
	g.copyGP(count, n)
	g.jump(short)
	g.text().at(whole)
	g.copyGP(mem(pages, 24), ahead)
	g.addGP(ahead, offset, ahead)
	g.text().at(short)
	g.subGP(n, count)
	g.counted(n, func() {
		b := g.loadRow(v, wide)
		g.addGP(v, stride, v)
		g.prefetch(ahead, 64*wide, rows)
		g.addGP(ahead, stride, ahead)
		for r := range rows {
			a := row.next(r)
			for i := range b {
				g.fma(acc[r][i], b[i], a)
			}
			g.free(a)
		}
		g.free(b...)
		row.advance()
	})
	g.branchZero(count, end)
	g.advance([]string{pages}, 24)
	g.loadGP(pages, v)
	g.addGP(v, offset, v)
	g.setGP(pageRows, n)
	g.jump(page)
	g.text().at(end)

	o, ldo := offset, stride // no longer needed
	g.loadArg("o", o)
	g.loadArg("ldo", ldo)
	g.loadArg("fresh", n)
	add, done := g.text().label("add"), g.text().label("done")
	g.branchZero(n, add)
	g.storeTile(acc, o, ldo, v, true)
	g.jump(done)
	g.text().at(add)
	g.storeTile(acc, o, ldo, v, false)
	g.text().at(done)
	g.end()
	return name
}

// outerKernel continues chains over queries: c = fma(a, b, c) for n queries.
//
//	c  tile of keys, rows of ldc bytes    a  one value per key, lda bytes from
//	query to query    b  a row per query, ldb bytes
func outerKernel(g *group, rows, wide int) string {
	name := fmt.Sprintf("outer%sx%dx%d", g.isa, rows, 16*wide)
	g.begin(name, name+"(c *float32, ldc int, a *float32, lda int, b *float32, ldb, n int)",
		fmt.Sprintf("%s continues the chains of a tile of %d keys.", name, rows))
	c, ldc, a, lda, b, ldb, n := g.ptr("c"), g.ptr("ldc"), g.ptr("a"), g.ptr("lda"), g.ptr("b"), g.ptr("ldb"), g.ptr("n")
	place := g.gp()
	var acc [][]val
	g.start()
	g.eachRow(c, ldc, place, rows, func(int) { acc = append(acc, g.loadRow(place, wide)) })
	g.counted(n, func() {
		x := g.loadRow(b, wide)
		g.addGP(b, ldb, b)
		g.copyGP(a, place)
		for r := range rows {
			y := g.next(place, 4*r)
			for i := range x {
				g.fma(acc[r][i], x[i], y)
			}
			g.free(y)
		}
		g.free(x...)
		g.addGP(a, lda, a)
	})
	g.eachRow(c, ldc, place, rows, func(r int) {
		for i, v := range acc[r] {
			g.skip = 64 * i
			g.store(v, place)
		}
		g.skip = 0
	})
	g.end()
	return name
}
