package op

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// fused matches scalar multiply-adds in the compiler's listing, with the source
// line that they come from.
var fused = regexp.MustCompile(`\(([^()\s]+\.go):(\d+)\)\s+(V?FN?M(?:ADD|SUB)[0-9SD]*)\s`)

// TestNoFusedArithmetic compiles the package for machines on which Go may fuse
// x*y + z, and fails on each scalar fused instruction whose source line does not
// call math.FMA: such a line rounds once there and twice elsewhere.
func TestNoFusedArithmetic(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the package for two machines")
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command: ", err)
	}
	for _, env := range [][]string{{"GOARCH=arm64"}, {"GOARCH=amd64", "GOAMD64=v3"}} {
		cmd := exec.Command(goTool, "build", "-gcflags=-S", ".")
		cmd.Env = append(append(os.Environ(), "GOOS=linux", "CGO_ENABLED=0"), env...)
		listing, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", env, err, tail(listing))
		}
		if !bytes.Contains(listing, []byte("op.Chain STEXT")) {
			t.Fatalf("%v: the listing does not hold op.Chain\n%s", env, tail(listing))
		}
		for _, line := range fusedLines(t, listing) {
			t.Errorf("%v: %s: write the product as float32(x*y), or ask for a fused one with Fma", env, line)
		}
	}
}

// fusedLines returns the source lines that the listing blames, each once.
func fusedLines(t *testing.T, listing []byte) []string {
	var lines []string
	seen := map[string]bool{}
	scanner := bufio.NewScanner(bytes.NewReader(listing))
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		m := fused.FindStringSubmatch(scanner.Text())
		if m == nil {
			continue
		}
		file, number := filepath.Base(m[1]), m[2]
		if at := file + ":" + number; !seen[at] {
			seen[at] = true
			if source := sourceLine(t, file, number); !strings.Contains(source, "math.FMA(") {
				lines = append(lines, at+" "+m[3]+" in "+strings.TrimSpace(source))
			}
		}
	}
	return lines
}

func sourceLine(t *testing.T, file, number string) string {
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := strconv.Atoi(number)
	return strings.Split(string(source), "\n")[n-1]
}

func tail(b []byte) []byte { return b[max(0, len(b)-2000):] }

// TestFusionIsFound checks that the expression above finds what it looks for.
func TestFusionIsFound(t *testing.T) {
	for line, want := range map[string]bool{
		"\t0x0014 00020 (/src/op/dot.go:33)\tFMADDS\tF2, F0, F1, F0":        true,
		"\t0x0014 00020 (/src/op/dot.go:33)\tFNMSUBD\tF2, F0, F1, F0":       true,
		"\t0x0014 00020 (/src/op/dot.go:33)\tVFMADD231SS\tX2, X0, X1":       true,
		"\t0x0014 00020 (/src/op/dot.go:33)\tVFNMADD231SD\tX2, X0, X1":      true,
		"\t0x0014 00020 (/src/op/dot.go:33)\tFMULS\tF2, F0, F1":             false,
		"\t0x0014 00020 (/src/op/dot.go:33)\tPCDATA\t$1, $0":                false,
		"\t0x0014 00020 (/src/op/dot.go:33)\tCALL\tgithub.com/x.FMADDS(SB)": false,
	} {
		if fused.MatchString(line) != want {
			t.Errorf("%q: want %v", line, want)
		}
	}
}
