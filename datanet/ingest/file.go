package ingest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/openledger/openledger/datanet/manifest"
)

// errStop wraps what ends Add; any other error of a reader is the file's fault.
var errStop = errors.New("ingest: stopped")

// file reads one file, or the rest of it. If something is wrong with it as a
// whole, everything is as if it had not been there, but for the reason in the
// report.
func (w *work) file(ctx context.Context, in input) error {
	if w.state.Open == nil {
		w.state.Open = &partial{
			Size: w.records.size, Count: w.state.Count, Contributors: len(w.state.Contributors),
			Credits: map[uint64]manifest.Contributor{}, Report: w.state.Report,
		}
	}
	before := w.state.Open
	w.source, w.position = manifest.Source{Name: in.Name}, before.Mark.At
	w.mark = func() mark { return before.Mark }
	sum, err := w.read(ctx, in)
	switch {
	case err == nil:
		w.source.SHA256 = sum
		s := source(w.source)
		if _, err := w.sources.add(&s); err != nil {
			return err
		}
		w.state.Report.Files++
	case errors.Is(err, errStop):
		return err
	default:
		for i, was := range before.Credits {
			w.state.Contributors[i] = was
		}
		for _, c := range w.state.Contributors[before.Contributors:] {
			delete(w.who, c.Name)
		}
		w.state.Contributors, w.state.Report = w.state.Contributors[:before.Contributors], before.Report
		if err := w.giveUp(before.Count, before.Size); err != nil {
			return err
		}
		w.state.Report.quarantine(Quarantine{Source: in.Name, Reason: err.Error()})
	}
	w.state.Bytes += uint64(in.Size)
	w.state.Open = nil
	return nil
}

// read shows the pieces of a file to piece and returns its hash.
func (w *work) read(ctx context.Context, in input) (sum [32]byte, err error) {
	f, before, err := openRegular(w.listed.open(in))
	if err != nil {
		return sum, err
	}
	defer f.Close()
	w.source.Size = uint64(before.Size())
	if format := w.format(in.Name); format == Parquet {
		sum, err = w.rows(ctx, f, before.Size())
	} else {
		sum, err = w.lines(ctx, f, format)
	}
	if err != nil {
		return sum, err
	}
	after, err := os.Stat(w.listed.open(in))
	if err != nil {
		return sum, err
	}
	if !os.SameFile(before, after) || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
		return sum, errors.New("it changed while it was read: add it again")
	}
	return sum, nil
}

// rows reads a Parquet file. Its positions are rows.
func (w *work) rows(ctx context.Context, f *os.File, size int64) (sum [32]byte, err error) {
	h := sha256.New()
	if _, err := io.Copy(h, patient{ctx, f}); err != nil {
		return sum, err
	}
	var row uint64
	w.mark = func() mark { return mark{At: row} }
	err = readParquet(f, size, w.config.Columns, w.state.Open.Mark.At, w.piece, func(next uint64) error {
		row = next
		return w.safe(ctx)
	})
	return [32]byte(h.Sum(nil)), err
}

// lines reads a file of any other format.
func (w *work) lines(ctx context.Context, r io.Reader, format Format) (sum [32]byte, err error) {
	from := w.state.Open.Mark
	l := &lineReader{r: bufio.NewReaderSize(patient{ctx, r}, 1<<16), sum: sha256.New()}
	if head, _ := l.r.Peek(8 << 10); from.At == 0 && bytes.IndexByte(head, 0) >= 0 {
		return sum, errors.New("a binary file: there is a zero byte")
	}
	var at uint64
	var fenced bool
	w.mark = func() mark { return mark{at, hashState(l.sum), fenced} }
	l.safe = func(next uint64, inside bool) error {
		at, fenced, w.position = next, inside, next
		return w.safe(ctx)
	}
	goOn := func() error {
		if from.At == 0 {
			return nil
		}
		seeker, ok := r.(io.Seeker)
		if !ok {
			panic("ingest: internal error: a file that cannot be sought")
		}
		if _, err := seeker.Seek(int64(from.At), io.SeekStart); err != nil {
			return err
		}
		l.r.Reset(patient{ctx, r})
		l.at, l.buf = from.At, l.buf[:0]
		return restore(l.sum, from.Hash)
	}
	if format == CSV {
		err = readCSV(l, goOn, w.config.Columns, w.piece)
	} else if err = goOn(); err == nil && format == JSONL {
		err = readJSONL(l, w.config.Columns, w.piece)
	} else if err == nil {
		err = readText(l, from, format == Markdown, w.piece)
	}
	l.settle()
	return [32]byte(l.sum.Sum(nil)), err
}

