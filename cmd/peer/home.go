package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A home is the folder of one peer, an absolute path: config.yaml, keystore/,
// repo.lock and version, and what the floors keep (blocks/, ledger.db,
// models/, chain/). version is written last, so it says that init ended.
type home string

// homeVersion counts the layouts of a home. A peer opens this one only.
const homeVersion = 1

func (h home) path(name string) string { return filepath.Join(string(h), name) }
func (h home) configFile() string      { return h.path("config.yaml") }
func (h home) versionFile() string     { return h.path("version") }
func (h home) lockFile() string        { return h.path("repo.lock") }
func (h home) keyring() keyring        { return keyring{h.path("keystore")} }

// resolve makes a path of the settings absolute: they are relative to the home.
func (h home) resolve(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return h.path(path)
}

// check says whether h is a home that this peer can use.
func (h home) check() error {
	text, err := os.ReadFile(h.versionFile())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(string(h)); errors.Is(err, fs.ErrNotExist) {
			return problemf(exitHome, `create it with "peer init"`, "home %s does not exist", h)
		}
		return problemf(exitHome, `create one with "peer init", or choose another with --home or $OPENLEDGER_PATH`,
			"%s is not a home: it has no file named version", h)
	case err != nil:
		return homeProblem(fmt.Errorf("open home: %w", err))
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(text)))
	switch {
	case err != nil:
		return problemf(exitHome, fmt.Sprintf("it should hold the number %d", homeVersion), "%s is damaged", h.versionFile())
	case n != homeVersion:
		return problemf(exitHome, "use the peer that made it, or another home with --home",
			"home %s has layout %d, this peer knows %d", h, n, homeVersion)
	}
	return nil
}

// create makes the folder, or takes one that holds no more than a config.yaml
// prepared for it or what an init left that did not end.
func (h home) create() error {
	if err := os.MkdirAll(string(h), 0o700); err != nil {
		return homeProblem(fmt.Errorf("create home: %w", err))
	}
	entries, err := os.ReadDir(string(h))
	if err != nil {
		return homeProblem(fmt.Errorf("create home: %w", err))
	}
	for _, e := range entries {
		switch path := h.path(e.Name()); path {
		case h.keyring().dir, h.configFile(), h.lockFile():
		case h.versionFile():
			return problemf(exitHome, `start it with "peer run", or choose another with --home`, "home %s is there already", h)
		default:
			return problemf(exitHome, "choose an empty folder with --home or $OPENLEDGER_PATH", "%s is in the way: it is not part of a home", path)
		}
	}
	if err := os.MkdirAll(h.keyring().dir, 0o700); err != nil {
		return homeProblem(fmt.Errorf("create home: %w", err))
	}
	return nil
}

// writeFile replaces a file of the home at once, readable by its owner only.
func writeFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return homeProblem(err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return homeProblem(fmt.Errorf("write %s: %w", path, err))
	}
	return nil
}

// maxSecret bounds what readSecret takes, in bytes; a key file has about 500.
const maxSecret = 64 << 10

// readSecret reads a file that only its owner may read: a key, a passphrase, a token.
func readSecret(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, problemf(exitKey, "check the path and its owner", "%w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, problemf(exitKey, "name a file", "%s is a folder", path)
	}
	if mode := info.Mode().Perm(); openToOthers(mode) {
		return nil, problemf(exitKey, "chmod 600 "+path, "%s is open to other users (mode %#o)", path, mode)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err == nil && len(data) > maxSecret {
		err = problemf(exitKey, "name the right file", "%s is over %d bytes", path, maxSecret)
	}
	return data, err
}
