package serve

import (
	"bytes"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
)

// FuzzRequest: what a request is read from it writes again, and no bytes make
// reading or checking it panic.
func FuzzRequest(f *testing.F) {
	e, err := New(Config{Model: tinyModel(f), CID: modelCID, Memory: 1 << 20})
	if err != nil {
		f.Fatal(err)
	}
	for _, r := range []Request{
		{Model: modelCID, Prompt: []int32{1, 2}, StopTokens: []int32{}},
		{Model: modelCID, Adapter: rawCID("a"), Prompt: []int32{-1}, MaxTokens: 9, Choices: 3, StopTokens: []int32{7}, Stop: []string{"x", "€"},
			Sampling: Sampling{Temperature: 1, TopK: 5, TopP: 0.5, MinP: 0.1, Seed: 1 << 60, Bias: []Bias{{3, -1}, {2, 7}}}, Schema: []byte("{}")},
	} {
		b, err := canon.Encode(&r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var r Request
		if canon.Decode(b, &r, canon.Limits{}) != nil {
			return
		}
		again, err := canon.Encode(&r)
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("%x is written as %x, %v", b, again, err)
		}
		if r.check(e) == nil {
			if _, err := r.Digest(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
