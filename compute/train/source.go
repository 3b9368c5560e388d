package train

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// maxRecord bounds one line of JSONL and one text file, in bytes.
const maxRecord = 64 << 20

// A Message is one turn of a conversation.
type Message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// Text turns written data into tokens the way a model expects them.
type Text struct {
	Encode   func(text string, special bool) []int32 // special: names of special tokens in text mean those tokens
	Render   func(messages []Message, generate bool) (string, error)
	BOS, EOS int32 // -1: the model has none
	Length   int   // positions of the longest sample
}

// Read makes samples of a file or of every text file below a folder, in path
// order. Files named .jsonl or .json hold one object a line, in one of four
// forms; everything else is plain UTF-8 text, cut into windows:
//
//	{"text": "..."}                                    all of it is learnt
//	{"prompt": "...", "completion": "..."}             the completion is learnt
//	{"instruction": "...", "input": "", "output": ".."} the output is learnt
//	{"messages": [{"role": "user", "content": ".."}]}  what the assistant says is learnt
//
// Other fields are left alone. An error names the file and the line.
func (t Text) Read(path string) ([]Sample, error) {
	out, _, err := t.ReadOwned(path)
	return out, err
}

// An Origin says where a sample is from.
type Origin struct {
	Record int    // counted from 0, in the order of Read
	Owner  string // the account of the record's contributor, else the name; "": it has neither
}

// ReadOwned is Read with the origin of each sample: of the fields "account" and
// "contributor" of an object.
func (t Text) ReadOwned(path string) (out []Sample, from []Origin, err error) {
	n := 0
	err = each(path, func(r record) error {
		samples, err := t.samples(r)
		owner := r.Account
		if owner == "" {
			owner = r.Contributor
		}
		for range samples {
			from = append(from, Origin{n, string(owner)})
		}
		out = append(out, samples...)
		n++
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if len(out) == 0 {
		return nil, nil, fmt.Errorf("training data: %s holds nothing to learn: give JSONL or UTF-8 text of more than one token", path)
	}
	return out, from, nil
}

// Texts calls use for every text that Read would learn from, for a tokenizer
// to be made of, until use returns false.
func Texts(path string, use func(text string) bool) error {
	err := each(path, func(r record) error {
		texts := []*string{r.Text, r.Prompt, r.Completion, r.Instruction, &r.Input, r.Output}
		for i := range r.Messages {
			texts = append(texts, &r.Messages[i].Content)
		}
		for _, s := range texts {
			if s != nil && *s != "" && !use(*s) {
				return errEnough
			}
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// errEnough ends an iteration; it is never shown.
var errEnough = errors.New("enough")

// A record is one object of JSONL, or a text file as a whole.
type record struct {
	Text        *string   `json:"text"`
	Prompt      *string   `json:"prompt"`
	Completion  *string   `json:"completion"`
	Instruction *string   `json:"instruction"`
	Input       string    `json:"input"`
	Output      *string   `json:"output"`
	Messages    []Message `json:"messages"`

	Account     name `json:"account"`
	Contributor name `json:"contributor"`
}

// A name is a field that others may use for something else: what is no text is
// none.
type name string

// UnmarshalJSON takes any value.
func (n *name) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*n = name(s)
	}
	return nil
}

// each calls use for each record of a file, or of every text file below a
// folder, in path order.
func each(path string, use func(record) error) error {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		err = eachOf(path, use)
	} else if err == nil {
		err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case strings.HasPrefix(d.Name(), ".") && p != path && d.IsDir():
				return filepath.SkipDir
			case strings.HasPrefix(d.Name(), ".") && p != path || !d.Type().IsRegular():
				return nil
			}
			if err := eachOf(p, use); !errors.Is(err, errNotText) {
				return err
			}
			return nil
		})
	}
	if err != nil {
		return fmt.Errorf("training data: %w", err)
	}
	return nil
}

// errNotText marks a file that a folder may hold but that is no training data.
var errNotText = errors.New("not UTF-8 text")

