package op

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Every backward against central differences of its forward in float64. The
// loss is a random weighting of the outputs, so that dy is its gradient.

// matrix64 is a dense float64 copy of a Matrix.
func matrix64(m Matrix) []float64 {
	out := make([]float64, 0, m.Rows*m.Cols)
	for i := range m.Rows {
		for _, x := range m.Row(i) {
			out = append(out, float64(x))
		}
	}
	return out
}

func normalMatrix(r *rand.Rand, rows, cols int) Matrix {
	m := NewMatrix(rows, cols)
	for i := range m.Data {
		m.Data[i] = float32(r.NormFloat64())
	}
	return m
}

// differences compares got with the central differences of loss by x, relative
// to the largest gradient.
func differences(t *testing.T, what string, got []float32, x []float64, loss func() float64) {
	t.Helper()
	const h = 1e-4
	largest, worst := 0.0, 0.0
	for i, keep := range x {
		x[i] = keep + h
		up := loss()
		x[i] = keep - h
		down := loss()
		x[i] = keep
		want := (up - down) / (2 * h)
		largest = max(largest, math.Abs(want))
		worst = max(worst, math.Abs(float64(got[i])-want))
	}
	t.Logf("%-20s off by %.1e of the largest gradient", what, worst/largest)
	if worst > 2e-6*largest || largest == 0 {
		t.Errorf("%s: off by %g, largest gradient %g", what, worst, largest)
	}
}

func dot64(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func rmsNorm64(x, g []float64, eps float64) []float64 {
	y := make([]float64, len(x))
	c := len(g)
	for i := 0; i < len(x); i += c {
		row := x[i : i+c]
		r := 1 / math.Sqrt(dot64(row, row)/float64(c)+eps)
		for j, v := range row {
			y[i+j] = v * r * g[j]
		}
	}
	return y
}

func TestNormGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	e := newEngine(t, "", 2)
	x, dy, g := normalMatrix(r, 5, 37), normalMatrix(r, 5, 37), normalMatrix(r, 1, 37)
	dx, dg := NewMatrix(5, 37), make([]float32, 37)
	e.RMSNormBackward(dx, dg, dy, x, g.Data, 1e-5)
	x64, g64, dy64 := matrix64(x), matrix64(g), matrix64(dy)
	loss := func() float64 { return dot64(dy64, rmsNorm64(x64, g64, float64(float32(1e-5)))) }
	differences(t, "rmsnorm dx", dx.Data, x64, loss)
	differences(t, "rmsnorm dg", dg, g64, loss)
}

func TestSiLUMulGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	e := newEngine(t, "", 2)
	gate, up, dy := normalMatrix(r, 4, 21), normalMatrix(r, 4, 21), normalMatrix(r, 4, 21)
	dgate, dup := NewMatrix(4, 21), NewMatrix(4, 21)
	e.SiLUMulBackward(dgate, dup, dy, gate, up)
	g64, u64, dy64 := matrix64(gate), matrix64(up), matrix64(dy)
	loss := func() float64 {
		sum := 0.0
		for i, g := range g64 {
			sum += dy64[i] * g / (1 + math.Exp(-g)) * u64[i]
		}
		return sum
	}
	differences(t, "silu dgate", dgate.Data, g64, loss)
	differences(t, "silu dup", dup.Data, u64, loss)
}

func TestCrossEntropyGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	e := newEngine(t, "", 2)
	x, dx := normalMatrix(r, 4, 50), NewMatrix(4, 50)
	targets, losses, w := []int32{3, -1, 49, 0}, make([]float32, 4), float32(1)/3
	e.CrossEntropy(losses, dx, x, targets, w)
	x64 := matrix64(x)
	loss := func() float64 {
		sum := 0.0
		for i, target := range targets {
			if target < 0 {
				continue
			}
			row, s := x64[i*50:(i+1)*50], 0.0
			for _, v := range row {
				s += math.Exp(v)
			}
			sum += math.Log(s) - row[target]
		}
		return sum * float64(w)
	}
	differences(t, "cross-entropy dx", dx.Data, x64, loss)
	if got, want := StepLoss(losses, w), loss(); math.Abs(float64(got)-want) > 1e-6*want {
		t.Errorf("step loss: got %v, want %v", got, want)
	}
	only := make([]float32, 4)
	e.CrossEntropy(only, Matrix{}, x, targets, w)
	sameBits(t, "losses without a gradient", only, losses)
}

func TestRopeGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 4))
	e := newEngine(t, "", 2)
	table, err := NewRopeTable(RopeConfig{Theta: 1e4, HeadDim: 6}, 100)
	if err != nil {
		t.Fatal(err)
	}
	pos := []int32{0, 5, 99}
	x, dy := normalMatrix(r, 3, 12), normalMatrix(r, 3, 12)
	dx := dy.clone()
	e.Rope(dx, 2, pos, table, true)
	x64, dy64 := matrix64(x), matrix64(dy)
	differences(t, "rope dx", dx.Data, x64, func() float64 {
		sum := 0.0
		for i, p := range pos {
			for h := range 2 {
				at := i*12 + h*6
				for k := range 3 {
					a := float64(float32(p) * table.Frequency[k])
					x0, x1, c, s := x64[at+k], x64[at+k+3], math.Cos(a), math.Sin(a)
					sum += dy64[at+k]*(x0*c-x1*s) + dy64[at+k+3]*(x1*c+x0*s)
				}
			}
		}
		return sum
	})
}

func TestBiasAndEmbedGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	e := newEngine(t, "", 2)
	dy := normalMatrix(r, 300, 9)
	db := make([]float32, 9)
	e.BiasGrad(db, dy)
	ids := make([]int32, dy.Rows)
	for i := range ids {
		ids[i] = r.Int32N(7)
	}
	dtable := NewMatrix(7, 9)
	e.EmbedBackward(dtable, dy, ids)
	for c := range 9 {
		sum, ones := 0.0, make([]float32, dy.Rows)
		rows, column := make([]float64, 7), make([]float32, dy.Rows)
		for i, id := range ids {
			v := dy.Row(i)[c]
			sum, ones[i], column[i] = sum+float64(v), 1, v
			rows[id] += float64(v)
		}
		sameBits(t, "bias gradient and chain with ones", db[c:c+1], []float32{Chain(column, ones)})
		if math.Abs(float64(db[c])-sum) > 5e-5 {
			t.Errorf("bias gradient %d: got %v, want %v", c, db[c], sum)
		}
		for id, want := range rows {
			if got := dtable.Row(id)[c]; math.Abs(float64(got)-want) > 1e-5 {
				t.Errorf("embedding gradient (%d,%d): got %v, want %v", id, c, got, want)
			}
		}
	}
}
