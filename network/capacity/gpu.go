package capacity

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Vendors by their PCI numbers.
var vendors = map[string]string{"0x10de": "NVIDIA", "0x1002": "AMD", "0x8086": "Intel"}

// pciGPUs lists the display controllers on the PCI bus, which shows them
// whether or not a driver is loaded.
func pciGPUs(root fs.FS) []GPU {
	const dir = "sys/bus/pci/devices"
	entries, err := fs.ReadDir(root, dir)
	if err != nil {
		return nil
	}
	var out []GPU
	for _, e := range entries {
		read := func(name string) string {
			return strings.TrimSpace(string(readFile(root, path.Join(dir, e.Name(), name))))
		}
		if !strings.HasPrefix(read("class"), "0x03") { // PCI Code and ID Assignment, base class 03h
			continue
		}
		vendor := read("vendor")
		g := GPU{Vendor: cmp.Or(vendors[vendor], vendor), Model: "device " + read("device"), PCI: address(e.Name())}
		g.Memory = number(read("mem_info_vram_total")) // amdgpu
		if g.Memory > 0 {
			g.Driver = "amdgpu"
		}
		out = append(out, g)
	}
	return out
}

// procGPUs lists what NVIDIA's kernel module drives.
func procGPUs(root fs.FS) []GPU {
	const dir = "proc/driver/nvidia"
	entries, err := fs.ReadDir(root, dir+"/gpus")
	if err != nil {
		return nil
	}
	driver := driverVersion(readFile(root, dir+"/version"))
	var out []GPU
	for _, e := range entries {
		info := readFile(root, path.Join(dir, "gpus", e.Name(), "information"))
		out = append(out, GPU{
			Vendor: "NVIDIA", Model: strings.TrimPrefix(field(info, "Model"), "NVIDIA "), Driver: driver,
			PCI: address(cmp.Or(field(info, "Bus Location"), e.Name())),
		})
	}
	return out
}

// driverVersion finds 550.54.15 in "NVRM version: NVIDIA UNIX x86_64 Kernel
// Module  550.54.15  Tue Mar ...".
func driverVersion(text []byte) string {
	first, _, _ := strings.Cut(string(text), "\n")
	for _, word := range strings.Fields(first) {
		if whole, rest, ok := strings.Cut(word, "."); ok && isDigits(whole) && isDigits(strings.ReplaceAll(rest, ".", "")) {
			return word
		}
	}
	return ""
}

// smiGPUs reads lines of "00000000:0F:00.0, NVIDIA H200, 143771, 550.54.15";
// memory is in MiB.
func smiGPUs(csv []byte) []GPU {
	var out []GPU
	for text := range strings.Lines(string(csv)) {
		f := strings.Split(text, ",")
		if len(f) != 4 {
			continue
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		out = append(out, GPU{
			Vendor: "NVIDIA", PCI: address(f[0]), Model: strings.TrimPrefix(f[1], "NVIDIA "),
			Memory: times(number(f[2]), 1<<20), Driver: f[3],
		})
	}
	return out
}

// merge adds what more knows to known: by PCI address, and those that are new.
func merge(known, more []GPU) []GPU {
	for _, g := range more {
		i := slices.IndexFunc(known, func(k GPU) bool { return k.PCI == g.PCI && g.PCI != "" })
		if i < 0 {
			known = append(known, g)
			continue
		}
		k := &known[i]
		k.Model, k.Driver, k.Vendor = cmp.Or(g.Model, k.Model), cmp.Or(g.Driver, k.Driver), cmp.Or(g.Vendor, k.Vendor)
		k.Memory = cmp.Or(g.Memory, k.Memory)
	}
	slices.SortStableFunc(known, func(a, b GPU) int { return cmp.Compare(a.PCI, b.PCI) })
	return known
}

// address writes a PCI address with a domain of four digits, as the kernel
// does; nvidia-smi writes eight.
func address(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if domain, rest, ok := strings.Cut(s, ":"); ok && len(domain) == 8 && strings.HasPrefix(domain, "0000") {
		return domain[4:] + ":" + rest
	}
	return s
}

// field finds the value of "name : value" in lines.
func field(text []byte, name string) string {
	for s := range strings.Lines(string(text)) {
		if k, v, ok := strings.Cut(s, ":"); ok && strings.TrimSpace(k) == name {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

// meminfo finds an amount in /proc/meminfo, which writes kB and means KiB.
func meminfo(text []byte, name string) uint64 {
	kib, ok := strings.CutSuffix(field(text, name), " kB")
	if !ok {
		return 0
	}
	return times(number(kib), 1<<10)
}

// number reads a decimal amount; what is none, or beyond belief, is 0.
func number(s string) uint64 {
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 64)
	if err != nil || n > most {
		return 0
	}
	return n
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
