package simnet_test

import (
	"context"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	dht "github.com/libp2p/go-libp2p-kad-dht"
	kbucket "github.com/libp2p/go-libp2p-kbucket"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/network/simnet"
	"github.com/openledger/openledger/proofs/record"
)

// OPENLEDGER_LONG=1 runs the simulations with hundreds of peers. They take
// minutes and gigabytes, and log what docs/benchmarks.md reports.
var long = os.Getenv("OPENLEDGER_LONG") != ""

// sizes returns how many peers a simulation has: few, or many in the long run.
func sizes(few []int, many ...int) []int {
	if long {
		return many
	}
	return few
}

// crowd runs a test in a world of n peers. The first three have servers'
// profiles; every other peer joins by one of them and by one random earlier
// peer, ten a second. Beyond 500 peers each other one has 24 connections at
// most: what a peer has in memory is for the most part its connections.
func crowd(t *testing.T, seed uint64, n int, test func(t *testing.T, w *simnet.World)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := simnet.NewWorld(seed)
		defer func() {
			if err := w.Close(); err != nil {
				t.Error(err)
			}
			if t.Failed() {
				t.Logf("seed %d, %d peers", seed, n)
			}
		}()
		random := rand.New(rand.NewPCG(seed, 1))
		for i := range n {
			s := simnet.Setup{Link: simnet.Link{Latency: time.Duration(5+random.IntN(70)) * time.Millisecond}}
			if i > 0 {
				s.Join = []int{random.IntN(min(i, 3)), random.IntN(i)}
			}
			if n > 500 {
				s.Node = func(c *node.Config) { c.Connections = 24 }
			}
			if i < 3 {
				s.Node = func(c *node.Config) { c.Profile = node.Server }
			}
			if _, err := w.Start(i, s); err != nil {
				t.Fatal(err)
			}
			time.Sleep(100 * time.Millisecond)
			if i%100 == 99 {
				t.Logf("%d peers run: %d MiB, %d goroutines", i+1, heap()>>20, runtime.NumGoroutine())
			}
		}
		test(t, w)
	})
}

// covered publishes statements of some peers and returns the parts of all peers
// that hear each, and the times it takes, sorted.
func covered(t *testing.T, w *simnet.World, speakers []int, sequence uint64, within time.Duration) (least float64, took []time.Duration) {
	t.Helper()
	peers := w.Peers()
	type arrival struct {
		what statement
		at   time.Time
	}
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	arrivals := make(chan arrival, len(peers)*len(speakers))
	done := make(chan struct{})
	for _, p := range peers {
		go func() {
			defer func() { done <- struct{}{} }()
			for range speakers {
				v, err := p.Gossip.Topic("talk").Next(ctx)
				if err != nil {
					return
				}
				arrivals <- arrival{of(v), time.Now()}
			}
		}()
	}
	said := map[statement]time.Time{}
	for _, i := range speakers {
		at := time.Now()
		v, err := w.Peer(i).Say(t.Context(), sequence, []byte{0x80})
		if err != nil {
			t.Fatal(err)
		}
		said[of(v)] = at
		time.Sleep(200 * time.Millisecond)
	}
	for range peers {
		<-done
	}
	close(arrivals)
	count := map[statement]int{}
	for a := range arrivals {
		if start, ok := said[a.what]; ok {
			count[a.what]++
			took = append(took, a.at.Sub(start))
		}
	}
	least = 1
	for d := range said {
		least = min(least, float64(count[d])/float64(len(peers)))
	}
	slices.Sort(took)
	return least, took
}

// A statement is who said it, and its header: two signers may have equal ones.
type statement struct {
	signer record.PublicKey
	digest [32]byte
}

func of(v record.Verified) statement { return statement{v.Signer(), v.Header().Digest()} }

func percentile[T any](sorted []T, p int) (v T) {
	if len(sorted) == 0 {
		return v
	}
	return sorted[min(len(sorted)*p/100, len(sorted)-1)]
}

// finders searches from random peers and returns how many searches found want
// peers or more, and how long they took, sorted.
func finders(t *testing.T, w *simnet.World, random *rand.Rand, searches, want int, need capacity.Need) (ok int, took []time.Duration) {
	t.Helper()
	peers := w.Peers()
	for range searches {
		p := peers[random.IntN(len(peers))]
		start := time.Now()
		got, err := p.Capacity.Find(t.Context(), need)
		took = append(took, time.Since(start))
		if err == nil && len(got.Found) >= want {
			ok++
		}
	}
	slices.Sort(took)
	return ok, took
}

// hops looks up random places and returns how many peers deep each lookup went
// to the closest peer, and how many peers it asked, both sorted.
func hops(t *testing.T, w *simnet.World, random *rand.Rand, lookups int) (deep, asked []int) {
	t.Helper()
	peers := w.Peers()
	for range lookups {
		key := make([]byte, 32)
		for i := range key {
			key[i] = byte(random.Uint32())
		}
		p := peers[random.IntN(len(peers))]
		ctx, cancel := context.WithCancel(t.Context())
		ctx, events := dht.RegisterForLookupEvents(ctx)
		finished := make(chan error, 1)
		go func() {
			_, err := p.Node.DHT().GetClosestPeers(ctx, string(key))
			cancel()
			finished <- err
		}()
		depth, closest, n := map[peer.ID]int{}, peer.ID(""), 0
		for e := range events {
			if e.Request != nil {
				n += len(e.Request.Waiting)
			}
			if e.Response == nil {
				continue
			}
			from := 0
			if e.Response.Cause != nil {
				from = depth[e.Response.Cause.Peer]
			}
			for _, h := range e.Response.Heard {
				if depth[h.Peer] == 0 {
					depth[h.Peer] = from + 1
				}
			}
			for _, q := range e.Response.Queried {
				if closest == "" || kbucket.Closer(q.Peer, closest, string(key)) {
					closest = q.Peer
				}
			}
		}
		if err := <-finished; err != nil {
			t.Errorf("lookup: %v", err)
			continue
		}
		deep, asked = append(deep, depth[closest]), append(asked, n)
	}
	slices.Sort(deep)
	slices.Sort(asked)
	return deep, asked
}

// heap returns the bytes in use.
func heap() uint64 {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}

func mean(v []int) float64 {
	sum := 0
	for _, n := range v {
		sum += n
	}
	return float64(sum) / float64(max(len(v), 1))
}

// among returns the part of some peers that hear a statement of the first.
func among(t *testing.T, peers []*simnet.Peer, sequence uint64, within time.Duration) float64 {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	heard := make(chan bool, len(peers))
	digest := [32]byte{}
	ready := make(chan struct{})
	for _, p := range peers {
		go func() {
			<-ready
			for {
				v, err := p.Gossip.Topic("talk").Next(ctx)
				if err != nil {
					heard <- false
					return
				}
				if v.Header().Digest() == digest {
					heard <- true
					return
				}
			}
		}()
	}
	v, err := peers[0].Say(t.Context(), sequence, []byte{0x80})
	if err != nil {
		t.Fatal(err)
	}
	digest = v.Header().Digest()
	close(ready)
	n := 0
	for range peers {
		if <-heard {
			n++
		}
	}
	return float64(n) / float64(len(peers))
}
