package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/storetest"
)

func manyFiles(t testing.TB) string {
	files := map[string]string{}
	for f := range 20 {
		var b strings.Builder
		for i := range 300 {
			fmt.Fprintf(&b, "{\"text\":\"text %x\",\"by\":\"author %d\"}\n", sha256.Sum256(fmt.Append(nil, (f*300+i)%5500)), (f+i)%50)
		}
		files[fmt.Sprintf("%02d.jsonl", f)] = b.String()
	}
	return write(t, t.TempDir(), files)
}

// An Add that was stopped at any place, or killed so that only what lay on the
// disk is left, goes on to the same contribution, and the same report.
func TestResume(t *testing.T) {
	dir := manyFiles(t)
	config := testConfig(t)
	config.Columns.Contributor = "by"
	images := t.TempDir()
	shots := 0
	config.Progress = func(p Progress) {
		if shots++; shots%8 == 0 { // what a kill now would leave
			image := filepath.Join(images, fmt.Sprint(shots))
			must(t, os.CopyFS(image, os.DirFS(config.Dir)))
		}
	}
	want, wantReport, err := Add(t.Context(), dir, config, storetest.NewMemory())
	must(t, err)
	if wantReport.Duplicates != 500 {
		t.Errorf("got %d duplicates, want 500", wantReport.Duplicates)
	}
	check := func(name string, c Config) {
		t.Helper()
		got, report, err := Add(t.Context(), dir, c, storetest.NewMemory())
		must(t, err)
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(report, wantReport) {
			t.Fatalf("%s: got %+v, want %+v", name, got, want)
		}
	}
	killed, err := os.ReadDir(images)
	must(t, err)
	for _, e := range killed {
		c := config
		c.Dir, c.Progress = filepath.Join(images, e.Name()), nil
		check("killed at "+e.Name(), c)
	}
	for stop := 1; stop < 40; stop += 9 {
		ctx, cancel := context.WithCancel(t.Context())
		c := config
		c.Dir = filepath.Join(t.TempDir(), "work")
		calls := 0
		c.Progress = func(Progress) {
			if calls++; calls == stop {
				cancel()
			}
		}
		if _, _, err := Add(ctx, dir, c, storetest.NewMemory()); !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped at %d: got %v", stop, err)
		}
		if s, err := os.ReadFile(filepath.Join(c.Dir, "state")); err != nil || len(s) == 0 {
			t.Fatalf("stopped at %d: %v", stop, err)
		}
		c.Progress = nil
		check(fmt.Sprint("stopped at ", stop), c)
	}
}

// oneFile writes a file of 1,500 records in a format.
func oneFile(t testing.TB, name string) string {
	dir, path := t.TempDir(), ""
	var b strings.Builder
	if filepath.Ext(name) == ".csv" {
		b.WriteString("by,text\n")
	}
	var rows []row
	for i := range 1500 {
		text := fmt.Sprintf("text %x", sha256.Sum256(fmt.Append(nil, i%1400)))
		by := fmt.Sprint("author ", i%50)
		switch filepath.Ext(name) {
		case ".jsonl":
			fmt.Fprintf(&b, "{\"by\":%q,\"text\":%q}\n", by, text+"\n")
		case ".csv":
			fmt.Fprintf(&b, "%s,\"%s\r\nsaid \"\"he\"\"\"\r\n", by, text)
		case ".md":
			fmt.Fprintf(&b, "# %s\n\n```\n# no heading\n```\n", text)
		case ".txt":
			for j := range 32 {
				fmt.Fprintf(&b, "%s %x\n\n", text, sha256.Sum256(fmt.Append(nil, i%1400, j)))
			}
		}
		rows = append(rows, row{text, by})
	}
	path = filepath.Join(dir, name)
	if filepath.Ext(name) == ".parquet" {
		writeParquet(t, path, rows)
	} else {
		must(t, os.WriteFile(path, []byte(b.String()), 0o600))
	}
	return path
}

// In the middle of one file, of any format, Add goes on where it was stopped:
// nothing is read twice but what came after the last safe place.
func TestResumeInFile(t *testing.T) {
	for _, name := range []string{"a.jsonl", "a.csv", "a.parquet", "a.md", "a.txt"} {
		t.Run(name, func(t *testing.T) {
			path, config := oneFile(t, name), testConfig(t)
			if name != "a.md" && name != "a.txt" {
				config.Columns.Contributor = "by"
			}
			want, wantReport, err := Add(t.Context(), path, config, storetest.NewMemory())
			must(t, err)
			config.Dir = filepath.Join(t.TempDir(), "work")
			last, stops := uint64(0), 0
			for {
				ctx, cancel := context.WithCancel(t.Context())
				first := true
				c := config
				c.Progress = func(p Progress) {
					if p.Phase == Reading && p.Files == 0 && p.Records > last {
						if first && stops > 0 && p.Records > last+512 {
							t.Errorf("after %d records the next news was at %d", last, p.Records)
						}
						first, last = false, p.Records
						cancel()
					}
				}
				got, report, err := Add(ctx, path, c, storetest.NewMemory())
				cancel()
				if err == nil {
					if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(report, wantReport) {
						t.Fatalf("after %d stops: got %+v, want %+v", stops, got, want)
					}
					break
				}
				if stops++; !errors.Is(err, context.Canceled) || stops > 40 {
					t.Fatalf("stop %d: %v", stops, err)
				}
			}
			if stops < 4 {
				t.Errorf("it was stopped %d times", stops)
			}
		})
	}
}

