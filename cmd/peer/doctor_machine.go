package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/sys/cpu"

	"github.com/openledger/openledger/network/capacity"
)

func checkMemory(*patient) finding {
	total, available, err := memory()
	if err != nil {
		return failed(err)
	}
	return memoryFinding(total, available)
}

func memoryFinding(total, available uint64) finding {
	f := found("ok", "%s, %s of it available", size(total), size(available))
	switch {
	case total < 2<<30:
		f.State = "warn"
		return f.mend("small models need 2 GiB")
	case available < 512<<20:
		f.State = "warn"
		return f.mend("end other programs: a peer at work needs 512 MiB")
	}
	return f
}

// Files that a peer has open: two a connection, those of the stores, its log.
const (
	fewFiles  = 256
	goodFiles = 2048
)

func checkFiles(*patient) finding {
	limit, known, err := fileLimit()
	if err != nil {
		return failed(err)
	}
	if !known {
		return found("ok", "this system has no limit on open files")
	}
	return fileFinding(limit)
}

func fileFinding(limit uint64) finding {
	f := found("ok", "%d may be open", limit)
	remedy := "raise the limit: ulimit -n 65536, or LimitNOFILE= of the systemd unit"
	switch {
	case limit < fewFiles:
		f.State = "fail"
		return f.mend(remedy)
	case limit < goodFiles:
		f.State = "warn"
		return f.mend(remedy)
	}
	return f
}

func checkCPU(*patient) finding {
	var have []string
	for _, f := range []struct {
		name string
		has  bool
	}{
		{"AVX2", cpu.X86.HasAVX2}, {"FMA", cpu.X86.HasFMA}, {"AVX-512", cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL},
		{"VNNI", cpu.X86.HasAVX512VNNI}, {"NEON", cpu.ARM64.HasASIMD}, {"dot product", cpu.ARM64.HasASIMDDP},
	} {
		if f.has {
			have = append(have, f.name)
		}
	}
	if len(have) == 0 {
		return found("warn", "%d cores, %s without vector instructions that this peer uses", runtime.NumCPU(), runtime.GOARCH).mend("expect it to be slow, or let another machine compute (worker.enabled=false)")
	}
	return found("ok", "%d cores, %s with %s", runtime.NumCPU(), runtime.GOARCH, strings.Join(have, ", "))
}

// checkGPUs lists the GPUs that are present, each with why it is used or not.
func checkGPUs(*patient) finding { return gpuFinding(capacity.Detect(context.Background())) }

func gpuFinding(m capacity.Machine) finding {
	f := finding{State: "ok"}
	var lines []string
	for _, g := range m.GPUs {
		lines = append(lines, g.String())
		switch {
		case g.Used || f.State == "warn":
		case g.Vendor == "NVIDIA": // its owner expects it to earn
			f.State = "warn"
		default:
			f.State = "note"
		}
	}
	if len(m.GPUs) == 0 {
		lines = []string{"none found; jobs run on the CPU"}
	}
	f.Detail = strings.Join(append(lines, m.Notes...), "; ")
	if f.State == "warn" {
		f.Remedy = "install NVIDIA's driver where one says no driver; else nothing is wrong, and the CPU earns"
	}
	return f
}

// checkClock compares with what is known without a network: the time of the
// source, and what the system says of its time server.
func checkClock(*patient) finding {
	var made time.Time
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.time" {
				made, _ = time.Parse(time.RFC3339, s.Value) // else not known
			}
		}
	}
	synced, known := clockSynced()
	return clockFinding(time.Now(), made, synced || !known)
}

// clockFinding judges a clock by when the program was written, the zero time where
// that is not known, and by whether a time server is known to be missing.
func clockFinding(now, made time.Time, synced bool) finding {
	f := found("ok", "%s", now.UTC().Format(time.RFC3339))
	switch {
	case now.Before(made):
		f.State, f.Detail = "fail", fmt.Sprintf("%s is before this program was written (%s)", f.Detail, made.UTC().Format(time.RFC3339))
		return f.mend("set the clock")
	case !synced:
		f.State, f.Detail = "warn", f.Detail+", kept by no time server"
		return f.mend("start one (chrony, systemd-timesyncd): leases and deadlines go by the clock")
	}
	return f
}
