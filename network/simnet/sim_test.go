package simnet_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/network/simnet"
)

// Peers join, find each other's adverts and hear each other, however many they
// are.
func TestGrowth(t *testing.T) {
	for _, n := range sizes([]int{12}, 10, 30, 100, 300, 500, 1000) {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			before, wall := heap(), time.Now()
			crowd(t, 20, n, func(t *testing.T, w *simnet.World) {
				random := rand.New(rand.NewPCG(20, 2))
				start := time.Now()
				joined := func() bool {
					for _, p := range w.Peers() {
						if s := p.Node.Status(); s.State != node.Connected || s.Peers < min(n-1, 4) {
							return false
						}
					}
					return true
				}
				for !joined() && time.Since(start) < 10*time.Minute {
					time.Sleep(time.Second)
				}
				join := time.Since(start)
				steady := 3 * time.Minute
				if n > 300 { // each minute is many of the machine's
					steady = time.Minute
				}
				time.Sleep(steady)
				perPeer := (heap() - before) / uint64(n)
				conns := 0
				for _, p := range w.Peers() {
					conns += p.Node.Status().Peers
				}
				var speakers []int
				for i := 0; i < n; i += max(1, n/10) {
					speakers = append(speakers, i)
				}
				least, took := covered(t, w, speakers, 1, 30*time.Second)
				ok, searched := finders(t, w, random, 10, min(n-1, 20), capacity.Need{Arithmetic: 1, Memory: 16 << 30})
				deep, asked := hops(t, w, random, 20)
				t.Logf("n=%d: joined in %v after the last started; %d KiB and %d connections a peer; gossip reached %.1f %% of peers at least, p50 %v, p99 %v; "+
					"search %d/10, p50 %v, max %v; lookup hops mean %.2f, max %d, peers asked p50 %d",
					n, join, perPeer>>10, conns/n, least*100, percentile(took, 50), percentile(took, 99),
					ok, percentile(searched, 50), percentile(searched, 100), mean(deep), percentile(deep, 100), percentile(asked, 50))
				if most := percentile(deep, 100); most > bits.Len(uint(n)) { // Kademlia: each hop at least halves the distance
					t.Errorf("n=%d: a lookup went %d hops deep, want log2(n) = %d at most", n, most, bits.Len(uint(n)))
				}
				if least < 1 || ok < 10 || join > time.Minute {
					t.Errorf("n=%d: join took %v, gossip reached %v, %d of 10 searches found enough", n, join, least, ok)
				}
			})
			t.Logf("n=%d took %v", n, time.Since(wall).Round(time.Second))
		})
	}
}

// 30 % of the peers leave at once, without a word. The others find adverts at
// once, and hear everything within ten seconds.
func TestThirtyPercentLeave(t *testing.T) {
	for _, n := range sizes([]int{12}, 100) {
		crowd(t, 21, n, func(t *testing.T, w *simnet.World) {
			random := rand.New(rand.NewPCG(21, 2))
			time.Sleep(4 * time.Minute)
			gone := random.Perm(n)[:n*3/10]
			w.Net.Cut(1, gone...) // no connection is closed: they just fall silent
			left := w.Peers()
			left = slices.DeleteFunc(left, func(p *simnet.Peer) bool { return slices.Contains(gone, p.Index) })
			fallen := time.Now()
			heard, tries := 0.0, 0
			for heard < 1 && tries < 20 {
				heard = among(t, left, uint64(tries), 2*time.Second)
				tries++
			}
			topics := time.Since(fallen)
			want, found := min(len(left)-1, 20), 0
			start := time.Now()
			for range 10 {
				got, err := left[random.IntN(len(left))].Capacity.Find(t.Context(), capacity.Need{Arithmetic: 1})
				if err == nil && len(got.Found) >= want {
					found++
				}
			}
			searches := time.Since(start) / 10
			t.Logf("n=%d, %d left: a statement reaches all that stay after %v; %d of 10 searches find %d peers at once, %v each", n, len(gone), topics, found, want, searches)
			if topics > time.Minute || found < 9 {
				t.Errorf("n=%d: topics recovered after %v, %d of 10 searches found %d peers", n, topics, found, want)
			}
		})
	}
}

