package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const verse = "Two roads diverged in a yellow wood, and sorry I could not travel both, and be one traveler, long I stood."

// scratchRun is a training from scratch that takes a second.
func scratchRun(out string, more ...string) []string {
	return append([]string{"train", "local", "--preset", "tiny", "--text", verse, "--batch", "2", "--length", "16", "--steps", "30",
		"--checkpoint-every", "2", "--valid", "0", "--out", out}, more...)
}

func (b *box) trained(out string) (r trainReport) {
	b.t.Helper()
	text, err := os.ReadFile(filepath.Join(b.dir, out, resultFile))
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// A training that is killed at any moment goes on from its last checkpoint and
// ends with the bits of one that was not.
func TestTrainSurvivesKill(t *testing.T) {
	b := newBox(t)
	b.ok(scratchRun("whole", "--threads", "1")...)
	want := b.trained("whole")
	if want.Steps != 30 || want.Digest == "" {
		t.Fatalf("got %+v", want)
	}
	checkpoint := filepath.Join(b.dir, "killed", checkpointFile)
	for kills, last := 0, int64(-1); kills < 4; kills++ {
		p := b.start(scratchRun("killed")...)
		for wait := true; wait; { // until the run has got further than before
			f, err := os.Stat(checkpoint)
			wait = err != nil || f.ModTime().UnixNano() == last
			if err == nil && !wait {
				last = f.ModTime().UnixNano()
			}
			if p.ProcessState != nil {
				break
			}
		}
		p.end(syscall.SIGKILL)
		if _, err := os.Stat(filepath.Join(b.dir, "killed", resultFile)); err == nil {
			break // it was faster than the kill
		}
	}
	if _, err := os.Stat(filepath.Join(b.dir, "killed", resultFile)); err != nil {
		b.ok(scratchRun("killed")...)
	}
	got := b.trained("killed")
	if got.Digest != want.Digest || got.CID != want.CID {
		t.Errorf("got %+v, want the bits of %+v", got, want)
	}
	lines, err := os.ReadFile(filepath.Join(b.dir, "killed", eventsFile))
	if err != nil || !strings.Contains(string(lines), `"Step":30`) {
		t.Errorf("events: %v\n%s", err, lines)
	}
}

func TestTrainStopsAndGoesOn(t *testing.T) {
	b := newBox(t)
	long := append(scratchRun("out"), "--steps", "100000")
	p := b.start(long...)
	for {
		if _, err := os.Stat(filepath.Join(b.dir, "out", checkpointFile)); err == nil {
			break
		}
	}
	if code := p.end(syscall.SIGINT); code != exitInterrupted || !strings.Contains(p.errors.String(), "the same command goes on") {
		t.Fatalf("exit code %d\n%s", code, p.errors.String())
	}
	b.refused(b.command(append(scratchRun("out"), "--steps", "9")...), exitFailed, "of another run", "remove the checkpoint")
}

func TestTrainRefuses(t *testing.T) {
	b := newBox(t)
	b.write("bad.jsonl", "{\"text\": 1}\n", 0o600)
	b.write("empty.txt", "", 0o600)
	b.write("long.jsonl", `{"prompt":"`+strings.Repeat("abc ", 300)+`","completion":"x"}`+"\n", 0o600)
	for _, c := range []struct {
		args string
		code exitCode
		want string
	}{
		{"--preset tiny --data nowhere --out o1", exitFailed, "no such file"},
		{"--preset tiny --data bad.jsonl --out o2", exitFailed, "bad.jsonl:1: not a JSON object of a known form"},
		{"--preset tiny --data empty.txt --out o3", exitFailed, "the texts are empty"},
		{"--preset tiny --data long.jsonl --out o4", exitFailed, "longer than the training length of 256"},
		{"--preset huge --text x --out o5", exitUsage, "want tiny or small"},
		{"--preset tiny --text abc --method qlora --out o6", exitUsage, "want full or lora"},
		{"--preset tiny --text abc --method lora --out o7", exitUsage, "--model"},
		{"--preset tiny --text abc --optimizer lion --out o8", exitUsage, "want adamw or sgd"},
		{"--preset tiny --text abc --schedule step --out o9", exitUsage, "use cosine, linear or constant"},
		{"--model absent --text abc --out o10", exitUsage, `no model "absent"`},
		{"--text abc --out o11", exitUsage, "give --model"},
		{"--preset tiny --text abc", exitUsage, "give --out"},
	} {
		b.refused(b.command(append([]string{"train", "local"}, strings.Fields(c.args)...)...), c.code, c.want)
	}
}

// What training writes is read by the libraries that others use.
func TestTrainedFilesAreStandard(t *testing.T) {
	if err := exec.Command("python3", "-c", "import safetensors.numpy, json").Run(); err != nil {
		t.Skip("python3 has no safetensors here")
	}
	b := newBox(t)
	b.ok(scratchRun("base", "--steps", "2")...)
	b.ok("train", "local", "--model", "base", "--text", verse, "--length", "16", "--method", "lora", "--rank", "4", "--steps", "2", "--valid", "0", "--out", "adapter")
	o := b.outcome(b.shell(`python3 - <<'END'
import json, safetensors.numpy as s
base, config = s.load_file("base/model.safetensors"), json.load(open("base/config.json"))
assert base["model.embed_tokens.weight"].shape == (config["vocab_size"], config["hidden_size"]), base.keys()
lora, a = s.load_file("adapter/adapter_model.safetensors"), json.load(open("adapter/adapter_config.json"))
assert a["r"] == 4 and a["peft_type"] == "LORA"
name = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight"
assert lora[name].shape == (4, config["hidden_size"]), lora.keys()
END`))
	if o.code != exitDone {
		t.Error(o.err)
	}
}

func TestTrainRecordsDivisors(t *testing.T) {
	b := newBox(t)
	b.ok(scratchRun("out", "--steps", "3", "--record", "divisors", "--digests")...)
	files, err := filepath.Glob(filepath.Join(b.dir, "divisors", "step-*.safetensors"))
	if err != nil || len(files) != 3 {
		t.Errorf("got %v, %v; want three files", files, err)
	}
	if curve, err := os.ReadFile(filepath.Join(b.dir, "out", curveFile)); err != nil || !strings.Contains(string(curve), "<svg") {
		t.Errorf("loss curve: %v", err)
	}
}
