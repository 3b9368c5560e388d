package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What demo cannot use it refuses by name, before it makes or starts anything.
func TestDemoInput(t *testing.T) {
	const row = `{"text":"roses are red","by":"ann"}` + "\n"
	for _, c := range []struct {
		name    string
		prepare func(*box)
		args    string
		code    exitCode
		want    []string
	}{
		{"too few peers", nil, "--peers 4", exitUsage, []string{"4 peers are too few", "want 5 or more"}},
		{"no Go", func(b *box) { b.env = append(b.env, "PATH=") }, "", exitUsage, []string{"the source of Go is not at hand", "--data"}},
		{"Go without its source", func(b *box) { b.env = append(b.env, "GOROOT="+b.dir) }, "", exitUsage, []string{"the source of Go is not at hand", "--data"}},
		{"no data", nil, "--data none", exitUsage, []string{"none: no such file"}},
		{"empty folder", func(b *box) { os.Mkdir(b.dir+"/d", 0o700) }, "--data d", exitUsage, []string{"d holds texts in fewer than two folders"}},
		{"little text", func(b *box) { b.write("d.txt", "roses\nare\nred\n", 0o600) }, "--data d.txt", exitUsage, []string{"too little to learn from"}},
		{"rows as text", func(b *box) { b.write("d.jsonl", row, 0o600) }, "--data d.jsonl", exitUsage, []string{"--datanet"}},
		{"texts twice", nil, "--data d --datanet d.jsonl", exitUsage, []string{"the texts are named twice"}},
		{"no rows", nil, "--datanet none.jsonl", exitUsage, []string{"none.jsonl: no such file"}},
		{"one contributor", func(b *box) { b.write("d.jsonl", row, 0o600) }, "--datanet d.jsonl", exitUsage, []string{"by one contributor"}},
		{"no such field", func(b *box) { b.write("d.jsonl", row, 0o600) }, "--datanet d.jsonl --contributor-column poet", exitUsage, []string{"d.jsonl:1", `no field "poet"; there are by, text`}},
		{"field without rows", nil, "--contributor-column by", exitUsage, []string{"give --datanet"}},
		{"no such licence", nil, "--licence beer", exitUsage, []string{"--licence", `"beer"`}},
		{"no model", nil, "--model none", exitUsage, []string{"--model none", "name a folder with config.json"}},
		{"model without tokenizer", func(b *box) {
			os.Mkdir(b.dir+"/m", 0o700)
			b.write("m/config.json", "{}", 0o600)
		}, "--model m", exitUsage, []string{"--model m", "name a folder with config.json"}},
		{"foreign folder", func(b *box) { os.Mkdir(b.dir+"/used", 0o700); b.write("used/notes.txt", "", 0o600) }, "--dir used", exitHome, []string{"something else than a network of peers: used", "--dir"}},
		{"a peer's own home", func(b *box) { b.ok("init", "--home", "own") }, "--dir own", exitHome, []string{"something else than a network of peers: own"}},
		{"folder is a file", func(b *box) { b.write("used", "", 0o600) }, "--dir used", exitHome, []string{"not a directory", "--dir"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBox(t)
			if c.prepare != nil {
				c.prepare(b)
			}
			b.refused(b.command(append([]string{"demo"}, strings.Fields(c.args)...)...), c.code, c.want...)
			if _, err := os.Stat(filepath.Join(b.dir, ".openledger-devnet")); err == nil {
				t.Error("it has made a network")
			}
		})
	}
}