// A file that was read in part before a kill and then turns out to be bad leaves
// nothing behind.
func TestResumeBadFile(t *testing.T) {
	dir := filepath.Dir(oneFile(t, "b.jsonl"))
	write(t, dir, map[string]string{"a.jsonl": "{\"text\":\"first\",\"by\":\"author 3\"}\n", "c.jsonl": "{\"text\":\"last\",\"by\":\"z\"}\n"})
	config := testConfig(t)
	config.Columns.Contributor = "by"
	ctx, cancel := context.WithCancel(t.Context())
	config.Progress = func(p Progress) {
		if p.Records > 700 {
			cancel()
		}
	}
	if _, _, err := Add(ctx, dir, config, storetest.NewMemory()); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	config.Progress = func(p Progress) {
		if p.File == "b.jsonl" {
			must(t, os.Chtimes(filepath.Join(dir, "b.jsonl"), time.Time{}, time.Unix(1, 0)))
		}
	}
	// What a kill leaves right after the file was given up opens again, or says that
	// the input changed: nothing in the folder is shorter than was saved.
	w, err := open(dir, config)
	must(t, err)
	must(t, w.giveUp(w.state.Open.Count, w.state.Open.Size))
	w.close()
	if w, err = open(dir, config); err != nil {
		t.Fatalf("after a kill: %v", err)
	}
	w.close()

	m := storetest.NewMemory()
	c, report, err := Add(t.Context(), dir, config, m)
	must(t, err)
	if c.Records() != 2 || report.Records != 2 || report.Quarantined != 1 || len(c.Contributors) != 2 || c.Contributors[0].Records != 1 {
		t.Errorf("got %+v, %+v", c, report)
	}
	datanet(t, m, c)
}

// killEnv tells the process of TestKill what to add.
const killEnv = "OPENLEDGER_TEST_KILL"

func TestMain(m *testing.M) {
	if home := os.Getenv(killEnv); home != "" {
		if err := addAll(home); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// addAll is what TestKill kills: it adds to a store on disk and writes down what
// came of it.
func addAll(home string) error {
	ctx := context.Background()
	store, err := block.Open(filepath.Join(home, "blocks"), slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	hold := store.Hold()
	config := Config{Licence: "MIT", Dir: filepath.Join(home, "work"), Columns: Columns{Contributor: "by"}}
	config.Owner[0] = 1
	c, _, err := Add(ctx, filepath.Join(home, "in"), config, hold)
	if err == nil {
		err = hold.Flush(ctx)
	}
	if err == nil {
		var b []byte
		if b, err = json.Marshal(c); err == nil {
			err = os.WriteFile(filepath.Join(home, "done"), b, 0o600)
		}
	}
	hold.Release()
	return errors.Join(err, store.Close())
}

// kill -9 at any moment: what is left goes on to the same contribution, all of
// whose blocks are there. The default is 6 kills; OPENLEDGER_LONG=1 makes 100.
func TestKill(t *testing.T) {
	const seed = 3
	r := rand.New(rand.NewPCG(seed, 0))
	kills := 6
	if os.Getenv("OPENLEDGER_LONG") != "" {
		kills = 100
	}
	start := func(home string) *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), killEnv+"="+home)
		cmd.Stderr = os.Stderr
		return cmd
	}
	fresh := func() string {
		home := t.TempDir()
		must(t, os.CopyFS(filepath.Join(home, "in"), os.DirFS(manyFiles(t))))
		return home
	}
	home := fresh()
	began := time.Now()
	must(t, start(home).Run())
	whole := time.Since(began)
	want, err := os.ReadFile(filepath.Join(home, "done"))
	must(t, err)
	home = fresh()
	for n := 0; n < kills; n++ {
		cmd := start(home)
		must(t, cmd.Start())
		timer := time.AfterFunc(time.Duration(r.Int64N(int64(whole))), func() { _ = cmd.Process.Signal(syscall.SIGKILL) })
		err := cmd.Wait()
		timer.Stop()
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.Exited()) {
			t.Fatalf("seed %d, after %d kills: %v", seed, n, err)
		}
		if err == nil { // it was faster
			checkDone(t, home, string(want))
			home = fresh()
		}
	}
	must(t, start(home).Run())
	checkDone(t, home, string(want))
}

func checkDone(t *testing.T, home, want string) {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(home, "done"))
	must(t, err)
	if string(got) != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	var c manifest.Contribution
	must(t, json.Unmarshal(got, &c))
	store, err := block.Open(filepath.Join(home, "blocks"), slog.New(slog.DiscardHandler))
	must(t, err)
	defer func() { must(t, store.Close()) }()
	for _, s := range c.Shards {
		_, err := manifest.ReadShard(t.Context(), s, len(c.Contributors), store.Get)
		must(t, err)
	}
}
