package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
)

// An exitCode tells a script what kind of thing went wrong. The numbers are
// append-only and printed by peer --help.
type exitCode int

const (
	exitDone        exitCode = 0
	exitFailed      exitCode = 1
	exitUsage       exitCode = 2
	exitConfig      exitCode = 3
	exitHome        exitCode = 4
	exitKey         exitCode = 5
	exitBusy        exitCode = 6
	exitCheck       exitCode = 7
	exitInterrupted exitCode = 130
)

const exitHelp = `Exit codes:
  0    done
  1    failed
  2    wrong usage: an unknown command, flag or argument
  3    configuration: malformed, unknown or refused
  4    home: missing, unreadable, read-only or of another version
  5    key: missing, corrupt, readable by others, or a wrong passphrase
  6    in use: the home belongs to a running peer, or the port is taken
  7    a check failed
  130  interrupted`

// A problem is an error that a person can mend: what is wrong, then how.
type problem struct {
	code   exitCode
	err    error
	remedy string
}

func (p *problem) Error() string {
	if p.remedy == "" {
		return p.err.Error()
	}
	return p.err.Error() + "; " + p.remedy
}

func (p *problem) Unwrap() error { return p.err }

func problemf(code exitCode, remedy, format string, args ...any) error {
	return &problem{code, fmt.Errorf(format, args...), remedy}
}

// codeOf is the exit code that err stands for.
func codeOf(err error) exitCode {
	var p *problem
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &p):
		return p.code
	}
	return exitFailed
}

// homeProblem adds the remedy to an error met while reading or writing the home.
func homeProblem(err error) error {
	remedy := "choose another home with --home or $OPENLEDGER_PATH"
	switch {
	case errors.Is(err, syscall.EROFS):
		remedy = "the disk is read-only: mount it writable, or " + remedy
	case errors.Is(err, syscall.ENOSPC):
		remedy = "the disk is full: make room, or " + remedy
	case errors.Is(err, fs.ErrPermission):
		remedy = "make the folder yours (chown, chmod 700), or " + remedy
	}
	return &problem{exitHome, err, remedy}
}

// oneLine folds the line breaks that some libraries put into their errors.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