func eachOf(path string, use func(record) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if ext := filepath.Ext(path); ext == ".jsonl" || ext == ".json" {
		return eachLine(path, f, use)
	}
	text, err := io.ReadAll(io.LimitReader(f, maxRecord+1))
	if err != nil {
		return err
	}
	if len(text) > maxRecord {
		return fmt.Errorf("%s: longer than %d MiB: split the file", path, maxRecord>>20)
	}
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return fmt.Errorf("%s: %w", path, errNotText)
	}
	whole := string(text)
	return use(record{Text: &whole})
}

func eachLine(path string, f io.Reader, use func(record) error) error {
	s := bufio.NewScanner(f)
	s.Buffer(make([]byte, 64<<10), maxRecord)
	for n := 1; s.Scan(); n++ {
		line := bytes.TrimSpace(s.Bytes())
		if len(line) == 0 {
			continue
		}
		r, err := parse(line)
		if err == nil {
			err = use(r)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("%s: a line is longer than %d MiB: split the record", path, maxRecord>>20)
	}
	return s.Err()
}

func parse(line []byte) (record, error) {
	var r record
	if !utf8.Valid(line) {
		return r, errors.New("the line is not UTF-8")
	}
	if err := json.Unmarshal(line, &r); err != nil {
		return r, fmt.Errorf("not a JSON object of a known form: %w", err)
	}
	if r.Messages == nil && (r.Prompt == nil || r.Completion == nil) && (r.Instruction == nil || r.Output == nil) && r.Text == nil {
		return r, errors.New(`the object has none of "text", "prompt" with "completion", "instruction" with "output", "messages"`)
	}
	return r, nil
}

func (t Text) samples(r record) ([]Sample, error) {
	switch {
	case r.Messages != nil:
		return t.chat(r.Messages)
	case r.Prompt != nil && r.Completion != nil:
		return t.pair(*r.Prompt, *r.Completion)
	case r.Instruction != nil && r.Output != nil:
		prompt := *r.Instruction + "\n\n"
		if r.Input != "" {
			prompt += r.Input + "\n\n"
		}
		return t.pair(prompt, *r.Output)
	}
	return t.plain(*r.Text), nil
}

// plain is [BOS] text [EOS] in windows, all of it learnt.
func (t Text) plain(text string) []Sample {
	return Windows(t.close(append(t.open(), t.Encode(text, false)...)), t.Length)
}

func (t Text) pair(prompt, completion string) ([]Sample, error) {
	s, err := Completion([]Turn{
		{append(t.open(), t.Encode(prompt, false)...), false},
		{t.close(t.Encode(completion, false)), true},
	}, t.Length)
	if err != nil {
		return nil, err
	}
	return []Sample{s}, nil
}

// chat renders a conversation as serving renders it: what stands before each
// answer is exactly the prompt that serving would tokenise.
func (t Text) chat(messages []Message) ([]Sample, error) {
	if t.Render == nil {
		return nil, errors.New("the model has no chat template: give prompt and completion instead of messages")
	}
	var turns []Turn
	done := ""
	for i, m := range messages {
		if m.Role != "assistant" {
			continue
		}
		before, err := t.Render(messages[:i], true)
		if err != nil {
			return nil, fmt.Errorf("message %d: %w", i, err)
		}
		after, err := t.Render(messages[:i+1], false)
		if err != nil {
			return nil, fmt.Errorf("message %d: %w", i, err)
		}
		given, ok1 := strings.CutPrefix(before, done)
		learnt, ok2 := strings.CutPrefix(after, before)
		if !ok1 || !ok2 {
			return nil, fmt.Errorf("message %d: the chat template rewrites earlier turns, so the answer cannot be told from its prompt: train on one turn a record", i)
		}
		turns = append(turns, Turn{t.Encode(given, true), false}, Turn{t.Encode(learnt, true), true})
		done = after
	}
	s, err := Completion(turns, t.Length)
	if err != nil {
		return nil, err
	}
	return []Sample{s}, nil
}

func (t Text) open() []int32 {
	if t.BOS < 0 {
		return nil
	}
	return []int32{t.BOS}
}

func (t Text) close(tokens []int32) []int32 {
	if t.EOS < 0 {
		return tokens
	}
	return append(tokens, t.EOS)
}
