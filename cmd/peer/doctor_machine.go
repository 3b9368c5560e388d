package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/sys/cpu"

	"github.com/openledger/openledger/network/capacity"
)

func checkMemory(*patient) finding {
	total, available, err := memory()
	switch {
	case err != nil:
		return failed(err)
	case total < 2<<30:
		return found("warn", "%s; small models need 2 GiB", size(total))
	}
	return found("ok", "%s, %s of it available", size(total), size(available))
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
		return found("warn", "%d cores, %s without vector instructions that this peer uses; it will be slow", runtime.NumCPU(), runtime.GOARCH)
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
	return f
}

// checkClock compares with what is known without a network: the time of the
// source, and what the system says of its time server.
func checkClock(*patient) finding {
	now := time.Now()
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if made, err := time.Parse(time.RFC3339, s.Value); s.Key == "vcs.time" && err == nil && now.Before(made) {
				return found("fail", "%s is before this program was written (%s); set the clock", now.UTC().Format(time.RFC3339), s.Value)
			}
		}
	}
	if synced, known := clockSynced(); known && !synced {
		return found("warn", "%s, kept by no time server; leases and deadlines need one (chrony, systemd-timesyncd)", now.UTC().Format(time.RFC3339))
	}
	return found("ok", "%s", now.UTC().Format(time.RFC3339))
}
