package ingest

import (
	"regexp"
	"slices"
	"strings"

	"github.com/openledger/openledger/datanet/manifest"
)

// A Finding is something in a text that its owner may not want to publish.
type Finding struct {
	Kind       string // "e-mail", or whose secret it is
	Start, End int    // in the text
}

// Each secret has a beginning that is searched for first, which is fast.
var secrets = []struct {
	kind, prefix string
	form         *regexp.Regexp // anchored at the prefix
}{
	{"private key", "-----BEGIN ", regexp.MustCompile(`^-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-[^-])*(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----)?`)},
	{"AWS key", "AKIA", regexp.MustCompile(`^AKIA[0-9A-Z]{16}\b`)},
	{"GitHub token", "ghp_", regexp.MustCompile(`^ghp_[0-9A-Za-z]{36}\b`)},
	{"GitHub token", "github_pat_", regexp.MustCompile(`^github_pat_[0-9A-Za-z_]{82}\b`)},
	{"GitLab token", "glpat-", regexp.MustCompile(`^glpat-[0-9A-Za-z_-]{20}`)},
	{"Google API key", "AIza", regexp.MustCompile(`^AIza[0-9A-Za-z_-]{35}`)},
	{"Slack token", "xox", regexp.MustCompile(`^xox[abprs]-[0-9A-Za-z-]{10,}`)},
	{"Stripe key", "sk_live_", regexp.MustCompile(`^sk_live_[0-9A-Za-z]{16,}`)},
	{"npm token", "npm_", regexp.MustCompile(`^npm_[0-9A-Za-z]{36}\b`)},
	{"JSON web token", "eyJ", regexp.MustCompile(`^eyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}`)},
}

// Scan returns the secrets and e-mail addresses of a text, in order.
func Scan(text string) (found []Finding) {
	for _, s := range secrets {
		for at := 0; ; {
			i := strings.Index(text[at:], s.prefix)
			if i < 0 {
				break
			}
			at += i
			if loc := s.form.FindStringIndex(text[at:]); loc != nil {
				found = append(found, Finding{s.kind, at, at + loc[1]})
				at += loc[1]
			} else {
				at += len(s.prefix)
			}
		}
	}
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '@')
		if i < 0 {
			break
		}
		at += i + 1
		if start, end, ok := address(text, at-1); ok {
			found = append(found, Finding{"e-mail", start, end})
			at = end
		}
	}
	slices.SortFunc(found, func(a, b Finding) int { return a.Start - b.Start })
	return found
}

// address returns the e-mail address around the @ at a position.
func address(text string, at int) (start, end int, ok bool) {
	start, end = at, at+1
	for start > 0 && (alnum(text[start-1]) || strings.IndexByte("._%+-", text[start-1]) >= 0) {
		start--
	}
	for end < len(text) && (alnum(text[end]) || text[end] == '.' || text[end] == '-') {
		end++
	}
	host := strings.TrimRight(text[at+1:end], ".-")
	dot := strings.LastIndexByte(host, '.')
	if start == at || dot < 1 || len(host)-dot-1 < 2 || strings.ContainsAny(host[dot+1:], "0123456789-") {
		return 0, 0, false
	}
	return start, at + 1 + len(host), true
}

func alnum(c byte) bool { return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }

// redact replaces what was found by its kind in brackets.
func redact(text string, found []Finding) (string, []manifest.Edit) {
	var b strings.Builder
	var e editor
	for i := 0; i < len(found); {
		start, end, kind := found[i].Start, found[i].End, "["+found[i].Kind+"]"
		for i++; i < len(found) && found[i].Start < end; i++ { // one within the other
			end = max(end, found[i].End)
		}
		at := e.at
		b.WriteString(text[at:start] + kind)
		e.keep(start - at)
		e.replace(end-start, len(kind))
	}
	return b.String() + text[e.at:], e.edits
}
