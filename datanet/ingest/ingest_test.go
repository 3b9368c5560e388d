package ingest

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/parquet-go/parquet-go"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/storetest"
)

const network record.Network = 7

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func owner(t testing.TB) record.Key {
	t.Helper()
	secret := sha256.Sum256([]byte("owner"))
	k, err := record.ParseKey(secret[:])
	must(t, err)
	return k
}

func testConfig(t testing.TB) Config {
	return Config{Licence: "MIT", Owner: owner(t).Public().Account(), Dir: filepath.Join(t.TempDir(), "work")}
}

// datanet publishes a contribution and loads it.
func datanet(t testing.TB, m *storetest.Memory, c manifest.Contribution) *manifest.Datanet {
	t.Helper()
	key := owner(t)
	s, err := manifest.SealContribution(key, network, manifest.NewID(key.Public().Account(), "test"), 1, c)
	must(t, err)
	_, err = m.Add(t.Context(), cid.DagCBOR, s.Record().Envelope())
	must(t, err)
	d := manifest.New("test", c.Licence, manifest.Open)
	must(t, d.Add(s))
	sealed, err := manifest.SealManifest(key, network, d.Manifest)
	must(t, err)
	head, err := m.Add(t.Context(), cid.DagCBOR, sealed.Record().Envelope())
	must(t, err)
	got, err := manifest.Load(t.Context(), head, network, m.Get)
	must(t, err)
	must(t, got.Verify(t.Context(), m.Get))
	return got
}

func items(t testing.TB, m *storetest.Memory, d *manifest.Datanet) (out []manifest.Item) {
	t.Helper()
	for item, err := range d.Records(t.Context(), m.Get) {
		must(t, err)
		out = append(out, item)
	}
	return out
}

func write(t testing.TB, dir string, files map[string]string) string {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		must(t, os.WriteFile(path, []byte(text), 0o600))
	}
	return dir
}

// The OWASP corpus: each contributor has the credit that the file gives, less
// what was left out as a duplicate; each position leads back to the line.
func TestOWASP(t *testing.T) {
	path := "../../../shared/data/owasp/records.jsonl"
	file, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the shared test data is not beside the repository: ", err)
	}
	config := testConfig(t)
	config.Licence = "CC-BY-SA-4.0"
	config.Columns = Columns{Contributor: "contributor", Key: "id"}
	m := storetest.NewMemory()
	c, report, err := Add(t.Context(), path, config, m)
	must(t, err)
	type line struct{ ID, Contributor, Text string }
	left := map[uint64]bool{}
	for _, d := range report.DuplicateList {
		left[d.Offset] = true
		t.Logf("duplicate at %d of %d: %.2f", d.Offset, d.OfOffset, d.Similarity)
	}
	want := map[string][2]uint64{}
	var all, at uint64
	for raw := range bytes.Lines(file) {
		var l line
		must(t, json.Unmarshal(raw, &l))
		if !left[at] {
			sum := want[l.Contributor]
			text, _, _ := clean(l.Text)
			want[l.Contributor] = [2]uint64{sum[0] + 1, sum[1] + uint64(len(text))}
		}
		at += uint64(len(raw))
		all++
	}
	d := datanet(t, m, c)
	got := map[string][2]uint64{}
	for _, who := range d.Manifest().Contributors {
		if who.Records > 0 {
			got[who.Name] = [2]uint64{who.Records, who.Bytes}
		}
	}
	if all != 874 || !reflect.DeepEqual(got, want) {
		t.Errorf("%d lines; credits: got %v, want %v", all, got, want)
	}
	if report.Quarantined != 0 || report.Records+report.Duplicates != 874 {
		t.Errorf("report: %+v", report)
	}
	t.Logf("%d contributors, %d records, %d duplicates, %d findings", len(got), report.Records, report.Duplicates, report.Findings)
	for _, item := range items(t, m, d) {
		var l line
		must(t, json.Unmarshal(file[item.Offset:item.Offset+item.Length], &l))
		if text, _, _ := clean(l.Text); text != item.Text || l.ID != item.Key || l.Contributor != item.Credit.Name {
			t.Fatalf("record %s at %d is of %s, the file says %s of %s", item.Key, item.Offset, item.Credit, l.ID, l.Contributor)
		}
	}
}

