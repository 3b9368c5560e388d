package op

import "syscall"

// adviseHuge asks for huge pages: a product reads far more memory than the
// translation cache of 4 KiB pages covers. It is a hint; a kernel that refuses
// it costs speed only. Gathering the small pages of memory that was in use before
// (MADV_COLLAPSE) would double the time of loading a model.
func adviseHuge(b []byte) {
	const page, hugePages = 4096, 14 // MADV_HUGEPAGE
	first := int(-address(b) % page)
	if n := (len(b) - first) / page * page; n > 0 {
		_ = syscall.Madvise(b[first:first+n], hugePages)
	}
}
