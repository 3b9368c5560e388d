package ingest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// parseJSON takes the columns out of an object on a line. Which bytes of the line
// became the text, the edits say.
func parseJSON(p *piece, line []byte, columns Columns) {
	if !utf8.Valid(line) { // which package json would repair in silence
		p.bad = "not UTF-8"
		return
	}
	var raw json.RawMessage
	if err := json.Unmarshal(line, &raw); err != nil {
		p.bad = "not a JSON object: " + err.Error()
		return
	}
	values := map[string][2]int{}
	if !members(line, func(key string, start, end int) { values[key] = [2]int{start, end} }) {
		p.bad = "not a JSON object"
		return
	}
	for _, c := range columns.list() {
		at, there := values[c.name]
		switch {
		case !there && c.required:
			p.bad = fmt.Sprintf("no field %q", c.name)
			return
		case !there || string(line[at[0]:at[1]]) == "null":
			continue
		case line[at[0]] != '"':
			p.bad = fmt.Sprintf("field %q is not a string", c.name)
			return
		}
		var e editor
		e.replace(at[0]+1, 0)
		*c.in(p) = unescape(line[at[0]+1:at[1]-1], &e)
		if c.in(p) == &p.text {
			e.replace(int(p.length)-at[1]+1, 0)
			p.edits, p.mapped = e.edits, true
		}
	}
}

// members shows the names of an object and where their values lie. The line MUST
// be valid JSON; it says false if it is not an object.
func members(line []byte, show func(key string, start, end int)) bool {
	i := skipSpace(line, 0)
	if i >= len(line) || line[i] != '{' {
		return false
	}
	for {
		i = skipSpace(line, i+1)
		if line[i] == '}' { // of an empty object
			return true
		}
		end := skipValue(line, i)
		key := unescape(line[i+1:end-1], new(editor))
		i = skipSpace(line, skipSpace(line, end)+1) // the colon
		end = skipValue(line, i)
		show(key, i, end)
		if i = skipSpace(line, end); line[i] == '}' {
			return true
		}
	}
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r') {
		i++
	}
	return i
}

// skipValue returns the end of the value that starts at i.
func skipValue(b []byte, i int) int {
	depth := 0
	for {
		switch b[i] {
		case '"':
			for i++; b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
			i++
		case '{', '[':
			depth++
			i++
		case '}', ']':
			depth--
			i++
		case ',', ':', ' ', '\t', '\n', '\r':
			i++ // inside of an object or array
		default:
			for i < len(b) && bytes.IndexByte([]byte(",:]} \t\n\r"), b[i]) < 0 {
				i++
			}
		}
		if depth == 0 {
			return i
		}
	}
}

// unescape returns what a JSON string stands for.
func unescape(b []byte, e *editor) string {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		n := bytes.IndexByte(b, '\\')
		if n < 0 {
			n = len(b)
		}
		out = append(out, b[:n]...)
		e.keep(n)
		if b = b[n:]; len(b) == 0 {
			break
		}
		from, r := 2, rune(0)
		switch b[1] {
		case 'b':
			r = '\b'
		case 'f':
			r = '\f'
		case 'n':
			r = '\n'
		case 'r':
			r = '\r'
		case 't':
			r = '\t'
		case 'u':
			from, r = 6, unit(b)
			if utf16.IsSurrogate(r) {
				if pair := utf16.DecodeRune(r, unit(b[6:])); pair != utf8.RuneError {
					from, r = 12, pair
				} else {
					r = utf8.RuneError
				}
			}
		default:
			r = rune(b[1])
		}
		before := len(out)
		out = utf8.AppendRune(out, r)
		e.replace(from, len(out)-before)
		b = b[from:]
	}
	return string(out)
}

// unit returns the UTF-16 unit of an escape like \u00e9, or -1.
func unit(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(n)
}
