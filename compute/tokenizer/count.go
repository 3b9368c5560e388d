package tokenizer

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"sync"
)

// A wordCount says how often a word occurs in the texts.
type wordCount struct {
	word  string
	count int64
}

// batchBytes is how much text a thread is given at a time.
const batchBytes = 1 << 18

// countWords cuts all texts into words and counts them, on several threads. The result is
// sorted by word.
func countWords(ctx context.Context, texts iter.Seq[string], t *Tokenizer, threads int) ([]wordCount, error) {
	batches := make(chan []string)
	counted := make([]map[string]*int64, threads)
	var wg sync.WaitGroup
	for i := range counted {
		counted[i] = map[string]*int64{}
		wg.Go(func() {
			e := &encoder{t: t}
			e.yield = t.stages(func(w []byte) {
				if n, ok := counted[i][string(w)]; ok {
					*n++
				} else {
					one := int64(1)
					counted[i][string(w)] = &one
				}
			})
			for batch := range batches {
				for _, text := range batch {
					e.text = append(e.text[:0], text...)
					e.segment(e.text, true)
				}
			}
		})
	}
	var batch []string
	size := 0
	for text := range texts {
		if ctx.Err() != nil {
			break
		}
		batch, size = append(batch, text), size+len(text)
		if size >= batchBytes {
			batches <- batch
			batch, size = nil, 0
		}
	}
	batches <- batch
	close(batches)
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	all := counted[0]
	for _, more := range counted[1:] {
		for w, n := range more {
			if m, ok := all[w]; ok {
				*m += *n
			} else {
				all[w] = n
			}
		}
	}
	list := make([]wordCount, 0, len(all))
	for w, n := range all {
		list = append(list, wordCount{w, *n})
	}
	slices.SortFunc(list, func(a, b wordCount) int { return cmp.Compare(a.word, b.word) })
	return list, nil
}
