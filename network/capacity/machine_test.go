package capacity

import (
	"errors"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

func files(m map[string]string) fs.FS {
	out := fstest.MapFS{}
	for name, text := range m {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

const meminfoText = "MemTotal:       131072000 kB\nMemFree:        1 kB\nMemAvailable:   2 kB\n"

func noSMI(...string) ([]byte, error) { return nil, fs.ErrNotExist }

func smi(out string) func(...string) ([]byte, error) {
	return func(...string) ([]byte, error) { return []byte(out), nil }
}

var nvidia = map[string]string{
	"proc/meminfo":                                     meminfoText,
	"proc/cpuinfo":                                     "processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC 9B45\n\nprocessor\t: 1\nmodel name\t: AMD EPYC 9B45\n",
	"sys/bus/pci/devices/0000:0f:00.0/class":           "0x030200\n",
	"sys/bus/pci/devices/0000:0f:00.0/vendor":          "0x10de\n",
	"sys/bus/pci/devices/0000:0f:00.0/device":          "0x2335\n",
	"sys/bus/pci/devices/0000:01:00.0/class":           "0x020000\n",
	"sys/bus/pci/devices/0000:01:00.0/vendor":          "0x10de\n",
	"proc/driver/nvidia/version":                       "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\nGCC version:  gcc version 12.2.0\n",
	"proc/driver/nvidia/gpus/0000:0f:00.0/information": "Model: \t\t NVIDIA H200\nIRQ:   \t\t 31\nGPU UUID: \t GPU-x\nBus Location: \t 0000:0f:00.0\n",
}

func TestDetectLinux(t *testing.T) {
	h200 := GPU{Vendor: "NVIDIA", Model: "H200", Memory: 143771 << 20, Driver: "550.54.15", PCI: "0000:0f:00.0"}
	unknown := h200
	unknown.Memory = 0
	for _, c := range []struct {
		name  string
		files map[string]string
		run   func(...string) ([]byte, error)
		want  []GPU
		notes string
	}{
		{"driver and nvidia-smi", nvidia, smi("00000000:0F:00.0, NVIDIA H200, 143771, 550.54.15\n"), []GPU{h200}, ""},
		{"no nvidia-smi", nvidia, noSMI, []GPU{unknown}, "nvidia-smi is not installed"},
		{"nvidia-smi fails", nvidia, func(...string) ([]byte, error) { return nil, errors.New("exit status 9") }, []GPU{unknown}, "nvidia-smi: exit status 9"},
		{"a container: nvidia-smi alone", map[string]string{"proc/meminfo": meminfoText}, smi("00000000:0F:00.0, NVIDIA H200, 143771, 550.54.15\n"), []GPU{h200}, ""},
		{"no driver", map[string]string{
			"proc/meminfo":                           meminfoText,
			"sys/bus/pci/devices/0000:01:00.0/class": "0x030000", "sys/bus/pci/devices/0000:01:00.0/vendor": "0x10de", "sys/bus/pci/devices/0000:01:00.0/device": "0x2684",
		}, noSMI, []GPU{{Vendor: "NVIDIA", Model: "device 0x2684", PCI: "0000:01:00.0"}}, "memory of GPU"},
		{"AMD", map[string]string{
			"proc/meminfo":                           meminfoText,
			"sys/bus/pci/devices/0000:03:00.0/class": "0x030000", "sys/bus/pci/devices/0000:03:00.0/vendor": "0x1002", "sys/bus/pci/devices/0000:03:00.0/device": "0x744c",
			"sys/bus/pci/devices/0000:03:00.0/mem_info_vram_total": "25753026560\n",
		}, noSMI, []GPU{{Vendor: "AMD", Model: "device 0x744c", Memory: 25753026560, Driver: "amdgpu", PCI: "0000:03:00.0"}}, ""},
		{"nvidia-smi says nonsense", nvidia, smi("No devices were found\n0000:0f:00.0, x\n00000000:0F:00.0, NVIDIA H200, [N/A], 550.54.15\n00000000:0F:00.0, NVIDIA H200, 17592186044415, 550.54.15\n"), []GPU{unknown}, "memory of GPU"},
		{"nothing at all", nil, noSMI, nil, "memory not known"},
	} {
		m := detectLinux(files(c.files), c.run)
		if !reflect.DeepEqual(m.GPUs, c.want) {
			t.Errorf("%s: got %+v, want %+v", c.name, m.GPUs, c.want)
		}
		if got := strings.Join(m.Notes, "; "); !strings.Contains(got, c.notes) || (c.notes == "") != (got == "") {
			t.Errorf("%s: got notes %q, want ...%s...", c.name, got, c.notes)
		}
	}
	if m := detectLinux(files(nvidia), noSMI); m.CPU != "AMD EPYC 9B45" || m.Memory != 131072000<<10 {
		t.Errorf("got %q with %d bytes", m.CPU, m.Memory)
	}
}

// No amount wraps around: what is beyond belief is not known.
func TestMemory(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  uint64
	}{
		{"a cgroup allows less", map[string]string{"proc/meminfo": meminfoText, "sys/fs/cgroup/memory.max": "8589934592\n"}, 8 << 30},
		{"a cgroup of version 1", map[string]string{"proc/meminfo": meminfoText, "sys/fs/cgroup/memory/memory.limit_in_bytes": "1073741824\n"}, 1 << 30},
		{"a cgroup without limit", map[string]string{"proc/meminfo": meminfoText, "sys/fs/cgroup/memory.max": "max\n"}, 131072000 << 10},
		{"a cgroup of version 1 without limit", map[string]string{"proc/meminfo": meminfoText, "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 131072000 << 10},
		{"17179869145 GiB", map[string]string{"proc/meminfo": "MemTotal: 18014398478123000 kB\n"}, 0},
		{"2^64 - 1", map[string]string{"proc/meminfo": "MemTotal: 18446744073709551615 kB\n"}, 0},
		{"more than 64 bits", map[string]string{"proc/meminfo": "MemTotal: 99999999999999999999 kB\n"}, 0},
		{"negative", map[string]string{"proc/meminfo": "MemTotal: -1 kB\n"}, 0},
		{"without a unit", map[string]string{"proc/meminfo": "MemTotal: 1024\n"}, 0},
		{"nothing", nil, 0},
	} {
		if got := memory(files(c.files)); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

func TestGPUString(t *testing.T) {
	g := GPU{Vendor: "NVIDIA", Model: "H200", Memory: 141 << 30, Driver: "550.54.15", PCI: "0000:0f:00.0"}
	const want = "NVIDIA H200, 141 GiB, driver 550.54.15, PCI 0000:0f:00.0: present, jobs run on the CPU: this version computes on no GPU of this kind"
	if got := g.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for n, want := range map[uint64]string{0: "0 bytes", 1023: "1023 bytes", 1536: "1.5 KiB", 64 << 30: "64 GiB", 1<<31 + 1<<29: "2.5 GiB"} {
		if got := size(n); got != want {
			t.Errorf("size %d: got %s, want %s", n, got, want)
		}
	}
}

// This machine is detected without an error, whatever it is.
func TestDetect(t *testing.T) {
	m := Detect(t.Context())
	if m.CPU == "" || m.Cores < 1 {
		t.Errorf("got %+v", m)
	}
	a := testAdvert()
	a.Device, a.GPUs, a.Memory = m.CPU, m.GPUs, m.Memory
	if _, err := seal(testKey(t, "alice"), testNetwork, &a); err != nil {
		t.Errorf("what was detected cannot be advertised: %v", err)
	}
	for _, g := range m.GPUs {
		t.Log(g)
	}
	t.Logf("%s, %d cores, %s; %v", m.CPU, m.Cores, size(m.Memory), m.Notes)
}

// Whatever the system or nvidia-smi prints becomes an advert that others read.
func FuzzDetect(f *testing.F) {
	f.Add([]byte(meminfoText), []byte("00000000:0F:00.0, NVIDIA H200, 143771, 550.54.15\n"), []byte(nvidia["proc/driver/nvidia/version"]))
	f.Fuzz(func(t *testing.T, meminfo, smi, version []byte) {
		m := detectLinux(files(map[string]string{
			"proc/meminfo": string(meminfo), "proc/driver/nvidia/version": string(version),
			"proc/driver/nvidia/gpus/0/information": string(version),
		}), func(...string) ([]byte, error) { return smi, nil })
		if m.Memory > most {
			t.Fatalf("%d bytes of memory", m.Memory)
		}
		for _, g := range m.GPUs {
			if g.Memory > most {
				t.Fatalf("%d bytes in %+v", g.Memory, g)
			}
		}
	})
}
