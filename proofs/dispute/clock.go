package dispute

// A clock is a chess clock: each side has a budget of milliseconds, and its own
// time runs while an answer of it is due. Time is what the caller says, and
// never goes back.
type clock struct {
	now  uint64
	left [2]uint64
	due  [2]bool
}

// advance moves time to now, at the cost of who is due.
func (c *clock) advance(now uint64) {
	if now <= c.now {
		return
	}
	passed := now - c.now
	for side := range c.left {
		if c.due[side] {
			// At 0 the time is up; an answer just in time has 1 left at least.
			c.left[side] -= min(c.left[side], passed)
		}
	}
	c.now = now
}

// out says whether a side has let its time run out.
func (c *clock) out(side int) bool { return c.due[side] && c.left[side] == 0 }

// over says whether there is nothing to wait for: every side of which an answer
// is due is out.
func (c *clock) over() bool {
	return (c.due[0] || c.due[1]) && c.due[0] == c.out(0) && c.due[1] == c.out(1)
}

// deadline returns when a side that is due runs out of time.
func (c *clock) deadline(side int) uint64 { return c.now + c.left[side] }
