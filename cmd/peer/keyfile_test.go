package main

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/openledger/openledger/proofs/record"
)

// sealed is a key file of a key made from a seed.
func sealed(t testing.TB, seed uint64) (record.Key, []byte) {
	t.Helper()
	secret := make([]byte, 32)
	for i, r := 0, rand.New(rand.NewPCG(seed, 0)); i < len(secret); i++ {
		secret[i] = byte(r.Uint32())
	}
	key, err := record.ParseKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	f, err := sealKey(key, testPassphrase, "light")
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return key, data
}

// damages turns a sound file into one that must be refused before any work is
// done for it: go-ethereum would panic on some and take all memory for others.
var damages = []struct{ name, old, new, want string }{
	{"version", `"version":3`, `"version":1`, "version 1"},
	{"version as text", `"version":3`, `"version":"1"`, "not a keystore file"},
	{"address", `"address":"`, `"address":"zz`, "address"},
	{"other address", `"address":"`, `"address":"00000000000000000000000000000000000000ff","x":"`, "do not belong together"},
	{"public key", `"public_key":"`, `"public_key":"ff`, "public key"},
	{"cipher", "aes-128-ctr", "rot13", "cipher"},
	{"no iv", `"iv":"`, `"iv":"","x":"`, "cipherparams.iv"},
	{"short mac", `"mac":"`, `"mac":"00","x":"`, "mac"},
	{"no salt", `"salt":`, `"salz":`, "salt"},
	{"salt not hex", `"salt":"`, `"salt":"?`, "salt"},
	{"short derived key", `"dklen":32`, `"dklen":16`, "dklen"},
	{"all memory", `"n":4096`, `"n":1099511627776`, "out of range"},
	{"no power of two", `"n":4096`, `"n":4095`, "out of range"},
	{"text for a number", `"n":4096`, `"n":"4096"`, "out of range"},
	{"endless", `"p":6`, `"p":1000000`, "out of range"},
	{"other derivation", `"kdf":"scrypt"`, `"kdf":"md5"`, "md5"},
	{"pbkdf2 without rounds", `"kdf":"scrypt"`, `"kdf":"pbkdf2"`, "pbkdf2"},
}

func TestDamagedKeyFile(t *testing.T) {
	_, sound := sealed(t, 1)
	if _, err := parseKeyFile(sound); err != nil {
		t.Fatal(err)
	}
	for _, d := range damages {
		t.Run(d.name, func(t *testing.T) {
			broken := strings.Replace(string(sound), d.old, d.new, 1)
			if broken == string(sound) {
				t.Fatalf("nothing to damage in %s", sound)
			}
			if _, err := parseKeyFile([]byte(broken)); err == nil || !strings.Contains(err.Error(), d.want) {
				t.Errorf("got %v, want an error with %q", err, d.want)
			}
		})
	}
}

func TestUnlock(t *testing.T) {
	key, data := sealed(t, 2)
	f, err := parseKeyFile(data)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.unlock(testPassphrase)
	if err != nil || got.Public() != key.Public() {
		t.Errorf("got %v %v, want %v", got, err, key)
	}
	if _, err := f.unlock("another"); codeOf(err) != exitKey || !strings.Contains(err.Error(), "wrong passphrase") {
		t.Errorf("wrong passphrase: %v", err)
	}
	f.Address = strings.Repeat("0", 40) // swapped with that of another file
	if _, err := f.unlock(testPassphrase); codeOf(err) != exitKey {
		t.Errorf("swapped address: %v", err)
	}
}

// FuzzKeyFile: no bytes make parsing or decryption panic, or take long.
func FuzzKeyFile(f *testing.F) {
	_, sound := sealed(f, 3)
	f.Add(sound)
	f.Add([]byte(strings.NewReplacer(`"n":4096`, `"n":2`, `"p":6`, `"p":1`).Replace(string(sound)))) // cheap to try
	for _, d := range damages {
		f.Add([]byte(strings.Replace(string(sound), d.old, d.new, 1)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		k, err := parseKeyFile(data)
		if err != nil || k.Crypto.KDF != "scrypt" || k.Crypto.KDFParams["n"].(float64)*k.Crypto.KDFParams["p"].(float64) > 64 {
			return // what is allowed, yet slow to fuzz
		}
		if _, err := k.unlock("guess"); err == nil {
			t.Error("opened by a guess")
		}
	})
}
