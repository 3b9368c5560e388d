//go:build !linux

package op

// adviseHuge does nothing where huge pages need no asking.
func adviseHuge([]byte) {}
