package safetensors

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// file returns the bytes of a file with this header and n bytes of data.
func file(header string, n int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), make([]byte, n)...)
}

func TestReadPyPI(t *testing.T) {
	s, err := Open("testdata/pypi.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, want := range []struct {
		name  string
		shape []int
		x     []float32
	}{
		{"model.norm.weight", []int{5}, []float32{-3. / 7, -2. / 7, -1. / 7, 0, 1. / 7}},
		{"model.q.weight", []int{3, 4}, []float32{-0.428710938, -0.28515625, -0.142578125, 0, 0.142578125, 0.28515625, 0.427734375,
			0.5703125, 0.71484375, 0.85546875, 1, 1.140625}},
		{"model.k.weight", []int{2, 4}, []float32{-0.428466797, -0.285644531, -0.142822266, 0, 0.142822266, 0.285644531, 0.428466797, 0.571289062}},
		{"scalar", []int{}, []float32{2.5}},
		{"empty", []int{0, 4}, []float32{}},
		{"a \"quoted\" <name> \\ of three lines\n\té", []int{1}, []float32{-3}},
	} {
		tensor, ok := s.Tensor(want.name)
		if !ok {
			t.Errorf("no tensor %q", want.name)
			continue
		}
		x, err := tensor.Floats()
		if err != nil {
			t.Errorf("%q: %v", want.name, err)
		}
		near := func(a, b float32) bool { return math.Abs(float64(a-b)) < 1e-2*math.Abs(float64(b)) || a == b }
		if !slices.Equal(tensor.Shape, want.shape) || !slices.EqualFunc(x, want.x, near) {
			t.Errorf("%q: got %v %v, want %v %v", want.name, tensor.Shape, x, want.shape, want.x)
		}
	}
	q8, _ := s.Tensor("q8")
	if !bytes.Equal(q8.Data, []byte{253, 254, 255, 0, 1, 2, 3, 4, 5}) {
		t.Errorf("q8: got %v", q8.Data)
	}
	if _, err := q8.Floats(); err == nil {
		t.Error("q8: I8 became floats")
	}
	if want := map[string]string{"format": "pt"}; !reflect.DeepEqual(s.Metadata(), want) {
		t.Errorf("got metadata %v, want %v", s.Metadata(), want)
	}

	var again bytes.Buffer
	if err := Encode(&again, s.Tensors(), s.Metadata()); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("testdata/pypi.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Bytes(), b) {
		t.Errorf("our writer gives other bytes than PyPI's:\n%q\n%q", again.Bytes(), b)
	}
}

