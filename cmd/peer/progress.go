package main

import (
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far something long has got: a bar on a terminal, now and
// then a line elsewhere.
type progress interface {
	add(n int64)
	say(what string) // what stands beside the bar
	finish()
}

// terminal is standard error if it is one; answers go to standard output, so
// the bar disturbs no pipe.
func (a *app) terminal() (*os.File, bool) {
	f, ok := a.err.(*os.File)
	return f, ok && a.output == "text" && term.IsTerminal(int(f.Fd()))
}

// bar shows bytes of a download, or steps where what is empty.
func (a *app) bar(total int64, what string) progress {
	f, ok := a.terminal()
	if !ok {
		return &lines{a: a, total: total, what: what, last: time.Now()}
	}
	options := []progressbar.Option{
		progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what), progressbar.OptionFullWidth(),
		progressbar.OptionThrottle(100 * time.Millisecond), progressbar.OptionSetPredictTime(true),
	}
	if what != "" {
		options = append(options, progressbar.OptionShowBytes(true))
	} else {
		options = append(options, progressbar.OptionShowCount())
	}
	return terminalBar{progressbar.NewOptions64(total, options...), f}
}

type terminalBar struct {
	bar *progressbar.ProgressBar
	f   *os.File
}

// A bar that cannot be drawn is no reason to stop the work.
func (b terminalBar) add(n int64)     { _ = b.bar.Add64(n) }
func (b terminalBar) say(what string) { b.bar.Describe(what) }
func (b terminalBar) finish() {
	_ = b.bar.Finish()
	fmt.Fprintln(b.f)
}

// lines writes a line every few seconds, and one at the end.
type lines struct {
	a           *app
	total, done int64
	what        string
	last        time.Time
}

const lineEvery = 5 * time.Second

func (l *lines) add(n int64) {
	l.done += n
	if l.done >= l.total || time.Since(l.last) < lineEvery {
		return
	}
	l.line()
}

func (l *lines) say(what string) { l.what = what }
func (l *lines) finish() {
	if l.done > 0 {
		l.line()
	}
}

func (l *lines) line() {
	l.last = time.Now()
	if l.a.output == "text" {
		fmt.Fprintf(l.a.err, "%s %d/%d\n", l.what, l.done, l.total)
	}
}