// Go's own sources: every verbatim record is found in its file, byte for byte.
// The default is a part of the tree; OPENLEDGER_LONG=1 takes all of it.
func TestGoSource(t *testing.T) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skip("no go command: ", err)
	}
	root := filepath.Join(strings.TrimSpace(string(goroot)), "src")
	if os.Getenv("OPENLEDGER_LONG") == "" {
		root = filepath.Join(root, "encoding")
	}
	if _, err := os.Stat(root); err != nil {
		t.Skip("Go's sources are not here: ", err)
	}
	config := testConfig(t)
	config.Licence = "BSD-3-Clause"
	m := storetest.NewMemory()
	c, report, err := Add(t.Context(), root, config, m)
	must(t, err)
	files := map[string][]byte{}
	verbatim := 0
	d := datanet(t, m, c)
	var credit, all uint64
	for _, who := range d.Manifest().Contributors {
		if who.Account != config.Owner {
			t.Errorf("%s is credited, who added nothing", who)
		}
		credit += who.Bytes
	}
	for _, item := range items(t, m, d) {
		all += uint64(len(item.Text))
		name := item.From.Name
		if files[name] == nil {
			clear(files)
			files[name], err = os.ReadFile(filepath.Join(root, name))
			must(t, err)
			if sha256.Sum256(files[name]) != item.From.SHA256 {
				t.Fatalf("%s: another hash", name)
			}
		}
		if !item.Verbatim {
			continue
		}
		verbatim++
		if got := string(files[name][item.Offset : item.Offset+item.Length]); got != item.Text {
			t.Fatalf("%s at %d: got %q, want %q", name, item.Offset, got, item.Text)
		}
	}
	if credit != all {
		t.Errorf("%d bytes are credited, the records hold %d", credit, all)
	}
	if verbatim < report.Records*9/10 || report.Files < 50 {
		t.Errorf("%d of %d records are verbatim, from %d files", verbatim, report.Records, report.Files)
	}
	t.Logf("%+v", Report{Files: report.Files, Records: report.Records, Duplicates: report.Duplicates, Findings: report.Findings, Quarantined: report.Quarantined})
}

func TestFormats(t *testing.T) {
	long := strings.Repeat("word ", 600)
	for _, c := range []struct {
		name, file, text string
		columns          Columns
		want             []string // offset:length:text
	}{
		{"jsonl", "a.jsonl", "{\"text\":\"one\"}\n\n{\"text\":\"t\\u0077o\"}", Columns{}, []string{"0:14:one", "16:19:two"}},
		{"jsonl with columns", "a.jsonl", `{"body":"one","by":"x","id":"7"}`, Columns{"body", "by", "id"}, []string{"0:32:one/x/7"}},
		{"csv", "a.csv", "n,text\r\n1,\"a\r\n\"\"b\"\"\"\r\n2,c\n", Columns{}, []string{"8:12:a\n\"b\"", "22:3:c"}},
		{"markdown", "a.md", "# A\n\ntext\n\n```\n# no\n```\n## B\nmore\n", Columns{}, []string{"0:23:# A\n\ntext\n\n```\n# no\n```", "24:9:## B\nmore"}},
		{"text", "a.txt", "\n" + long + "\n\n  in\n\nnext\n", Columns{}, []string{"1:3006:" + long + "\n\n  in", "3009:4:next"}},
		{"control characters, NFC", "a.txt", "a\u0301\x07\rb", Columns{}, []string{"0:6:\u00e1\nb"}},
		{"byte order mark", "a.txt", "\ufeffhi", Columns{}, []string{"0:5:hi"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := testConfig(t)
			config.Columns, config.Keep = c.columns, true
			m := storetest.NewMemory()
			got, _, err := Add(t.Context(), write(t, t.TempDir(), map[string]string{c.file: c.text}), config, m)
			must(t, err)
			var list []string
			for _, item := range items(t, m, datanet(t, m, got)) {
				s := fmt.Sprintf("%d:%d:%s", item.Offset, item.Length, item.Text)
				if item.Credit.Name != "" {
					s += "/" + item.Credit.Name + "/" + item.Key
				}
				list = append(list, s)
			}
			if !reflect.DeepEqual(list, c.want) {
				t.Errorf("got %q, want %q", list, c.want)
			}
		})
	}
}

