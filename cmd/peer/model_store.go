package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/openledger/openledger/compute/llama"
)

// models is the folder of a home that holds models, a Hugging Face folder each
// under the name that the user gave it. What a model is, its CID says; a name
// is an alias.
type models struct{ dir string }

func (h home) models() models { return models{h.path("models")} }

// infoFile lies beside the weights and holds what was found when they came.
const infoFile = "openledger.json"

// A modelInfo is what list and show print.
type modelInfo struct {
	Name       string `json:"name"`
	CID        string `json:"cid"`
	Type       string `json:"type"`
	Parameters int    `json:"parameters"`
	Bytes      int64  `json:"bytes"` // of the weights as stored
	Context    int    `json:"context"`
	Vocab      int    `json:"vocab"`
	Dir        string `json:"dir"`
}

var modelName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// checkName refuses a name that is no plain folder name.
func checkName(name string) error {
	if !modelName.MatchString(name) || len(name) > 100 {
		return problemf(exitUsage, "use letters, digits, dots, dashes and underscores", "model name %q", name)
	}
	return nil
}

// inspect reads a model folder: what it is and whether this peer can run it.
func inspect(name, dir string) (modelInfo, error) {
	c, err := llama.ReadConfig(dir)
	if err != nil {
		return modelInfo{}, err
	}
	id, err := llama.Identify(dir)
	if err != nil {
		return modelInfo{}, err
	}
	cid, err := id.CID()
	return modelInfo{name, cid.String(), c.Type, c.Parameters(), id.Bytes, c.Context, c.Vocab, dir}, err
}

// list returns the models of the home, by name. One that cannot be read is
// listed with what is known of it.
func (m models) list() ([]modelInfo, error) {
	entries, err := os.ReadDir(m.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, homeProblem(fmt.Errorf("list models: %w", err))
	}
	var out []modelInfo
	for _, e := range entries {
		if !e.IsDir() || !modelName.MatchString(e.Name()) {
			continue // begun and not finished
		}
		info := modelInfo{Name: e.Name(), Dir: filepath.Join(m.dir, e.Name())}
		if b, err := os.ReadFile(filepath.Join(info.Dir, infoFile)); err == nil {
			if err := json.Unmarshal(b, &info); err != nil {
				info.CID = ""
			}
			info.Name, info.Dir = e.Name(), filepath.Join(m.dir, e.Name())
		}
		out = append(out, info)
	}
	return out, nil
}

// find returns the model that a folder, a name, a CID or the beginning of one
// means.
func (m models) find(ref string) (modelInfo, error) {
	if _, err := os.Stat(filepath.Join(ref, "config.json")); err == nil {
		return modelInfo{Name: filepath.Base(ref), Dir: ref}, nil
	}
	all, err := m.list()
	if err != nil {
		return modelInfo{}, err
	}
	var found []modelInfo
	var names []string
	for _, info := range all {
		if info.Name == ref || info.CID == ref {
			return info, nil
		}
		if len(ref) >= 8 && strings.HasPrefix(info.CID, ref) {
			found = append(found, info)
		}
		names = append(names, info.Name)
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return modelInfo{}, problemf(exitUsage, "give more of the CID", "%q begins the CIDs of %d models", ref, len(found))
	case len(names) == 0:
		return modelInfo{}, problemf(exitUsage, `fetch one with "peer model pull", or add a folder with "peer model import"`, "no model %q: this home has none", ref)
	}
	return modelInfo{}, problemf(exitUsage, fmt.Sprintf(`did you mean %q? "peer model list" shows all`, nearest(ref, names)), "no model %q", ref)
}

// wanted says whether a file of a repository belongs to a model.
func wanted(name string) bool {
	switch filepath.Ext(name) {
	case ".safetensors", ".json", ".jinja":
		return !strings.Contains(name, "/") || strings.HasPrefix(name, "chat_templates/")
	}
	return false
}

// add takes files from a folder into the home, whole or not at all.
func (m models) add(name, from string) (modelInfo, error) {
	tmp, err := m.begin(name)
	if err != nil {
		return modelInfo{}, err
	}
	defer os.RemoveAll(tmp)
	err = filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(from, path)
		if err = errors.Join(err, relErr); err != nil || d.IsDir() || !wanted(filepath.ToSlash(rel)) {
			return err
		}
		return copyFile(filepath.Join(tmp, rel), path)
	})
	if err != nil {
		return modelInfo{}, fmt.Errorf("import %s: %w", from, err)
	}
	return m.finish(name, tmp)
}

// begin makes the folder in which a model is put together.
func (m models) begin(name string) (tmp string, err error) {
	if err := checkName(name); err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(m.dir, name)); err == nil {
		return "", problemf(exitUsage, "give another with --name, or remove that folder", "a model named %q is there already", name)
	}
	tmp = filepath.Join(m.dir, "."+name)
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return "", homeProblem(fmt.Errorf("make the model's folder: %w", err))
	}
	return tmp, nil
}

// finish checks a model that was put together and gives it its name.
func (m models) finish(name, tmp string) (modelInfo, error) {
	info, err := inspect(name, tmp)
	if err != nil {
		return info, err
	}
	return m.keep(info, tmp)
}

// keep gives a model that was checked its name.
func (m models) keep(info modelInfo, tmp string) (modelInfo, error) {
	info.Dir = filepath.Join(m.dir, info.Name)
	b, err := json.MarshalIndent(info, "", "  ")
	if err == nil {
		err = writeFile(filepath.Join(tmp, infoFile), append(b, '\n'))
	}
	if err == nil {
		err = os.Rename(tmp, info.Dir)
	}
	if err != nil {
		return info, homeProblem(fmt.Errorf("keep model %s: %w", info.Name, err))
	}
	return info, nil
}

// copyFile copies the content of a file. It is no link: a model must not change
// when its source does.
func copyFile(to, from string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// countText spells a number of parameters or tokens for people.
func countText(n int) string {
	for _, u := range []struct {
		size int
		name string
	}{{1e9, "B"}, {1e6, "M"}, {1e3, "K"}} {
		if n >= u.size {
			return fmt.Sprintf("%.3g%s", float64(n)/float64(u.size), u.name)
		}
	}
	return fmt.Sprint(n)
}
