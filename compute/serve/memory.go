package serve

import "github.com/openledger/openledger/compute/llama"

// memory says who has which part of the arena. It is cut into units; a page of
// keys and values is a whole number of them at a multiple of its size. Pages
// are taken from the lower end, blocks of adapters, of any size, from the upper
// end. What is here is counted, so that nothing leaks unseen.
type memory struct {
	arena   *llama.Arena
	unit    int      // bytes
	perPage int      // units of a page
	taken   []uint64 // a bit per unit
	used    []int    // taken units, by page
	free    int      // units
	pages   int      // taken as pages
	low     int      // no page below this is free
}

// maxUnit is the size of a unit unless a page is no multiple of it.
const maxUnit = 4096

func newMemory(a *llama.Arena) *memory {
	m := &memory{arena: a, unit: maxUnit}
	for a.PageBytes()%m.unit != 0 {
		m.unit /= 2
	}
	m.perPage = a.PageBytes() / m.unit
	n := a.Cache().Pages()
	m.used, m.free = make([]int, n), n*m.perPage
	m.taken = make([]uint64, (m.free+63)/64)
	return m
}

// page takes a free page, -1 if there is none.
func (m *memory) page() int32 {
	for ; m.low < len(m.used); m.low++ {
		if m.used[m.low] == 0 {
			m.mark(m.low*m.perPage, m.perPage, true)
			m.pages++
			return int32(m.low)
		}
	}
	return -1
}

// givePage gives a page back.
func (m *memory) givePage(page int32) {
	m.mark(int(page)*m.perPage, m.perPage, false)
	m.pages--
}

// units returns how many units bytes take.
func (m *memory) units(bytes int) int { return (bytes + m.unit - 1) / m.unit }

// block takes room for bytes in one piece and returns its place, -1 if there is
// none.
func (m *memory) block(bytes int) int {
	n, run := m.units(bytes), 0
	if n > m.free {
		return -1
	}
	for at := len(m.used)*m.perPage - 1; at >= 0; at-- {
		page := at / m.perPage
		switch {
		case m.used[page] == m.perPage: // none here
			at, run = page*m.perPage, 0
		case m.taken[at/64]&(1<<(at%64)) != 0:
			run = 0
		default:
			run++
		}
		if run == n {
			m.mark(at, n, true)
			return at * m.unit
		}
	}
	return -1
}

// giveBlock gives back what block took.
func (m *memory) giveBlock(at, bytes int) { m.mark(at/m.unit, m.units(bytes), false) }

// mark takes n units or gives them back. Both ends of a mistake are ours.
func (m *memory) mark(at, n int, take bool) {
	for i := at; i < at+n; i++ {
		if m.taken[i/64]&(1<<(i%64)) != 0 == take {
			panic("serve: internal error: memory taken or given back twice")
		}
		m.taken[i/64] ^= 1 << (i % 64)
		if take {
			m.used[i/m.perPage]++
			continue
		}
		m.used[i/m.perPage]--
		m.low = min(m.low, i/m.perPage)
	}
	if take {
		n = -n
	}
	m.free += n
}
