package capacity

import (
	"context"
	"fmt"
	"math/bits"
	"runtime"

	"github.com/openledger/openledger/proofs/canon"
)

// A Machine is what this peer runs on, as the system tells. 0 and "" mean that
// it does not tell.
type Machine struct {
	CPU    string
	Cores  int    // that this process may use
	Memory uint64 // bytes that this process may use
	GPUs   []GPU
	Notes  []string // what could not be found out, and why
}

// A GPU is a graphics processor that is present.
type GPU struct {
	Vendor string // "NVIDIA", "AMD", "Intel" or the PCI number
	Model  string
	Memory uint64 // bytes; 0: not known
	Driver string // its version; "": no driver is loaded
	PCI    string // 0000:01:00.0; "": not known
	Used   bool   // jobs run on it
}

// String is one line for peer doctor.
func (g GPU) String() string {
	memory, driver := "memory not known", "no driver"
	if g.Memory > 0 {
		memory = size(g.Memory)
	}
	if g.Driver != "" {
		driver = "driver " + g.Driver
	}
	use := "present, jobs run on the CPU: this version computes on no GPU of this kind"
	if g.Used {
		use = "in use"
	}
	return fmt.Sprintf("%s %s, %s, %s, PCI %s: %s", g.Vendor, g.Model, memory, driver, g.PCI, use)
}

func (g GPU) appendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 6)
	b = canon.AppendText(b, g.Vendor)
	b = canon.AppendText(b, g.Model)
	b = canon.AppendUint(b, g.Memory)
	b = canon.AppendText(b, g.Driver)
	b = canon.AppendText(b, g.PCI)
	used := uint64(0)
	if g.Used {
		used = 1
	}
	return canon.AppendUint(b, used)
}

func (g *GPU) readCanon(r *canon.Reader) {
	r.Fields(6)
	g.Vendor = readText(r)
	g.Model = readText(r)
	g.Memory = r.Uint(1<<63 - 1)
	g.Driver = readText(r)
	g.PCI = readText(r)
	g.Used = r.Uint(1) == 1
}

// Detect looks at this machine. It needs no privileges, takes a second where
// nvidia-smi is asked, and fails at nothing: what it cannot see it notes.
func Detect(ctx context.Context) Machine {
	m := detect(ctx)
	if m.CPU = line(m.CPU); m.CPU == "" {
		m.CPU = runtime.GOARCH
	}
	m.Cores = runtime.GOMAXPROCS(0)
	m.GPUs = m.GPUs[:min(len(m.GPUs), maxGPUs)]
	for i := range m.GPUs {
		for _, s := range []*string{&m.GPUs[i].Vendor, &m.GPUs[i].Model, &m.GPUs[i].Driver, &m.GPUs[i].PCI} {
			*s = line(*s)
		}
	}
	return m
}

// most is the largest amount of memory that is believed: 1 PiB. What is larger
// is a mistake of the system's, or of ours.
const most = 1 << 50

// times multiplies an amount by its unit; it is 0, not known, where the product
// is beyond belief.
func times(n, unit uint64) uint64 {
	high, low := bits.Mul64(n, unit)
	if high != 0 || low > most {
		return 0
	}
	return low
}

// size writes an amount of memory.
func size(n uint64) string {
	for _, u := range []struct {
		name string
		size uint64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if n >= u.size {
			whole := n / u.size
			if whole < 10 {
				return fmt.Sprintf("%d.%d %s", whole, n%u.size*10/u.size, u.name)
			}
			return fmt.Sprintf("%d %s", whole, u.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
