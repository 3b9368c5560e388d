package train

import (
	"math"
	"strings"
	"testing"
)

func TestRates(t *testing.T) {
	for _, c := range []struct {
		name  string
		s     Schedule
		steps int
		want  []float32
	}{
		{"constant", Schedule{Kind: "constant", Peak: 2}, 3, []float32{2, 2, 2}},
		{"linear to zero", Schedule{Kind: "linear", Peak: 1}, 5, []float32{1, .75, .5, .25, 0}},
		{"warm-up climbs to the peak", Schedule{Kind: "linear", Peak: 3, Warmup: .4}, 5, []float32{1, 2, 3, 1.5, 0}},
		{"cosine to a tenth", Schedule{Peak: 1, Final: .1}, 3, []float32{1, .55, .1}},
		{"one step", Schedule{Peak: 1}, 1, []float32{1}},
	} {
		got, err := c.s.Rates(c.steps)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		for i := range c.want {
			if math.Abs(float64(got[i]-c.want[i])) > 1e-6 {
				t.Errorf("%s: got %v, want %v", c.name, got, c.want)
				break
			}
		}
	}
}

func TestRatesRefuses(t *testing.T) {
	for want, s := range map[string]Schedule{
		"learning rate 0":   {},
		"learning rate NaN": {Peak: math.NaN()},
		"warm-up 1":         {Peak: 1, Warmup: 1},
		"final -1":          {Peak: 1, Final: -1},
		`unknown kind "x"`:  {Peak: 1, Kind: "x"},
	} {
		if _, err := s.Rates(10); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
	}
	if _, err := (Schedule{Peak: 1}).Rates(0); err == nil {
		t.Error("0 steps: no error")
	}
}
