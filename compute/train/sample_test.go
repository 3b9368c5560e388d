package train

import (
	"reflect"
	"strings"
	"testing"
)

func TestWindowsLearnEachTokenOnce(t *testing.T) {
	tokens := []int32{10, 11, 12, 13, 14, 15, 16}
	for length := 1; length <= 8; length++ {
		var learnt []int32
		for _, s := range Windows(tokens, length) {
			if len(s.IDs) == 0 || len(s.IDs) > length || len(s.IDs) != len(s.Targets) {
				t.Fatalf("length %d: window of %d positions", length, len(s.IDs))
			}
			learnt = append(learnt, s.Targets...)
		}
		if !reflect.DeepEqual(learnt, tokens[1:]) {
			t.Errorf("length %d: learnt %v, want %v", length, learnt, tokens[1:])
		}
	}
	if got := Windows([]int32{1}, 4); got != nil {
		t.Errorf("one token: got %v, want no window", got)
	}
}

func TestCompletionLearnsOnlyTheAnswer(t *testing.T) {
	s, err := Completion([]Turn{{[]int32{1, 2, 3}, false}, {[]int32{4, 5}, true}}, 8)
	if err != nil {
		t.Fatal(err)
	}
	want := Sample{IDs: []int32{1, 2, 3, 4}, Targets: []int32{NoTarget, NoTarget, 4, 5}}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got %v, want %v", s, want)
	}
}

func TestCompletionRefuses(t *testing.T) {
	for _, c := range []struct {
		turns []Turn
		want  string
	}{
		{[]Turn{{[]int32{1, 2, 3, 4}, true}}, "longer than the training length of 2"},
		{[]Turn{{[]int32{1, 2}, false}}, "no completion to learn"},
		{[]Turn{{[]int32{1}, true}}, "nothing to learn"},
		{nil, "nothing to learn"},
	} {
		if _, err := Completion(c.turns, 2); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}
