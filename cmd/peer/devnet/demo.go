package devnet

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// A Demo is the main job of OpenLedger, done on a new network by the commands
// that a person would type; each is shown as it is given.
type Demo struct {
	Net   *Net
	Texts [2][]Text // of the first and the second peer
	Quick bool
	Out   io.Writer

	Licence string   // of the texts
	Prompts []string // what the adapter is asked to go on with; none: beginnings of the texts
	Model   string   // folder of the base; empty: one is trained from scratch

	begun   time.Time
	chapter int
}

// The Datanets of a demonstration, and what is made of them.
const (
	firstDatanet, secondDatanet = "texts-a", "texts-b"
	baseName, adapterName       = "base", "adapter"
)

// A chapter is one part of the story.
type chapter struct {
	title string
	do    func(context.Context) error
}

// Run does it all. What was made stays in the folder of the network, whose peers
// run on.
func (d *Demo) Run(ctx context.Context) error {
	d.begun = time.Now()
	for _, c := range []chapter{
		{"Peers start", d.start},
		{"Two communities share their data", d.share},
		d.baseChapter(),
		{"A LoRA is trained by peers that do not trust each other", d.train},
		{"The adapter answers", d.answer},
	} {
		d.chapter++
		begun := time.Now()
		fmt.Fprintf(d.Out, "\n%d. %s\n\n", d.chapter, c.title)
		if err := c.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", strings.ToLower(c.title[:1])+c.title[1:], err)
		}
		fmt.Fprintf(d.Out, "   (%s)\n", time.Since(begun).Round(100*time.Millisecond))
	}
	return nil
}

// say tells a line of the story.
func (d *Demo) say(format string, args ...any) {
	for line := range strings.Lines(fmt.Sprintf(format, args...)) {
		fmt.Fprintf(d.Out, "   %s\n", strings.TrimRight(line, "\n"))
	}
}

// do gives a command as one of the peers and shows what it answers.
func (d *Demo) do(ctx context.Context, p *Peer, args ...string) error {
	fmt.Fprintf(d.Out, "   %s$ peer %s\n", p.Name, strings.Join(quoted(args), " "))
	c := p.Command(ctx, args...)
	var problem bytes.Buffer
	answer, told := d.indented(), d.indented()
	c.Stdout, c.Stderr = answer, io.MultiWriter(told, &problem)
	err := c.Run()
	answer.flush()
	told.flush()
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("peer %s, as %s: %w", strings.Join(args, " "), p.Name, errors.Join(err, reason(problem.String())))
	}
	return nil
}

func quoted(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		if out[i] = a; strings.ContainsAny(a, " \t\n\"'(){}*") || a == "" {
			out[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
	}
	return out
}

// indented passes whole lines on, each moved to the right.
func (d *Demo) indented() *lines { return &lines{to: d.Out, by: "      "} }

type lines struct {
	mu   sync.Mutex
	to   io.Writer
	by   string
	rest []byte
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rest = append(l.rest, b...)
	for {
		n, line, err := bufio.ScanLines(l.rest, false)
		if n == 0 || err != nil {
			return len(b), err
		}
		if _, err := fmt.Fprintf(l.to, "%s%s\n", l.by, line); err != nil {
			return 0, err
		}
		l.rest = l.rest[n:]
	}
}

// flush writes a last line that did not end.
func (l *lines) flush() {
	if len(l.rest) > 0 {
		l.Write([]byte("\n"))
	}
}

func (d *Demo) start(ctx context.Context) error {
	if err := d.Net.Up(ctx); err != nil {
		return err
	}
	for _, p := range d.Net.Peers {
		d.say("%-8s %s  %s", p.Name, p.Account, p.Does)
	}
	d.say("Each is a process with a key and a home of its own below %s.", filepath.Join(d.Net.Dir, "homes"))
	return nil
}
