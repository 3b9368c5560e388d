package ingest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/canon"
)

// saveEvery is how many bytes of records a kill may cost.
const saveEvery = 32 << 20

// state is what is written down of work in progress, besides the spools. What
// lies in those beyond the sizes here was written after the last save.
type state struct {
	Input        string // what is read, and how
	File         int    // files that are done
	Bytes        uint64 // of them
	Size         int64  // of the records,
	Sources      int64  // of the sources,
	Count        uint32 // and how many records there were, with those given up
	Contributors []manifest.Contributor
	Report       Report
	Index        indexState
	Open         *partial `json:",omitempty"` // the file that is being read
}

// A partial is a file that was read up to a mark, and how everything was before,
// for the case that the file turns out to be bad.
type partial struct {
	Mark         mark
	Size         int64
	Count        uint32
	Contributors int
	Credits      map[uint64]manifest.Contributor // those that the file changed
	Report       Report
}

// work is an Add in progress, in the files of a folder:
//
//	state    as JSON
//	inputs   the files to read
//	records  those that are kept; Source is the place of an entry in
//	sources  the files read
//	offsets  of each record by its number, 8 bytes
//	known    records of the Datanet, likewise, with origins and knownAt
//	keys-N   the index of the records; knownkeys-N of those of the Datanet
type work struct {
	config Config
	listed listing
	state  state
	saved  int64 // size of records at the last save

	source   manifest.Source // that is read
	position uint64          // in it
	mark     func() mark     // where it could go on

	inputs, records, sources, offsets, known, origins, knownAt *spool

	index, knownIndex *index
	who               map[string]uint64 // contributors by name
	shards            int
	stored            int64 // bytes of records
}

// gone is the offset of a record that was given up with its file.
const gone = ^uint64(0)

func open(path string, config Config) (*work, error) {
	w := &work{config: config, who: map[string]uint64{}}
	if err := w.open(path); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *work) open(path string) (err error) {
	if err := os.MkdirAll(w.config.Dir, 0o700); err != nil {
		return err
	}
	if w.inputs, err = openSpool(w.at("inputs"), 0); err != nil {
		return err
	}
	id, err := w.list(path)
	if err != nil {
		return err
	}
	switch b, err := os.ReadFile(w.at("state")); {
	case errors.Is(err, fs.ErrNotExist):
		w.state.Input, w.state.Report = id, w.listed.bad
	case err != nil:
		return err
	default:
		if err := json.Unmarshal(b, &w.state); err != nil || w.state.Input != id {
			return fmt.Errorf("ingest: %s holds work on another input, or the input changed: remove it to start again", w.config.Dir)
		}
	}
	for _, s := range []struct {
		to   **spool
		name string
		size int64
	}{
		{&w.records, "records", w.state.Size}, {&w.sources, "sources", w.state.Sources}, {&w.offsets, "offsets", 8 * int64(w.state.Count)},
		{&w.known, "known", 0}, {&w.origins, "origins", 0}, {&w.knownAt, "knownAt", 0},
	} {
		if *s.to, err = openSpool(w.at(s.name), s.size); err != nil {
			return err
		}
	}
	if w.index, err = newIndex(w.at("keys"), w.state.Index, w.text); err != nil {
		return fmt.Errorf("ingest: %w: remove %s to start again", err, w.config.Dir)
	}
	if w.knownIndex, err = newIndex(w.at("knownkeys"), indexState{}, w.knownText); err != nil {
		return err
	}
	for i, c := range w.state.Contributors {
		w.who[c.Name] = uint64(i)
	}
	w.saved = w.state.Size
	return nil
}

func (w *work) at(name string) string { return filepath.Join(w.config.Dir, name) }

func (w *work) close() {
	var err error
	for _, s := range []*spool{w.inputs, w.records, w.sources, w.offsets, w.known, w.origins, w.knownAt} {
		if s != nil {
			err = errors.Join(err, s.close())
		}
	}
	for _, x := range []*index{w.index, w.knownIndex} {
		if x != nil {
			err = errors.Join(err, x.close())
		}
	}
	_ = err // what counts was saved
}

// list writes down the files to read, and names the input and how it is read, so
// that a folder of work is not taken for that of another.
func (w *work) list(path string) (id string, err error) {
	config := w.config
	config.Dir = ""
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(config); err != nil {
		return "", err
	}
	w.listed, err = list(path, w.config.Dir, func(in *input) error {
		h.Write(in.AppendCanon(nil))
		_, err := w.inputs.add(in)
		return err
	})
	h.Write([]byte(w.listed.path))
	return hex.EncodeToString(h.Sum(nil)), err
}

