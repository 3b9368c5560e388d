package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/compute/tokenizer"
)

func tokenizerCmd(a *app) *cobra.Command {
	return group("tokenizer", "Make tokenizers", "Make a tokenizer for a new domain.", "  peer tokenizer train --help", tokenizerTrainCmd(a))
}

var tokenizerPatterns = map[string]tokenizer.Pattern{"gpt2": tokenizer.GPT2, "llama3": tokenizer.Llama3, "qwen2": tokenizer.Qwen2}

func tokenizerTrainCmd(a *app) *cobra.Command {
	var data, out, pattern string
	var vocab, minimum, threads int
	c := &cobra.Command{
		Use: "train", Short: "Make a byte-level BPE tokenizer of texts", Args: takes(0, 0),
		Long: `Make a byte-level BPE tokenizer of a file or folder and write it as a standard
tokenizer.json. The same texts give the same tokenizer on every machine. Data is
read as "peer train local" reads it.`,
		Example: `  echo "a tokenizer cuts text into tokens" > notes.txt
  peer tokenizer train --data notes.txt --vocab 300 --out tokenizer.json`,
		RunE: func(*cobra.Command, []string) error {
			if data == "" {
				return problemf(exitUsage, "give --data FILE or FOLDER", "what to learn from is not said")
			}
			p, ok := tokenizerPatterns[pattern]
			if !ok {
				return problemf(exitUsage, "want llama3, gpt2 or qwen2", "--pattern is %q", pattern)
			}
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			bar := a.bar(int64(vocab), "")
			made := 0
			t, err := tokenizerOf(ctx, data, tokenizer.TrainConfig{
				VocabSize: vocab, MinFrequency: minimum, Pattern: p, Threads: threads,
				Progress: func(n, _ int) { bar.add(int64(n - made)); made = n },
			})
			bar.finish()
			if err == nil {
				err = t.Save(out)
			}
			if ctx.Err() != nil {
				return problemf(exitInterrupted, "", "no tokenizer written")
			}
			if err != nil {
				return err
			}
			return a.show(tokenizerReport{out, t.VocabSize(), fmt.Sprintf("%x", t.Digest())})
		},
	}
	f := c.Flags()
	f.StringVar(&data, "data", "", "`file` or folder of texts")
	f.StringVar(&out, "out", "tokenizer.json", "`file` to write")
	f.IntVar(&vocab, "vocab", 8192, "tokens in all; short texts give fewer")
	f.IntVar(&minimum, "min-frequency", 2, "a pair seen less often is not merged")
	f.StringVar(&pattern, "pattern", "llama3", "how text is cut into words: llama3, gpt2 or qwen2")
	f.IntVar(&threads, "threads", 0, "threads (default: one a core); the result does not depend on it")
	return c
}

type tokenizerReport struct {
	File   string `json:"file"`
	Vocab  int    `json:"vocab"`
	Digest string `json:"digest"`
}

func (r tokenizerReport) text(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "file\t%s\ntokens\t%d\ndigest\t%s\n", r.File, r.Vocab, r.Digest)
	w.Flush()
}
