package chain

import (
	"cmp"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/accounts/abi"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/settle/contract/challenges"
	"github.com/openledger/openledger/settle/contract/ledger"
	"github.com/openledger/openledger/settle/epoch"
)

// What follows writes the nouns of package epoch as the bindings have them.

func header(h *epoch.Header) ledger.Header {
	return ledger.Header{
		Epoch: h.Epoch, Records: h.Records, Forced: h.Forced, TotalSpent: h.Total.ToBig(), Accounts: h.Accounts, Previous: h.Previous,
		SpentRoot: h.SpentRoot, EarnedRoot: h.EarnedRoot, RecordsRoot: h.RecordsRoot, TraceRoot: h.TraceRoot, Data: h.Data,
	}
}

func path(p []merkle.Digest) [][32]byte {
	out := make([][32]byte, len(p))
	for i := range p {
		out[i] = p[i]
	}
	return out
}

// unfilled are the roots of subtrees without leaves, by their depth.
var unfilled = sync.OnceValue(func() (all [64]merkle.Digest) {
	for i := range len(all) - 1 {
		all[i+1] = merkle.Keccak256.Node(all[i], all[i])
	}
	return all
})

// short returns a path without the siblings that Tree.climb knows: those that are
// not filled, above all that are.
func short(index uint64, p []merkle.Digest) [][32]byte {
	n, empty := len(p), unfilled()
	for n > 0 && index>>(n-1) == 0 && p[n-1] == empty[n-1] {
		n--
	}
	return path(p[:n])
}

// ascending returns leaves by their places.
func ascending(places []uint32, leaves []epoch.EarnedLeaf) ([]uint32, []epoch.EarnedLeaf) {
	order := make([]int, len(places))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(places[a], places[b]) })
	p, l := make([]uint32, len(places)), make([]epoch.EarnedLeaf, len(leaves))
	for i, from := range order {
		p[i], l[i] = places[from], leaves[from]
	}
	return p, l
}

// joined returns the siblings that do not follow from leaves at ascending places,
// as Tree.join takes them.
func joined(places []uint32, leaves []epoch.EarnedLeaf) (proof [][32]byte) {
	type node struct {
		index uint32
		leaf  int // one below it
	}
	level := make([]node, len(places))
	for i, p := range places {
		level[i] = node{p, i}
	}
	for height := range len(leaves[0].Path) {
		var above []node
		for i := 0; i < len(level); i++ {
			n := level[i]
			if n.index&1 == 0 && i+1 < len(level) && level[i+1].index == n.index+1 {
				i++
			} else {
				proof = append(proof, leaves[n.leaf].Path[height])
			}
			above = append(above, node{n.index / 2, n.leaf})
		}
		level = above
	}
	return proof
}

func state(s *epoch.Sums) challenges.State {
	return challenges.State{SpentRoot: s.SpentRoot, EarnedRoot: s.EarnedRoot, TotalSpent: s.Total.ToBig(), Accounts: s.Accounts}
}

func credits(in []epoch.Credit) []challenges.Credit {
	out := make([]challenges.Credit, len(in))
	for i := range in {
		out[i] = challenges.Credit{Account: in[i].Account, Class: uint8(in[i].Class), Weight: in[i].Weight.ToBig()}
	}
	return out
}

func usage(r *epoch.Record) challenges.Usage {
	q, s := &r.Usage.Request, &r.Usage.Result
	return challenges.Usage{
		Request: challenges.Request{
			Payer: q.Payer, Model: q.Model, Prompt: q.Prompt, Fee: q.Fee.ToBig(), FirstEpoch: q.FirstEpoch, LastEpoch: q.LastEpoch,
			Salt: q.Salt, Workers: q.Workers,
		},
		Result:         challenges.Result{Request: s.Request, Output: s.Output, Gain: s.Gain, Credits: credits(s.Credits)},
		PayerSignature: r.Usage.PayerSignature[:], WorkerSignature: r.Usage.WorkerSignature[:], Places: r.Places,
	}
}

func payment(r *epoch.Record) challenges.Payment {
	d := &r.Payment.Distribution
	return challenges.Payment{
		Distribution: challenges.Distribution{
			Pool: d.Pool, Epoch: d.Epoch, Part: d.Part, Amount: d.Amount.ToBig(), Evidence: d.Evidence, Credits: credits(d.Credits),
		},
		Signature: r.Payment.Signature[:], PoolPlace: r.Place, Places: r.Places,
	}
}

func spent(l *epoch.SpentLeaf) challenges.Spent {
	return challenges.Spent{Spent: l.Spent.ToBig(), Path: path(l.Path)}
}

func earned(l *epoch.EarnedLeaf) challenges.Earned {
	return challenges.Earned{Account: l.Account, Earned: l.Earned.ToBig(), Distributed: l.Distributed.ToBig(), Path: path(l.Path)}
}

func selector(a abi.ABI, method string) [4]byte { return [4]byte(a.Methods[method].ID) }
