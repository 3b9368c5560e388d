// Package devnet runs a network of peers on one machine: each is a process of
// its own with a home, a key and real sockets on loopback, as if it were alone.
//
// A network lives in one folder: the program, devnet.json, a home and a log for
// each peer. It joins nobody outside. Start at [Take] and [Create].
package devnet

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Network is the number of networks made here: no peer of another one talks to
// them.
const Network = 31337

// A Role is what a peer of the network is for.
type Role struct {
	Name string   // of its home and log, one word
	Does string   // in words
	Set  []string // settings, KEY=VALUE
	API  bool     // it has OpenAI's API
}

// A Net is a network in its folder.
type Net struct {
	Dir   string  `json:"-"`
	Peers []*Peer `json:"peers"`
}

// A Peer is one of them.
type Peer struct {
	Name    string `json:"name"`
	Does    string `json:"does"`
	Account string `json:"account"`
	ID      string `json:"peer_id"`
	Port    int    `json:"port"`          // of the network, TCP and UDP
	API     string `json:"api,omitempty"` // host:port of OpenAI's API

	net *Net
}

const stateFile = "devnet.json"

// Create makes a network in a folder that the caller has taken: copies the
// program, makes a home for each role, and starts nothing. What was made there
// before goes, unless it runs.
func Create(ctx context.Context, dir, program string, roles []Role) (*Net, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := clear(dir); err != nil {
		return nil, err
	}
	for _, sub := range []string{"homes", "logs"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			return nil, err
		}
	}
	n := &Net{Dir: dir}
	if err := copyProgram(program, n.Program()); err != nil {
		return nil, fmt.Errorf("copy the program: %w", err)
	}
	if err := os.WriteFile(n.passphraseFile(), []byte(rand.Text()+"\n"), 0o600); err != nil {
		return nil, err
	}
	ports, err := freePorts(3 * len(roles))
	if err != nil {
		return nil, err
	}
	for i, r := range roles {
		p := &Peer{Name: r.Name, Does: r.Does, Port: ports[3*i], net: n}
		set := append([]string{
			"network.id=" + strconv.Itoa(Network), "network.lan=false", "network.port=" + strconv.Itoa(p.Port),
			"ops.listen=" + local(ports[3*i+1]), "serve.listen=",
		}, r.Set...)
		if r.API {
			p.API = local(ports[3*i+2])
			set = append(set, "serve.listen="+p.API)
		}
		if i > 0 {
			set = append(set, "network.bootstrap="+n.Peers[0].Address())
		}
		if err := p.init(ctx, set); err != nil {
			return nil, fmt.Errorf("make the home of %s: %w", p.Name, err)
		}
		n.Peers = append(n.Peers, p)
	}
	return n, n.save()
}

// Open reads the network of a folder.
func Open(dir string) (*Net, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(dir, stateFile))
	if err != nil {
		return nil, err
	}
	n := &Net{Dir: dir}
	if err := json.Unmarshal(text, n); err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Join(dir, stateFile), err)
	}
	for _, p := range n.Peers {
		p.net = n
	}
	return n, nil
}

// Program is the program that all peers of n run.
func (n *Net) Program() string        { return filepath.Join(n.Dir, "peer") }
func (n *Net) passphraseFile() string { return filepath.Join(n.Dir, "passphrase") }

// Peer returns the one of a name, or nil.
func (n *Net) Peer(name string) *Peer {
	for _, p := range n.Peers {
		if p.Name == name {
			return p
		}
	}
	return nil
}

func (n *Net) save() error {
	text, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(n.Dir, stateFile)
	if err := os.WriteFile(path+".tmp", append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}

// Home is the folder of p, Log the file of what it prints.
func (p *Peer) Home() string { return filepath.Join(p.net.Dir, "homes", p.Name) }
func (p *Peer) Log() string  { return filepath.Join(p.net.Dir, "logs", p.Name+".log") }

// Address is where other peers of this machine reach p.
func (p *Peer) Address() string {
	return fmt.Sprintf("/ip4/127.0.0.1/udp/%d/quic-v1/p2p/%s", p.Port, p.ID)
}

// Command is the program on the home of p. It stands in the folder of the
// network; no setting of the environment reaches it.
func (p *Peer) Command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, p.net.Program(), append([]string{"--home", p.Home()}, args...)...)
	c.Dir = p.net.Dir
	for _, kv := range os.Environ() {
		if !strings.HasPrefix(kv, "OPENLEDGER_") && !strings.HasPrefix(kv, "NOTIFY_SOCKET=") {
			c.Env = append(c.Env, kv)
		}
	}
	return c
}

// Ask runs a command on the home of p and decodes its answer.
func (p *Peer) Ask(ctx context.Context, answer any, args ...string) error {
	var problem strings.Builder
	c := p.Command(ctx, append(args, "--output", "json")...)
	c.Stderr = &problem
	out, err := c.Output()
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("peer %s: %w", strings.Join(args, " "), errors.Join(err, reason(problem.String())))
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(out, answer)
}

// reason is the error in what a command printed, else all that it printed.
func reason(text string) error {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	var e struct{ Error string }
	if last := lines[len(lines)-1]; json.Unmarshal([]byte(last), &e) == nil && e.Error != "" {
		return errors.New(e.Error)
	}
	return errors.New(strings.TrimSpace(text))
}

func (p *Peer) init(ctx context.Context, set []string) error {
	args := []string{"init", "--scrypt", "light", "--passphrase-file", p.net.passphraseFile()}
	for _, kv := range set {
		args = append(args, "--set", kv)
	}
	var made struct {
		Account string `json:"account"`
		PeerID  string `json:"peer_id"`
	}
	if err := p.Ask(ctx, &made, args...); err != nil {
		return err
	}
	p.Account, p.ID = made.Account, made.PeerID
	return nil
}

// copyProgram links or copies: a program that "go run" built goes when it ends.
func copyProgram(from, to string) error {
	os.Remove(to)
	if os.Link(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o700)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
