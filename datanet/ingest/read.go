package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/openledger/openledger/datanet/manifest"
)

// A piece is a record as it stands in a source, before it is cleaned; or why
// bytes of the source are no record.
type piece struct {
	offset, length   uint64
	text             string
	mapped           bool            // edits say how text was made of the bytes of the source
	edits            []manifest.Edit // none: they are the same
	key, contributor string
	bad              string // the reason; the rest is then empty
}

// maxLine is the longest line, or row of a CSV, that is read, in bytes.
const maxLine = manifest.MaxText

// A mark is where reading can go on after an interruption.
type mark struct {
	At     uint64 // of the next byte, or in Parquet row
	Hash   []byte `json:",omitempty"` // state of the SHA-256 of the bytes before
	Fenced bool   `json:",omitempty"` // in Markdown: inside a fence
}

// A lineReader cuts a stream into lines. It never holds more than maxLine.
type lineReader struct {
	r   *bufio.Reader
	at  uint64 // of the next byte
	buf []byte
	sum hash.Hash // of all bytes before those in buf

	// safe is called where all bytes before buf were dealt with.
	safe func(at uint64, fenced bool) error
}

// next returns the next line with its end. One that is too long is skipped: long
// is its length then. At the end it returns no line.
func (l *lineReader) next() (line []byte, long uint64, err error) {
	l.settle()
	for {
		part, err := l.r.ReadSlice('\n')
		l.at += uint64(len(part))
		if long == 0 && len(l.buf)+len(part) <= maxLine {
			l.buf = append(l.buf, part...)
		} else {
			long += uint64(len(l.buf) + len(part))
			l.settle()
			l.sum.Write(part)
		}
		if err == nil || err == io.EOF {
			return l.buf, long, nil
		}
		if err != bufio.ErrBufferFull {
			return nil, 0, err
		}
	}
}

// settle says that the line was dealt with.
func (l *lineReader) settle() {
	l.sum.Write(l.buf)
	l.buf = l.buf[:0]
}

// done says that a whole record was dealt with, with the line.
func (l *lineReader) done() error {
	l.settle()
	return l.safe(l.at, false)
}

func tooLong(offset, length uint64) piece {
	return piece{offset: offset, length: length, bad: fmt.Sprintf("a line of %d bytes, at most %d are read", length, maxLine)}
}

// readJSONL reads one JSON object a line.
func readJSONL(l *lineReader, columns Columns, emit func(piece) error) error {
	for {
		start := l.at
		line, long, err := l.next()
		if err != nil {
			return err
		}
		p := piece{offset: start, length: uint64(len(bytes.TrimRight(line, "\r\n")))}
		switch {
		case long > 0:
			p = tooLong(start, long)
		case len(line) == 0:
			return nil
		case len(bytes.TrimSpace(line)) == 0:
			continue
		default:
			parseJSON(&p, line, columns)
		}
		if err := emit(p); err != nil {
			return err
		}
		if err := l.done(); err != nil {
			return err
		}
	}
}

// readCSV reads a table whose first row names the columns (RFC 4180). It goes on
// at a position if that is not 0.
func readCSV(l *lineReader, goOn func() error, columns Columns, emit func(piece) error) error {
	header, _, long, err := nextRow(l)
	if err != nil {
		return err
	}
	first, err := parseRow(bytes.TrimPrefix(header, []byte("\ufeff")))
	if err != nil || long > 0 {
		return errors.New("the first row does not name columns")
	}
	var names []string
	at := map[string]int{}
	for i, n := range first {
		names = append(names, n.text)
		at[n.text] = i
	}
	for _, c := range columns.list() {
		if _, there := at[c.name]; !there {
			return fmt.Errorf("no column %q: there are %q", c.name, names)
		}
	}
	if err := goOn(); err != nil {
		return err
	}
	for {
		row, start, long, err := nextRow(l)
		if err != nil {
			return err
		}
		p := piece{offset: start, length: uint64(len(bytes.TrimRight(row, "\r\n")))}
		if long > 0 {
			p = tooLong(start, long)
		} else if len(row) == 0 {
			return nil
		} else if cells, err := parseRow(row); err != nil {
			p.bad = "not a row of CSV: " + err.Error()
		} else if len(cells) != len(names) {
			p.bad = fmt.Sprintf("%d cells in a table of %d columns", len(cells), len(names))
		} else {
			for _, c := range columns.list() {
				cell := cells[at[c.name]]
				if *c.in(&p) = cell.text; c.in(&p) == &p.text {
					p.edits, p.mapped = cell.from(row[:p.length])
				}
			}
		}
		if err := emit(p); err != nil {
			return err
		}
		if err := l.done(); err != nil {
			return err
		}
	}
}

