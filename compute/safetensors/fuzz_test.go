package safetensors

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"
)

// FuzzParse checks that what Parse accepts is read by encoding/json in the same
// way, covers the data, and survives Encode.
func FuzzParse(f *testing.F) {
	real, err := os.ReadFile("testdata/pypi.safetensors")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(real)
	f.Add(file("{}", 0))
	f.Add(file("{\"a\\", 0)) // once read past its end
	f.Add(file(`{"a":{"dtype":"I8","shape":[2,1],"data_offsets":[0,2]},"b":{"dtype":"F32","shape":[],"data_offsets":[2,6]}}`, 6))
	f.Add(file(`{"__metadata__":{"a":"b\u00e9\n"}, "a":{"data_offsets":[ 0 ,2 ],"shape":[],"dtype":"BF16"}}`, 2))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Parse(b)
		if err != nil {
			return
		}
		n := binary.LittleEndian.Uint64(b)
		var members map[string]json.RawMessage
		if err := json.Unmarshal(b[8:8+n], &members); err != nil {
			t.Fatalf("encoding/json: %v", err)
		}
		delete(members, metadataKey)
		if len(members) != len(s.Tensors()) {
			t.Fatalf("got %d tensors, encoding/json %d", len(s.Tensors()), len(members))
		}
		end := int(8 + n)
		for _, x := range s.Tensors() {
			var want struct {
				DType   string `json:"dtype"`
				Shape   []int  `json:"shape"`
				Offsets [2]int `json:"data_offsets"`
			}
			if err := json.Unmarshal(members[x.Name], &want); err != nil {
				t.Fatalf("%q: %v", x.Name, err)
			}
			at := int(8+n) + want.Offsets[0]
			if x.DType.String() != want.DType || !slices.Equal(x.Shape, want.Shape) || at != end ||
				!bytes.Equal(x.Data, b[at:int(8+n)+want.Offsets[1]]) {
				t.Fatalf("got %v, encoding/json %v", x, want)
			}
			end += len(x.Data)
		}
		if end != len(b) {
			t.Fatalf("tensors end at %d of %d", end, len(b))
		}

		var out bytes.Buffer
		if err := Encode(&out, s.Tensors(), s.Metadata()); err != nil {
			t.Fatalf("encode: %v", err)
		}
		again, err := Parse(out.Bytes())
		if err != nil {
			t.Fatalf("parse what Encode wrote: %v", err)
		}
		for _, x := range s.Tensors() {
			if y, ok := again.Tensor(x.Name); !ok || y.DType != x.DType || !slices.Equal(y.Shape, x.Shape) || !bytes.Equal(y.Data, x.Data) {
				t.Fatalf("got %v, want %v", y, x)
			}
		}
		if len(s.Metadata()) > 0 && !reflect.DeepEqual(again.Metadata(), s.Metadata()) {
			t.Fatalf("got %v, want %v", again.Metadata(), s.Metadata())
		}
	})
}
