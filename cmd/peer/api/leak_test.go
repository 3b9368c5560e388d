package api_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/openledger/openledger/cmd/peer/api"
)

// eventually waits for what other goroutines are about to do.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); runtime.Gosched() {
		if time.Now().After(end) {
			buf := make([]byte, 1<<20)
			t.Fatalf("%s\n%s", what, buf[:runtime.Stack(buf, true)])
		}
	}
}

// 200 streams at a time, of which one in ten hangs up at a random moment: the
// others end whole, and nothing is left behind.
func TestStreamsLeakNothing(t *testing.T) {
	const seed = 11
	s := newSite(t, api.Config{})
	var warm api.ChatCompletion
	s.ok("POST", "/v1/chat/completions", `{`+hello+`,"max_tokens":1}`, &warm)
	s.Client().CloseIdleConnections()
	before := runtime.NumGoroutine()
	var whole, cut atomic.Int32
	var work sync.WaitGroup
	for i := range 200 {
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		work.Go(func() {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			hangUp := -1
			if rng.IntN(10) == 0 {
				hangUp = rng.IntN(12)
			}
			body := fmt.Sprintf(`{"model":"org/tiny","messages":[{"role":"user","content":"the name %d"}],"max_tokens":12,"ignore_eos":true,"stream":true}`, i)
			r, err := http.NewRequestWithContext(ctx, "POST", s.URL+"/v1/chat/completions", strings.NewReader(body))
			if err != nil {
				t.Error(err)
				return
			}
			if hangUp == 0 {
				time.AfterFunc(time.Duration(rng.IntN(20))*time.Millisecond, cancel) // maybe before the first token
			}
			response, err := s.Client().Do(r)
			if err != nil {
				if hangUp < 0 {
					t.Error(err)
				}
				cut.Add(1)
				return
			}
			defer response.Body.Close()
			if response.StatusCode != 200 {
				t.Errorf("stream %d: %s", i, response.Status)
			}
			lines := bufio.NewScanner(response.Body)
			for n := 0; lines.Scan(); {
				if lines.Text() == "data: [DONE]" {
					whole.Add(1)
					return
				}
				if strings.HasPrefix(lines.Text(), "data: ") {
					n++
				}
				if hangUp > 0 && n >= hangUp {
					cut.Add(1)
					return // the deferred cancel hangs up
				}
			}
			if hangUp < 0 {
				t.Errorf("stream %d ended early: %v", i, lines.Err())
			}
			cut.Add(1)
		})
	}
	work.Wait()
	if whole.Load()+cut.Load() != 200 || cut.Load() < 5 {
		t.Errorf("%d whole, %d cut, seed %d", whole.Load(), cut.Load(), seed)
	}
	eventually(t, "sequences are left behind", func() bool {
		st := s.local.Engine.Stats()
		return st.Running+st.Waiting == 0 && st.Pages == st.SharedPages && st.SharedPages == st.IdlePages
	})
	s.Client().CloseIdleConnections()
	eventually(t, "goroutines are left behind", func() bool { return runtime.NumGoroutine() <= before+2 })
}

// Who hangs up gives his slot to the next one at once.
func TestDisconnectFreesSlot(t *testing.T) {
	s := newSite(t, api.Config{})
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, "POST", s.URL+"/v1/completions",
		strings.NewReader(`{"model":"org/tiny","prompt":"a","max_tokens":500,"ignore_eos":true}`))
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if response, err := s.Client().Do(r); err == nil {
			response.Body.Close()
		}
	}()
	eventually(t, "the request does not begin", func() bool { return s.local.Engine.Stats().Running > 0 })
	cancel()
	<-done
	eventually(t, "the slot stays taken", func() bool { return s.local.Engine.Stats().Running == 0 })
}