// keep writes a record down and makes it known.
func (w *work) keep(r *manifest.Record, keys *[1 + bands]uint64) error {
	if w.state.Count == 1<<32-2 {
		return fmt.Errorf("ingest: more than %d records: add the folders one by one", w.state.Count)
	}
	if err := w.index.add(w.state.Count, keys); err != nil {
		return err
	}
	at, err := w.records.add(r)
	if err != nil {
		return err
	}
	if _, err := w.offsets.raw(binary.LittleEndian.AppendUint64(nil, uint64(at))); err != nil {
		return err
	}
	w.state.Count++
	return nil
}

// record returns one of ours by its number, if it was not given up.
func (w *work) record(id uint32) (r manifest.Record, there bool, err error) {
	if id >= w.state.Count {
		return r, false, nil
	}
	at, err := offset(w.offsets, id)
	if err != nil || at == gone {
		return r, false, err
	}
	err = w.records.get(int64(at), &r)
	return r, err == nil, err
}

// giveUp forgets the records from a number on, which lie behind a size. Their
// numbers are not used again: the index may hold them. Nothing becomes shorter, so
// that what was saved before stays whole until the next save.
func (w *work) giveUp(from uint32, size int64) error {
	if err := errors.Join(w.records.rewind(size), w.offsets.flush()); err != nil {
		return err
	}
	mark := binary.LittleEndian.AppendUint64(nil, gone)
	for id := from; id < w.state.Count; id++ {
		if _, err := w.offsets.f.WriteAt(mark, 8*int64(id)); err != nil {
			return err
		}
	}
	return nil
}

func offset(s *spool, id uint32) (uint64, error) {
	var b [8]byte
	err := s.read(b[:], 8*int64(id))
	return binary.LittleEndian.Uint64(b[:]), err
}

func (w *work) text(id uint32) (string, bool, error) {
	r, there, err := w.record(id)
	return r.Text, there, err
}

// save makes all that was read so far survive a kill: up to the mark of the file
// that is open.
func (w *work) save() error {
	if w.state.Open != nil {
		w.state.Open.Mark = w.mark()
	}
	if err := errors.Join(w.records.sync(), w.sources.sync(), w.offsets.sync(), w.index.sync()); err != nil {
		return err
	}
	w.state.Size, w.state.Sources, w.state.Index = w.records.size, w.sources.size, w.index.kept
	b, err := json.Marshal(w.state)
	if err != nil {
		return err
	}
	path := w.at("state")
	f, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	w.saved = w.records.size
	return errors.Join(os.Rename(path+".new", path), w.index.sweep())
}

// A source is a manifest.Source as an entry of a spool.
type source manifest.Source

// AppendCanon appends the source to b.
func (s *source) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 3)
	b = canon.AppendText(b, s.Name)
	b = canon.AppendUint(b, s.Size)
	return canon.AppendBytes(b, s.SHA256[:])
}

// ReadCanon reads what AppendCanon wrote.
func (s *source) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	s.Name = r.Text(maxName)
	s.Size = r.Uint(1 << 62)
	r.Fixed(s.SHA256[:])
}

// hashState and restore keep a SHA-256 over a kill.
func hashState(h hash.Hash) []byte {
	b, err := h.(interface{ MarshalBinary() ([]byte, error) }).MarshalBinary()
	if err != nil {
		panic("ingest: internal error: " + err.Error())
	}
	return b
}

func restore(h hash.Hash, b []byte) error {
	return h.(interface{ UnmarshalBinary([]byte) error }).UnmarshalBinary(b)
}

func (w *work) progress(phase Phase) {
	if w.config.Progress == nil {
		return
	}
	p := Progress{
		Phase: phase, Files: w.state.File, AllFiles: w.listed.files, Bytes: w.state.Bytes, AllBytes: w.listed.bytes,
		Records: uint64(w.state.Report.Records), Duplicates: w.state.Report.Duplicates, Quarantined: w.state.Report.Quarantined, Shards: w.shards,
	}
	switch {
	case phase == Storing:
		p.Bytes, p.AllBytes = uint64(w.stored), uint64(w.records.size)
	case w.state.Open != nil:
		p.File = w.source.Name
		p.Bytes += w.position
	}
	w.config.Progress(p)
}
