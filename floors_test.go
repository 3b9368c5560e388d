package openledger

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/openledger/openledger"

// floors is the picture of docs/architecture.md: which floor a room stands on.
// A package imports its own room and lower floors. DO NOT CHANGE THIS DATA TO
// FIX A BUILD: an import that does not fit means that a func or a two-method
// interface is missing, which cmd/peer then supplies.
var floors = map[string]int{
	"proofs":      0,
	"compute":     1,
	"storage":     1,
	"network":     1,
	"settle":      1,
	"datanet":     2,
	"attribution": 3,
	"cmd/peer":    4,
}

// allowed names the third-party imports of each folder, by prefix on both
// sides; the longest folder that matches decides. The standard library is free
// but for what banned says. Test files are free: external tests may cross.
var allowed = map[string][]string{
	"proofs":        {"golang.org/x/crypto/sha3"},
	"proofs/canon":  {"github.com/ipfs/go-cid"},
	"proofs/record": {"github.com/decred/dcrd/dcrec/secp256k1/v4", "github.com/libp2p/go-libp2p/core/crypto", "github.com/libp2p/go-libp2p/core/peer", "golang.org/x/crypto/sha3"},

	"compute":                {"github.com/ipfs/go-cid"},
	"compute/llama":          {"github.com/ipfs/go-cid", "github.com/multiformats/go-multihash"},
	"compute/lora":           {"github.com/ipfs/go-cid", "github.com/multiformats/go-multihash"},
	"compute/receipt":        {"github.com/ipfs/go-cid", "github.com/multiformats/go-multihash"},
	"compute/op":             {"golang.org/x/sys/cpu"},
	"compute/op/gen":         {},
	"compute/safetensors":    {"golang.org/x/sys"},
	"compute/tokenizer":      {"golang.org/x/text", "github.com/dlclark/regexp2"},
	"compute/tokenizer/chat": {"golang.org/x/text"},

	"network": {
		"github.com/libp2p", "github.com/ipfs/go-datastore", "github.com/ipfs/go-cid", "github.com/multiformats",
		"github.com/prometheus/client_golang",
	},
	"network/node": {
		"github.com/libp2p", "github.com/ipfs/go-datastore", "github.com/ipfs/go-cid", "github.com/multiformats", "github.com/prometheus/client_golang",
		"github.com/ipfs/go-log/v2", "go.uber.org/zap/zapcore", // logs of the DHT join ours
	},
	"network/simnet": {
		"github.com/libp2p", "github.com/marcopolo/simnet", "github.com/multiformats",
		"github.com/prometheus/client_golang", "github.com/ipfs/go-datastore", "github.com/ipfs/go-cid",
		"github.com/quic-go/quic-go", "go.uber.org/fx", // the types of the constructor that simnet hands to libp2p
	},

	"storage": {
		"github.com/ipfs/go-cid", "github.com/ipfs/boxo", "github.com/ipfs/go-block-format", "github.com/ipfs/go-datastore",
		"github.com/ipfs/go-ipld-format", "github.com/multiformats", "github.com/prometheus/client_golang",
	},
	"storage/block": {
		"github.com/cockroachdb/pebble", "github.com/cockroachdb/errors", "github.com/ipld/go-car/v2", "github.com/ipld/go-ipld-prime",
		"github.com/ipfs/go-cid", "github.com/ipfs/boxo", "github.com/ipfs/go-block-format", "github.com/ipfs/go-datastore",
		"github.com/ipfs/go-ipld-format", "github.com/multiformats",
	},
	"storage/erasure": {"github.com/ipfs/go-cid", "github.com/klauspost/reedsolomon"},
	"storage/fetch": {
		"github.com/libp2p", "github.com/ipfs/go-cid", "github.com/ipfs/boxo", "github.com/ipfs/go-block-format", "github.com/multiformats",
		"github.com/ipfs/go-ipld-format", "github.com/ipfs/go-datastore", "github.com/prometheus/client_golang",
	},

	"settle": {"github.com/ethereum/go-ethereum", "github.com/holiman/uint256", "github.com/ipfs/go-cid"},

	"datanet": {"github.com/ipfs/go-cid", "github.com/parquet-go/parquet-go", "golang.org/x/sys", "golang.org/x/text"},

	"attribution": {"github.com/ipfs/go-cid"},

	"cmd/peer": {
		"github.com/ipfs/go-cid",
		"modernc.org/sqlite", // the driver of ledger.db; the rooms see database/sql
		"gonum.org/v1/plot",
		"github.com/ethereum/go-ethereum/accounts/keystore", // the keystore and no more of it
		"github.com/google/uuid",                            // the id field of a keystore file
		"github.com/coreos/go-systemd/v22/daemon",           // sd_notify
		"github.com/prometheus/client_golang",
		"github.com/schollz/progressbar/v3",
		"github.com/spf13/cobra",
		"github.com/spf13/pflag",
		"go.yaml.in/yaml/v3",
		"golang.org/x/sys",
		"golang.org/x/term",
	},
}

