package main

import (
	"bufio"
	"errors"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// memory is the machine's memory and what of it is free, in bytes.
func memory() (total, available uint64, err error) {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); { // MemTotal:  16384 kB
		field := strings.Fields(lines.Text())
		if len(field) != 3 {
			continue
		}
		kib, err := strconv.ParseUint(field[1], 10, 54)
		if err != nil {
			continue
		}
		switch field[0] {
		case "MemTotal:":
			total = kib << 10
		case "MemAvailable:":
			available = kib << 10
		}
	}
	if total == 0 {
		return 0, 0, errors.New("/proc/meminfo has no MemTotal")
	}
	return total, available, nil
}

// clockSynced says whether the system keeps its clock by a time server.
func clockSynced() (synced, known bool) {
	var t unix.Timex
	state, err := unix.Adjtimex(&t)
	return state != unix.TIME_ERROR && t.Status&unix.STA_UNSYNC == 0, err == nil
}
