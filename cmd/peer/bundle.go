package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/fetch"
)

// A bundle is the files of a model's or an adapter's folder as blocks. Nobody
// believes it: who fetched the files identifies what they are.
type bundle struct{ files []bundled }

type bundled struct {
	name string
	file cid.Cid // UnixFS
	size uint64
}

const (
	maxBundle   = 1 << 10 // files
	maxFileName = 256     // bytes
)

func (b *bundle) AppendCanon(out []byte) []byte {
	out = canon.AppendArray(out, len(b.files))
	for _, f := range b.files {
		out = canon.AppendText(canon.AppendArray(out, 3), f.name)
		out = canon.AppendUint(canon.AppendCID(out, f.file), f.size)
	}
	return out
}

func (b *bundle) ReadCanon(r *canon.Reader) {
	for n := r.Array(maxBundle); n > 0 && r.Err() == nil; n-- {
		r.Fields(3)
		b.files = append(b.files, bundled{r.Text(maxFileName), r.CID(), r.Uint(1 << 50)})
	}
}

// modelFiles lists the files of a model's folder that belong to it.
func modelFiles(dir string) (names []string, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(dir, path)
		if err = errors.Join(err, relErr); err != nil {
			return err
		}
		if rel = filepath.ToSlash(rel); d.Type().IsRegular() && wanted(rel) && rel != infoFile {
			names = append(names, rel)
		}
		return nil
	})
	return names, err
}

// pack stores files of a folder, those that are there, and the bundle of them.
// extra are files that lie nowhere.
func pack(ctx context.Context, hold *block.Hold, f *feed, dir string, names []string, extra map[string][]byte) (root cid.Cid, size uint64, err error) {
	var b bundle
	total := int64(0)
	for _, name := range names {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			total += info.Size()
		}
	}
	bar := f.bytes("store", total)
	add := func(name string, in io.Reader) error {
		c, n, err := hold.AddFile(ctx, io.TeeReader(in, bar), fileConfig)
		b.files = append(b.files, bundled{name, c, n})
		size += n
		return err
	}
	for _, name := range names {
		f, err := os.Open(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = errors.Join(add(name, f), f.Close())
		}
		if err != nil {
			return cid.Undef, 0, err
		}
	}
	for name, text := range extra {
		if err := add(name, bytes.NewReader(text)); err != nil {
			return cid.Undef, 0, err
		}
	}
	text, err := canon.Encode(&b)
	if err == nil {
		root, err = hold.Add(ctx, cid.DagCBOR, text)
	}
	return root, size, err
}

// bundleTime is how long the list of files is waited for: who has it has the
// files, too.
const bundleTime = 20 * time.Second

// readBundle fetches the list of the files.
func readBundle(ctx context.Context, session *fetch.Session, root cid.Cid) ([]bundled, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, bundleTime, fmt.Errorf("nobody sent the list of files %s within %s", root, bundleTime))
	defer cancel()
	err := session.Blocks(ctx, []cid.Cid{root}) // it stays, for a later try
	var text []byte
	if err == nil {
		text, err = session.Get(ctx, root)
	}
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return nil, err
	}
	var b bundle
	if err := canon.Decode(text, &b, canon.Limits{Depth: 3}); err != nil {
		return nil, fmt.Errorf("%s is no list of files: %w", root, err)
	}
	return b.files, nil
}

// unpack fetches files into a folder, each of the size that its bundle says. Blocks
// that came before an error stay, so that the next try goes on from there.
func (r *repo) unpack(ctx context.Context, f *feed, session *fetch.Session, files []bundled, dir string) error {
	total := uint64(0)
	for _, one := range files {
		if !filepath.IsLocal(one.name) {
			return fmt.Errorf("file %q would lie elsewhere", one.name)
		}
		total += one.size
	}
	if err := r.roomFor(ctx, files, dir); err != nil {
		return err
	}
	bar := f.bytes("fetch", int64(total))
	for _, one := range files {
		left := one.size + one.size/8 + 1<<20 // with the nodes above
		err := session.DAG(ctx, one.file, func(c cid.Cid, data []byte) error {
			if uint64(len(data)) > left {
				return fmt.Errorf("file %q is longer than its %d bytes", one.name, one.size)
			}
			left -= uint64(len(data))
			if c.Type() == cid.Raw {
				_, _ = bar.Write(data) // never fails
			}
			return nil
		})
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = r.writeOut(ctx, filepath.Join(dir, one.name), one)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// spare is what is left free on the disk.
const spare = 256 << 20

// roomFor checks that files fit on the disk: as blocks, where they are not here
// yet, and once more as files.
func (r *repo) roomFor(ctx context.Context, files []bundled, dir string) error {
	need, here := uint64(spare), map[string]bool{}
	for _, f := range files {
		need += 2 * f.size
		have, err := r.stored(ctx, f.file, here)
		if err != nil {
			return err
		}
		need -= min(have, f.size)
	}
	free, err := freeDisk(dir)
	if err != nil {
		return fmt.Errorf("disk of %s: %w", dir, err)
	}
	if free < need {
		return problemf(exitFailed, `make room; "peer repo gc" frees what no pin holds`, "%s are needed below %s and %s are free", size(need), dir, size(free))
	}
	return nil
}

// stored is how many bytes of a file are here as blocks. seen are counted already.
func (r *repo) stored(ctx context.Context, file cid.Cid, seen map[string]bool) (n uint64, err error) {
	for todo := []cid.Cid{file}; len(todo) > 0; {
		c := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[c.KeyString()] {
			continue
		}
		seen[c.KeyString()] = true
		size, err := r.blocks.Size(ctx, c)
		if errors.Is(err, block.ErrNotFound) {
			continue
		}
		if err != nil {
			return n, err
		}
		if c.Type() == cid.Raw {
			n += uint64(size)
			continue
		}
		data, err := r.blocks.Get(ctx, c)
		if errors.Is(err, block.ErrCorrupt) {
			continue // it is fetched again
		}
		if err != nil {
			return n, err
		}
		links, err := block.Links(c, data)
		if err != nil {
			return n, err
		}
		todo = append(todo, links...)
	}
	return n, nil
}

// writeOut writes a file whose blocks are here.
func (r *repo) writeOut(ctx context.Context, path string, f bundled) (err error) {
	in, err := r.blocks.OpenFile(ctx, f.file)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	n, err := io.Copy(out, io.LimitReader(in, int64(f.size)+1))
	if err == nil && uint64(n) != f.size {
		err = fmt.Errorf("file %q has other than its %d bytes", f.name, f.size)
	}
	return errors.Join(err, out.Close())
}

// bytes is a writer that tells how much of a total was written to it. A feed
// that nobody hears is told nothing.
func (f *feed) bytes(what string, total int64) io.Writer {
	done := int64(0)
	return writerFunc(func(b []byte) (int, error) {
		if done += int64(len(b)); f.progress != nil {
			f.progress(what+" bytes", min(done, total), total)
		}
		return len(b), nil
	})
}

// hasWeights says whether a bundle has the weights of a model.
func hasWeights(files []bundled) bool {
	return slices.ContainsFunc(files, func(f bundled) bool { return filepath.Ext(f.name) == ".safetensors" })
}
