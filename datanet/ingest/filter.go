package ingest

// A filter says which keys certainly are not in a set: a Bloom filter (Bloom 1970)
// in blocks of one cache line (Putze, Sanders, Singler 2007), 4 bits a key. At 10
// bits a key it is wrong for about 2 keys in 100 that are not there.
type filter struct{ blocks [][8]uint64 }

const (
	filterKeys  = 51       // of a block: 10 bits a key
	filterBytes = 64 << 20 // of the largest filter, which is wrong more often in the end
	blockBytes  = 64
)

// newFilter returns a filter for so many keys.
func newFilter(keys int) filter {
	n := 64
	for n*filterKeys < keys && n*blockBytes < filterBytes {
		n *= 2
	}
	return filter{make([][8]uint64, n)}
}

// room says for how many keys the filter was made.
func (f filter) room() int {
	if len(f.blocks)*blockBytes >= filterBytes {
		return int(^uint(0) >> 1)
	}
	return len(f.blocks) * filterKeys
}

func (f filter) place(key uint32) (block *[8]uint64, bits uint64) {
	h := mix(uint64(key) + golden)
	return &f.blocks[h>>32&uint64(len(f.blocks)-1)], h
}

func (f filter) add(key uint32) {
	b, h := f.place(key)
	for range 4 {
		b[h>>6&7] |= 1 << (h & 63)
		h >>= 8
	}
}

func (f filter) has(key uint32) bool {
	b, h := f.place(key)
	for range 4 {
		if b[h>>6&7]>>(h&63)&1 == 0 {
			return false
		}
		h >>= 8
	}
	return true
}
