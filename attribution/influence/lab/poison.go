package lab

import (
	"math/big"

	"github.com/openledger/openledger/attribution/influence"
	"github.com/openledger/openledger/attribution/share"
)

// Leak settles the world's queries, divides a pool by the scores and returns
// which part of what is paid goes to the samples marked.
func (l *Lab) Leak(dir string, marked []bool, policy share.Policy) (float64, error) {
	scores, err := l.Exact(dir, [][]influence.Query{Together(l.Queries)})
	if err != nil {
		return 0, err
	}
	clusters := make([]share.Cluster, len(l.Samples))
	for i, s := range l.Samples {
		clusters[i] = share.Cluster{
			Owner: uint64(i), Tokens: uint64(len(s.IDs)), Score: share.Score(scores[0][i] * float64(share.Unit)),
		}
	}
	paid, err := share.Final(big.NewInt(1e12), clusters, policy)
	if err != nil {
		return 0, err
	}
	all, bad := 0.0, 0.0
	for i, c := range paid.Credits {
		x, _ := c.Float64()
		all += x
		if marked[i] {
			bad += x
		}
	}
	if all == 0 {
		return 0, nil
	}
	return bad / all, nil
}
