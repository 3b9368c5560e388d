package train

import (
	"reflect"
	"slices"
	"testing"
)

func TestOrderVisitsEachSampleOnceAnEpoch(t *testing.T) {
	for _, c := range []struct{ samples, batch int }{{1, 1}, {1, 5}, {7, 3}, {12, 4}, {100, 7}} {
		o, err := NewOrder(42, c.samples, c.batch)
		if err != nil {
			t.Fatal(err)
		}
		const epochs = 3
		count := make([]int, c.samples)
		for n := 0; n < epochs*c.samples; {
			for _, s := range o.Step(n / c.batch)[n%c.batch:] {
				if n == epochs*c.samples {
					break
				}
				count[s]++
				n++
			}
		}
		for s, n := range count {
			if n != epochs {
				t.Errorf("%+v: sample %d learnt %d times in %d epochs", c, s, n, epochs)
			}
		}
	}
}

// A step is the same whether the run came there or began there.
func TestOrderIsAFunctionOfTheStep(t *testing.T) {
	through, _ := NewOrder(7, 23, 5)
	for step := range 30 {
		jump, _ := NewOrder(7, 23, 5)
		if got, want := jump.Step(step), through.Step(step); !reflect.DeepEqual(got, want) {
			t.Errorf("step %d: got %v, want %v", step, got, want)
		}
	}
	other, _ := NewOrder(8, 23, 23)
	same, _ := NewOrder(7, 23, 23)
	if slices.Equal(other.Step(0), same.Step(0)) {
		t.Error("two seeds give one order")
	}
}

// TestOrderBits guards the order itself: a change of it is a change of every
// job's result.
func TestOrderBits(t *testing.T) {
	o, _ := NewOrder(1, 10, 10)
	if got, want := o.Step(0), []int{9, 8, 2, 1, 7, 0, 4, 5, 6, 3}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		samples int
		part    float64
		want    int
	}{{100, .05, 5}, {10, .05, 1}, {1, .5, 0}, {10, 0, 0}, {4, 1, 3}} {
		learn, validate := Split(3, c.samples, c.part)
		if len(validate) != c.want || len(learn)+len(validate) != c.samples {
			t.Errorf("%+v: got %d and %d", c, len(learn), len(validate))
		}
		all := append(slices.Clone(learn), validate...)
		slices.Sort(all)
		for i, n := range all {
			if i != n {
				t.Fatalf("%+v: sample %d is missing or twice", c, i)
			}
		}
	}
}

func TestNewOrderRefuses(t *testing.T) {
	if _, err := NewOrder(1, 0, 4); err == nil {
		t.Error("no samples: no error")
	}
	if _, err := NewOrder(1, 4, 0); err == nil {
		t.Error("batches of none: no error")
	}
}
