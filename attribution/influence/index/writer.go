package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/openledger/openledger/compute/train"
)

// A Writer appends rows to an index. What Append has written outlasts a crash.
type Writer struct {
	Head
	path   string
	f      *os.File
	size   int64
	digest [32]byte
	rows   int
	sums   *sums
	cut    int64
}

// Continue opens an index to append rows, or begins it. If a crash or a damage has
// left bytes that are no whole segment, they and all behind them are cut off, and
// the rows they held have to be appended again: see Rows and Cut.
func Continue(path string, h Head) (*Writer, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	w := &Writer{Head: h, path: path, f: f, sums: newSums(h.Width)}
	if err := w.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", filepath.Base(path), err), f.Close())
	}
	return w, nil
}

// begin reads what is there, and cuts off what is not whole. It keeps nothing of
// the file in memory but the sums.
func (w *Writer) begin() error {
	info, err := w.f.Stat()
	if err != nil {
		return err
	}
	end := info.Size()
	head := make([]byte, min(headSize, end))
	if _, err := w.f.ReadAt(head, 0); err != nil {
		return err
	}
	h, err := readHead(head)
	if err != nil && end <= headSize { // nothing, or a head that a crash cut off
		h, head, end, w.cut = w.Head, w.Head.bytes(), headSize, end
		_, err = w.f.WriteAt(head, 0)
	}
	if err != nil {
		return err
	}
	if h != w.Head {
		return ErrStale
	}
	w.size, w.digest = headSize, [32]byte(head[hashAt:])
	for w.size < end {
		b, err := w.segmentAt(end)
		if err != nil {
			return err
		}
		s, digest, _, ok := readSegment(b, w.digest, w.rows, w.Width/8)
		if !ok || w.rows+s.rows() > int(w.Head.Rows) {
			w.cut = end - w.size
			break
		}
		w.sums.addSegment(&s)
		w.digest, w.rows, w.size = digest, w.rows+s.rows(), w.size+int64(len(b))
	}
	return errors.Join(w.f.Truncate(w.size), w.f.Sync())
}

// segmentAt reads the bytes of the segment that begins where the file is known to
// be good; fewer, where the file ends.
func (w *Writer) segmentAt(end int64) ([]byte, error) {
	b := make([]byte, min(segSize, end-w.size))
	if _, err := w.f.ReadAt(b, w.size); err != nil || len(b) < segSize {
		return b, err
	}
	n := int64(binary.LittleEndian.Uint32(b))
	if n > segMax {
		return b, nil
	}
	size := min(segSize+int64(padded(int(n)*metaSize))+n*int64(w.Width/8), end-w.size)
	b = append(b, make([]byte, size-segSize)...)
	_, err := w.f.ReadAt(b, w.size)
	return b, err
}

// Rows returns how many rows are there.
func (w *Writer) Rows() int { return w.rows }

// Cut returns how many bytes Continue has cut off.
func (w *Writer) Cut() int64 { return w.cut }

// Append writes rows with their signs, of Width/8 bytes each, and waits until the
// disk has them.
func (w *Writer) Append(rows []Row, signs []byte) error {
	width := w.Width / 8
	if len(signs) != len(rows)*width || w.rows+len(rows) > int(w.Head.Rows) {
		return fmt.Errorf("index: append %d rows with %d bytes of signs behind row %d of %d", len(rows), len(signs), w.rows, w.Head.Rows)
	}
	for len(rows) > 0 {
		n := min(len(rows), segMax)
		if err := w.append(rows[:n], signs[:n*width]); err != nil {
			return fmt.Errorf("index: append to %s: %w", filepath.Base(w.path), err)
		}
		rows, signs = rows[n:], signs[n*width:]
	}
	return nil
}

func (w *Writer) append(rows []Row, signs []byte) error {
	b := make([]byte, 0, segSize+padded(len(rows)*metaSize)+len(signs))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(rows)))
	b = binary.LittleEndian.AppendUint32(b, 0)
	b = binary.LittleEndian.AppendUint64(b, uint64(w.rows))
	b = append(b, make([]byte, segSize-len(b))...)
	for i, r := range rows {
		if r.Scale > maxScale {
			return fmt.Errorf("row %d has a scale of %d, at most %d", w.rows+i, r.Scale, maxScale)
		}
		for _, x := range []uint32{r.Owner, r.Tokens, r.Record, r.Scale} {
			b = binary.LittleEndian.AppendUint32(b, x)
		}
	}
	b = append(b, make([]byte, padded(len(b))-len(b))...)
	b = append(b, signs...)
	digest := hashSegment(w.digest, b)
	copy(b[segHashAt:], digest[:])
	if _, err := w.f.WriteAt(b, w.size); err != nil {
		return err
	}
	if err := w.f.Sync(); err != nil {
		return err
	}
	s := segment{w.rows, b[segSize:][:len(rows)*metaSize], signs}
	w.sums.addSegment(&s)
	w.digest, w.rows, w.size = digest, w.rows+len(rows), w.size+int64(len(b))
	return nil
}

// Close writes the sums beside the index, and ends the writer.
func (w *Writer) Close() error {
	return errors.Join(w.sums.write(sumsPath(w.path), w.digest), w.f.Close())
}

// batch is how many rows Build appends at once.
const batch = 256

// Build appends the rows of samples from where a writer is. of says what is known
// of each but its tokens and scale; watch, which may be nil, is told how many rows
// are there and may end the work by an error.
func Build(w *Writer, p *Projector, samples []train.Sample, of func(sample int) Row, watch func(rows int) error) error {
	if p.width != w.Width || len(samples) != int(w.Head.Rows) {
		return fmt.Errorf("index: %d samples and rows of %d bits for an index of %d rows of %d bits", len(samples), p.width, w.Head.Rows, w.Width)
	}
	for w.rows < len(samples) {
		n := min(batch, len(samples)-w.rows)
		rows, signs := make([]Row, n), make([]byte, n*w.Width/8)
		for i := range rows {
			s := w.rows + i
			rows[i] = of(s)
			rows[i].Tokens = uint32(len(samples[s].IDs))
			var err error
			if rows[i].Scale, err = p.Row(samples[s], signs[i*w.Width/8:][:w.Width/8]); err != nil {
				return fmt.Errorf("sample %d: %w", s, err)
			}
		}
		if err := w.Append(rows, signs); err != nil {
			return err
		}
		if watch != nil {
			if err := watch(w.rows); err != nil {
				return err
			}
		}
	}
	return nil
}
