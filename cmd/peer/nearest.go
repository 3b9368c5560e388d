package main

import "github.com/openledger/openledger/compute/serve"

// nearest returns the candidate with the smallest edit distance to word, the
// first of equals; it is what an error message proposes.
func nearest(word string, candidates []string) string {
	best, least := "", -1
	for _, c := range candidates {
		if d := serve.Distance(word, c); least < 0 || d < least {
			best, least = c, d
		}
	}
	return best
}
