package fetch

// generations is a set that forgets: what was added lately, at least size
// members and at most twice as many.
type generations struct{ young, old map[string]struct{} }

const generationSize = 1 << 15

func (g *generations) add(key string) {
	if len(g.young) >= generationSize || g.young == nil {
		g.old, g.young = g.young, map[string]struct{}{}
	}
	g.young[key] = struct{}{}
}

func (g *generations) has(key string) bool {
	_, young := g.young[key]
	_, old := g.old[key]
	return young || old
}
