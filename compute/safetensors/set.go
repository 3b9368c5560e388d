package safetensors

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Names of the files of a model directory.
const (
	ModelFile = "model.safetensors"
	IndexFile = "model.safetensors.index.json"
)

// A Set is the tensors of one file, or of all files of a model that is stored
// in several.
type Set struct {
	tensors []Tensor
	index   map[string]int
	meta    map[string]string
	unmap   []func() error
}

// Open maps the file at path, or the model in the directory at path: its
// model.safetensors or, without one, the files its index names. The files MUST
// keep their length until Close; Write never changes one in place.
func Open(path string) (*Set, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return openFile(path)
	}
	s, err := openFile(filepath.Join(path, ModelFile))
	if errors.Is(err, fs.ErrNotExist) {
		return openShards(path)
	}
	return s, err
}

func openFile(path string) (*Set, error) {
	b, unmap, err := MapFile(path)
	if err != nil {
		return nil, err
	}
	s, err := Parse(b)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, errors.Join(err, unmap()))
	}
	s.unmap = append(s.unmap, unmap)
	return s, nil
}

// Parse reads the bytes of a file; the tensors share their memory.
func Parse(b []byte) (*Set, error) {
	if len(b) < 8 {
		return nil, fmt.Errorf("%d bytes are no safetensors file", len(b))
	}
	n, rest := binary.LittleEndian.Uint64(b), b[8:]
	if n > MaxHeader {
		return nil, fmt.Errorf("a header of %d bytes, at most %d are allowed", n, MaxHeader)
	}
	if n > uint64(len(rest)) {
		return nil, fmt.Errorf("a header of %d bytes in a file of %d: the file is truncated or not safetensors", n, len(b))
	}
	tensors, meta, err := parseHeader(rest[:n], rest[n:])
	if err != nil {
		return nil, err
	}
	s := &Set{index: make(map[string]int, len(tensors)), meta: meta}
	return s, s.add(tensors)
}

// add appends tensors whose names MUST be new.
func (s *Set) add(tensors []Tensor) error {
	for _, t := range tensors {
		if _, ok := s.index[t.Name]; ok {
			return fmt.Errorf("tensor %q stands twice", t.Name)
		}
		s.index[t.Name] = len(s.tensors)
		s.tensors = append(s.tensors, t)
	}
	return nil
}

// openShards opens the files that the index of a directory names.
func openShards(dir string) (*Set, error) {
	path := filepath.Join(dir, IndexFile)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s has neither %s nor %s", dir, ModelFile, IndexFile)
	}
	if err != nil {
		return nil, err
	}
	if info.Size() > MaxHeader {
		return nil, fmt.Errorf("read %s: %d bytes, at most %d are allowed", path, info.Size(), MaxHeader)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var index struct {
		WeightMap map[string]string `json:"weight_map"`
	}
	if err := json.Unmarshal(b, &index); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	s := &Set{index: map[string]int{}}
	if err := s.addShards(dir, index.WeightMap); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, errors.Join(err, s.Close()))
	}
	return s, nil
}

func (s *Set) addShards(dir string, weightMap map[string]string) error {
	files := slices.Compact(slices.Sorted(maps.Values(weightMap)))
	if len(files) == 0 {
		return errors.New("its weight_map is empty")
	}
	for _, name := range files {
		if name != filepath.Base(name) || !filepath.IsLocal(name) {
			return fmt.Errorf("weight_map names %q, which is not a file beside it", name)
		}
		shard, err := openFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		s.unmap = append(s.unmap, shard.unmap...)
		for _, t := range shard.tensors {
			if weightMap[t.Name] != name {
				return fmt.Errorf("tensor %q lies in %s, but weight_map says %q", t.Name, name, weightMap[t.Name])
			}
		}
		if err := s.add(shard.tensors); err != nil {
			return err
		}
		if s.meta == nil {
			s.meta = shard.meta
		}
	}
	for _, name := range slices.Sorted(maps.Keys(weightMap)) {
		if _, ok := s.index[name]; !ok {
			return fmt.Errorf("tensor %q is not in %s, where weight_map says it is", name, weightMap[name])
		}
	}
	return nil
}

// Tensors returns all tensors in the order of the file, or of the files by name.
func (s *Set) Tensors() []Tensor { return s.tensors }

// Tensor returns the tensor of that name.
func (s *Set) Tensor(name string) (Tensor, bool) {
	i, ok := s.index[name]
	if !ok {
		return Tensor{}, false
	}
	return s.tensors[i], true
}

// Metadata returns the file's own key-value pairs, those of the first file of a
// model in several. It is nil if there are none.
func (s *Set) Metadata() map[string]string { return s.meta }

// Close unmaps the files. The data of all tensors MUST NOT be used after it.
func (s *Set) Close() error {
	var errs []error
	for _, unmap := range s.unmap {
		errs = append(errs, unmap())
	}
	*s = Set{}
	return errors.Join(errs...)
}
