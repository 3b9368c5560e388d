package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/term"
)

// passphrase finds the keystore's passphrase: the file of a flag, else
// $OPENLEDGER_PASSPHRASE, else the file of the settings, else it asks, twice
// when the passphrase is to be a new one. It is never a flag's value, which
// every user of the machine could read.
func (a *app) passphrase(h home, c keyConfig, isNew bool) (string, error) {
	env, inEnv := a.getenv("OPENLEDGER_PASSPHRASE")
	byFlag := slices.ContainsFunc(a.overrides, func(o override) bool { return o.key == "key.passphrase_file" })
	var text string
	switch {
	case c.PassphraseFile != "" && (byFlag || !inEnv):
		data, err := readSecret(h.resolve(c.PassphraseFile))
		if err != nil {
			return "", fmt.Errorf("passphrase file: %w", err)
		}
		text = strings.TrimRight(string(data), "\r\n")
	case inEnv:
		text = env
	case term.IsTerminal(int(a.in.Fd())):
		return a.askPassphrase(isNew)
	default:
		return "", problemf(exitKey, "set OPENLEDGER_PASSPHRASE, or name a file with --passphrase-file", "no passphrase: there is no terminal to ask on")
	}
	if text == "" && isNew {
		return "", problemf(exitKey, "choose one", "the passphrase is empty")
	}
	return text, nil
}

func (a *app) askPassphrase(isNew bool) (string, error) {
	text, err := a.ask("Passphrase: ")
	if err != nil || !isNew {
		return text, err
	}
	if text == "" {
		return "", problemf(exitKey, "choose one", "the passphrase is empty")
	}
	again, err := a.ask("The same again: ")
	if err == nil && again != text {
		err = problemf(exitKey, "try again", "the two passphrases differ")
	}
	return text, err
}

// ask reads a line without echo. An interrupt, by key or by signal, leaves the
// terminal as it was.
func (a *app) ask(label string) (string, error) {
	fd := int(a.in.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return "", fmt.Errorf("ask for the passphrase: %w", err)
	}
	defer term.Restore(fd, before)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(stop)
	type line struct {
		text string
		err  error
	}
	typed := make(chan line, 1)
	go func() { // after a signal it ends with the process: a read of a terminal cannot be called off
		text, err := term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{a.in, a.err}, "").ReadPassword(label)
		typed <- line{text, err}
	}()
	interrupted := problemf(exitInterrupted, "", "interrupted")
	select {
	case l := <-typed:
		if errors.Is(l.err, io.EOF) { // Ctrl-C
			return "", interrupted
		}
		return l.text, l.err
	case <-stop:
		return "", interrupted
	}
}