// safe is called where reading could go on: it saves when it is time to, and
// before the work is stopped.
func (w *work) safe(ctx context.Context) error {
	stopped := ctx.Err()
	if stopped == nil && w.records.size-w.saved < saveEvery {
		return nil
	}
	err := w.save()
	if stopped != nil {
		err = errors.Join(stopped, err)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errStop, err)
	}
	return nil
}

// A patient reader ends with its context. What was read since the last save is
// then read again another time.
type patient struct {
	ctx context.Context
	r   io.Reader
}

func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, fmt.Errorf("%w: %w", errStop, err)
	}
	return p.r.Read(b)
}

func (w *work) format(name string) Format {
	if w.config.Format != Auto {
		return w.config.Format
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".jsonl", ".ndjson":
		return JSONL
	case ".csv":
		return CSV
	case ".parquet":
		return Parquet
	case ".md", ".markdown":
		return Markdown
	}
	return Text
}

// piece cleans a piece, looks whether it is new, and keeps it.
func (w *work) piece(p piece) error {
	if err := w.take(p); err != nil {
		return fmt.Errorf("%w: %w", errStop, err)
	}
	return nil
}

func (w *work) take(p piece) error {
	name := w.source.Name
	text, edits, ok := clean(p.text)
	edits = compose(p.edits, edits)
	switch {
	case p.bad != "":
	case !ok || !utf8.ValidString(p.contributor) || !utf8.ValidString(p.key):
		p.bad = "not UTF-8"
	case strings.TrimSpace(text) == "":
		p.bad = "no text"
	case len(text) > manifest.MaxText:
		p.bad = fmt.Sprintf("a text of %d bytes, at most %d are kept", len(text), manifest.MaxText)
	case len(p.contributor) > 128 || len(p.key) > 256:
		p.bad = "the name of its contributor or its key is too long"
	case len(w.state.Contributors) >= 1<<14 && !w.has(p.contributor):
		p.bad = "more than 16384 contributors"
	}
	if p.bad != "" {
		w.state.Report.quarantine(Quarantine{name, p.offset, p.length, p.bad})
		return nil
	}
	if found := Scan(text); len(found) > 0 {
		for _, f := range found {
			w.state.Report.finding(Located{name, p.offset, f.Kind, f.Start})
		}
		if w.config.Redact {
			redacted, more := redact(text, found)
			text, edits = redacted[:min(len(redacted), manifest.MaxText)], compose(edits, more)
		}
	}
	keys := w.index.keys(text)
	d, there, err := w.earlier(text, &keys)
	if err != nil {
		return err
	}
	if there {
		d.Source, d.Offset = name, p.offset
		w.state.Report.duplicate(d)
		if !w.config.Keep {
			return nil
		}
	}
	if !p.mapped || len(edits) > manifest.MaxEdits {
		p.mapped, edits = false, nil
	}
	r := manifest.Record{
		Source: uint64(w.sources.size), Offset: p.offset, Length: p.length, Verbatim: p.mapped && len(edits) == 0,
		Contributor: w.credit(p.contributor, len(text)), Key: p.key, Text: text, Edits: edits,
	}
	if err := w.keep(&r, &keys); err != nil {
		return err
	}
	if w.state.Report.Records++; w.state.Report.Records%256 == 0 {
		w.progress(Reading)
	}
	return nil
}

func (w *work) has(contributor string) bool {
	_, there := w.who[contributor]
	return there
}

// credit adds a record to its contributor, and notes what was there before the
// file.
func (w *work) credit(name string, size int) uint64 {
	i, there := w.who[name]
	if !there {
		i = uint64(len(w.state.Contributors))
		w.who[name] = i
		c := manifest.Contributor{Name: name}
		if name == "" {
			c.Account = w.config.Owner
		}
		w.state.Contributors = append(w.state.Contributors, c)
	}
	c := &w.state.Contributors[i]
	if _, noted := w.state.Open.Credits[i]; !noted && i < uint64(w.state.Open.Contributors) {
		w.state.Open.Credits[i] = *c
	}
	c.Records++
	c.Bytes += uint64(size)
	return i
}
