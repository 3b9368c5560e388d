package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/openledger/openledger/compute/train"
)

// A watcher follows a training: a bar or lines for the person, one JSON object
// a step in a file, and the events for the curve. The file outlives a stopped
// run, so that the curve of a resumed one is whole.
type watcher struct {
	a      *app
	bar    progress
	file   *os.File
	events []train.Event
	first  bool
	err    error
}

func (a *app) watch(path string, steps int) (*watcher, error) {
	w := &watcher{a: a, bar: a.bar(int64(steps), ""), first: true}
	if err := w.read(path); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var err error
	w.file, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	return w, err
}

// read takes the events of an earlier part of the run.
func (w *watcher) read(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var e train.Event
		if json.Unmarshal(s.Bytes(), &e) == nil { // the last line may be cut off
			w.events = append(w.events, e)
		}
	}
	return nil
}

func (w *watcher) event(e train.Event) {
	if w.first { // what was seen beyond the checkpoint is done again
		w.first = false
		for len(w.events) > 0 && w.events[len(w.events)-1].Step >= e.Step {
			w.events = w.events[:len(w.events)-1]
		}
		w.bar.add(int64(e.Step - 1))
	}
	w.events = append(w.events, e)
	line, err := json.Marshal(e)
	if err == nil {
		_, err = w.file.Write(append(line, '\n'))
	}
	w.err = errors.Join(w.err, err)
	w.bar.say(describe(e))
	w.bar.add(1)
}

// describe is one event in a few words.
func describe(e train.Event) string {
	words := []string{fmt.Sprintf("step %d", e.Step), fmt.Sprintf("loss %.4f", e.Loss)}
	if e.Valid != nil {
		words = append(words, fmt.Sprintf("valid %.4f", *e.Valid))
	}
	if e.Speed > 0 {
		words = append(words, countText(int(e.Speed))+" tok/s", "left "+e.Left.Round(time.Second).String())
	}
	return strings.Join(words, "  ")
}

func (w *watcher) close() error {
	w.bar.finish()
	return errors.Join(w.err, w.file.Close())
}
