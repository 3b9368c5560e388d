package devnet

import "fmt"

// Peers is how many peers a network has where nothing else is said, and at least.
const Peers = 5

// Names of the first peers; workers beyond them are numbered.
const (
	First   = "ada"   // contributes data, posts epochs, audits
	Second  = "ben"   // contributes data, audits
	Gateway = "clara" // asks for training and answers, computes for others
)

// Roles are those of a network of n peers: two contributors of data, one of them
// the aggregator, and workers, one of them the requester's gateway.
func Roles(n int) ([]Role, error) {
	if n < Peers {
		return nil, fmt.Errorf("%d peers are too few: two share data, one asks, and two compute each job for it and compare; want %d or more", n, Peers)
	}
	worker := []string{"worker.enabled=true"}
	roles := []Role{
		{Name: First, Does: "shares data, audits, posts epochs", Set: []string{"auditor.enabled=true"}},
		{Name: Second, Does: "shares data, audits", Set: []string{"auditor.enabled=true"}},
		{Name: Gateway, Does: "asks for training and answers; computes", Set: worker, API: true},
	}
	for i := range n - len(roles) {
		roles = append(roles, Role{Name: fmt.Sprintf("worker%d", i+1), Does: "computes", Set: worker})
	}
	return roles, nil
}