type row struct {
	Text string `parquet:"text,zstd"`
	By   string `parquet:"by"`
}

func writeParquet(t testing.TB, path string, rows []row) {
	t.Helper()
	must(t, parquet.WriteFile(path, rows, parquet.ColumnIndexSizeLimit(func([]string) int { return 16 })))
}

func TestParquet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.parquet")
	var rows []row
	for i := range 200 {
		rows = append(rows, row{fmt.Sprintf("text number %d of %x", i, sha256.Sum256([]byte{byte(i)})), fmt.Sprint("by", i%3)})
	}
	writeParquet(t, path, rows)
	config := testConfig(t)
	config.Columns = Columns{Contributor: "by"}
	m := storetest.NewMemory()
	c, _, err := Add(t.Context(), path, config, m)
	must(t, err)
	got := items(t, m, datanet(t, m, c))
	if len(got) != len(rows) {
		t.Fatalf("got %d rows, want %d", len(got), len(rows))
	}
	for i, item := range got {
		if item.Text != rows[i].Text || item.Credit.Name != rows[i].By || item.Offset != uint64(i) {
			t.Errorf("row %d: got %q of %s", item.Offset, item.Text, item.Credit)
		}
	}
}

// What cannot be read is quarantined with a reason; the good file is kept.
func TestQuarantine(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{
		"good.txt":      "a good text",
		"binary.txt":    "a\x00b",
		"latin.txt":     "caf\xe9",
		"line.txt":      strings.Repeat("x", maxLine+1) + "\n",
		"half.jsonl":    "{\"text\":\"the first line is good\"}\n{\"text\":",
		"latin.jsonl":   "{\"text\":\"caf\xe9\"}\n",
		"number.jsonl":  "{\"text\":5}\n",
		"nothing.jsonl": "{}\n",
		"columns.csv":   "a,b\n1,2\n",
		"cells.csv":     "text,b\n1\n",
		"quote.csv":     "text\n\"" + strings.Repeat("open\n", maxLine/4),
		"bad.parquet":   "PAR1 is not enough PAR1",
	})
	must(t, os.Symlink(dir, filepath.Join(dir, "loop")))
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600))
	var bomb []row
	for range 150 << 10 {
		bomb = append(bomb, row{strings.Repeat("0", 1<<10), ""})
	}
	writeParquet(t, filepath.Join(dir, "bomb.parquet"), bomb)
	m := storetest.NewMemory()
	c, report, err := Add(t.Context(), dir, testConfig(t), m)
	must(t, err)
	got := map[string]string{}
	for _, q := range report.QuarantineList {
		if got[q.Source] == "" {
			got[q.Source] = q.Reason
		}
	}
	for name, want := range map[string]string{
		"binary.txt": "zero byte", "latin.txt": "not UTF-8", "line.txt": "a line of", "half.jsonl": "not a JSON object",
		"latin.jsonl": "not UTF-8", "number.jsonl": "is not a string", "nothing.jsonl": "no field", "columns.csv": "no column",
		"cells.csv": "1 cells in a table of 2", "quote.csv": "a line of", "bad.parquet": "", "bomb.parquet": "unfolds to",
		"loop": "symbolic link", "pipe": "named pipe",
	} {
		if reason, there := got[name]; !there || !strings.Contains(reason, want) {
			t.Errorf("%s: got %q, want ...%s...", name, reason, want)
		}
	}
	texts := ""
	for _, item := range items(t, m, datanet(t, m, c)) {
		texts += item.From.Name + ":" + item.Text[:min(len(item.Text), 30)] + ";"
	}
	if !strings.Contains(texts, "good.txt:a good text") || !strings.Contains(texts, "half.jsonl:the first line is good") {
		t.Errorf("kept %s", texts)
	}
}

