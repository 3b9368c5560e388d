package node

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	"github.com/libp2p/go-libp2p-kad-dht/records"
	"github.com/libp2p/go-libp2p-kbucket/peerdiversity"
	"github.com/libp2p/go-libp2p/core/peer"
)

func TestPaceSlowsOnePeer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := pace{perSecond: 10, last: map[peer.ID]tally{}}
		start := time.Now()
		for range 35 {
			p.wait(t.Context(), "flooder")
		}
		if took := time.Since(start); took != 3*time.Second { // 10 in each of the seconds 0, 1 and 2
			t.Errorf("35 requests took %v, want 3s", took)
		}
		start = time.Now()
		p.wait(t.Context(), "other")
		if took := time.Since(start); took != 0 {
			t.Errorf("another peer waited %v", took)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 100 {
			p.wait(ctx, "flooder")
		}
	})
}

func TestPaceForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := pace{perSecond: 10, last: map[peer.ID]tally{}}
		for i := range 10_000 {
			if i%1000 == 0 {
				time.Sleep(time.Second)
			}
			p.wait(t.Context(), peer.ID(fmt.Sprint(i)))
		}
		if len(p.last) > 4097+1000 {
			t.Errorf("%d peers are remembered", len(p.last))
		}
	})
}

// nothing forbids all.
type nothing struct {
	peerdiversity.PeerIPGroupFilter
}

func (nothing) Allow(peerdiversity.PeerGroupInfo) bool { return false }

func TestDiversity(t *testing.T) {
	for group, want := range map[string]bool{"192.168.0.0": true, "127.0.0.0": true, "10.1.0.0": true, "81.2.0.0": false, "12345": false} {
		if got := (diverse{nothing{}}).Allow(peerdiversity.PeerGroupInfo{IPGroupKey: peerdiversity.PeerIPGroupKey(group)}); got != want {
			t.Errorf("%s: got %t, want %t", group, got, want)
		}
	}
}

func TestQuota(t *testing.T) {
	ctx, disk := t.Context(), dssync.MutexWrap(datastore.NewMapDatastore())
	key := func(i int, who string) datastore.Key {
		return datastore.NewKey(fmt.Sprintf("%sKEY%d/%s", records.ProvidersKeyPrefix, i, who))
	}
	open := func() *quota {
		q := newQuota(disk)
		q.one, q.all = 3, 5
		return q
	}
	q := open()
	put := func(i int, who string, want error) {
		t.Helper()
		if err := q.Put(ctx, key(i, who), []byte("x")); !errors.Is(err, want) {
			t.Errorf("put %d of %s: got %v, want %v", i, who, err, want)
		}
	}
	for i := range 3 {
		put(i, "a", nil)
	}
	put(3, "a", errQuota)
	put(0, "a", nil) // again
	put(0, "b", nil)
	q = open() // as after a restart
	put(3, "a", errQuota)
	put(1, "b", nil)
	put(2, "b", errQuota) // of all
	for range 2 {         // the second deletes nothing
		if err := q.Delete(ctx, key(0, "a")); err != nil {
			t.Fatal(err)
		}
	}
	put(2, "b", nil)
	put(0, "a", errQuota)
	if q.total != 5 || q.count["a"] != 2 || q.count["b"] != 3 {
		t.Errorf("got %d in all, %v", q.total, q.count)
	}
}
