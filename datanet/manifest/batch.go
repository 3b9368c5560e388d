package manifest

import (
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
)

// A Source is a file as its owner had it.
type Source struct {
	Name   string // the path below the folder that was added, with slashes
	Size   uint64
	SHA256 [32]byte
}

// A Record is one text of a Datanet and where it comes from.
type Record struct {
	Source      uint64 // index in the Batch
	Offset      uint64 // first byte in the source; in Parquet the row
	Length      uint64 // bytes in the source; in Parquet 1
	Verbatim    bool   // Text is these bytes of the source, unchanged
	Contributor uint64 // index in the Contribution
	Key         string // the source's own name for the record, if it has one
	Text        string // cleaned
	Edits       []Edit // how Text was made of these bytes; none: Verbatim, or not known
}

// A Batch is the content of a shard.
type Batch struct {
	Sources []Source
	Records []Record
}

// MaxText is the longest text of a record, in bytes.
const MaxText = 1 << 20

const (
	maxRecords = 1 << 18 // of a shard
	maxPath    = 4 << 10
	maxKey     = 256
)

// AppendCanon appends the batch to b.
func (s *Batch) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 2)
	b = canon.AppendArray(b, len(s.Sources))
	for _, f := range s.Sources {
		b = canon.AppendArray(b, 3)
		b = canon.AppendText(b, f.Name)
		b = canon.AppendUint(b, f.Size)
		b = canon.AppendBytes(b, f.SHA256[:])
	}
	b = canon.AppendArray(b, len(s.Records))
	for i := range s.Records {
		b = s.Records[i].AppendCanon(b)
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (s *Batch) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	s.Sources = make([]Source, r.Array(maxRecords))
	for i := range s.Sources {
		r.Fields(3)
		s.Sources[i].Name = r.Text(maxPath)
		s.Sources[i].Size = r.Uint(maxSum)
		r.Fixed(s.Sources[i].SHA256[:])
	}
	s.Records = make([]Record, r.Array(maxRecords))
	for i := range s.Records {
		s.Records[i].ReadCanon(r)
		if s.Records[i].Source >= uint64(len(s.Sources)) {
			r.Fail("record of source %d of %d", s.Records[i].Source, len(s.Sources))
		}
	}
}

// AppendCanon appends the record to b.
func (t *Record) AppendCanon(b []byte) []byte {
	verbatim := uint64(0)
	if t.Verbatim {
		verbatim = 1
	}
	b = canon.AppendArray(b, 8)
	for _, n := range []uint64{t.Source, t.Offset, t.Length, verbatim, t.Contributor} {
		b = canon.AppendUint(b, n)
	}
	b = canon.AppendText(b, t.Key)
	b = canon.AppendText(b, t.Text)
	return appendEdits(b, t.Edits)
}

// ReadCanon reads what AppendCanon wrote.
func (t *Record) ReadCanon(r *canon.Reader) {
	r.Fields(8)
	t.Source = r.Uint(maxSum)
	t.Offset = r.Uint(maxSum)
	t.Length = r.Uint(maxSum)
	t.Verbatim = r.Uint(1) == 1
	t.Contributor = r.Uint(maxContributors - 1)
	t.Key = r.Text(maxKey)
	t.Text = r.Text(MaxText)
	if t.Verbatim && t.Length != uint64(len(t.Text)) {
		r.Fail("verbatim text of %d bytes from %d", len(t.Text), t.Length)
	}
	t.Edits = readEdits(r)
	failIf(r, t.checkEdits)
}

// check says whether a batch is the one that a contribution announces.
func (s *Batch) check(want Shard, contributors int) error {
	if uint64(len(s.Records)) != want.Records {
		return fmt.Errorf("manifest: shard of %d records, its contribution says %d", len(s.Records), want.Records)
	}
	for i := range s.Records {
		if s.Records[i].Contributor >= uint64(contributors) {
			return fmt.Errorf("manifest: record %d of a shard is of contributor %d of %d", i, s.Records[i].Contributor, contributors)
		}
	}
	return nil
}
