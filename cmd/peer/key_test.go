package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
)

// id is what peer id says of the box.
func (b *box) id() (r struct{ Account, Payout, Peer_ID string }) {
	b.t.Helper()
	if err := json.Unmarshal([]byte(b.ok("id", "--output", "json")), &r); err != nil {
		b.t.Fatal(err)
	}
	return r
}

// TestGethReadsOurKey: go-ethereum decrypts our file and finds our account.
func TestGethReadsOurKey(t *testing.T) {
	b := newHome(t)
	data, err := os.ReadFile(b.keyPath())
	if err != nil {
		t.Fatal(err)
	}
	key, err := keystore.DecryptKey(data, testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := b.id().Account, key.Address.Hex(); got != want {
		t.Errorf("peer id says %s, go-ethereum %s", got, want)
	}
	if info, err := os.Stat(b.keyPath()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file has mode %v, want 0600 (%v)", info.Mode(), err)
	}
}

// TestGethsKey: a file that go-ethereum wrote is a key of the peer at once.
func TestGethsKey(t *testing.T) {
	b := newHome(t)
	geth, err := keystore.StoreKey(filepath.Join(b.home, "keystore"), testPassphrase, keystore.LightScryptN, keystore.LightScryptP)
	if err != nil {
		t.Fatal(err)
	}
	want := geth.Address.Hex()
	b.ok("config", "set", "key.account", want)
	if got := b.id(); got.Account != want || !strings.HasPrefix(got.Peer_ID, "16Uiu2") {
		t.Errorf("got %+v, want account %s and a peer ID", got, want)
	}
	if out := b.ok("key", "list"); !strings.Contains(out, want+"  yes") {
		t.Errorf("%s is not active:\n%s", want, out)
	}
}

// TestBackup: export on one machine, restore on another, by init and by import.
func TestBackup(t *testing.T) {
	b := newHome(t)
	want := b.id().Account
	b.ok("key", "export", "backup.json")
	b.refused(b.command("key", "export", "backup.json"), exitFailed, "there already")
	if out := b.ok("key", "export", "-"); !strings.Contains(out, `"version":3`) {
		t.Errorf("export to standard output: %s", out)
	}

	b.ok("init", "--home", "one", "--import", "backup.json")
	if out := b.ok("id", "--home", "one"); !strings.Contains(out, want) {
		t.Errorf("restored by init: %s, want %s", out, want)
	}
	b.ok("init", "--home", "two")
	b.ok("key", "import", "backup.json", "--use", "--home", "two")
	if out := b.ok("id", "--home", "two"); !strings.Contains(out, want) {
		t.Errorf("restored by import: %s, want %s", out, want)
	}
	b.ok("key", "import", "backup.json") // checks the backup
	b.keyPath()                          // and adds nothing

	os.WriteFile(b.keyPath(), []byte("{"), 0o600) // the file breaks, the backup mends it
	b.refused(b.command("id"), exitKey, "corrupt", "key import")
	b.ok("key", "import", "backup.json")
	if got := b.id().Account; got != want {
		t.Errorf("after the repair: %s, want %s", got, want)
	}
}

// TestImportRaw takes the key of geth's own documentation and tests.
func TestImportRaw(t *testing.T) {
	b := newHome(t)
	b.write("raw", "289c2857d4598e37fb9647507e47a309d6133539bf21a8b9cb6df88fd5232032\n", 0o600)
	if out := b.ok("key", "import", "raw"); !strings.Contains(out, "0x970E8128AB834E8EAC17Ab8E3812F010678CF791") {
		t.Errorf("got %s", out)
	}
}

func TestRotate(t *testing.T) {
	b := newHome(t)
	old := b.id().Account
	out := b.ok("key", "rotate")
	now := b.id().Account
	if now == old || !strings.Contains(out, old) || !strings.Contains(out, now) {
		t.Errorf("rotated from %s to %s: %s", old, now, out)
	}
	b.ok("key", "export", "old.json", "--account", old) // still there, still opens
	b.ok("key", "import", "old.json")
	if list := b.ok("key", "list"); strings.Count(list, "UTC--") != 2 || !strings.Contains(list, now+"  yes") {
		t.Errorf("got %s", list)
	}
}

func TestPayout(t *testing.T) {
	b := newHome(t)
	if id := b.id(); id.Payout != id.Account {
		t.Errorf("without an address earnings go to %s, want %s", id.Payout, id.Account)
	}
	const to = "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045"
	b.ok("key", "payout", to)
	if id := b.id(); id.Payout != to || strings.TrimSpace(b.ok("key", "payout")) != to {
		t.Errorf("got %s, want %s", id.Payout, to)
	}
	for name, bad := range map[string]string{
		"mistyped":    "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96046",
		"no checksum": strings.ToLower(to),
		"too short":   "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA960",
		"nothing":     "",
	} {
		t.Run(name, func(t *testing.T) { b.refused(b.command("key", "payout", bad), exitKey, "address") })
	}
	b.ok("config", "set", "key.payout", "")
	if id := b.id(); id.Payout != id.Account {
		t.Errorf("cleared, earnings go to %s, want %s", id.Payout, id.Account)
	}
}

func TestPassphraseFile(t *testing.T) {
	b := newBox(t)
	b.unset("OPENLEDGER_PASSPHRASE")
	b.refused(b.command("init"), exitKey, "no terminal to ask on", "--passphrase-file")
	b.write("secret", "from a file\r\n", 0o600)
	b.ok("init", "--passphrase-file", "secret")
	b.ok("key", "new")                                   // init wrote the path into config.yaml
	b.env = append(b.env, "OPENLEDGER_PASSPHRASE=other") // which the environment overrides
	b.ok("key", "export", "backup.json", "--account", b.id().Account)
	b.refused(b.command("key", "import", "backup.json"), exitKey, "wrong passphrase")
	b.ok("key", "import", "backup.json", "--passphrase-file", "secret") // and a flag both
}
