package block

import (
	"errors"
	"log/slog"
	"testing"

	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
)

// TestCloseUnderQuery: a store closes while a query is open, whose results then
// end with an error.
func TestCloseUnderQuery(t *testing.T) {
	d, err := OpenDatastore(t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"/a", "/b"} {
		if err := d.Put(t.Context(), datastore.NewKey(k), []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	r, err := d.Query(t.Context(), query.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if x, ok := r.NextSync(); !ok || x.Error != nil {
		t.Fatalf("got %v, %v", x, ok)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if x, ok := r.NextSync(); !ok || !errors.Is(x.Error, errClosed) {
		t.Errorf("after Close: got %v, %v", x, ok)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}
