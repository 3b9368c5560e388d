package block

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/ipfs/go-cid"
	"github.com/ipld/go-car/v2"
	"github.com/ipld/go-car/v2/storage"
)

// ExportCAR writes everything below roots as a CAR of version 1, which every
// implementation reads. A block that is missing is an error.
func (s *Store) ExportCAR(ctx context.Context, w io.Writer, roots ...cid.Cid) error {
	out, err := storage.NewWritable(w, roots, car.WriteAsCarV1(true), car.StoreIdentityCIDs(true))
	if err != nil {
		return fmt.Errorf("write CAR: %w", err)
	}
	for _, root := range roots {
		err := Walk(ctx, root, s.Get, func(c cid.Cid, data []byte) error {
			return out.Put(ctx, c.KeyString(), data)
		})
		if err != nil {
			return fmt.Errorf("write CAR of %s: %w", root, err)
		}
	}
	return out.Finalize()
}

// An Import tells what a CAR held.
type Import struct {
	Roots  []cid.Cid
	Blocks int // stored
	Bytes  uint64
	Bad    int     // blocks left out: of another hash, or too large
	Why    []error // of the first maxReasons of them, with the place
}

const maxReasons = 100

// Limits of a CAR.
const (
	maxHeader  = 1 << 20
	maxSection = MaxSize + 256 // a block with its CID
)

// ImportCAR stores the blocks of a CAR, version 1 or 2, as they come. A block
// whose bytes have another hash is left out and told of in Import; a cut file
// is an error that leaves the blocks before. Call Flush after it.
func (h *Hold) ImportCAR(ctx context.Context, r io.Reader) (in Import, err error) {
	cr, err := car.NewBlockReader(r, car.WithTrustedCAR(true), car.MaxAllowedHeaderSize(maxHeader), car.MaxAllowedSectionSize(maxSection))
	if err != nil {
		return in, fmt.Errorf("not a CAR: %w", err)
	}
	in.Roots = cr.Roots
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return in, err
		}
		b, err := cr.Next()
		if errors.Is(err, io.EOF) {
			return in, nil
		}
		if err != nil {
			return in, fmt.Errorf("CAR: block %d, after %d bytes of blocks: %w; the blocks before it are kept", n, in.Bytes, err)
		}
		err = h.Put(ctx, b.Cid(), b.RawData())
		if errors.Is(err, ErrCorrupt) || errors.Is(err, ErrTooLarge) || errors.Is(err, ErrUnsafe) {
			in.Bad++
			if len(in.Why) < maxReasons {
				in.Why = append(in.Why, fmt.Errorf("CAR: block %d: %w", n, err))
			}
			continue
		}
		if err != nil {
			return in, err
		}
		in.Blocks++
		in.Bytes += uint64(len(b.RawData()))
	}
}