// nextRow returns the lines of a row: quotes that are open go on after a line's
// end.
func nextRow(l *lineReader) (row []byte, start, long uint64, err error) {
	start = l.at
	quotes := 0
	for {
		line, skipped, err := l.next()
		if err != nil {
			return nil, 0, 0, err
		}
		switch quotes += bytes.Count(line, []byte{'"'}); {
		case skipped > 0 || long > 0 || len(row)+len(line) > maxLine:
			// Where the row ends nobody knows: the next line begins a new one.
			return nil, start, uint64(len(row)) + uint64(len(line)) + skipped, nil
		case len(line) == 0:
			return row, start, 0, nil
		case len(row) == 0 && len(bytes.TrimRight(line, "\r\n")) == 0:
			start = l.at
			continue
		}
		row = append(row, line...)
		if quotes%2 == 0 {
			return row, start, 0, nil
		}
	}
}

// A cell is one of a row of CSV, and where it starts there.
type cell struct {
	text string
	at   int
}

func parseRow(row []byte) ([]cell, error) {
	r := csv.NewReader(bytes.NewReader(row))
	texts, err := r.Read()
	if err != nil {
		return nil, err
	}
	cells, lines := make([]cell, len(texts)), []int{0}
	for i, c := range row {
		if c == '\n' {
			lines = append(lines, i+1)
		}
	}
	for i, text := range texts {
		line, column := r.FieldPos(i)
		cells[i] = cell{text, lines[line-1] + column - 1}
	}
	if _, err := r.Read(); err != io.EOF {
		return nil, errors.New("quotes do not match")
	}
	return cells, nil
}

// from says how the cell was made of its row, if it can be told.
func (c cell) from(row []byte) (edits []manifest.Edit, ok bool) {
	var e editor
	if bytes.HasPrefix(row[min(c.at, len(row)):], []byte(c.text)) && !bytes.HasPrefix(row[c.at:], []byte{'"'}) {
		e.replace(c.at, 0)
		e.keep(len(c.text))
		e.replace(len(row)-c.at-len(c.text), 0)
		return e.edits, true
	}
	i, made := c.at+1, 0
	for e.replace(i, 0); i < len(row); i++ {
		switch {
		case bytes.HasPrefix(row[i:], []byte(`""`)):
			i++
			e.replace(2, 1)
		case row[i] == '"':
			e.replace(len(row)-i, 0)
			return e.edits, made == len(c.text)
		case bytes.HasPrefix(row[i:], []byte("\r\n")):
			e.replace(1, 0)
			continue
		default:
			e.keep(1)
		}
		made++
	}
	return nil, false
}

const (
	fullText = 2 << 10   // a text of so many bytes ends at the next blank line
	mostText = 256 << 10 // and at the next line with so many
)

// readText cuts prose, Markdown and source code where any language allows it: at
// blank lines before a line that is not indented; in Markdown also before each
// heading outside a fence.
func readText(l *lineReader, from mark, markdown bool, emit func(piece) error) error {
	var buf []byte
	start, blank, fenced := from.At, false, from.Fenced
	flush := func() error {
		text := bytes.TrimLeft(buf, "\r\n")
		p := piece{offset: start + uint64(len(buf)-len(text)), mapped: true, text: string(bytes.TrimRight(text, " \t\r\n"))}
		p.length = uint64(len(p.text))
		buf = buf[:0]
		if p.text == "" {
			return nil
		}
		return emit(p)
	}
	for {
		at := l.at
		line, long, err := l.next()
		if err != nil {
			return err
		}
		fence := markdown && (bytes.HasPrefix(line, []byte("```")) || bytes.HasPrefix(line, []byte("~~~")))
		heading := markdown && !fenced && len(line) > 0 && line[0] == '#'
		top := blank && len(line) > 0 && line[0] != ' ' && line[0] != '\t' && !fenced
		if long > 0 || len(line) == 0 || heading || top && len(buf) >= fullText || len(buf)+len(line) > mostText {
			if err := flush(); err != nil {
				return err
			}
			start = at
			if long == 0 {
				if err := l.safe(at, fenced); err != nil {
					return err
				}
			}
		}
		if long > 0 {
			if err := emit(tooLong(at, long)); err != nil {
				return err
			}
			start = l.at
			continue
		}
		if len(line) == 0 {
			return nil
		}
		buf = append(buf, line...)
		blank = len(bytes.TrimSpace(line)) == 0
		fenced = fenced != fence
	}
}
