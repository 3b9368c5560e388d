package api

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Scope is what a token lets its bearer do.
type Scope string

const (
	ScopeRead  Scope = "read"  // look at models
	ScopeInfer Scope = "infer" // ask for answers and embeddings, and look at models
	ScopeTune  Scope = "tune"  // files and fine-tuning
	ScopeAdmin Scope = "admin" // all of it, adapters and metrics
)

// Scopes are all there are.
var Scopes = []Scope{ScopeRead, ScopeInfer, ScopeTune, ScopeAdmin}

// A Token is somebody who may use the server. The secret itself is not kept:
// it has 130 random bits, so its hash gives nothing away.
type Token struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Hash    string    `json:"sha256"`
	Scopes  []Scope   `json:"scopes"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires,omitzero"` // zero: never

	RequestsPerMinute int `json:"requests_per_minute,omitempty"` // 0: no limit
	TokensPerMinute   int `json:"tokens_per_minute,omitempty"`   // 0: no limit
	Concurrent        int `json:"concurrent,omitempty"`          // requests at a time; 0: no limit
}

func (t *Token) allows(s Scope) bool {
	return slices.Contains(t.Scopes, s) || slices.Contains(t.Scopes, ScopeAdmin) ||
		s == ScopeRead && (slices.Contains(t.Scopes, ScopeInfer) || slices.Contains(t.Scopes, ScopeTune))
}

// Tokens is a file of tokens. Changes of the file, by this process or another,
// count from the next request on.
type Tokens struct {
	path string

	mu   sync.Mutex // guards the rest
	seen time.Time
	size int64
	all  []Token
}

// OpenTokens returns the tokens of a file, which need not be there.
func OpenTokens(path string) *Tokens { return &Tokens{path: path} }

// secretPrefix begins every secret, so that leaked ones can be searched for.
const secretPrefix = "olk-"

// Create adds a token and returns its secret, which is shown this once.
func (t *Tokens) Create(n Token) (Token, string, error) {
	secret := secretPrefix + rand.Text()
	n.ID, n.Hash, n.Created = "tok-"+strings.ToLower(rand.Text()[:10]), hashSecret(secret), time.Now().UTC().Truncate(time.Second)
	for _, s := range n.Scopes {
		if !slices.Contains(Scopes, s) {
			return n, "", fmt.Errorf("unknown scope %q; want some of %v", s, Scopes)
		}
	}
	if len(n.Scopes) == 0 || n.RequestsPerMinute < 0 || n.TokensPerMinute < 0 || n.Concurrent < 0 {
		return n, "", errors.New("a token needs a scope, and its limits are 0 or more")
	}
	return n, secret, t.change(func(all []Token) ([]Token, error) {
		if n.Name != "" && slices.ContainsFunc(all, func(o Token) bool { return o.Name == n.Name }) {
			return nil, fmt.Errorf("a token named %q is there already; choose another name, or remove it first", n.Name)
		}
		return append(all, n), nil
	})
}

// Remove takes a token away, by its ID or name.
func (t *Tokens) Remove(ref string) error {
	return t.change(func(all []Token) ([]Token, error) {
		left := slices.DeleteFunc(slices.Clone(all), func(o Token) bool { return o.ID == ref || o.Name == ref })
		if len(left) == len(all) {
			return nil, fmt.Errorf("no token %q", ref)
		}
		return left, nil
	})
}

// List returns all tokens, in the order in which they were made.
func (t *Tokens) List() ([]Token, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	err := t.load()
	return slices.Clone(t.all), err
}

// find returns the token with a secret, nil for none.
func (t *Tokens) find(secret string) (*Token, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.load(); err != nil {
		return nil, err
	}
	hash := hashSecret(secret)
	for i := range t.all {
		if k := t.all[i]; k.Hash == hash && (k.Expires.IsZero() || time.Now().Before(k.Expires)) {
			return &k, nil
		}
	}
	return nil, nil
}

func hashSecret(secret string) string {
	h := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(h[:])
}

// load reads the file if it has changed. mu is held.
func (t *Tokens) load() error {
	info, err := os.Stat(t.path)
	if errors.Is(err, fs.ErrNotExist) {
		t.all, t.seen, t.size = nil, time.Time{}, 0
		return nil
	}
	if err != nil || info.ModTime().Equal(t.seen) && info.Size() == t.size {
		return err
	}
	b, err := os.ReadFile(t.path)
	if err != nil {
		return err
	}
	var all []Token
	if err := json.Unmarshal(b, &all); err != nil {
		return fmt.Errorf("read %s: %w", t.path, err)
	}
	t.all, t.seen, t.size = all, info.ModTime(), info.Size()
	return nil
}

// change replaces the file at once, readable by its owner only.
func (t *Tokens) change(edit func([]Token) ([]Token, error)) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.load(); err != nil {
		return err
	}
	all, err := edit(t.all)
	if err != nil {
		return err
	}
	if err := writeJSON(t.path, list(all)); err != nil {
		return err
	}
	t.seen = time.Time{}
	return t.load()
}

// writeJSON replaces a file at once, readable by its owner only.
func writeJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(append(b, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
