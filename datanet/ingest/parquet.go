package ingest

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"
)

// Bounds on what a Parquet file may unfold to.
const (
	maxUnfold = 32        // bytes of texts for each byte of the file,
	freeBytes = 64 << 20  // beyond the first so many,
	maxChunk  = 512 << 20 // and in one column of one row group
)

// readParquet reads the columns it needs, a few rows at a time, and shows them
// from one row on. The library panics on some damaged files: that is their fault,
// and the reason given.
func readParquet(f *os.File, size int64, columns Columns, from uint64, emit func(piece) error, safe func(row uint64) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged: %v", p)
		}
	}()
	file, err := parquet.OpenFile(f, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return err
	}
	list := columns.list()
	index := make([]int, len(list))
	for i, c := range list {
		leaf, there := file.Schema().Lookup(c.name)
		if !there || !leaf.Node.Leaf() || leaf.Node.Type().Kind() != parquet.ByteArray || leaf.Node.Repeated() {
			return fmt.Errorf("no column %q of strings", c.name)
		}
		index[i] = leaf.ColumnIndex
	}
	most := uint64(freeBytes + maxUnfold*size)
	for _, group := range file.Metadata().RowGroups {
		for _, i := range index {
			if i >= len(group.Columns) {
				return errors.New("damaged: a row group lacks columns")
			}
			if n := group.Columns[i].MetaData.TotalUncompressedSize; n < 0 || n > maxChunk || uint64(n) > most {
				return fmt.Errorf("a column chunk unfolds to %d bytes: larger than is read of a file of %d bytes", n, size)
			}
		}
	}
	row, unfolded := uint64(0), uint64(0)
	for _, group := range file.RowGroups() {
		err := readGroup(group, index, func(values []parquet.Value) error {
			p := piece{offset: row, length: 1}
			row++
			skip := row <= from
			for i, c := range list {
				if c.required && values[i].IsNull() {
					p.bad = fmt.Sprintf("no value in column %q", c.name)
					break
				}
				text := values[i].ByteArray()
				if unfolded += uint64(len(text)); unfolded > most {
					return fmt.Errorf("unfolds to more than %d bytes, from %d", most, size)
				}
				if len(text) > maxLine {
					p.bad = fmt.Sprintf("a text of %d bytes, at most %d are read", len(text), maxLine)
					break
				}
				*c.in(&p) = string(text)
			}
			if skip {
				return nil
			}
			if err := emit(p); err != nil {
				return err
			}
			return safe(row)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readGroup shows the wanted columns of each row of a group, side by side.
func readGroup(group parquet.RowGroup, index []int, show func([]parquet.Value) error) (err error) {
	cells := make([]*cellReader, len(index))
	for i, column := range index {
		cells[i] = &cellReader{pages: group.ColumnChunks()[column].Pages()}
		defer func() { err = errors.Join(err, cells[i].pages.Close()) }()
	}
	values := make([]parquet.Value, len(index))
	for range group.NumRows() {
		for i := range cells {
			if values[i], err = cells[i].next(); err != nil {
				return err
			}
		}
		if err := show(values); err != nil {
			return err
		}
	}
	return nil
}

// A cellReader reads one column, value by value.
type cellReader struct {
	pages  parquet.Pages
	values parquet.ValueReader
	batch  [64]parquet.Value
	left   []parquet.Value
}

func (c *cellReader) next() (parquet.Value, error) {
	for len(c.left) == 0 {
		if c.values == nil {
			page, err := c.pages.ReadPage()
			if err == io.EOF {
				return parquet.Value{}, errors.New("damaged: fewer values than rows")
			}
			if err != nil {
				return parquet.Value{}, err
			}
			c.values = page.Values()
		}
		n, err := c.values.ReadValues(c.batch[:])
		if err != nil && err != io.EOF {
			return parquet.Value{}, err
		}
		c.left = c.batch[:n]
		if err == io.EOF || n == 0 {
			c.values = nil
		}
	}
	v := c.left[0]
	c.left = c.left[1:]
	return v, nil
}
