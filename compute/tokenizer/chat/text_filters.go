package chat

import "strings"

func filterIndent(r *run, in value, p []value) (value, error) {
	s, err := r.str(in)
	if err != nil {
		return nil, err
	}
	pad, ok := p[0].(string)
	if !ok {
		width, err := intParam(p, 0, 4)
		if err != nil {
			return nil, err
		}
		v, _, err := r.repeat(" ", width)
		if err != nil {
			return nil, err
		}
		pad = v.(string)
	}
	first, blank := boolParam(p, 1), boolParam(p, 2)
	lines := splitLines(s+"\n", false)
	if err := r.allocEach(len(lines), len(pad)+1); err != nil {
		return nil, err
	}
	var b strings.Builder
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i == 0 && first || i > 0 && (blank || line != "") {
			b.WriteString(pad)
		}
		b.WriteString(line)
	}
	return r.text(b.String())
}

// splitLines cuts s at the line ends that Python knows.
func splitLines(s string, keep bool) []string {
	var lines []string
	start := 0
	for i, c := range s {
		if i < start { // the \n of \r\n
			continue
		}
		switch c {
		case '\n', '\r', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029:
			end := i + len(string(c))
			if c == '\r' && end < len(s) && s[end] == '\n' {
				end++
			}
			if keep {
				lines = append(lines, s[start:end])
			} else {
				lines = append(lines, s[start:i])
			}
			start = end
		}
	}
	if start < len(s) {
		lines = append(lines, s[start:])
	}
	return lines
}
