package devnet

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

// Names that the fields of a JSONL file may have where none is named; the first
// one that its first row has counts.
var (
	TextColumns        = []string{"text", "content", "body"}
	ContributorColumns = []string{"contributor", "author", "by", "owner", "user"}
)

// Columns name the fields of a JSONL file; an empty one is found.
type Columns struct{ Text, Contributor string }

const (
	maxRow  = 8 << 20  // bytes of a line
	maxRows = 64 << 20 // bytes that are read of a file: those after it are left
)

// RowTexts reads a JSONL file: each row is a text of one contributor. Every
// other contributor goes to the second Datanet, so that both grow alike, and of
// more than max bytes for one Datanet each contributor gives a part.
func RowTexts(path string, c Columns, max int) (both [2][]Text, err error) {
	rows, err := readRows(path, c)
	if err != nil {
		return both, err
	}
	var order []string
	by := map[string][]Text{}
	for _, t := range rows {
		if by[t.Contributor] == nil {
			order = append(order, t.Contributor)
		}
		by[t.Contributor] = append(by[t.Contributor], t)
	}
	if len(order) < 2 {
		return both, fmt.Errorf("all rows of %s are by one contributor: two Datanets need two at least", path)
	}
	var share [2][]string
	var all [2]int
	for _, name := range order {
		i := 0
		if all[0] > all[1] {
			i = 1
		}
		share[i] = append(share[i], name)
		all[i] += min(size(by[name]), max)
	}
	for i := range both {
		// The smallest first: what it leaves of its part is the others'.
		slices.SortStableFunc(share[i], func(a, b string) int { return size(by[a]) - size(by[b]) })
		for j, name := range share[i] {
			left := (max - size(both[i])) / (len(share[i]) - j)
			for _, t := range by[name] {
				if len(t.Text) <= left {
					both[i] = append(both[i], t)
					left -= len(t.Text)
				}
			}
		}
	}
	return both, nil
}

func readRows(path string, c Columns) (rows []Text, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewScanner(io.LimitReader(f, maxRows))
	in.Buffer(nil, maxRow)
	read := 0
	for n := 1; in.Scan(); n++ {
		read += len(in.Bytes()) + 1
		line := bytes.TrimSpace(in.Bytes())
		if len(line) == 0 {
			continue
		}
		row, err := parseRow(line)
		if err != nil && read > maxRows {
			break // the limit cut this one
		}
		if err == nil && len(rows) == 0 {
			err = c.find(row)
		}
		var t Text
		if err == nil {
			t.Text, err = row.text(c.Text)
		}
		if err == nil {
			t.Contributor, err = row.text(c.Contributor)
		}
		if err == nil && strings.TrimSpace(t.Contributor) == "" {
			err = fmt.Errorf("field %q is empty: it names who gets the credit", c.Contributor)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		t.Key = fmt.Sprintf("%s/%d", t.Contributor, n)
		if len(t.Text) <= maxText && strings.TrimSpace(t.Text) != "" {
			rows = append(rows, t)
		}
	}
	if err := in.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("%s: a line is over %d bytes: cut its text into rows", path, maxRow)
	} else if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s holds no rows with text of up to %d bytes", path, maxText)
	}
	return rows, nil
}

// A row is an object of a JSONL file.
type row map[string]json.RawMessage

func parseRow(line []byte) (r row, err error) {
	if !utf8.Valid(line) {
		return nil, errors.New("not UTF-8")
	}
	if err := json.Unmarshal(line, &r); err != nil || r == nil {
		return nil, errors.New(`not a JSON object; want one a line, such as {"text":"...","contributor":"..."}`)
	}
	return r, nil
}

// find settles which fields hold what.
func (c *Columns) find(r row) error {
	for _, f := range []struct {
		name  *string
		of    string
		names []string
	}{{&c.Text, "text", TextColumns}, {&c.Contributor, "contributor", ContributorColumns}} {
		if *f.name == "" {
			i := slices.IndexFunc(f.names, func(name string) bool { return r[name] != nil })
			if i < 0 {
				return fmt.Errorf("none of the fields %s is one of %s: name it with --%s-column", r.fields(), strings.Join(f.names, ", "), f.of)
			}
			*f.name = f.names[i]
		}
	}
	return nil
}

func (r row) fields() string {
	return strings.Join(slices.Sorted(maps.Keys(r)), ", ")
}

// text is what a field says: a string, or a number as it is written.
func (r row) text(field string) (s string, err error) {
	raw := r[field]
	if raw == nil {
		return "", fmt.Errorf("no field %q; there are %s", field, r.fields())
	}
	if json.Unmarshal(raw, &s) == nil && string(raw) != "null" {
		return s, nil
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil && n != "" {
		return n.String(), nil
	}
	return "", fmt.Errorf("field %q is not a string", field)
}

// FileTexts reads one file of text: its first half is the first peer's, the rest
// the second one's.
func FileTexts(path string, max int) (both [2][]Text, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return both, err
	}
	if !utf8.Valid(b) || bytes.IndexByte(b, 0) >= 0 {
		return both, fmt.Errorf("%s is not text in UTF-8", path)
	}
	b = b[:lineBreak(b, min(len(b), 2*max))]
	middle := lineBreak(b, len(b)/2)
	for i, half := range [][]byte{b[:middle], b[middle:]} {
		by := []string{First, Second}[i]
		for len(half) > 0 {
			n := lineBreak(half, min(len(half), maxPart))
			both[i] = append(both[i], Text{string(half[:n]), by, fmt.Sprintf("%s/%d", by, len(both[i]))})
			half = half[n:]
		}
	}
	return both, nil
}

// maxPart is how long the records are that a file is cut into, in bytes.
const maxPart = 4 << 10

// lineBreak is the end of the last line that ends within the first n bytes of b,
// or of the last character where none does.
func lineBreak(b []byte, n int) int {
	if n == len(b) {
		return n
	}
	if i := bytes.LastIndexByte(b[:n], '\n'); i >= 0 {
		return i + 1
	}
	for i := n; i > 0; i-- {
		if utf8.RuneStart(b[i]) {
			return i
		}
	}
	return n
}

// openings are the beginnings of some of the texts, to ask a model to go on with.
func openings(texts []Text) (prompts []string) {
	for _, i := range []int{0, len(texts) / 2} {
		words := strings.Fields(texts[i].Text)
		prompt := strings.Join(words[:min(len(words), 4)], " ")
		if r := []rune(prompt); len(r) > 40 {
			prompt = string(r[:40])
		}
		if !slices.Contains(prompts, prompt) {
			prompts = append(prompts, prompt)
		}
	}
	return prompts
}