// A line of 2 GiB is skipped in bounded memory.
func TestLongLine(t *testing.T) {
	var got []piece
	r := &repeat{left: 2 << 30, tail: "\n{\"text\":\"after\"}\n"}
	l := &lineReader{r: bufio.NewReaderSize(r, 1<<16), sum: crc32.NewIEEE(), safe: func(uint64, bool) error { return nil }}
	must(t, readJSONL(l, Columns{}, func(p piece) error { got = append(got, p); return nil }))
	if cap(l.buf) > 2*maxLine {
		t.Errorf("%d bytes were held", cap(l.buf))
	}
	if len(got) != 2 || !strings.Contains(got[0].bad, "2147483649 bytes") || got[1].text != "after" || got[1].offset != 2<<30+1 {
		t.Errorf("got %+v", got)
	}
}

// repeat is a file of so many x, then a tail.
type repeat struct {
	left int
	tail string
}

func (r *repeat) Read(p []byte) (int, error) {
	if r.left == 0 {
		n := copy(p, r.tail)
		r.tail = r.tail[n:]
		if n == 0 {
			return 0, io.EOF
		}
		return n, nil
	}
	n := min(len(p), r.left)
	for i := range p[:n] {
		p[i] = 'x'
	}
	r.left -= n
	return n, nil
}

// A file that changes while it is read is left out as a whole.
func TestChanging(t *testing.T) {
	dir := t.TempDir()
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "{\"text\":\"text %x\"}\n", sha256.Sum256(fmt.Append(nil, i)))
	}
	write(t, dir, map[string]string{"a.jsonl": `{"text":"a good one"}`, "b.jsonl": text.String(), "c.jsonl": `{"text":"another good one"}`})
	config := testConfig(t)
	config.Progress = func(p Progress) {
		if p.Files == 1 && p.Records > 100 {
			f, err := os.OpenFile(filepath.Join(dir, "b.jsonl"), os.O_APPEND|os.O_WRONLY, 0)
			must(t, err)
			_, err = f.WriteString("more\n")
			must(t, errors.Join(err, f.Close()))
		}
	}
	m := storetest.NewMemory()
	c, report, err := Add(t.Context(), dir, config, m)
	must(t, err)
	if len(report.QuarantineList) != 1 || !strings.Contains(report.QuarantineList[0].Reason, "changed while it was read") || c.Records() != 2 {
		t.Errorf("got %d records, %+v", c.Records(), report)
	}
	datanet(t, m, c)
}

func TestConfigRefuses(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"a.txt": "text"})
	config := testConfig(t)
	config.Licence = ""
	if _, _, err := Add(t.Context(), dir, config, storetest.NewMemory()); err == nil || !strings.Contains(err.Error(), "a licence is required") {
		t.Errorf("no licence: got %v", err)
	}
	config = testConfig(t)
	if _, _, err := Add(t.Context(), t.TempDir(), config, storetest.NewMemory()); err == nil || !strings.Contains(err.Error(), "no records") {
		t.Errorf("nothing to read: got %v", err)
	}
	_, _, err := Add(t.Context(), dir, config, storetest.NewMemory())
	if err == nil || !strings.Contains(err.Error(), "another input") {
		t.Errorf("folder of another input: got %v", err)
	}
}
