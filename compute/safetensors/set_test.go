package safetensors

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// shards writes two files, with the tensors a and b in one and c in the other.
func shards(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, tensors := range map[string][]Tensor{
		"model-00001-of-00002.safetensors": {FromFloats("a", []float32{1}, 1), FromFloats("b", []float32{2}, 1)},
		"model-00002-of-00002.safetensors": {FromFloats("c", []float32{3}, 1)},
	} {
		if err := Write(filepath.Join(dir, name), tensors, map[string]string{"format": "pt"}); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const goodMap = `"a":"model-00001-of-00002.safetensors","b":"model-00001-of-00002.safetensors","c":"model-00002-of-00002.safetensors"`

func TestShards(t *testing.T) {
	dir := shards(t)
	writeFile(t, filepath.Join(dir, IndexFile), `{"metadata":{"total_size":12.0},"weight_map":{`+goodMap+`}}`)
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]float32{"a": 1, "b": 2, "c": 3} {
		tensor, _ := s.Tensor(name)
		if x, err := tensor.Floats(); err != nil || len(x) != 1 || x[0] != want {
			t.Errorf("%s: got %v, %v, want %v", name, x, err, want)
		}
	}
	if _, ok := s.Tensor("d"); ok || len(s.Tensors()) != 3 || s.Metadata()["format"] != "pt" {
		t.Errorf("got %v %v %v", ok, s.Tensors(), s.Metadata())
	}
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Error(err)
	}
}

func TestShardsRefused(t *testing.T) {
	dir := shards(t)
	for name, c := range map[string]struct{ index, want string }{
		"not JSON":     {`{`, "JSON"},
		"no map":       {`{}`, "empty"},
		"missing file": {`{"weight_map":{` + goodMap + `,"d":"model-3.safetensors"}}`, "no such file"},
		"missing":      {`{"weight_map":{` + goodMap + `,"d":"model-00001-of-00002.safetensors"}}`, `"d" is not in`},
		"not in map":   {`{"weight_map":{"a":"model-00001-of-00002.safetensors"}}`, `"b" lies in`},
		"other file":   {`{"weight_map":{` + strings.Replace(goodMap, `"c":"model-00002`, `"c":"model-00001`, 1) + `}}`, `"c" is not in`},
		"outside":      {`{"weight_map":{"a":"../a.safetensors"}}`, "not a file beside"},
		"absolute":     {`{"weight_map":{"a":"/a.safetensors"}}`, "not a file beside"},
		"parent":       {`{"weight_map":{"a":".."}}`, "not a file beside"},
		"itself":       {`{"weight_map":{"a":"."}}`, "regular"},
		"nameless":     {`{"weight_map":{"a":""}}`, "not a file beside"},
	} {
		writeFile(t, filepath.Join(dir, IndexFile), c.index)
		_, err := Open(dir)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want one line with %q", name, err, c.want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "has neither") {
		t.Errorf("got %v", err)
	}
	for name, content := range map[string]string{"empty": "", "short": "abc", "text": "{\"a\": 1}, and so on"} {
		path := filepath.Join(dir, name)
		writeFile(t, path, content)
		if _, err := Open(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestWriteIsWhole checks that a failed write leaves the old file and nothing else.
func TestWriteIsWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, ModelFile)
	if err := Write(path, []Tensor{FromFloats("a", []float32{1}, 1)}, nil); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]Tensor{
		"short":     {FromFloats("a", []float32{1}, 2)},
		"twice":     {FromFloats("a", []float32{1}, 1), FromFloats("a", []float32{1}, 1)},
		"reserved":  {FromFloats(metadataKey, []float32{1}, 1)},
		"not UTF-8": {FromFloats("\xff", []float32{1}, 1)},
		"no dtype":  {{Name: "a"}},
		"negative":  {FromFloats("a", []float32{1}, -1)},
	} {
		if err := Write(path, bad, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := Write(path, nil, map[string]string{"a": "\xff"}); err == nil {
		t.Error("metadata that is not UTF-8: no error")
	}
	if err := Write(filepath.Join(dir, "none", "x"), nil, nil); err == nil {
		t.Error("no directory: no error")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("got %v, %v, want one file", left, err)
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	// A file that is mapped stays whole when its name gets new content.
	old, _ := s.Tensor("a")
	if err := Write(path, []Tensor{FromFloats("a", []float32{2}, 1)}, nil); err != nil {
		t.Fatal(err)
	}
	if x, _ := old.Floats(); x[0] != 1 {
		t.Errorf("got %v, want 1", x)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func BenchmarkOpen(b *testing.B) {
	var tensors []Tensor
	for i := range 420 { // as a LoRA adapter of a 135M model
		tensors = append(tensors, FromFloats(fmt.Sprintf("base_model.model.model.layers.%d.self_attn.q_proj.lora_A.weight", i), make([]float32, 3000), 3, 1000))
	}
	path := filepath.Join(b.TempDir(), ModelFile)
	if err := Write(path, tensors, nil); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		s, err := Open(path)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
