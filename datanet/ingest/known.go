package ingest

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/openledger/openledger/datanet/manifest"
)

// know indexes the records of the Datanet, then our own of an earlier try that
// are in no file of the index.
func (w *work) know(ctx context.Context) error {
	if err := w.knowDatanet(ctx); err != nil {
		return fmt.Errorf("records of the Datanet: %w", err)
	}
	for id := w.state.Index.Stored; id < w.state.Count; id++ {
		r, there, err := w.record(id)
		if err != nil {
			return fmt.Errorf("%s: %w: remove it to start again", w.config.Dir, err)
		}
		if there {
			keys := w.index.keys(r.Text)
			if err := w.index.add(id, &keys); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *work) knowDatanet(ctx context.Context) error {
	if w.config.Against == nil {
		return nil
	}
	n, last, origin := uint32(0), "", int64(0)
	for item, err := range w.config.Against {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if n == 0 || item.From.Name != last {
			last = item.From.Name
			s := source(item.From)
			if origin, err = w.origins.add(&s); err != nil {
				return err
			}
		}
		item.Source = uint64(origin)
		at, err := w.known.add(&item.Record)
		if err != nil {
			return err
		}
		if _, err := w.knownAt.raw(binary.LittleEndian.AppendUint64(nil, uint64(at))); err != nil {
			return err
		}
		keys := w.knownIndex.keys(item.Text)
		if err := w.knownIndex.add(n, &keys); err != nil {
			return err
		}
		if n++; n%256 == 0 {
			w.progress(Listing)
		}
	}
	return nil
}

func (w *work) knownText(id uint32) (string, bool, error) {
	r, err := w.knownRecord(id)
	return r.Text, err == nil, err
}

func (w *work) knownRecord(id uint32) (r manifest.Record, err error) {
	at, err := offset(w.knownAt, id)
	if err == nil {
		err = w.known.get(int64(at), &r)
	}
	return r, err
}

// earlier finds the first record that a text is a duplicate of, in the Datanet and
// then in the contribution.
func (w *work) earlier(text string, keys *[1 + bands]uint64) (d Duplicate, there bool, err error) {
	m, there, err := w.knownIndex.find(text, w.index.shingles, keys)
	if err != nil {
		return d, false, err
	}
	var s source
	if there {
		r, err := w.knownRecord(m.id)
		if err == nil {
			err = w.origins.get(int64(r.Source), &s)
		}
		return Duplicate{Of: s.Name, OfOffset: r.Offset, Datanet: true, Similarity: m.similarity}, true, err
	}
	if m, there, err = w.index.find(text, w.index.shingles, keys); err != nil || !there {
		return d, false, err
	}
	r, _, err := w.record(m.id)
	switch {
	case err != nil:
	case int64(r.Source) == w.sources.size: // of the file that is being read
		s.Name = w.source.Name
	default:
		err = w.sources.get(int64(r.Source), &s)
	}
	return Duplicate{Of: s.Name, OfOffset: r.Offset, Similarity: m.similarity}, true, err
}
