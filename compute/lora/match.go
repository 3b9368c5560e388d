package lora

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
)

// A matcher answers for one Config what PEFT's check_target_module_exists and
// get_pattern_key answer.
type matcher struct {
	c       *Config
	targets *regexp.Regexp // nil: a list or all-linear
	exclude *regexp.Regexp // nil: a list
	ranks   []*regexp.Regexp
	alphas  []*regexp.Regexp
	layer   []*regexp.Regexp // find the number of a layer in a path

	scales map[[2]float64]float32 // by alpha and rank: nearly all layers have one
}

func (c *Config) matcher() (*matcher, error) {
	m := &matcher{c: c, scales: map[[2]float64]float32{}}
	var err error
	total := 0
	compile := func(key, pattern, whole string) (re *regexp.Regexp) {
		parsed, e := syntax.Parse(pattern, syntax.Perl)
		if e == nil {
			if total += size(parsed); total > maxPatterns {
				e = fmt.Errorf("all together they are larger than %d", maxPatterns)
			} else {
				re, e = regexp.Compile(fmt.Sprintf(whole, pattern))
			}
		}
		if e != nil && err == nil {
			err = fmt.Errorf("%s: regular expression %.80q: %w; list the layers instead", key, pattern, e)
		}
		return re
	}
	const full, lastPart = `^(?:%s)$`, `^(?:.*\.)?(?:%s)$`
	if p := c.TargetModules.Pattern; p != "" && !strings.EqualFold(p, AllLinear) {
		m.targets = compile("target_modules", p, full)
	}
	if p := c.ExcludeModules.Pattern; p != "" {
		m.exclude = compile("exclude_modules", p, full)
	}
	for _, p := range c.RankPattern {
		m.ranks = append(m.ranks, compile("rank_pattern", p.Key, lastPart))
	}
	for _, p := range c.AlphaPattern {
		m.alphas = append(m.alphas, compile("alpha_pattern", p.Key, lastPart))
	}
	for _, p := range c.LayersPattern {
		m.layer = append(m.layer, compile("layers_pattern", p, `^(?:.*?\.)??(?:%s)\.(?P<idx>\d+)\.`))
	}
	if m.layer == nil {
		m.layer = []*regexp.Regexp{anyLayer}
	}
	return m, err
}

// maxPatterns bounds the regular expressions of a config, which strangers write.
// It is enough for a rank and an alpha for each layer of a 70B model by name.
const maxPatterns = 1 << 16

// size returns how large a regular expression is with repeats written out.
func size(re *syntax.Regexp) int {
	n := 1 + len(re.Rune)
	for _, sub := range re.Sub {
		n += size(sub)
	}
	if re.Op == syntax.OpRepeat {
		n *= max(re.Min, re.Max, 1)
	}
	return min(n, maxPatterns+1)
}

// anyLayer finds the first number that stands alone in a path, below some list.
var anyLayer = regexp.MustCompile(`^.*?\.[^.]*\.(?P<idx>\d+)\.`)

// lastPart tells whether path is name or ends with it, in whole parts.
func lastPart(path, name string) bool {
	rest, ok := strings.CutSuffix(path, name)
	return ok && (rest == "" || strings.HasSuffix(rest, "."))
}

// excluded tells whether a layer is excluded.
func (m *matcher) excluded(path string) bool {
	if m.exclude != nil {
		return m.exclude.MatchString(path)
	}
	return slices.ContainsFunc(m.c.ExcludeModules.Names, func(name string) bool { return lastPart(path, name) })
}

// target tells whether the adapter changes a layer. used is called with each
// declared target that the layer answers for.
func (m *matcher) target(l Linear, used func(target string)) bool {
	if m.excluded(l.Name) {
		return false
	}
	if pattern := m.c.TargetModules.Pattern; pattern != "" {
		if m.targets == nil && l.Head || m.targets != nil && !m.targets.MatchString(l.Name) {
			return false
		}
		used(pattern)
		return true
	}
	found := false
	for _, name := range m.c.TargetModules.Names {
		// a full path needs no place in layers_to_transform
		if lastPart(l.Name, name) && (name == l.Name || m.inLayers(l.Name)) {
			found = true
			used(name)
		}
	}
	return found
}

// inLayers tells whether a layer's number is among layers_to_transform.
func (m *matcher) inLayers(path string) bool {
	if len(m.c.LayersToTransform) == 0 {
		return true
	}
	n, ok := m.number(path)
	return ok && slices.Contains(m.c.LayersToTransform, n)
}

// number returns the number of the layer that path lies in.
func (m *matcher) number(path string) (int, bool) {
	for _, re := range m.layer {
		if found := re.FindStringSubmatch(path); found != nil {
			n, err := strconv.Atoi(found[re.SubexpIndex("idx")])
			return n, err == nil
		}
	}
	return 0, false
}

// rank returns the rank of a layer's adapter.
func (m *matcher) rank(path string) int {
	for i, re := range m.ranks {
		if re.MatchString(path) {
			return int(m.c.RankPattern[i].Value)
		}
	}
	return m.c.R
}

// scale returns the scale of a layer's adapter.
func (m *matcher) scale(path string) float32 {
	alpha := m.c.LoraAlpha
	for i, re := range m.alphas {
		if re.MatchString(path) {
			alpha = m.c.AlphaPattern[i].Value
			break
		}
	}
	key := [2]float64{alpha, float64(m.rank(path))}
	s, known := m.scales[key]
	if !known {
		s = scale(alpha, m.rank(path), m.c.UseRslora)
		m.scales[key] = s
	}
	return s
}

// resolve returns the layers of base that the config targets, and the declared
// targets and layer numbers that base does not have.
func (c *Config) resolve(base []Linear) (places []place, missing []string, err error) {
	if err := c.check(); err != nil {
		return nil, nil, err
	}
	m, err := c.matcher()
	if err != nil {
		return nil, nil, err
	}
	used, numbers := map[string]bool{}, map[int]bool{}
	for _, l := range base {
		if m.target(l, func(target string) { used[target] = true }) {
			places = append(places, place{l, m.rank(l.Name), m.scale(l.Name)})
			if len(c.LayersToTransform) > 0 {
				if n, ok := m.number(l.Name); ok {
					numbers[n] = true
				}
			}
		}
	}
	declared := c.TargetModules.Names
	if c.TargetModules.Pattern != "" {
		declared = []string{c.TargetModules.Pattern}
	}
	for _, target := range declared {
		if !used[target] {
			missing = append(missing, fmt.Sprintf("target %q", target))
		}
	}
	for _, n := range c.LayersToTransform {
		if !numbers[n] {
			missing = append(missing, fmt.Sprintf("layer %d", n))
		}
	}
	return places, missing, nil
}