// A network that was cut in two for an hour is one again without a restart:
// statements cross, and adverts of the other half are found.
func TestPartitionHeals(t *testing.T) {
	for _, n := range sizes([]int{8}, 60) {
		crowd(t, 22, n, func(t *testing.T, w *simnet.World) {
			time.Sleep(8 * time.Minute)
			var far []int
			for i := range n {
				if i%2 == 1 {
					far = append(far, i)
				}
			}
			w.Net.Cut(1, far...)
			time.Sleep(25 * time.Minute)
			if part := among(t, w.Peers(), 1, 10*time.Second); part > 0.5 {
				t.Fatalf("n=%d: during the cut a statement reached %v of all", n, part)
			}
			w.Net.Cut(0, far...)
			healed := time.Now()
			for seq := uint64(2); among(t, w.Peers(), seq, 10*time.Second) < 1; seq++ {
				if time.Since(healed) > 40*time.Minute {
					t.Fatalf("n=%d: the halves are apart still", n)
				}
				time.Sleep(20 * time.Second)
			}
			topics := time.Since(healed)
			for seers := 0; seers < 8; {
				seers = 0
				for _, p := range w.Peers()[:8] {
					if seesOtherHalf(t, p, n) {
						seers++
					}
				}
				if seers < 8 {
					if time.Since(healed) > 40*time.Minute {
						t.Fatalf("n=%d: %d of 8 peers find adverts of the other half", n, seers)
					}
					time.Sleep(20 * time.Second)
				}
			}
			t.Logf("n=%d: after the cut healed a statement reaches both halves in %v, and adverts of the other half are found in %v", n, topics, time.Since(healed))
		})
	}
}

// seesOtherHalf says whether a peer finds one whose index is odd where its own
// is even, or the reverse.
func seesOtherHalf(t *testing.T, p *simnet.Peer, n int) bool {
	got, err := p.Capacity.Find(t.Context(), capacity.Need{Arithmetic: 1, Most: n})
	if err != nil {
		return false
	}
	for i := 1 - p.Index%2; i < n; i += 2 {
		other := simnet.KeyOf(i).Public().PeerID()
		if slices.ContainsFunc(got.Found, func(f capacity.Found) bool { return f.Peer == other }) {
			return true
		}
	}
	return false
}

// All peers by which the others joined are gone. Those that run find each other
// as before, and a newcomer joins by any of them.
func TestBootstrapPeersGone(t *testing.T) {
	for _, n := range sizes([]int{10}, 100) {
		crowd(t, 23, n, func(t *testing.T, w *simnet.World) {
			time.Sleep(5 * time.Minute)
			w.StopAll(0, 1, 2)
			time.Sleep(time.Minute)
			if _, err := w.Start(n, simnet.Setup{Join: []int{n / 2}}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(2 * time.Minute)
			random := rand.New(rand.NewPCG(23, 2))
			if ok, _ := finders(t, w, random, 10, min(n-4, 20), capacity.Need{Arithmetic: 1}); ok < 10 {
				t.Errorf("n=%d: %d of 10 searches found enough", n, ok)
			}
			if part := among(t, w.Peers(), 1, 10*time.Second); part < 1 {
				t.Errorf("n=%d: a statement reached %v of all", n, part)
			}
			if got, err := w.Peer(n).Capacity.Find(t.Context(), capacity.Need{Arithmetic: 1}); err != nil || len(got.Found) < min(n-4, 20) {
				t.Errorf("n=%d: the newcomer found %d, %v", n, len(got.Found), err)
			}
		})
	}
}

// Peers come and go all the time, packets are lost, and still those that stay
// hear nearly everything at once and all of it soon.
func TestChurnAndLoss(t *testing.T) {
	for _, n := range sizes([]int{10}, 60) {
		crowd(t, 24, n, func(t *testing.T, w *simnet.World) {
			w.Net.SetLoss(0.02)
			time.Sleep(2 * time.Minute)
			random, stay := rand.New(rand.NewPCG(24, 2)), n/2
			said, heard := 0, 0
			next := n
			running := []int{}
			for i := stay; i < n; i++ {
				running = append(running, i)
			}
			for round := range 10 {
				i := random.IntN(len(running))
				w.Stop(running[i])
				if _, err := w.Start(next, simnet.Setup{Join: []int{random.IntN(stay)}}); err != nil {
					t.Fatal(err)
				}
				running[i] = next
				next++
				var steady []*simnet.Peer
				for j := range stay {
					steady = append(steady, w.Peer(j))
				}
				part := among(t, steady, uint64(round+1), 10*time.Second)
				said, heard = said+stay, heard+int(part*float64(stay)+0.5)
				time.Sleep(10 * time.Second)
			}
			t.Logf("n=%d: with a peer replaced every 20 s and 2 %% loss %d of %d deliveries came within 10 s, %d packets were lost", n, heard, said, w.Net.Dropped())
			if heard < said {
				t.Errorf("n=%d: %d of %d deliveries came", n, heard, said)
			}
		})
	}
}
