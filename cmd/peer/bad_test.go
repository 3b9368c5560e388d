package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBadInput: whatever is wrong, one line says what and how to mend it, and
// the exit code says what kind.
func TestBadInput(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { taken.Close() })
	config := func(text string) func(*box) {
		return func(b *box) { b.write("home/config.yaml", text, 0o600) }
	}
	for _, c := range []struct {
		name    string
		prepare func(*box)
		args    string
		code    exitCode
		want    []string
	}{
		{"no home", func(b *box) { os.RemoveAll(b.home) }, "run", exitHome, []string{"does not exist", "peer init"}},
		{"home is a file", func(b *box) { os.RemoveAll(b.home); b.write("home", "", 0o600) }, "run", exitHome, []string{"not a directory", "--home"}},
		{"init where a file is", func(b *box) { os.RemoveAll(b.home); b.write("home", "", 0o600) }, "init", exitHome, []string{"not a directory", "--home"}},
		{"init twice", nil, "init", exitHome, []string{"there already", "peer run"}},
		{"init in a used folder", func(b *box) { os.Mkdir(b.dir+"/used", 0o700); b.write("used/notes.txt", "", 0o600) }, "init --home used", exitHome, []string{"notes.txt is in the way"}},
		{"no version", func(b *box) { os.Remove(filepath.Join(b.home, "version")) }, "run", exitHome, []string{"not a home"}},
		{"damaged version", func(b *box) { b.write("home/version", "x", 0o600) }, "run", exitHome, []string{"version is damaged"}},
		{"newer home", func(b *box) { b.write("home/version", "99\n", 0o600) }, "run", exitHome, []string{"layout 99, this peer knows 1"}},

		{"corrupt key", func(b *box) { b.write(b.keyPath(), `{"version":3,"address":`, 0o600) }, "run", exitKey, []string{"is corrupt", "peer key import"}},
		{"empty key", func(b *box) { b.write(b.keyPath(), "", 0o600) }, "id", exitKey, []string{"is corrupt"}},
		{"huge key", func(b *box) { b.write(b.keyPath(), strings.Repeat(" ", maxSecret+1), 0o600) }, "id", exitKey, []string{"is over 65536 bytes"}},
		{"open key", func(b *box) { os.Chmod(b.keyPath(), 0o640) }, "run", exitKey, []string{"open to other users (mode 0640)", "chmod 600"}},
		{"no key", func(b *box) { os.Remove(b.keyPath()) }, "run", exitKey, []string{"not in the keystore", "peer key import"}},
		{"wrong passphrase", func(b *box) { b.env = append(b.env, "OPENLEDGER_PASSPHRASE=no") }, "run", exitKey, []string{"wrong passphrase", "try again"}},
		{"no passphrase file", nil, "run --passphrase-file none", exitKey, []string{"none: no such file"}},
		{"passphrase file is a folder", nil, "run --passphrase-file .", exitKey, []string{"is a folder"}},
		{"open passphrase file", func(b *box) { b.write("secret", testPassphrase, 0o644) }, "run --passphrase-file secret", exitKey, []string{"open to other users"}},
		{"no backup", nil, "key import none.json", exitKey, []string{"none.json: no such file"}},
		{"corrupt backup", func(b *box) { b.write("b.json", "{}", 0o600) }, "key import b.json", exitKey, []string{"b.json is corrupt"}},
		{"zero as key", func(b *box) { b.write("raw", strings.Repeat("0", 64), 0o600) }, "key import raw", exitFailed, []string{"not a secp256k1 key"}},
		{"backup nowhere", nil, "key export no/such/folder", exitFailed, []string{"no such file", "can be written"}},
		{"unknown account", nil, "key export b.json --account 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045", exitKey, []string{"not in the keystore"}},

		{"malformed yaml", config("log: [\n"), "run", exitConfig, []string{"config.yaml", "line 1", "mend"}},
		{"tabs", config("log:\n\tlevel: debug\n"), "run", exitConfig, []string{"line 2"}},
		{"unknown key", config("log:\n  levle: debug\n"), "run", exitConfig, []string{"config.yaml:2", "unknown setting log.levle", "did you mean log.level?"}},
		{"unknown section", config("opps: {listen: x}\n"), "run", exitConfig, []string{"unknown setting opps", "did you mean ops"}},
		{"set twice", config("log:\n  level: debug\n  level: info\n"), "run", exitConfig, []string{"config.yaml:3", "log.level is set twice"}},
		{"wrong kind", config("run: {stop_timeout: soon}\n"), "run", exitConfig, []string{"config.yaml:1", "run.stop_timeout", "soon"}},
		{"wrong value", config("log: {format: xml}\n"), "run", exitConfig, []string{`log.format is "xml", want text or json`, "see log.format from file", "config.yaml:1"}},
		{"text for a section", config("log: debug\n"), "run", exitConfig, []string{"want settings by name"}},
		{"alias", config("a: &a {}\nlog: *a\n"), "run", exitConfig, []string{"config.yaml:1"}},
		{"bytes", config("\x00\xff\xfe"), "run", exitConfig, []string{"config.yaml"}},
		{"config is a folder", func(b *box) { os.Remove(b.home + "/config.yaml"); os.Mkdir(b.home+"/config.yaml", 0o700) }, "run", exitHome, []string{"config.yaml"}},
		{"bad flag", nil, "run --set log.level=loud", exitConfig, []string{"log.level from flag --set", "loud"}},
		{"unknown flag setting", nil, "run --set log.levl=info", exitConfig, []string{"did you mean log.level?"}},
		{"flag without value", nil, "run --set log.level", exitUsage, []string{"want KEY=VALUE"}},
		{"bad environment", func(b *box) { b.env = append(b.env, "OPENLEDGER_RUN_STOP_TIMEOUT=0s") }, "run", exitConfig, []string{"run.stop_timeout must be over 0s"}},
		{"get unknown", nil, "config get ops.listne", exitConfig, []string{"did you mean ops.listen?"}},
		{"set unknown", nil, "config set ops.listne x", exitConfig, []string{"did you mean ops.listen?"}},
		{"set wrong value", nil, "config set key.scrypt weak", exitConfig, []string{"want standard or light"}},

		{"set what is overridden", func(b *box) { b.env = append(b.env, "OPENLEDGER_LOG_LEVEL=info") }, "config set log.level debug", exitConfig, []string{"is written, but the environment OPENLEDGER_LOG_LEVEL overrides it"}},

		{"unknown kernels", nil, "run --set engine.kernels=abacus", exitConfig, []string{`no kernels "abacus"`, "available: ", "engine.kernels"}},

		{"port in use", nil, "run --set ops.listen=" + taken.Addr().String(), exitBusy, []string{taken.Addr().String() + " is in use", "--set ops.listen="}},
		{"no port", nil, "run --set ops.listen=localhost", exitConfig, []string{"missing port", "host:port"}},
		{"address of another machine", func(b *box) { b.write("token", strings.Repeat("x", 16), 0o600) }, "run --set ops.listen=192.0.2.1:1 --set ops.token_file=../token", exitConfig, []string{"192.0.2.1:1", "choose another"}},
		{"public without token", nil, "run --set ops.listen=0.0.0.0:0", exitConfig, []string{"0.0.0.0:0 is refused", "no token", "ops.token_file"}},
		{"all interfaces without token", nil, "run --set ops.listen=:0", exitConfig, []string{"is refused"}},
		{"short token", func(b *box) { b.write("home/token", "short", 0o600) }, "run --set ops.token_file=token", exitConfig, []string{"holds 5 bytes, want 16"}},
		{"open token", func(b *box) { b.write("home/token", strings.Repeat("x", 16), 0o644) }, "run --set ops.token_file=token", exitKey, []string{"ops.token_file", "open to other users"}},

		{"unknown command", nil, "conifg", exitUsage, []string{`no command "conifg"`, `did you mean "peer config"?`}},
		{"unknown subcommand", nil, "key exprot", exitUsage, []string{`did you mean "peer key export"?`}},
		{"unknown flag", nil, "run --fast", exitUsage, []string{"unknown flag: --fast", "peer run --help"}},
		{"too many arguments", nil, "id me", exitUsage, []string{"peer id got 1 arguments", "usage: peer id"}},
		{"unknown output", nil, "id --output xml", exitUsage, []string{"want text or json"}},
		{"unknown shell", nil, "completion tcsh", exitUsage, []string{"want bash, zsh, fish or powershell"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newHome(t)
			if c.prepare != nil {
				c.prepare(b)
			}
			b.refused(b.command(strings.Fields(c.args)...), c.code, c.want...)
		})
	}
}

func TestErrorAsJSON(t *testing.T) {
	b := newBox(t)
	b.refused(b.command("run", "--output", "json"), exitHome, `{"error":"home `, `"code":4}`)
}

// TestFullDisk: an answer that cannot be written is no success.
func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here: ", err)
	}
	defer full.Close()
	b := newBox(t)
	c := b.command("version")
	var stderr strings.Builder
	c.Stdout, c.Stderr = full, &stderr
	if err := c.Run(); err == nil || !strings.Contains(stderr.String(), "write the answer") {
		t.Errorf("got %v, %q", err, stderr.String())
	}
}