// banned is what the ground floor must not touch: anything there is a pure
// function of bytes.
var banned = map[string][]string{
	"proofs": {"os", "net", "time", "log", "math/rand", "math/rand/v2", "sync", "context", "syscall"},
}

func TestFloors(t *testing.T) {
	for _, v := range violations(t, ".") {
		t.Error(v)
	}
}

// TestFloorsCatches plants one violation of each kind.
func TestFloorsCatches(t *testing.T) {
	got := strings.Join(violations(t, "testdata/floors"), "\n")
	for _, want := range []string{
		"proofs/canon/up.go:4: proofs must not import compute",
		"proofs/canon/up.go:5: proofs/canon must not import time",
		"proofs/canon/up.go:8: proofs starts no goroutine",
		"compute/op/third.go:3: compute/op must not import github.com/libp2p/go-libp2p",
		"storage/pin/door.go:3: storage must not import network",
		"storage/pin/door.go:4: storage/pin must not import github.com/ethereum/go-ethereum/core",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got:\n%s\nwant: %s", got, want)
		}
	}
	if n := strings.Count(got, "\n") + 1; n != 6 {
		t.Errorf("got %d violations, want 6:\n%s", n, got)
	}
}

// TestDependencies checks that each direct dependency has its line.
func TestDependencies(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(mod)) {
		f := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(f) != 2 || !strings.HasPrefix(f[1], "v") || !strings.Contains(f[0], ".") {
			continue // a third field marks an indirect one
		}
		if !strings.Contains(string(doc), "`"+f[0]+"`") {
			t.Errorf("go.mod requires %s: docs/dependencies.md has no line for it", f[0])
		}
	}
}

// violations reads every Go file below root that is not a test and lists what
// does not fit the picture. Build tags are ignored on purpose.
func violations(t *testing.T, root string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && (d.Name() == "testdata" || d.Name() == "scripts" || d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".")) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil || filepath.Dir(rel) == "." {
			return err
		}
		found, err := check(path, filepath.ToSlash(rel))
		out = append(out, found...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func check(path, rel string) (out []string, err error) {
	dir := rel[:strings.LastIndex(rel, "/")]
	room, floor, ok := roomOf(dir)
	if !ok {
		return []string{fmt.Sprintf("%s: the folder is in no room of the picture", rel)}, nil
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		return nil, err
	}
	say := func(pos token.Pos, format string, args ...any) {
		out = append(out, fmt.Sprintf("%s:%d: ", rel, set.Position(pos).Line)+fmt.Sprintf(format, args...))
	}
	for _, spec := range file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		own, isOwn := strings.CutPrefix(name, module+"/")
		switch other, below, known := roomOf(own); {
		case isOwn && (!known || other != room && below >= floor):
			say(spec.Pos(), "%s must not import %s", room, other)
		case isOwn:
		case !strings.Contains(strings.SplitN(name, "/", 2)[0], "."): // standard library
			if slices.Contains(longest(banned, dir), name) {
				say(spec.Pos(), "%s must not import %s", dir, name)
			}
		case !slices.ContainsFunc(longest(allowed, dir), func(p string) bool { return name == p || strings.HasPrefix(name, p+"/") }):
			say(spec.Pos(), "%s must not import %s", dir, name)
		}
	}
	if floor == 0 {
		ast.Inspect(file, func(n ast.Node) bool {
			if g, ok := n.(*ast.GoStmt); ok {
				say(g.Pos(), "%s starts no goroutine", room)
			}
			return true
		})
	}
	return out, nil
}

func roomOf(dir string) (room string, floor int, ok bool) {
	for room, floor := range floors {
		if dir == room || strings.HasPrefix(dir, room+"/") {
			return room, floor, true
		}
	}
	return dir, 0, false
}

// longest returns the entry of the longest folder that holds dir.
func longest(table map[string][]string, dir string) []string {
	for {
		if v, ok := table[dir]; ok {
			return v
		}
		i := strings.LastIndex(dir, "/")
		if i < 0 {
			return nil
		}
		dir = dir[:i]
	}
}
