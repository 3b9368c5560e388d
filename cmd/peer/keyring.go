package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/openledger/openledger/proofs/record"
)

// A keyring is the folder of a peer's keys, one file each, named as geth does:
// UTC--<time>--<address>. Keys are added and never removed: what an old one
// earned or signed stays its own.
type keyring struct{ dir string }

// A storedKey is a file of the keyring. With err set only path and what the
// name says of the account are known.
type storedKey struct {
	keyFile
	path string
	who  record.Account
	err  error
}

// list reads the keyring, the oldest key first.
func (r keyring) list() ([]storedKey, error) {
	entries, err := os.ReadDir(r.dir) // sorted by name, so by time
	if err != nil {
		return nil, homeProblem(fmt.Errorf("read keystore: %w", err))
	}
	var keys []storedKey
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		keys = append(keys, readKey(filepath.Join(r.dir, e.Name())))
	}
	return keys, nil
}

func readKey(path string) storedKey {
	k := storedKey{path: path}
	if i := strings.LastIndex(path, "--"); i >= 0 {
		k.who, _ = keyFile{Address: path[i+2:]}.account()
	}
	data, err := readSecret(path)
	if err != nil {
		k.err = err
		return k
	}
	if k.keyFile, err = parseKeyFile(data); err != nil {
		k.err = problemf(exitKey, `restore a backup with "peer key import"`, "key file %s is corrupt: %w", path, err)
		return k
	}
	k.who, k.err = k.keyFile.account()
	return k
}

// errNoKey means that the keyring holds no key of that account.
var errNoKey = errors.New("not in the keystore")

// find returns the key of an account, or why its file cannot be used.
func (r keyring) find(who record.Account) (storedKey, error) {
	keys, err := r.list()
	if err != nil {
		return storedKey{}, err
	}
	found := storedKey{err: &problem{exitKey, fmt.Errorf("key %s: %w", who, errNoKey), `"peer key list" shows those that are, "peer key import" adds one`}}
	for _, k := range keys {
		if k.who == who && (k.err == nil || errors.Is(found.err, errNoKey)) {
			found = k
		}
	}
	return found, found.err
}

// active returns the key that the peer runs with: key.account, or the only one.
func (r keyring) active(c keyConfig) (storedKey, error) {
	if c.Account != (address{}) {
		return r.find(c.Account.Account)
	}
	keys, err := r.list()
	switch {
	case err != nil:
		return storedKey{}, err
	case len(keys) == 0:
		return storedKey{}, problemf(exitKey, `make one with "peer key new" or restore one with "peer key import"`, "keystore %s is empty", r.dir)
	case len(keys) > 1:
		return storedKey{}, problemf(exitKey, `choose one with "peer config set key.account ADDRESS"`, "keystore %s holds %d keys", r.dir, len(keys))
	}
	return keys[0], keys[0].err
}

// add writes a new file and never replaces one.
func (r keyring) add(f keyFile) (path string, err error) {
	data, err := json.Marshal(f)
	if err != nil {
		return "", err
	}
	name := time.Now().UTC().Format("2006-01-02T15-04-05.000000000") + "Z--" + f.Address
	path = filepath.Join(r.dir, "UTC--"+name)
	if err := createSecret(path, data); err != nil {
		return "", homeProblem(fmt.Errorf("write key: %w", err))
	}
	return path, nil
}

// createSecret writes a new file that only its owner may read. What is there
// already is kept.
func createSecret(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(path)
	}
	return err
}
