package block

import (
	"bytes"
	"context"
	"fmt"

	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/go-cid"
	"github.com/ipld/go-ipld-prime/codec/dagcbor"
	cidlink "github.com/ipld/go-ipld-prime/linking/cid"
	"github.com/ipld/go-ipld-prime/node/basicnode"
	"github.com/ipld/go-ipld-prime/traversal"
)

// Links returns what a block points to, in order: of the codecs dag-pb (files),
// dag-cbor (records, manifests) and raw, which has none.
func Links(c cid.Cid, data []byte) ([]cid.Cid, error) {
	switch c.Type() {
	case cid.Raw:
		return nil, nil
	case cid.DagProtobuf:
		node, err := merkledag.DecodeProtobuf(data)
		if err != nil {
			return nil, fmt.Errorf("block %s is not dag-pb: %w", c, err)
		}
		var out []cid.Cid
		for _, l := range node.Links() {
			out = append(out, l.Cid)
		}
		return out, nil
	case cid.DagCBOR:
		return cborLinks(c, data)
	}
	return nil, fmt.Errorf("block %s: codec 0x%x is none of dag-pb, dag-cbor and raw", c, c.Type())
}

func cborLinks(c cid.Cid, data []byte) ([]cid.Cid, error) {
	b := basicnode.Prototype.Any.NewBuilder()
	if err := dagcbor.Decode(b, bytes.NewReader(data)); err != nil {
		return nil, fmt.Errorf("block %s is not dag-cbor: %w", c, err)
	}
	links, err := traversal.SelectLinks(b.Build())
	if err != nil {
		return nil, fmt.Errorf("block %s: links: %w", c, err)
	}
	var out []cid.Cid
	for _, l := range links {
		link, ok := l.(cidlink.Link)
		if !ok {
			return nil, fmt.Errorf("block %s: a link that is no CID: %s", c, l)
		}
		out = append(out, link.Cid)
	}
	return out, nil
}

// Walk gets each block below root once, parents before children, and shows it
// to visit.
func Walk(ctx context.Context, root cid.Cid, get func(context.Context, cid.Cid) ([]byte, error), visit func(cid.Cid, []byte) error) error {
	seen := map[string]struct{}{}
	next := []cid.Cid{root}
	for len(next) > 0 {
		c := next[len(next)-1]
		next = next[:len(next)-1]
		if _, ok := seen[c.KeyString()]; ok {
			continue
		}
		seen[c.KeyString()] = struct{}{}
		data, err := get(ctx, c)
		if err != nil {
			return err
		}
		links, err := Links(c, data)
		if err != nil {
			return err
		}
		if err := visit(c, data); err != nil {
			return err
		}
		for i := len(links) - 1; i >= 0; i-- { // so that the first is taken first
			next = append(next, links[i])
		}
	}
	return nil
}
