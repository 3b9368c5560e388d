package capacity

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// detectLinux looks below root, which is the file system or a copy of parts of
// it, and runs nvidia-smi by run.
func detectLinux(root fs.FS, run func(args ...string) ([]byte, error)) Machine {
	var m Machine
	if m.Memory = memory(root); m.Memory == 0 {
		m.Notes = append(m.Notes, "memory not known: /proc/meminfo cannot be read")
	}
	m.CPU = field(readFile(root, "proc/cpuinfo"), "model name")
	gpus := pciGPUs(root)
	gpus = merge(gpus, procGPUs(root))
	out, err := run("nvidia-smi", "--query-gpu=pci.bus_id,name,memory.total,driver_version", "--format=csv,noheader,nounits")
	if err == nil {
		gpus = merge(gpus, smiGPUs(out))
	}
	m.GPUs = gpus
	for _, g := range gpus {
		if g.Vendor == "NVIDIA" && g.Memory == 0 {
			why := "nvidia-smi is not installed"
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				why = "nvidia-smi: " + line(err.Error())
			}
			m.Notes = append(m.Notes, fmt.Sprintf("memory of GPU %s not known: %s", g.PCI, why))
		}
	}
	return m
}

// memory is what this process may use: the machine's, or less by a cgroup.
func memory(root fs.FS) uint64 {
	total := meminfo(readFile(root, "proc/meminfo"), "MemTotal")
	for _, file := range []string{"sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if limit := number(strings.TrimSpace(string(readFile(root, file)))); limit > 0 && limit < total {
			total = limit
		}
	}
	return total
}

// readFile returns the beginning of a small file, or nothing.
func readFile(root fs.FS, name string) []byte {
	f, err := root.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 1<<20))
	if err != nil {
		return nil
	}
	return b
}
