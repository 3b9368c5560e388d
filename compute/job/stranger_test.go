package job

import "testing"

// TestStrangers: anyone can make a key and sign nonsense with it. Evidence against
// who has no part in the job, or a verdict in a dispute that nobody opened, moves
// nothing.
func TestStrangers(t *testing.T) {
	spec := testSpec(C, 3, 1)
	q := NewRequester()
	if len(q.Step(Event{Body: &Submit{spec, [32]byte{}}}, 1000)) == 0 {
		t.Fatal("nothing came of a job")
	}
	for name, b := range map[string]Body{
		"evidence": &Evidence{account('x', 1)},
		"verdict":  &Verdict{Dispute: 0, Guilty: Left | Right, Silent: Left},
	} {
		for _, a := range q.Step(Event{Body: b}, 1001) {
			switch a := a.(type) {
			case Move, Lock, Credit, Settle:
				t.Errorf("%s: %+v", name, a)
			}
		}
		if len(q.members) != 0 || len(q.disputes) != 0 {
			t.Errorf("%s: %d members, %d disputes", name, len(q.members), len(q.disputes))
		}
	}
}
