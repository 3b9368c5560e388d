package recipe_test

import (
	"fmt"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/proofs/record"
)

// A base, a dataset and nothing else make a job.
func Example() {
	name := cid.MustParse("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku")
	base := recipe.Base{Model: name, Tokenizer: name, Bytes: 30e6, Config: llama.Config{
		Vocab: 2048, Hidden: 384, Inner: 1024, Layers: 6, Heads: 6, KVHeads: 3, HeadDim: 64, Context: 1024,
	}}
	data := recipe.Data{Manifest: name, Lengths: make([]uint32, 500)}
	for i := range data.Lengths {
		data.Lengths[i] = uint32(40 + i%100)
	}
	meal, err := recipe.Cook(base, data, recipe.Choices{Requester: record.Account{1}, Price: 200_000}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	s, e := meal.Spec, meal.Estimate
	fmt.Printf("level %s, %d steps of %d samples, rank %d, %d segments\n", s.Level, e.Steps, s.Batch, s.Adapter.Rank, s.Segments())
	fmt.Printf("%s for the work, %s in all, at most %s\n", e.Work, e.Total, e.AtMost)
	fmt.Println(s.Terms.Stake == job.MinStake(s.Level, s.Terms.Reward, s.Terms.AtRisk))
	// Output:
	// level A, 90 steps of 16 samples, rank 8, 23 segments
	// 0.025488 OPEN for the work, 0.028036 OPEN in all, at most 0.055504 OPEN
	// true
}
