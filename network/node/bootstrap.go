package node

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/libp2p/go-libp2p/core/peer"
)

// Parse reads multiaddrs that end in /p2p/ID, joining those of one peer.
func Parse(addrs []string) ([]peer.AddrInfo, error) {
	var out []peer.AddrInfo
	at := map[peer.ID]int{}
	for _, s := range addrs {
		p, err := peer.AddrInfoFromString(strings.TrimSpace(s))
		if err != nil {
			return nil, fmt.Errorf("bootstrap peer %q: %w; it looks like /ip4/192.0.2.1/udp/4511/quic-v1/p2p/PEER_ID", s, err)
		}
		if i, ok := at[p.ID]; ok {
			out[i].Addrs = append(out[i].Addrs, p.Addrs...)
			continue
		}
		at[p.ID] = len(out)
		out = append(out, *p)
	}
	return out, nil
}

// ReadBootstrap lists the multiaddrs in a bootstrap file: one a line, empty
// lines and those that begin with # do not count. A file that is not there
// holds none.
func ReadBootstrap(file string) ([]string, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read bootstrap file: %w", err)
	}
	var addrs []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			addrs = append(addrs, line)
		}
	}
	return addrs, nil
}

// AddBootstrap writes more multiaddrs into a bootstrap file and returns those
// that were not in it yet. A running node uses them at its next attempt.
func AddBootstrap(file string, addrs ...string) (added []string, err error) {
	if _, err := Parse(addrs); err != nil {
		return nil, err
	}
	have, err := ReadBootstrap(file)
	if err != nil {
		return nil, err
	}
	for _, a := range addrs {
		if a = strings.TrimSpace(a); !slices.Contains(have, a) {
			have, added = append(have, a), append(added, a)
		}
	}
	if len(added) == 0 {
		return nil, nil
	}
	return added, writeBootstrap(file, have)
}

// RemoveBootstrap takes multiaddrs out of a bootstrap file and returns those
// that were in it. A peer ID stands for all addresses of that peer.
func RemoveBootstrap(file string, addrs ...string) (removed []string, err error) {
	have, err := ReadBootstrap(file)
	if err != nil {
		return nil, err
	}
	kept := slices.DeleteFunc(slices.Clone(have), func(line string) bool {
		for _, a := range addrs {
			if a = strings.TrimSpace(a); a == line || a != "" && strings.HasSuffix(line, "/p2p/"+a) {
				removed = append(removed, line)
				return true
			}
		}
		return false
	})
	if len(removed) == 0 {
		return nil, nil
	}
	return removed, writeBootstrap(file, kept)
}

// writeBootstrap replaces the file as a whole, so that a reader sees the old
// lines or the new ones. Comments do not survive.
func writeBootstrap(file string, addrs []string) error {
	var b strings.Builder
	b.WriteString("# Peers to join by, one multiaddr a line. Written by peer bootstrap.\n")
	for _, a := range addrs {
		b.WriteString(a + "\n")
	}
	t, err := os.CreateTemp(filepath.Dir(file), ".bootstrap-*")
	if err != nil {
		return fmt.Errorf("write bootstrap file: %w", err)
	}
	_, err = t.WriteString(b.String())
	if err = errors.Join(err, t.Sync(), t.Close()); err == nil {
		err = os.Rename(t.Name(), file)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write bootstrap file: %w", err), os.Remove(t.Name()))
	}
	return nil
}
