package block_test

import (
	"log/slog"
	"testing"

	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"

	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/storetest"
)

var quiet = slog.New(slog.DiscardHandler)

// stores is every datastore that a Store stands on.
var stores = map[string]func(t *testing.T) datastore.Batching{
	"pebble": func(t *testing.T) datastore.Batching {
		d, err := block.OpenDatastore(t.TempDir(), quiet)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
		return d
	},
	"memory": func(t *testing.T) datastore.Batching {
		return dssync.MutexWrap(datastore.NewMapDatastore())
	},
}

func TestStores(t *testing.T) {
	for name, open := range stores {
		t.Run(name, func(t *testing.T) { storetest.Test(t, open) })
	}
}

func TestFaults(t *testing.T) {
	for name, open := range stores {
		t.Run(name, func(t *testing.T) { storetest.Faults(t, open) })
	}
}
