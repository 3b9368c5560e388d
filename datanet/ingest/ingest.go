// Package ingest makes a contribution of files: it reads JSONL, CSV, Parquet,
// Markdown, plain text and source code, cuts them into records that know their
// bytes in the file, cleans them, leaves out what is there already, finds
// secrets, and stores the rest as erasure-coded shards.
//
// What cannot be read (a device, a link, a damaged table, a line without an end)
// is quarantined with a reason and loses nothing else.
//
// The invariant: an input gives the same contribution, however often the work
// was interrupted. All that is known of the records read so far lies in a folder,
// from which Add goes on after a kill, also in the middle of a file; what is in
// memory is bounded, however many records and files there are.
//
// Start with Add.
package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/erasure"
)

// A Format is a way to read a file.
type Format string

// The formats. Auto goes by the end of the file's name; what it does not know is
// Text.
const (
	Auto     Format = ""
	JSONL    Format = "jsonl"
	CSV      Format = "csv"
	Parquet  Format = "parquet"
	Markdown Format = "markdown"
	Text     Format = "text" // also source code
)

// Columns say which column of a table, or field of an object, is what.
type Columns struct {
	Text        string // "": text
	Contributor string // the author's name; "": every record is credited to the owner
	Key         string // the record's name; "": it has none
}

type column struct {
	name     string
	required bool
	in       func(*piece) *string
}

func (c Columns) list() []column {
	if c.Text == "" {
		c.Text = "text"
	}
	list := []column{{c.Text, true, func(p *piece) *string { return &p.text }}}
	if c.Contributor != "" {
		list = append(list, column{c.Contributor, true, func(p *piece) *string { return &p.contributor }})
	}
	if c.Key != "" {
		list = append(list, column{c.Key, false, func(p *piece) *string { return &p.key }})
	}
	return list
}

// Config says how to read. Licence, Owner and Dir are required.
type Config struct {
	Licence manifest.Licence
	Owner   record.Account // who will sign
	Dir     string         // the folder for work in progress, of this input alone; the caller removes it in the end
	Title   string
	Format  Format
	Columns Columns
	Redact  bool // replace secrets and e-mail addresses by their kind; default: report them
	Keep    bool // keep duplicates; default: leave them out. They are reported in any case

	Against  iter.Seq2[manifest.Item, error] `json:"-"` // records of the Datanet, as Datanet.Records yields them; nil: none
	Progress func(Progress)                  `json:"-"` // called after each file, each 256 records and each shard; nil: never
}

// A Phase is a part of the work.
type Phase string

// The phases, in their order.
const (
	Listing Phase = "listing" // the files, and the records of the Datanet
	Reading Phase = "reading"
	Storing Phase = "storing"
)

// Progress says how far Add is.
type Progress struct {
	Phase           Phase
	File            string // that is read
	Files, AllFiles int
	Bytes, AllBytes uint64 // Reading: of the files; Storing: of the records
	Records         uint64 // kept
	Duplicates      int
	Quarantined     int
	Shards          int // stored
}

// blocks is the part of a store that Add needs. It MUST be safe for concurrent
// use.
type blocks interface {
	Add(ctx context.Context, codec uint64, data []byte) (cid.Cid, error)
}

// shardSize is the size of a shard in bytes: three stripes of ten chunks.
const shardSize = 3 * 10 * erasure.Chunk

// Add reads a file, or all files of a folder, and stores their records. The
// contribution is not signed yet.
func Add(ctx context.Context, path string, config Config, to blocks) (manifest.Contribution, *Report, error) {
	var none manifest.Contribution
	if err := config.Licence.Check(); err != nil {
		return none, nil, err
	}
	if config.Dir == "" || config.Owner == (record.Account{}) {
		return none, nil, errors.New("ingest: a folder for work in progress and an owner are required")
	}
	w, err := open(path, config)
	if err != nil {
		return none, nil, err
	}
	defer w.close()
	if err := w.know(ctx); err != nil {
		return none, nil, err
	}
	if err := w.readAll(ctx); err != nil {
		return none, nil, err
	}
	c, err := w.store(ctx, to)
	return c, &w.state.Report, err
}

// readAll reads the files from the one on that was not read to its end.
func (w *work) readAll(ctx context.Context) error {
	inputs, err := w.inputs.from(0)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		var in input
		_, more, err := inputs.next(&in)
		switch {
		case err != nil:
			return err
		case !more:
			return w.save()
		case i < w.state.File:
			continue
		case ctx.Err() != nil:
			return errors.Join(ctx.Err(), w.save())
		}
		if err := w.file(ctx, in); err != nil {
			return err
		}
		w.state.File++
		w.progress(Reading)
		if n := w.records.size - w.saved; n >= saveEvery || n < 0 { // less than 0: some of it was given up
			if err := w.save(); err != nil {
				return err
			}
		}
	}
}

// store cuts the records into shards and stores them with the report.
func (w *work) store(ctx context.Context, to blocks) (manifest.Contribution, error) {
	c := manifest.Contribution{Title: w.config.Title, Licence: w.config.Licence, Contributors: w.state.Contributors}
	var batch manifest.Batch
	size, at := 0, map[uint64]uint64{}
	flush := func() error {
		s, err := storeShard(ctx, &batch, to)
		if err == nil {
			c.Shards = append(c.Shards, s)
		}
		batch, size = manifest.Batch{}, 0
		clear(at)
		w.shards = len(c.Shards)
		w.progress(Storing)
		return err
	}
	records, err := w.records.from(0)
	if err != nil {
		return c, err
	}
	for {
		var r manifest.Record
		n, more, err := records.next(&r)
		if err != nil {
			return c, fmt.Errorf("%s: %w", w.config.Dir, err)
		}
		if !more {
			break
		}
		if size+n+200 > shardSize && size > 0 {
			if err := flush(); err != nil {
				return c, err
			}
		}
		local, there := at[r.Source]
		if !there {
			var s source
			if err := w.sources.get(int64(r.Source), &s); err != nil {
				return c, fmt.Errorf("%s: %w", w.config.Dir, err)
			}
			local = uint64(len(batch.Sources))
			at[r.Source] = local
			batch.Sources = append(batch.Sources, manifest.Source(s))
			size += 64 + len(s.Name)
		}
		r.Source = local
		batch.Records = append(batch.Records, r)
		size += n
		w.stored = records.at
	}
	if len(batch.Records) == 0 {
		return c, fmt.Errorf("ingest: no records: %d files read, %d quarantined, %d duplicates", w.state.Report.Files, w.state.Report.Quarantined, w.state.Report.Duplicates)
	}
	if err := flush(); err != nil {
		return c, err
	}
	report, err := json.Marshal(w.state.Report)
	if err == nil && len(report) <= block.MaxSize {
		c.Report, err = to.Add(ctx, cid.Raw, report)
	}
	return c, errors.Join(err, c.Check())
}

func storeShard(ctx context.Context, batch *manifest.Batch, to blocks) (manifest.Shard, error) {
	content := batch.AppendCanon(nil)
	layout, err := erasure.Encode(ctx, bytes.NewReader(content), erasure.Default, func(ctx context.Context, chunk []byte) (cid.Cid, error) {
		return to.Add(ctx, cid.Raw, bytes.Clone(chunk))
	})
	if err != nil {
		return manifest.Shard{}, fmt.Errorf("store a shard: %w", err)
	}
	c, err := to.Add(ctx, cid.DagCBOR, layout.AppendCanon(nil))
	return manifest.Shard{Layout: c, Size: uint64(len(content)), Records: uint64(len(batch.Records))}, err
}
