package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A hub serves one repository as Hugging Face does.
type hub struct {
	files   map[string][]byte
	cutOnce atomic.Bool // the next large file breaks off half way
	ranges  atomic.Int32
	lie     atomic.Bool // about the sha-256
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer secret" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.URL.Path == "/api/models/org/tiny/revision/main" {
		var siblings []map[string]string
		for name := range h.files {
			siblings = append(siblings, map[string]string{"rfilename": name})
		}
		json.NewEncoder(w).Encode(map[string]any{"siblings": siblings})
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, "/org/tiny/resolve/main/")
	data := h.files[name]
	if !ok || data == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if strings.HasSuffix(name, ".safetensors") {
		sum := sha256.Sum256(data)
		if h.lie.Load() {
			sum[0]++
		}
		w.Header().Set("X-Linked-Etag", fmt.Sprintf(`"%x"`, sum))
		if h.cutOnce.CompareAndSwap(true, false) {
			w.Header().Set("Content-Length", fmt.Sprint(len(data)))
			w.Write(data[:len(data)/2])
			panic(http.ErrAbortHandler)
		}
	}
	if r.Header.Get("Range") != "" {
		h.ranges.Add(1)
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// newHub serves a model that a box trains.
func newHub(b *box) (*hub, string) {
	b.ok(scratchRun("model", "--steps", "1")...)
	h := &hub{files: map[string][]byte{"README.md": []byte("hello"), "pytorch_model.bin": []byte("pickle"), "../evil.json": []byte("{}")}}
	for _, name := range []string{"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "generation_config.json"} {
		data, err := os.ReadFile(filepath.Join(b.dir, "model", name))
		if err != nil {
			b.t.Fatal(err)
		}
		h.files[name] = data
	}
	server := httptest.NewServer(h)
	b.t.Cleanup(server.Close)
	b.env = append(b.env, "OPENLEDGER_MODELS_HUB="+server.URL, "HF_TOKEN=secret")
	return h, b.trained("model").CID
}

func TestModelPull(t *testing.T) {
	b := newHome(t)
	h, cid := newHub(b)
	h.cutOnce.Store(true)
	b.refused(b.command("model", "pull", "org/tiny", "--output", "json"), exitFailed, "model.safetensors", "after")
	b.ok("model", "pull", "org/tiny")
	if h.ranges.Load() == 0 {
		t.Error("the second try began anew")
	}
	if out := b.ok("model", "show", "tiny"); !strings.Contains(out, cid) {
		t.Errorf("got\n%s\nwant the CID %s", out, cid)
	}
	if out := b.ok("model", "show", cid[:12]); !strings.Contains(out, cid) {
		t.Errorf("by CID: got\n%s", out)
	}
	for _, name := range []string{"README.md", "pytorch_model.bin"} {
		if _, err := os.Stat(filepath.Join(b.home, "models", "tiny", name)); err == nil {
			t.Errorf("%s was fetched", name)
		}
	}
	b.refused(b.command("model", "pull", "org/tiny"), exitUsage, `"tiny" is there already`)
	b.refused(b.command("model", "pull", "org/other"), exitFailed, "has no org/other")
	b.refused(b.command("model", "show", "tinny"), exitUsage, `did you mean "tiny"?`)

	// A file that changed in the home is found by show.
	path := filepath.Join(b.home, "models", "tiny", "model.safetensors")
	data := h.files["model.safetensors"]
	data[len(data)-1] ^= 1
	b.write(path, string(data), 0o600)
	b.refused(b.command("model", "show", "tiny"), exitCheck, "its files are now")
}

func TestModelPullDamaged(t *testing.T) {
	b := newHome(t)
	h, _ := newHub(b)
	h.lie.Store(true)
	b.refused(b.command("model", "pull", "org/tiny", "--output", "json"), exitFailed, "the download was damaged")
	b.unset("HF_TOKEN")
	b.refused(b.command("model", "pull", "org/tiny"), exitFailed, "$HF_TOKEN")
	b.refused(b.command("model", "pull", "org/tiny", "--set", "models.hub=http://127.0.0.1:1"), exitFailed, "check the connection")
}

func TestModelImportRefuses(t *testing.T) {
	b := newHome(t)
	b.ok(scratchRun("good", "--steps", "1")...)
	for name, damage := range map[string]struct {
		file   string
		change func([]byte) []byte
		want   string
	}{
		"arch":  {"config.json", func(c []byte) []byte { return bytes.ReplaceAll(c, []byte(`"llama"`), []byte(`"mamba"`)) }, "mamba"},
		"vocab": {"config.json", func(c []byte) []byte { return bytes.ReplaceAll(c, []byte(`"vocab_size": `), []byte(`"vocab_size": 1`)) }, "vocabulary"},
		"cut":   {"model.safetensors", func(c []byte) []byte { return c[:len(c)-5] }, "model.safetensors"},
		"huge":  {"model.safetensors", func([]byte) []byte { return []byte("\xff\xff\xff\xff\xff\xff\xff\x7f{}") }, "model.safetensors"},
	} {
		if err := os.CopyFS(filepath.Join(b.dir, name), os.DirFS(filepath.Join(b.dir, "good"))); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(b.dir, name, damage.file)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b.write(path, string(damage.change(data)), 0o600)
		b.refused(b.command("model", "import", name), exitFailed, damage.want)
	}
	b.refused(b.command("model", "import", "good", "--name", "a/b"), exitUsage, "use letters")
	if out := b.ok("model", "list", "--output", "json"); !strings.Contains(out, `"models": null`) {
		t.Errorf("a refused model is listed:\n%s", out)
	}
}

func TestTokenizerTrain(t *testing.T) {
	b := newBox(t)
	b.write("notes.txt", strings.Repeat(verse+"\n", 5), 0o600)
	for _, threads := range []string{"1", "2"} {
		b.ok("tokenizer", "train", "--data", "notes.txt", "--vocab", "300", "--threads", threads, "--out", threads+".json")
	}
	one, err := os.ReadFile(filepath.Join(b.dir, "1.json"))
	if err != nil {
		t.Fatal(err)
	}
	if two, err := os.ReadFile(filepath.Join(b.dir, "2.json")); err != nil || !bytes.Equal(one, two) {
		t.Errorf("the number of threads shows: %v", err)
	}
	b.refused(b.command("tokenizer", "train", "--data", "notes.txt", "--vocab", "12", "--output", "json"), exitFailed, "vocabulary of 12")
	b.refused(b.command("tokenizer", "train", "--data", "absent", "--output", "json"), exitFailed, "absent")
}