// TestPyPIReadsOurs gives a file of ours to PyPI's reader.
func TestPyPIReadsOurs(t *testing.T) {
	if out, err := exec.Command("python3", "-c", "import safetensors").CombinedOutput(); err != nil {
		t.Skipf("python3 with safetensors is not at hand: %s", bytes.TrimSpace(out))
	}
	path := filepath.Join(t.TempDir(), "ours.safetensors")
	meta := map[string]string{"format": "pt", "by": "openledger", "<&>": "é\u2028\n"}
	tensors := []Tensor{
		FromFloats("b", []float32{1, 2, 3, 4, 5, 6}, 2, 3),
		{Name: "a", DType: I8, Shape: []int{3}, Data: []byte{1, 2, 255}},
		{Name: "h\u2028<&>\"\\\x00", DType: BF16, Shape: []int{1, 1}, Data: []byte{1, 2}},
		{Name: "f", DType: F16, Shape: []int{}, Data: []byte{3, 4}},
	}
	if err := Write(path, tensors, meta); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("python3", "testdata/pypi.py", "list", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var got struct {
		Metadata map[string]string
		Tensors  []struct {
			Name, DType, SHA256 string
			Shape               []int
		}
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if !reflect.DeepEqual(got.Metadata, meta) || len(got.Tensors) != len(tensors) {
		t.Errorf("got %s", out)
	}
	for _, g := range got.Tensors {
		i := slices.IndexFunc(tensors, func(x Tensor) bool { return x.Name == g.Name })
		if i < 0 {
			t.Errorf("tensor %q is not ours", g.Name)
			continue
		}
		want := tensors[i]
		if g.DType != want.DType.String() || !slices.Equal(g.Shape, want.Shape) || g.SHA256 != fmt.Sprintf("%x", sha256.Sum256(want.Data)) {
			t.Errorf("got %v, want %v", g, want)
		}
	}
}

func TestReadRealModel(t *testing.T) {
	s, err := Open("../../../shared/models/stories260K")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("../shared/models/stories260K is not at hand")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	tensor, ok := s.Tensor("model.layers.0.self_attn.k_proj.weight")
	x, aligned := tensor.View()
	if !ok || !aligned || !slices.Equal(tensor.Shape, []int{32, 64}) || len(x) != 32*64 {
		t.Errorf("got %v %v, view %v of %d", ok, tensor.Shape, aligned, len(x))
	}
}

func TestRefuses(t *testing.T) {
	const a = `"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}`
	huge := binary.LittleEndian.AppendUint64(nil, MaxHeader+1)
	for name, c := range map[string]struct {
		b    []byte
		want string // a part of the error
	}{
		"nothing":           {nil, "0 bytes"},
		"short":             {make([]byte, 7), "7 bytes"},
		"huge header":       {append(huge, '{'), "at most 100000000"},
		"lying header":      {file("{}", 0)[:9], "truncated"},
		"greatest header":   {bytes.Repeat([]byte{255}, 8), "at most"},
		"no header":         {file("", 0), "does not begin"},
		"space first":       {file(" {}", 0), "does not begin"},
		"open":              {file("{"+a, 4), "want"},
		"comma":             {file("{"+a+",}", 4), "want"},
		"after":             {file("{"+a+"} x", 4), "after the header"},
		"two":               {file("{"+a+","+a+"}", 4), "begins at byte 0"},
		"empty twice":       {file(`{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}`, 0), "stands twice"},
		"truncated":         {file("{"+a+"}", 3), "truncated"},
		"longer":            {file("{"+a+"}", 5), "5 bytes of data"},
		"gap":               {file(strings.Replace("{"+a+"}", "0,4", "1,5", 1), 5), "begins at byte 1"},
		"overlap":           {file("{"+a+`,"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}`, 6), "begins at byte 2"},
		"backwards":         {file(strings.Replace("{"+a+"}", "0,4", "4,0", 1), 4), "begins at byte 4"},
		"wrong size":        {file(strings.Replace("{"+a+"}", "[1]", "[2]", 1), 4), "needs 8"},
		"shape overflow":    {file(strings.Replace("{"+a+"}", "[1]", "[4294967296,4294967296]", 1), 4), "too large"},
		"hidden overflow":   {file(strings.Replace("{"+a+"}", "[1]", "[0,4611686018427387904,4]", 1), 4), "too large"},
		"number overflow":   {file(strings.Replace("{"+a+"}", "[1]", "[9223372036854775808]", 1), 4), "too large"},
		"negative":          {file(strings.Replace("{"+a+"}", "[1]", "[-1]", 1), 4), "not negative"},
		"fraction":          {file(strings.Replace("{"+a+"}", "[1]", "[1.0]", 1), 4), "want"},
		"leading zero":      {file(strings.Replace("{"+a+"}", "[1]", "[01]", 1), 4), "not negative"},
		"F64":               {file(strings.Replace("{"+a+"}", "F32", "F64", 1), 4), `"F64" is not supported`},
		"no dtype":          {file(`{"a":{"shape":[1],"data_offsets":[0,4]}}`, 4), "needs dtype"},
		"dtype twice":       {file(strings.Replace("{"+a+"}", `"shape"`, `"dtype":"F32","shape"`, 1), 4), "once each"},
		"unknown member":    {file(strings.Replace("{"+a+"}", `"shape"`, `"stride":[1],"shape"`, 1), 4), `unknown member "stride"`},
		"three offsets":     {file(strings.Replace("{"+a+"}", "0,4", "0,4,4", 1), 4), "3 data_offsets"},
		"tensor is a list":  {file(`{"a":[]}`, 4), "want"},
		"not UTF-8":         {file("{\"\xff\":{}}", 0), "UTF-8"},
		"bad escape":        {file(`{"\q":{}}`, 0), "invalid"},
		"open string":       {file(`{"a\"`, 0), "does not end"},
		"escape at end":     {file(`{"a\`, 0), "does not end"},
		"newline in string": {file("{\"a\nb\":{}}", 0), "does not end"},
		"metadata twice":    {file(`{"__metadata__":{},"__metadata__":{}}`, 0), "stands twice"},
		"metadata key":      {file(`{"__metadata__":{"a":"b","a":"c"}}`, 0), "stands twice"},
		"metadata number":   {file(`{"__metadata__":{"a":1}}`, 0), "want"},
	} {
		_, err := Parse(c.b)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want one line with %q", name, err, c.want)
		}
	}
	for name, b := range map[string][]byte{
		"empty":      file("{}", 0),
		"spaces":     file("{ \n\t}  ", 0),
		"metadata":   file(`{"__metadata__":{}}`, 0),
		"escape":     file(strings.Replace("{"+a+"}", `"a"`, `"\u0061\/"`, 1), 4),
		"zero first": file("{"+a+`,"b":{"dtype":"I8","shape":[5,0],"data_offsets":[0,0]}}`, 4),
	} {
		if _, err := Parse(b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestView(t *testing.T) {
	b := make([]byte, 9)
	copy(b, "\x00\x00\x80\x3f")
	copy(b[5:], "\x00\x00\x00\x40")
	for at, want := range map[int]float32{0: 1, 5: 2} {
		tensor := Tensor{DType: F32, Shape: []int{1}, Data: b[at : at+4]}
		if _, ok := tensor.View(); ok != (at == 0) {
			t.Errorf("at %d: view %v", at, ok)
		}
		if x, err := tensor.Floats(); err != nil || len(x) != 1 || x[0] != want {
			t.Errorf("at %d: got %v, %v, want %v", at, x, err, want)
		}
	}
}

// TestWriteSweeps: what a writer that was killed left is gone after the next
// write; what another one is at is not, nor what has another name.
func TestWriteSweeps(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.safetensors")
	old := time.Now().Add(-2 * time.Hour)
	for name, age := range map[string]time.Time{".a.safetensors-1": old, ".a.safetensors-2": time.Now(), ".b.safetensors-1": old, "a.safetensors-1": old} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, age, age); err != nil {
			t.Fatal(err)
		}
	}
	if err := Write(path, nil, nil); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got, want := strings.Join(names, " "), ".a.safetensors-2 .b.safetensors-1 a.safetensors a.safetensors-1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
