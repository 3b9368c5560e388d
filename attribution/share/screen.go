package share

// Screen returns which examples look like poison or spam: those whose value,
// the training loss or the self-influence, is more than milli thousandths of a
// robust standard deviation above the median. Flagged examples are shown to the
// curators; they are not paid less for it, the floor does that.
func Screen(values []Score, milli uint32) []int {
	if len(values) == 0 {
		return nil
	}
	clusters := make([]Cluster, len(values))
	sorted := make([]int64, len(values))
	for i, v := range values {
		clusters[i] = Cluster{Score: v, Tokens: 1}
		sorted[i] = int64(v)
	}
	middle, limit := median(sorted), int64(floor(clusters, milli))
	var flagged []int
	for i, v := range values {
		if int64(v) > middle && distance(int64(v), middle) > limit {
			flagged = append(flagged, i)
		}
	}
	return flagged
}
