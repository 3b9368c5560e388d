package devnet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/openledger/openledger/cmd/peer/lock"
)

// Up starts the peers of n that do not run and waits until each is ready. If one
// is not, those that it started are stopped again.
func (n *Net) Up(ctx context.Context) error {
	var started []*Peer
	for _, p := range n.Peers {
		if p.Running() {
			continue
		}
		if err := p.Start(ctx); err != nil {
			for _, s := range slices.Backward(started) {
				err = errors.Join(err, s.Stop())
			}
			return err
		}
		started = append(started, p)
	}
	return nil
}

// Down stops the peers of n, the last first. One that does not end in its own
// time is killed; nothing is lost by that.
func (n *Net) Down() error {
	var all error
	for i := len(n.Peers) - 1; i >= 0; i-- {
		all = errors.Join(all, n.Peers[i].Stop())
	}
	return all
}

// Kill ends the peers of n at once.
func (n *Net) Kill() error {
	var all error
	for _, p := range n.Peers {
		all = errors.Join(all, p.Kill())
	}
	return all
}

// Running says whether a peer of n has a process.
func (n *Net) Running() bool { return slices.ContainsFunc(n.Peers, (*Peer).Running) }

// stopTime is how long Stop waits: run.stop_timeout is 30 s.
const stopTime = 40 * time.Second

// Start runs p until Stop, beyond the life of this process, and returns when it
// is ready. What it printed before stays in its log.
func (p *Peer) Start(ctx context.Context) error {
	if p.Running() {
		return nil
	}
	log, err := os.OpenFile(p.Log(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	begun, err := log.Seek(0, 2)
	if err != nil {
		return err
	}
	c := p.Command(context.Background(), "run")
	c.Stdout, c.Stderr, c.SysProcAttr = log, log, apart
	if err := c.Start(); err != nil {
		return fmt.Errorf("start %s: %w", p.Name, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }() // ends with the process that it waits for, or with this one
	for !p.Ready(ctx) {
		select {
		case err := <-ended:
			return fmt.Errorf("%s ended at its start (%w): %s", p.Name, err, tail(p.Log(), begun))
		case <-ctx.Done():
			return errors.Join(ctx.Err(), abandon(c.Process, ended))
		case <-time.After(50 * time.Millisecond):
		}
	}
	return nil
}

// abandon ends a process that may not hold its lock yet, and waits until it has
// ended.
func abandon(p *os.Process, ended <-chan error) error {
	if err := end(p); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-ended:
		return nil
	case <-time.After(stopTime):
	}
	if err := p.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-ended
	return nil
}

// Running says whether p has a process.
func (p *Peer) Running() bool { return p.PID() != 0 }

// PID is the process of p: the holder of its home's lock; 0 where nobody is.
func (p *Peer) PID() int {
	pid, _, err := lock.Holder(filepath.Join(p.Home(), "repo.lock"))
	if err != nil {
		return 0
	}
	return pid
}

// Ready says whether p does its work.
func (p *Peer) Ready(ctx context.Context) bool {
	url := p.URL()
	if url == "" {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readiness", nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// URL is where p tells how it is, empty while it does not run.
func (p *Peer) URL() string {
	text, err := os.ReadFile(filepath.Join(p.Home(), "api"))
	var entry struct{ URL string }
	if err != nil || json.Unmarshal(text, &entry) != nil {
		return ""
	}
	return entry.URL
}

// Stop ends the process of p, and kills one that does not end in its own time:
// nothing is lost by that.
func (p *Peer) Stop() error {
	return p.end(end, stopTime)
}

// Kill ends the process of p at once, as a power cut does.
func (p *Peer) Kill() error {
	return p.end((*os.Process).Kill, time.Second)
}

func (p *Peer) end(how func(*os.Process) error, patience time.Duration) error {
	pid := p.PID()
	if pid == 0 {
		return nil
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	for deadline := time.Now().Add(patience); p.PID() == pid; time.Sleep(10 * time.Millisecond) {
		if err := how(process); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("stop %s: %w", p.Name, err)
		}
		for p.PID() == pid && time.Now().Before(deadline) {
			time.Sleep(10 * time.Millisecond)
		}
		how, deadline = (*os.Process).Kill, time.Now().Add(patience)
	}
	return nil
}

// tail is what a log says from an offset on, its last lines.
func tail(path string, from int64) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(text[min(from, int64(len(text))):])), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], "; ")
}

func local(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// freePorts finds ports that are free for TCP and UDP now.
func freePorts(n int) ([]int, error) {
	var ports []int
	var held []net.Listener
	defer func() {
		for _, l := range held {
			l.Close()
		}
	}()
	for len(ports) < n {
		l, err := net.Listen("tcp", local(0))
		if err != nil {
			return nil, fmt.Errorf("find free ports: %w", err)
		}
		held = append(held, l)
		u, err := net.ListenPacket("udp", l.Addr().String())
		if err != nil {
			continue
		}
		u.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
