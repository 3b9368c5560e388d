package corpus

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/datanet/manifest"
)

// A Span is a run of tokens of one record, and where it comes from.
type Span struct {
	Item     manifest.Item
	From, To int  // bytes of Item.Text
	Exact    bool // From and To are those of the tokens; else of the whole text
}

// Source returns the bytes of the source file that the span was made of; in a
// Parquet file the row.
func (s Span) Source() (offset, length uint64) {
	offset, length, _ = s.Item.Bytes(s.From, s.To)
	return offset, length
}

// Locate returns where tokens from and up to to come from, one Span for each
// record. It reads the records' shards. The Datanet and the tokenizer MUST be
// those of Open.
func (c *Corpus) Locate(ctx context.Context, from, to int, d *manifest.Datanet, t *tokenizer.Tokenizer, get manifest.Get) ([]Span, error) {
	if from < 0 || from >= to || to > len(c.tokens) {
		return nil, fmt.Errorf("corpus: tokens %d to %d of %d", from, to, len(c.tokens))
	}
	first, err := c.Find(from)
	if err != nil {
		return nil, err
	}
	var out []Span
	for r := first; r < c.n; r++ {
		start, end, owner := c.Record(r)
		if start >= to {
			break
		}
		if start == end {
			continue
		}
		item, err := d.Item(ctx, int(owner.Contribution), binary.LittleEndian.Uint64(c.records[r*recordSize+16:]), get)
		if err != nil {
			return nil, err
		}
		s := Span{Item: item, To: len(item.Text)}
		s.find(t, c.tokens[start:end], max(from, start)-start, min(to, end)-start)
		out = append(out, s)
	}
	return out, nil
}

// find sets the bytes of tokens from and up to to. It decodes the record token by
// token and believes the lengths if the whole is the text: tokenizers that add or
// normalise something do not say which bytes a token was. A token that ends
// inside a character counts to the character's end.
func (s *Span) find(t *tokenizer.Tokenizer, ids []int32, from, to int) {
	d := t.NewDecoder()
	var text []byte
	a, b := 0, 0
	for i, id := range ids {
		if i == from {
			a = len(text)
		}
		text = d.AppendNext(text, id)
		if i == to-1 {
			b = len(text)
		}
	}
	if text = d.AppendFlush(text); to == len(ids) {
		b = len(text)
	}
	if string(text) == s.Item.Text {
		s.From, s.To, s.Exact = a, b, true
	}
}
