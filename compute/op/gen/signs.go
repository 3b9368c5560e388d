package main

import "fmt"

// signFamilies multiply rows of signs with 4-bit integers; see op.SignDot.
var signFamilies = []family{
	{"signs_avx512", signs512, nil},
	{"signs_avx2", signs256, nil},
}

const signArgs = "(y *int32, rows, planes unsafe.Pointer, n, blocks, less int)"

func signDoc(name, how string) string {
	return fmt.Sprintf("%s writes n times twice the sum of the integers at a row's set bits, less\n"+
		"what is to be taken off. A block is 64 bytes of a row and of each of the four planes.\n%s", name, how)
}

// signs writes the loops around a block: begin comes before the first row, zero
// before each; sum leaves a row's sum in a register.
func signs(a *amd64, name, how string, begin, zero func(), block func(row, planes string), sum func(to string)) {
	a.fn(name+signArgs, signDoc(name, how))
	py, row, planes, n, blocks, less := a.load("y"), a.load("rows"), a.load("planes"), a.load("n"), a.load("blocks"), a.load("less")
	at, left, total := a.gp(), a.gp(), a.gp()
	begin()
	a.loop(n, func() {
		zero()
		a.op("MOVQ", planes, at)
		a.op("MOVQ", blocks, left)
		a.loop(left, func() {
			a.op("PREFETCHT0", mem(row, 2048))
			block(row, at)
			a.op("ADDQ", 64, row)
			a.op("ADDQ", 256, at)
		})
		sum(total)
		a.op("ADDQ", total, total)
		a.op("SUBQ", less, total)
		a.op("MOVL", total, mem(py, 0))
		a.op("ADDQ", 4, py)
	})
	a.ret()
}

// fold4 adds the four 64-bit lanes of a Y register into a general one.
func fold4(a *amd64, v, t, to string) {
	a.op("VEXTRACTI128", 1, y(v), x(t))
	a.op("VPADDQ", x(t), x(v), x(v))
	a.op("VPSRLDQ", 8, x(v), x(t))
	a.op("VPADDQ", x(t), x(v), x(v))
	a.op("VMOVQ", x(v), to)
}

// signs512 counts bits with VPOPCNTQ, one sum per plane.
func signs512(a *amd64) {
	a.width = 64
	sums, tmp, v := vectors(64, 0, 4), vectors(64, 4, 4), "Z8"
	signs(a, "signDot512", "It needs AVX512_VPOPCNTDQ.", func() {}, func() {
		for _, s := range sums {
			a.zero(s)
		}
	}, func(row, planes string) {
		a.op("VMOVDQU64", mem(row, 0), v)
		for i, t := range tmp {
			a.op("VPANDQ", mem(planes, 64*i), v, t)
		}
		for _, t := range tmp {
			a.op("VPOPCNTQ", t, t)
		}
		for i, t := range tmp {
			a.op("VPADDQ", t, sums[i], sums[i])
		}
	}, func(to string) {
		for i := 1; i < 4; i++ {
			a.op("VPSLLQ", i, sums[i], sums[i])
		}
		a.op("VPADDQ", sums[1], sums[0], sums[0])
		a.op("VPADDQ", sums[2], sums[0], sums[0])
		a.op("VPSUBQ", sums[3], sums[0], sums[0])
		a.op("VEXTRACTI64X4", 1, sums[0], y(tmp[0]))
		a.op("VPADDQ", y(tmp[0]), y(sums[0]), y(sums[0]))
		fold4(a, sums[0], tmp[0], to)
	})
}

// signs256 looks the counts of 4 bits up, already times the plane's weight. Of the
// plane that weighs -8 the table has 32 less that, so that no byte is negative: 64
// a byte are to be taken off.
func signs256(a *amd64) {
	a.width = 32
	table := vectors(32, 0, 4)
	sum, low, v, t, u, bytes := "Y4", "Y5", "Y6", "Y7", "Y8", "Y9"
	none := "Y10"
	words := func(of func(bits int) int) (w []uint32) {
		for i := 0; i < 16; i += 4 {
			word := uint32(0)
			for j := range 4 {
				count := 0
				for b := i + j; b > 0; b &= b - 1 {
					count++
				}
				word |= uint32(of(count)) << (8 * j)
			}
			w = append(w, word)
		}
		return w
	}
	signs(a, "signDot256", "It counts 64 a byte of a row too much.", func() {
		for i, r := range table {
			a.op("VBROADCASTI128", a.constant(fmt.Sprintf("signPlane%d", i), words(func(bits int) int {
				if i == 3 {
					return 32 - 8*bits
				}
				return bits << i
			})...), r)
		}
		a.op("VPBROADCASTD", a.constant("signLow", 0x0f0f0f0f), low)
		a.zero(none)
	}, func() { a.zero(sum) }, func(row, planes string) {
		a.zero(bytes)
		for half := range 2 {
			a.op("VMOVDQU", mem(row, 32*half), v)
			for i := range 4 {
				a.op("VPAND", mem(planes, 64*i+32*half), v, t)
				a.op("VPSRLW", 4, t, u)
				a.op("VPAND", low, t, t)
				a.op("VPAND", low, u, u)
				a.op("VPSHUFB", t, table[i], t)
				a.op("VPSHUFB", u, table[i], u)
				a.op("VPADDB", t, bytes, bytes)
				a.op("VPADDB", u, bytes, bytes)
			}
		}
		a.op("VPSADBW", none, bytes, bytes)
		a.op("VPADDQ", bytes, sum, sum)
	}, func(to string) { fold4(a, sum, t, to) })
}

// vectors names n registers from one on.
func vectors(width, first, n int) (r []string) {
	for i := range n {
		r = append(r, fmt.Sprint(map[int]string{64: "Z", 32: "Y"}[width], first+i))
	}
	return r
}
