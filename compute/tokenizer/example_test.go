package tokenizer_test

import (
	"context"
	"fmt"
	"slices"

	"github.com/openledger/openledger/compute/tokenizer"
)

func ExampleTrain() {
	texts := []string{"the cat sat on the mat", "the rat sat on the cat", "the mat"}
	t, err := tokenizer.Train(context.Background(), slices.Values(texts), tokenizer.TrainConfig{
		VocabSize: 270, Special: []string{"<s>", "</s>"}, BOS: "<s>",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ids := t.Encode("the cat sat", true)
	for _, id := range ids {
		name, _ := t.Token(id)
		fmt.Printf("%d %s\n", id, name)
	}
	fmt.Println(t.DecodeText(ids))
	// Output:
	// 0 <s>
	// 260 the
	// 266 Ġcat
	// 269 Ġsat
	// the cat sat
}

func ExampleTokenizer_NewDecoder() {
	t, err := tokenizer.Train(context.Background(), slices.Values([]string{"naïve"}), tokenizer.TrainConfig{})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := t.NewDecoder()
	for _, id := range t.Encode("naïve 😀", false) {
		fmt.Printf("%q ", d.Next(id))
	}
	fmt.Printf("%q\n", d.Flush())
	// Output: "n" "a" "" "ï" "v" "e" " " "" "" "" "😀" ""
}
