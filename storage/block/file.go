package block

import (
	"context"
	"fmt"
	"io"

	"github.com/ipfs/boxo/blockservice"
	chunk "github.com/ipfs/boxo/chunker"
	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs/importer/balanced"
	"github.com/ipfs/boxo/ipld/unixfs/importer/helpers"
	unixfs "github.com/ipfs/boxo/ipld/unixfs/io"
	"github.com/ipfs/go-cid"
	ipld "github.com/ipfs/go-ipld-format"
	"github.com/multiformats/go-multihash"
)

// FileConfig says how a file is cut. Its zero value is the profile
// unixfs-v1-2025 of IPIP-499, so that others who follow it get the same CID.
type FileConfig struct {
	Chunk int // bytes of a leaf, at most MaxSize; 0: 1 MiB
	Links int // leaves or nodes below a node; 0: 1,024
}

// AddFile stores what r gives as a UnixFS file and returns its CID and size.
// Call Flush after it.
func (h *Hold) AddFile(ctx context.Context, r io.Reader, config FileConfig) (cid.Cid, uint64, error) {
	if config.Chunk == 0 {
		config.Chunk = 1 << 20
	}
	if config.Links == 0 {
		config.Links = 1024
	}
	if config.Chunk < 1 || config.Chunk > MaxSize || config.Links < 2 {
		return cid.Undef, 0, fmt.Errorf("block: a file in chunks of %d bytes, %d to a node: want at most %d and at least 2", config.Chunk, config.Links, MaxSize)
	}
	count := &counter{ctx: ctx, r: r}
	params := helpers.DagBuilderParams{
		Maxlinks:   config.Links,
		RawLeaves:  true,
		CidBuilder: cid.V1Builder{Codec: cid.DagProtobuf, MhType: multihash.SHA2_256},
		Dagserv:    holdNodes{h: h, ctx: ctx},
	}
	builder, err := params.New(chunk.NewSizeSplitter(count, int64(config.Chunk)))
	if err != nil {
		return cid.Undef, 0, fmt.Errorf("add file: %w", err)
	}
	root, err := balanced.Layout(builder)
	if err != nil {
		return cid.Undef, 0, fmt.Errorf("add file, after %d bytes: %w", count.n, err)
	}
	return root.Cid(), count.n, nil
}

// counter counts what is read, and ends with ctx.
type counter struct {
	ctx context.Context
	r   io.Reader
	n   uint64
}

func (c *counter) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(b)
	c.n += uint64(n)
	return n, err
}

// holdNodes is what the importer writes to. It computed the CIDs itself.
type holdNodes struct {
	ipld.DAGService // nil: the importer only adds
	h               *Hold
	ctx             context.Context
}

func (d holdNodes) Add(_ context.Context, n ipld.Node) error {
	b, err := newBlock(n.Cid(), n.RawData())
	if err != nil {
		return err
	}
	return d.h.add(d.ctx, b)
}

func (d holdNodes) AddMany(ctx context.Context, nodes []ipld.Node) error {
	for _, n := range nodes {
		if err := d.Add(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// OpenFile returns a reader of a UnixFS file whose blocks are here. It fetches
// nothing; a block that is missing is an error of Read.
func (s *Store) OpenFile(ctx context.Context, root cid.Cid) (io.ReadSeekCloser, error) {
	nodes := merkledag.NewDAGService(blockservice.New(s.bs, nil))
	node, err := nodes.Get(ctx, root)
	if err != nil {
		return nil, explain(root, err)
	}
	r, err := unixfs.NewDagReader(ctx, node, nodes)
	if err != nil {
		return nil, fmt.Errorf("%s is not a file: %w", root, err)
	}
	return r, nil
}
