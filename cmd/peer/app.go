package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// An app is what every command gets: the streams, the environment and the
// flags that all commands share.
type app struct {
	in       *os.File // the terminal that a passphrase is asked on
	out, err io.Writer
	environ  []string // NAME=value, as os.Environ

	homeFlag  string
	output    string
	overrides []override // settings given by flags, in their order
}

// An override is one setting given by a flag; of two with one key the later counts.
type override struct{ key, text, source string }

func newApp(in *os.File, out, err io.Writer) *app {
	return &app{in: in, out: out, err: err, environ: os.Environ()}
}

// execute runs one command line and prints its error, if any, as one line.
func (a *app) execute(args []string) exitCode {
	root := newRoot(a)
	root.SetArgs(args)
	err := root.Execute()
	if err == nil {
		return exitDone
	}
	code, line := codeOf(err), oneLine(err.Error())
	if a.output == "json" {
		json.NewEncoder(a.err).Encode(struct {
			Error string   `json:"error"`
			Code  exitCode `json:"code"`
		}{line, code})
	} else {
		fmt.Fprintln(a.err, "peer:", line)
	}
	return code
}

func (a *app) getenv(name string) (string, bool) {
	for _, kv := range a.environ {
		if k, v, _ := strings.Cut(kv, "="); k == name {
			return v, true
		}
	}
	return "", false
}

// homeDir is the absolute path of the home that flag, environment or default name.
func (a *app) homeDir() (home, error) {
	dir := a.homeFlag
	if dir == "" {
		dir, _ = a.getenv("OPENLEDGER_PATH")
	}
	if dir == "" {
		user, err := os.UserHomeDir()
		if err != nil {
			return "", problemf(exitHome, "name one with --home or $OPENLEDGER_PATH", "find the home: %w", err)
		}
		dir = filepath.Join(user, ".openledger")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", homeProblem(err)
	}
	return home(abs), nil
}

// open returns the home, which must have been made by peer init, and its settings.
func (a *app) open() (home, *settings, error) {
	h, err := a.homeDir()
	if err != nil {
		return "", nil, err
	}
	if err := h.check(); err != nil {
		return "", nil, err
	}
	s, err := a.settings(h)
	return h, s, err
}

// inHome makes a command of work on an existing home: it shows what work
// answers, unless that is nil.
func (a *app) inHome(work func(h home, s *settings, args []string) (report, error)) func(*cobra.Command, []string) error {
	return func(_ *cobra.Command, args []string) error {
		h, s, err := a.open()
		if err != nil {
			return err
		}
		answer, err := work(h, s, args)
		if err != nil || answer == nil {
			return err
		}
		return a.show(answer)
	}
}

func (a *app) settings(h home) (*settings, error) {
	return loadSettings(h.configFile(), a.environ, a.overrides)
}

// A report is the answer of a command in its two forms: the fields are the
// JSON, text writes what a person reads.
type report interface{ text(w io.Writer) }

// show prints the answer in the form that --output asks for.
func (a *app) show(r report) error {
	w := bufio.NewWriter(a.out)
	if a.output == "json" {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		if err := enc.Encode(r); err != nil {
			return err
		}
	} else {
		r.text(w)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}

func (a *app) logger(c logConfig) *slog.Logger {
	opts := &slog.HandlerOptions{Level: c.Level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(a.err, opts))
	}
	return slog.New(slog.NewTextHandler(a.err, opts))
}

// group makes a command that only holds others.
func group(use, short, long, example string, children ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Long: long, Example: example}
	c.AddCommand(children...)
	c.Args = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		var names []string
		for _, child := range c.Commands() {
			names = append(names, child.Name())
		}
		return problemf(exitUsage, fmt.Sprintf("did you mean %q?", c.CommandPath()+" "+nearest(args[0], names)),
			"%q has no command %q", c.CommandPath(), args[0])
	}
	c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	return c
}

// takes wants between min and max arguments.
func takes(min, max int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) >= min && len(args) <= max {
			return nil
		}
		return problemf(exitUsage, fmt.Sprintf("usage: %s", c.UseLine()), "%s got %d arguments", c.CommandPath(), len(args))
	}
}

// A settingFlag is a flag that stands for a setting: --scrypt light for
// --set key.scrypt=light. With no key it is --set itself.
type settingFlag struct {
	app       *app
	name, key string
}

func (f settingFlag) String() string { return "" }
func (f settingFlag) Type() string   { return "value" }

func (f settingFlag) Set(text string) error {
	key := f.key
	switch {
	case key == "":
		var ok bool
		if key, text, ok = strings.Cut(text, "="); !ok {
			return errors.New("want KEY=VALUE, as in --set log.level=debug")
		}
	case strings.HasSuffix(key, "_file"): // from where the user stands, not from the home
		abs, err := filepath.Abs(text)
		if err != nil {
			return err
		}
		text = abs
	}
	f.app.overrides = append(f.app.overrides, override{key, text, "flag --" + f.name})
	return nil
}

// settingFlag adds a flag for one setting to a command and those below it.
func (a *app) settingFlag(c *cobra.Command, name, key, usage string) {
	c.PersistentFlags().Var(settingFlag{a, name, key}, name, usage)
}
