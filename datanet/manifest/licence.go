package manifest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Licence is an SPDX licence expression, such as CC-BY-SA-4.0 or
// "MIT OR Apache-2.0".
type Licence string

const maxLicence = 256

// Check says whether the expression can be read and names licences of the SPDX
// list. Others are spelt LicenseRef-name.
func (l Licence) Check() error {
	if l == "" {
		return fmt.Errorf("manifest: a licence is required: name one as SPDX does, such as CC-BY-4.0 or MIT")
	}
	if len(l) > maxLicence {
		return fmt.Errorf("manifest: licence of %d bytes, at most %d", len(l), maxLicence)
	}
	_, err := l.parse()
	return err
}

// Covers says whether l names every licence that other names: so a Datanet
// under "MIT AND CC0-1.0" takes contributions under either.
func (l Licence) Covers(other Licence) bool {
	have, err := l.parse()
	need, otherErr := other.parse()
	if err != nil || otherErr != nil {
		return false
	}
	for id := range need {
		if !have[id] {
			return false
		}
	}
	return true
}

// Names returns the licences that the expression names, sorted.
func (l Licence) Names() []string {
	ids, err := l.parse()
	if err != nil {
		return nil
	}
	return slices.Sorted(maps.Keys(ids))
}

// parse returns the licences an expression names (SPDX 2.3 annex D):
//
//	expression = term { ("AND" | "OR") term }
//	term       = "(" expression ")" | id [ "+" ] [ "WITH" exception ]
func (l Licence) parse() (map[string]bool, error) {
	words := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(string(l)))
	ids, open, term := map[string]bool{}, 0, true
	fail := func(why string) (map[string]bool, error) {
		return nil, fmt.Errorf("manifest: licence %q: %s", string(l), why)
	}
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch {
		case w == "(" && term:
			open++
		case w == ")" && !term && open > 0:
			open--
		case (w == "AND" || w == "OR") && !term:
			term = true
		case w == "WITH" && i > 0 && i+1 < len(words) && isID(words[i-1]):
			if i++; !isException(words[i]) {
				return fail(fmt.Sprintf("%q is no exception of the SPDX list", words[i]))
			}
		case term && isID(w):
			ids[strings.TrimSuffix(w, "+")] = true
			term = false
		case term && spelt[strings.ToLower(strings.TrimSuffix(w, "+"))] != "":
			return fail(fmt.Sprintf("write %s as SPDX does: %s", w, spelt[strings.ToLower(strings.TrimSuffix(w, "+"))]))
		default:
			return fail(fmt.Sprintf("%q is not expected, or is not an SPDX identifier (LicenseRef-... for others)", w))
		}
	}
	if term || open > 0 {
		return fail("it ends too early")
	}
	return ids, nil
}

// isID says whether a word names a licence: of the list, or one's own, maybe in
// another document.
func isID(w string) bool {
	if doc, own, there := strings.Cut(w, ":"); there {
		return isReference(doc, "DocumentRef-") && isReference(own, "LicenseRef-")
	}
	return isReference(w, "LicenseRef-") || licences[strings.TrimSuffix(w, "+")]
}

func isException(w string) bool { return exceptions[w] || isReference(w, "AdditionRef-") }

func isReference(w, prefix string) bool {
	name, ok := strings.CutPrefix(w, prefix)
	return ok && name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '.' || r == '-')
	})
}

// spelt holds the licences by their names in lower case.
var spelt = func() map[string]string {
	m := map[string]string{}
	for id := range licences {
		m[strings.ToLower(id)] = id
	}
	return m
}()

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
