package devnet

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A Text is a file of somebody's, on the way into a Datanet.
type Text struct {
	Text        string `json:"text"`
	Contributor string `json:"contributor"`
	Key         string `json:"key"` // its path
}

// maxText is the longest file that is taken, in bytes: generated tables are
// longer.
const maxText = 100 << 10

// goPackages are the packages of Go whose texts the two Datanets of a
// demonstration hold.
var goPackages = [2][]string{
	{"bufio", "bytes", "encoding/csv", "encoding/json", "encoding/xml", "fmt", "regexp", "strconv", "strings", "text/tabwriter", "text/template", "unicode/utf8"},
	{"mime", "mime/multipart", "net", "net/http", "net/http/cookiejar", "net/http/httputil", "net/mail", "net/netip", "net/rpc", "net/smtp", "net/textproto", "net/url"},
}

// GoLicence is what Go's source is under, GoPrompts how its texts begin.
const GoLicence = "BSD-3-Clause"

var GoPrompts = []string{"func (c *Client) ", "// Package "}

// GoTexts reads Go's own source with its documentation: each package is a
// contributor. No Datanet gets more than max bytes; each package gives its part.
func GoTexts(max int) (both [2][]Text, err error) {
	root, err := goRoot()
	if err != nil {
		return both, err
	}
	for i, packages := range goPackages {
		for j, name := range packages {
			texts, err := folder(filepath.Join(root, "src", filepath.FromSlash(name)), name, (max-size(both[i]))/(len(packages)-j))
			if err != nil {
				return both, err
			}
			both[i] = append(both[i], texts...)
		}
		if len(both[i]) == 0 {
			return both, fmt.Errorf("%s holds no Go source: name a folder of texts with --data", root)
		}
	}
	return both, nil
}

// goRoot is where Go keeps its source.
func goRoot() (string, error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	root := strings.TrimSpace(string(out))
	if err != nil || root == "" {
		return "", errors.New("the source of Go is not at hand (go env GOROOT): name a folder of texts with --data")
	}
	if _, err := os.Stat(filepath.Join(root, "src", "fmt")); err != nil {
		return "", fmt.Errorf("the source of Go is not at hand (%w): name a folder of texts with --data", err)
	}
	return root, nil
}

// FolderTexts reads a folder: each folder with texts in it is a contributor, and
// every other one of them goes to the second Datanet.
func FolderTexts(dir string, max int) (both [2][]Text, err error) {
	var folders []string
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			if path != dir && strings.HasPrefix(d.Name(), ".") {
				return fs.SkipDir
			}
			folders = append(folders, path)
		}
		return err
	})
	if err != nil {
		return both, err
	}
	for _, path := range folders {
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return both, err
		}
		if name == "." {
			name = filepath.Base(dir)
		}
		i := 0
		if size(both[0]) > size(both[1]) {
			i = 1
		}
		texts, err := folder(path, filepath.ToSlash(name), max-size(both[i]))
		if err != nil {
			return both, err
		}
		both[i] = append(both[i], texts...)
	}
	if len(both[1]) == 0 {
		return both, fmt.Errorf("%s holds texts in fewer than two folders: each folder is a contributor, and two share data", dir)
	}
	return both, nil
}

// folder reads the texts of one folder, without tests, up to max bytes.
func folder(dir, contributor string, max int) ([]Text, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var texts []Text
	for _, e := range entries {
		name := e.Name()
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		if !info.Mode().IsRegular() || info.Size() > maxText || info.Size() > int64(max) || !readable(name) {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		max -= len(b)
		texts = append(texts, Text{string(b), contributor, contributor + "/" + name})
	}
	return texts, nil
}

// readable says whether a file is text that a person wrote, by its name.
func readable(name string) bool {
	if strings.HasSuffix(name, "_test.go") {
		return false
	}
	return slices.Contains([]string{".go", ".md", ".txt", ".rst", ".html", ".py", ".js", ".ts", ".c", ".h", ".rs", ".java"}, filepath.Ext(name))
}

// leastText is what a Datanet must hold to train on it, in bytes.
const leastText = 4 << 10

// Enough says whether both Datanets have something to learn.
func Enough(both [2][]Text) error {
	if a, b := size(both[0]), size(both[1]); min(a, b) < leastText {
		return fmt.Errorf("the texts of the two Datanets are %d and %d bytes: too little to learn from, want %d for each", a, b, leastText)
	}
	return nil
}

func size(texts []Text) (n int) {
	for _, t := range texts {
		n += len(t.Text)
	}
	return n
}

// contributors counts those of some texts.
func contributors(texts []Text) int {
	seen := map[string]bool{}
	for _, t := range texts {
		seen[t.Contributor] = true
	}
	return len(seen)
}

// writeTexts writes texts as JSONL.
func writeTexts(path string, texts []Text) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, t := range texts {
		if err := enc.Encode(t); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return errors.Join(w.Flush(), f.Close())
}
