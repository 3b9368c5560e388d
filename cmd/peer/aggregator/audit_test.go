package aggregator_test

import (
	"encoding/binary"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/openledger/openledger/settle/epoch"
)

// A sum is an account as this test computes it: by the words of the design, with
// nothing of package epoch.
type sum struct{ earned, distributed *big.Int }

// An audit recomputes balances, places and roots.
type audit struct {
	places []epoch.Account
	sums   map[epoch.Account]*sum
	spent  map[common.Address]*big.Int
	fees   *big.Int
	split  [6]uint16
}

func newAudit(split [6]uint16) *audit {
	a := &audit{sums: map[epoch.Account]*sum{}, spent: map[common.Address]*big.Int{}, fees: new(big.Int), split: split}
	return a
}

func (a *audit) credit(to epoch.Account, amount *big.Int) {
	s, ok := a.sums[to]
	if !ok {
		s = &sum{new(big.Int), new(big.Int)}
		a.sums[to], a.places = s, append(a.places, to)
	}
	s.earned.Add(s.earned, amount)
}

func (a *audit) record(r *epoch.Record) {
	if r.Payment != nil {
		d := &r.Payment.Distribution
		from := a.sums[d.Pool]
		from.distributed.Add(from.distributed, d.Amount.ToBig())
		for _, c := range d.Credits {
			a.credit(c.Account, c.Weight.ToBig())
		}
		return
	}
	q, fee := &r.Usage.Request, r.Usage.Request.Fee.ToBig()
	if a.spent[q.Payer] == nil {
		a.spent[q.Payer] = new(big.Int)
	}
	a.spent[q.Payer].Add(a.spent[q.Payer], fee)
	a.fees.Add(a.fees, fee)
	part := func(k int) *big.Int {
		return new(big.Int).Div(new(big.Int).Mul(fee, big.NewInt(int64(a.split[k]))), big.NewInt(10_000))
	}
	data := new(big.Int).Rsh(new(big.Int).Mul(part(5), big.NewInt(int64(r.Usage.Result.Gain))), 32)
	owners := new(big.Int).Add(part(4), new(big.Int).Sub(part(5), data))
	of := map[epoch.Class]*big.Int{epoch.Workers: part(1), epoch.Owners: owners, epoch.Data: data}
	weights := map[epoch.Class]*big.Int{}
	for _, c := range r.Usage.Result.Credits {
		if weights[c.Class] == nil {
			weights[c.Class] = new(big.Int)
		}
		weights[c.Class].Add(weights[c.Class], c.Weight.ToBig())
	}
	rest := new(big.Int).Sub(new(big.Int).Sub(fee, part(2)), part(3))
	var amounts []*big.Int
	for _, c := range r.Usage.Result.Credits {
		amount := new(big.Int)
		if !c.Weight.IsZero() {
			amount.Div(amount.Mul(of[c.Class], c.Weight.ToBig()), weights[c.Class])
		}
		rest.Sub(rest, amount)
		amounts = append(amounts, amount)
	}
	a.credit(epoch.TreasuryPool, rest)
	a.credit(epoch.StakersPool, part(2))
	a.credit(epoch.StoragePool, part(3))
	for i, c := range r.Usage.Result.Credits {
		a.credit(c.Account, amounts[i])
	}
}

func keccak(parts ...[]byte) (h [32]byte) { return [32]byte(crypto.Keccak256(parts...)) }

func word(n *big.Int) []byte { return n.FillBytes(make([]byte, 12)) }

func leafOf(b []byte) [32]byte {
	return keccak([]byte{0}, binary.LittleEndian.AppendUint64(nil, uint64(len(b))), b)
}

// root is that of a tree of depth 24 with these leaves, from the left.
func root(leaves [][32]byte) [32]byte {
	var zero [32]byte
	for range 24 {
		var up [][32]byte
		for i := 0; i < len(leaves); i += 2 {
			right := zero
			if i+1 < len(leaves) {
				right = leaves[i+1]
			}
			up = append(up, keccak([]byte{1}, leaves[i][:], right[:]))
		}
		leaves, zero = up, keccak([]byte{1}, zero[:], zero[:])
	}
	if len(leaves) == 0 {
		return zero
	}
	return leaves[0]
}

// earnedRoot is the root of all accounts.
func (a *audit) earnedRoot() [32]byte {
	var leaves [][32]byte
	for _, at := range a.places {
		leaves = append(leaves, leafOf(slices.Concat(at[:], word(a.sums[at].earned), word(a.sums[at].distributed))))
	}
	return root(leaves)
}
