package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/openledger/openledger/cmd/peer/lock"
)

func (p *patient) homeless() bool {
	_, err := os.Stat(p.home.versionFile())
	return errors.Is(err, fs.ErrNotExist)
}

func checkHome(p *patient) finding {
	if _, err := os.Stat(string(p.home)); errors.Is(err, fs.ErrNotExist) {
		return found("note", "%s does not exist yet", p.home).mend(`"peer init" makes it`)
	}
	if err := p.home.check(); err != nil {
		return failed(err)
	}
	f, err := os.CreateTemp(string(p.home), ".doctor-*")
	if err != nil {
		return failed(homeProblem(fmt.Errorf("write to home: %w", err)))
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		return failed(homeProblem(fmt.Errorf("write to home: %w", err)))
	}
	info, err := os.Stat(string(p.home))
	if err != nil {
		return failed(homeProblem(err))
	}
	if mode := info.Mode().Perm(); openToOthers(mode) {
		return found("warn", "%s is open to other users of this machine (mode %#o)", p.home, mode).mend("chmod 700 " + string(p.home))
	}
	return found("ok", "%s, layout %d, writable", p.home, homeVersion)
}

func checkConfig(p *patient) finding {
	if p.err != nil {
		return failed(p.err)
	}
	if strangers := p.settings.strangers(p.app.environ); len(strangers) > 0 {
		return found("warn", "%s", strings.Join(strangers, "; ")).mend("unset it, or spell it right")
	}
	from := map[string]int{}
	for _, l := range p.settings.all {
		source, _, _ := strings.Cut(l.source, " ")
		from[source]++
	}
	return found("ok", "%d settings: %d from flags, %d from the environment, %d from the file, %d by default",
		len(p.settings.all), from["flag"], from["environment"], from["file"], from["default"])
}

func checkKey(p *patient) finding {
	if p.homeless() {
		return found("note", "none yet").mend(`"peer init" makes it`)
	}
	key, err := p.home.keyring().active(p.settings.Key)
	if err != nil {
		return failed(err)
	}
	return found("ok", "%s in %s", key.who, filepath.Base(key.path))
}

func checkLock(p *patient) finding {
	_, held, err := lock.Holder(p.home.lockFile())
	switch {
	case err != nil:
		return failed(homeProblem(err))
	case held:
		return found("ok", "held by %s, a running peer", holder(p.home))
	}
	return found("ok", "free")
}

// checkDisk wants room for the blocks of a small Datanet.
func checkDisk(p *patient) finding {
	dir := existing(string(p.home))
	free, err := freeDisk(dir)
	if err != nil {
		return failed(fmt.Errorf("disk of %s: %w", dir, err))
	}
	return diskFinding(free, dir)
}

func diskFinding(free uint64, dir string) finding {
	f := found("ok", "%s free below %s", size(free), dir)
	switch {
	case free < 1<<30:
		f.State = "fail"
		return f.mend("make room, or choose a home on another disk with --home: a peer needs 1 GiB at least")
	case free < 10<<30:
		f.State = "warn"
		return f.mend("make room: 10 GiB hold a model and its checkpoints")
	}
	return f
}

// existing is the innermost folder of a path that is there.
func existing(dir string) string {
	for _, err := os.Stat(dir); err != nil && dir != filepath.Dir(dir); _, err = os.Stat(dir) {
		dir = filepath.Dir(dir)
	}
	return dir
}

// size writes a number of bytes with one decimal.
func size(n uint64) string {
	unit := 0
	for n >= 1024<<10 && unit < 4 {
		n >>= 10
		unit++
	}
	return fmt.Sprintf("%.1f %s", float64(n)/1024, []string{"KiB", "MiB", "GiB", "TiB", "PiB"}[unit])
}
