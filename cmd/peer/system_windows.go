package main

import (
	"io/fs"
	"unsafe"

	"golang.org/x/sys/windows"
)

// openToOthers is always false: Windows keeps access lists, not mode bits, and
// a profile folder is closed to other users.
func openToOthers(fs.FileMode) bool { return false }

// freeDisk is the room left for this user on the disk of path, in bytes.
func freeDisk(path string) (free uint64, err error) {
	p, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0, err
	}
	err = windows.GetDiskFreeSpaceEx(p, &free, nil, nil)
	return free, err
}

// memory is the machine's memory and what of it is free, in bytes.
func memory() (total, available uint64, err error) {
	var s struct { // MEMORYSTATUSEX
		length, load                                                      uint32
		total, free, pageTotal, pageFree, virtual, virtualFree, extension uint64
	}
	s.length = uint32(unsafe.Sizeof(s))
	call := windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalMemoryStatusEx")
	if ok, _, err := call.Call(uintptr(unsafe.Pointer(&s))); ok == 0 {
		return 0, 0, err
	}
	return s.total, s.free, nil
}

// clockSynced says whether the system keeps its clock by a time server.
func clockSynced() (synced, known bool) { return false, false }

// fileLimit: Windows has none for a process.
func fileLimit() (limit uint64, known bool, err error) { return 0, false, nil }
