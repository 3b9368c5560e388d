package chain_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/contract/registry"
)

// TestRegistry: what two owners register is found by what it is of, once it is
// final, with the names that the contract gives; a second process goes on where
// the first was, and nothing is found that is not final.
func TestRegistry(t *testing.T) {
	d := openDev(t, "")
	t.Cleanup(func() { d.Close() })
	ctx := t.Context()
	a, err := chain.Deploy(ctx, d, founder, chain.DemoTerms(founder.Address()))
	if err != nil {
		t.Fatal(err)
	}
	k, err := chain.Open(ctx, d, a)
	if err != nil {
		t.Fatal(err)
	}
	other := chain.KeySigner(key("other", 0))
	fund(t, d, other.Address())
	db := openDB(t, t.TempDir()+"/graph.db")
	open := func() *chain.Provenance {
		p, err := chain.NewProvenance(ctx, k, db)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	name := func(i int) [32]byte {
		c, err := cid.Prefix{Version: 1, Codec: cid.DagCBOR, MhType: 0x12, MhLength: 32}.Sum([]byte{byte(i)})
		if err != nil {
			t.Fatal(err)
		}
		return chain.DigestOf(c)
	}
	model := chain.Item{Kind: chain.ModelItem, Digest: name(0)}
	adapter := chain.Item{Kind: chain.AdapterItem, Series: [32]byte{7}, Digest: name(1), Parents: []chain.ItemID{k.ItemID(other.Address(), model), k.ItemID(founder.Address(), model)}}
	refused(t, d, founder, k.Register(adapter), "UnknownParent")
	refused(t, d, founder, k.Register(chain.Item{}), "NoDigest")
	p := open()
	for i, x := range []struct {
		by   chain.Signer
		item chain.Item
	}{{other, model}, {founder, model}, {founder, adapter}} {
		bindings := registry.NewRegistry()
		var parents [][32]byte
		for _, id := range x.item.Parents {
			parents = append(parents, id)
		}
		out, err := d.CallContract(ctx, ethCall(k.Registry, bindings.PackIdOf(x.by.Address(), uint8(x.item.Kind), x.item.Series, x.item.Digest, x.item.Splits, parents)), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := k.ItemID(x.by.Address(), x.item), chain.ItemID(out); got != want {
			t.Errorf("item %d is %x here, %x in the contract", i, got, want)
		}
		do(t, d, x.by, k.Register(x.item))
		refused(t, d, x.by, k.Register(x.item), "AlreadyRegistered")
		if i == 1 { // a process that ends, and one that goes on
			if err := p.Scan(ctx); err != nil {
				t.Fatal(err)
			}
			p = open()
		}
	}
	found := func(kind chain.ItemKind, digest [32]byte) string {
		t.Helper()
		if err := p.Scan(ctx); err != nil {
			t.Fatal(err)
		}
		all, err := p.Find(ctx, kind, digest)
		if err != nil {
			t.Fatal(err)
		}
		var text string
		for _, x := range all {
			if x.ID != k.ItemID(x.Owner, x.Item) || x.Block == 0 || x.At.IsZero() {
				t.Errorf("found %+v, whose name is %x", x, k.ItemID(x.Owner, x.Item))
			}
			text += fmt.Sprint(x.Kind, " of ", map[common.Address]string{founder.Address(): "founder", other.Address(): "other"}[x.Owner], ", ", len(x.Parents), " parents; ")
		}
		return text
	}
	if got := found(chain.AdapterItem, adapter.Digest); got != "" {
		t.Errorf("found %q before it is final", got)
	}
	for range 200 {
		d.Seal()
	}
	for _, x := range []struct {
		kind   chain.ItemKind
		digest [32]byte
		want   string
	}{
		{chain.ModelItem, model.Digest, "model of other, 0 parents; model of founder, 0 parents; "},
		{chain.AdapterItem, adapter.Digest, "adapter of founder, 2 parents; "},
		{chain.AdapterItem, model.Digest, ""},
		{chain.DatanetItem, name(9), ""},
	} {
		if got := found(x.kind, x.digest); got != x.want {
			t.Errorf("%v %x: got %q, want %q", x.kind, x.digest[:4], got, x.want)
		}
	}
	all, err := p.Find(ctx, chain.AdapterItem, adapter.Digest)
	if err != nil || len(all) != 1 || !slices.Equal(all[0].Parents, adapter.Parents) || all[0].Series != adapter.Series {
		t.Errorf("got %+v (%v), want %+v", all, err, adapter)
	}
}
