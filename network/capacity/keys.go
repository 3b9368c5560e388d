package capacity

import (
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"

	"github.com/openledger/openledger/proofs/record"
)

// Capability keys are where provider records lie: whoever can do something is a
// provider of its key.
//
//	arith/1   memory>=16GiB   model/CID   adapter/CID   datanet/CID
//
// A key belongs to a period of half an hour. So the record of a peer that left
// is soon of no use, and no peer is close to a popular key for long.
const period = 30 * time.Minute

// overlap is how far clocks may be apart: around the end of a period both count.
const overlap = 5 * time.Minute

// maxKeys is how many keys a peer provides: links come last.
const maxKeys = 64

// keys lists the capability keys of an advert.
func (a *Advert) keys() []string {
	var out []string
	for _, v := range a.Arithmetic {
		out = append(out, arithKey(v))
	}
	for gib := uint64(1); len(a.Arithmetic) > 0 && gib <= 1024 && gib <= a.Memory>>30; gib *= 2 {
		out = append(out, memoryKey(gib))
	}
	for _, l := range []struct {
		name  string
		links []cid.Cid
	}{{"model", a.Models}, {"adapter", a.Adapters}, {"datanet", a.Manifests}} {
		for _, c := range l.links {
			out = append(out, linkKey(l.name, c))
		}
	}
	return out[:min(len(out), maxKeys)]
}

func arithKey(version uint64) string        { return fmt.Sprintf("arith/%d", version) }
func memoryKey(gib uint64) string           { return fmt.Sprintf("memory>=%dGiB", gib) }
func linkKey(kind string, c cid.Cid) string { return kind + "/" + c.String() }

// key is the capability key that the fewest peers have.
func (n *Need) key() string {
	switch {
	case n.Adapter.Defined():
		return linkKey("adapter", n.Adapter)
	case n.Model.Defined():
		return linkKey("model", n.Model)
	case n.Manifest.Defined():
		return linkKey("datanet", n.Manifest)
	case n.Memory >= 1<<30:
		gib := uint64(1)
		for gib*2 <= n.Memory>>30 && gib < 1024 {
			gib *= 2
		}
		return memoryKey(gib)
	}
	return arithKey(max(n.Arithmetic, 1))
}

// Place is where the provider records of a key lie in the period of a time.
func Place(network record.Network, key string, at time.Time) cid.Cid {
	sum := sha256.Sum256(fmt.Appendf(nil, "openledger/%s/capability/%s/%d", network, key, at.Unix()/int64(period.Seconds())))
	hash, err := multihash.Encode(sum[:], multihash.SHA2_256)
	if err != nil {
		panic("capacity: internal error: " + err.Error())
	}
	return cid.NewCidV1(cid.Raw, hash)
}
