package main

import "fmt"

// halfFamilies are the conversions between float32 and the two half formats in
// the order of files; see op.Widen.
var halfFamilies = []family{
	{"half_avx512", func(a *amd64) { a.width = 64; halfX86(a, "512") }, nil},
	{"half_avx2", func(a *amd64) { a.width = 32; halfX86(a, "256") }, nil},
	{"half_neon", nil, halfNEON},
}

const (
	widenArgs  = "(dst *float32, src unsafe.Pointer, n int)"
	narrowArgs = "(dst unsafe.Pointer, src *float32, n int, top *uint32)"
)

func widenDoc(name, format string) string {
	return fmt.Sprintf("%s widens n groups of 16 %s values.", name, format)
}

func narrowDoc(name, format string) string {
	return fmt.Sprintf("%s rounds n groups of 16 finite values to %s, and writes 16 words, the largest\n"+
		"of which is the largest magnitude, as bits, to top.", name, format)
}

// halfTable declares the table that the package picks the kernels from.
func (t *text) halfTable(name string) {
	fmt.Fprintf(&t.stubs, "\nvar convert%s = halfKernels{widenBF16: toFloatBF16%[1]s, widenF16: toFloatF16%[1]s, narrowBF16: toBF16%[1]s, narrowF16: toF16%[1]s}\n", name)
}

func halfX86(a *amd64, isa string) {
	w := a.width / 4 // float32 per vector
	for _, format := range []string{"BF16", "F16"} {
		name := "toFloat" + format + isa
		a.fn(name+widenArgs, widenDoc(name, format))
		dst, src, n := a.load("dst"), a.load("src"), a.load("n")
		v := a.vecN(16 / w)
		a.loop(n, func() {
			for i := range v {
				if format == "F16" {
					a.op("VCVTPH2PS", mem(src, 2*w*i), v[i])
				} else {
					a.op("VPMOVZXWD", mem(src, 2*w*i), v[i])
					a.op("VPSLLD", 16, v[i], v[i])
				}
				a.op("VMOVUPS", v[i], mem(dst, 4*w*i))
			}
			a.op("ADDQ", 32, src)
			a.op("ADDQ", 64, dst)
		})
		a.ret()
	}
	and := map[int]string{32: "VPAND", 64: "VPANDD"}[a.width]
	for _, format := range []string{"BF16", "F16"} {
		name := "to" + format + isa
		a.fn(name+narrowArgs, narrowDoc(name, format))
		dst, src, n, top := a.load("dst"), a.load("src"), a.load("n"), a.load("top")
		v, u, most := a.vecN(16/w), a.vecN(16/w), a.vecN(16/w)
		magnitude, one, below := a.vec(), a.vec(), a.vec()
		a.op("VPBROADCASTD", a.constant("magnitude"+isa, 0x7fffffff), magnitude)
		a.op("VPBROADCASTD", a.constant("one"+isa, 1), one)
		a.op("VPBROADCASTD", a.constant("below"+isa, 0x7fff), below)
		for _, m := range most {
			a.zero(m)
		}
		a.loop(n, func() {
			for i := range v {
				a.op("VMOVUPS", mem(src, 4*w*i), v[i])
				a.op(and, magnitude, v[i], u[i])
				a.op("VPMAXSD", u[i], most[i], most[i])
				if format == "F16" {
					half := map[int]string{8: x(v[i]), 16: y(v[i])}[w]
					a.op("VCVTPS2PH", 0, v[i], half)
					a.op("VMOVDQU", half, mem(dst, 2*w*i))
					continue
				}
				a.comment("add just under half a unit of the result, and the rest if its last bit is odd")
				a.op("VPSRLD", 16, v[i], u[i])
				a.op(and, one, u[i], u[i])
				a.op("VPADDD", below, v[i], v[i])
				a.op("VPADDD", u[i], v[i], v[i])
				a.op("VPSRLD", 16, v[i], v[i])
			}
			switch {
			case format == "F16":
			case w == 16:
				a.op("VPMOVDW", v[0], mem(dst, 0))
			default:
				a.op("VPACKUSDW", v[1], v[0], v[0])
				a.op("VPERMQ", 0xd8, v[0], v[0])
				a.op("VMOVDQU", v[0], mem(dst, 0))
			}
			a.op("ADDQ", 64, src)
			a.op("ADDQ", 32, dst)
		})
		for i, m := range most {
			a.op("VMOVUPS", m, mem(top, 4*w*i))
		}
		a.ret()
	}
	a.halfTable(isa)
}

func halfNEON(a *arm64) {
	for _, format := range []string{"BF16", "F16"} {
		name := "toFloat" + format + "NEON"
		a.fn(name+widenArgs, widenDoc(name, format))
		dst, src, n := a.load("dst"), a.load("src"), a.load("n")
		v, low, high := a.vecN(2), a.vecN(2), a.vecN(2)
		a.loop(n, func() {
			a.ldp(v[0], v[1], src, 0)
			for i := range v {
				if format == "F16" {
					a.fcvtl(low[i], v[i])
					a.fcvtl2(high[i], v[i])
				} else {
					a.shll16(low[i], v[i])
					a.shll2x16(high[i], v[i])
				}
				a.stp(low[i], high[i], dst, 32*i)
			}
			a.op("ADD", 32, src)
			a.op("ADD", 64, dst)
		})
		a.ret()
	}
	for _, format := range []string{"BF16", "F16"} {
		name := "to" + format + "NEON"
		a.fn(name+narrowArgs, narrowDoc(name, format))
		dst, src, n, top := a.load("dst"), a.load("src"), a.load("n"), a.load("top")
		v, u, most := a.vecN(4), a.vecN(4), a.vecN(4)
		one, below, word := a.vec(), a.vec(), a.gp()
		a.op("MOVD", "$1", word)
		a.op("VDUP", word, one.s4())
		a.op("MOVD", "$0x7fff", word)
		a.op("VDUP", word, below.s4())
		for _, m := range most {
			a.zero(m)
		}
		a.loop(n, func() {
			a.ldp(v[0], v[1], src, 0)
			a.ldp(v[2], v[3], src, 32)
			for i := range v {
				a.fabs(u[i], v[i])
				a.smax(most[i], most[i], u[i])
				if format == "BF16" {
					a.op("VUSHR", 16, v[i].s4(), u[i].s4())
					a.op("VAND", one.b16(), u[i].b16(), u[i].b16())
					a.op("VADD", below.s4(), v[i].s4(), v[i].s4())
					a.op("VADD", u[i].s4(), v[i].s4(), v[i].s4())
				}
			}
			for i := 0; i < 4; i += 2 {
				if format == "F16" {
					a.fcvtn(u[i/2], v[i])
					a.fcvtn2(u[i/2], v[i+1])
				} else {
					a.op("VUZP2", v[i+1].h8(), v[i].h8(), u[i/2].h8())
				}
			}
			a.stp(u[0], u[1], dst, 0)
			a.op("ADD", 64, src)
			a.op("ADD", 32, dst)
		})
		a.stp(most[0], most[1], top, 0)
		a.stp(most[2], most[3], top, 32)
		a.ret()
	}
	a.halfTable("NEON")
}
