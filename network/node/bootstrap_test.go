package node_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/network/simnet"
)

func TestBootstrapFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bootstrap")
	addr := func(i int) string { return simnet.Addr(i) + "/p2p/" + key(t, i).Public().PeerID().String() }
	list := func(want ...string) {
		t.Helper()
		if got, err := node.ReadBootstrap(file); err != nil || !slices.Equal(got, want) {
			t.Errorf("list: got %v, %v, want %v", got, err, want)
		}
	}
	list()
	if got, err := node.AddBootstrap(file, addr(1), " "+addr(2), addr(1)); err != nil || !slices.Equal(got, []string{addr(1), addr(2)}) {
		t.Errorf("add: got %v, %v", got, err)
	}
	if got, err := node.AddBootstrap(file, addr(2)); err != nil || got != nil {
		t.Errorf("add again: got %v, %v, want nothing new", got, err)
	}
	list(addr(1), addr(2))
	if _, err := node.AddBootstrap(file, "/ip4/1.2.3.4/tcp/1"); err == nil || !strings.Contains(err.Error(), `bootstrap peer "/ip4/1.2.3.4/tcp/1"`) {
		t.Errorf("an address without a peer ID: got %v", err)
	}
	if got, err := node.RemoveBootstrap(file, key(t, 1).Public().PeerID().String()); err != nil || !slices.Equal(got, []string{addr(1)}) {
		t.Errorf("remove by peer ID: got %v, %v", got, err)
	}
	if got, err := node.RemoveBootstrap(file, "nobody", ""); err != nil || got != nil {
		t.Errorf("remove nobody: got %v, %v", got, err)
	}
	list(addr(2))
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
		t.Errorf("files left: %v, %v", left, err)
	}
}

func TestParseJoinsAddressesOfOnePeer(t *testing.T) {
	id := "/p2p/" + key(t, 1).Public().PeerID().String()
	got, err := node.Parse([]string{simnet.Addr(1) + id, "/ip4/192.0.2.1/tcp/4511" + id})
	if err != nil || len(got) != 1 || len(got[0].Addrs) != 2 {
		t.Errorf("got %v, %v, want one peer with two addresses", got, err)
	}
}
