package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
)

type exportArgs struct {
	Datanet, Format string
}

// An exported is one record as a line of JSON.
type exported struct {
	Text         string           `json:"text"`
	Contributor  string           `json:"contributor,omitempty"`
	Account      *record.Account  `json:"account,omitempty"`
	Key          string           `json:"key,omitempty"`
	Source       string           `json:"source"`
	Offset       uint64           `json:"offset"`
	Length       uint64           `json:"length"`
	Verbatim     bool             `json:"verbatim,omitempty"`
	Licence      manifest.Licence `json:"licence"`
	Contribution string           `json:"contribution"`
	Record       uint64           `json:"record"`
}

// exportedBytes is how much is sent at once.
const exportedBytes = 256 << 10

var datanetExport = task[exportArgs, exportReport]{"datanet/export", func(ctx context.Context, r *repo, f *feed, args exportArgs) (report exportReport, err error) {
	k, d, err := r.opened(ctx, args.Datanet)
	if err != nil {
		return report, err
	}
	report = exportReport{Name: k.Name, CID: d.CID().String(), Format: args.Format}
	get, done, err := r.reader(ctx, "export "+k.Name, d.ID())
	if err != nil {
		return report, err
	}
	defer done()
	out := bufio.NewWriterSize(writerFunc(func(b []byte) (int, error) {
		report.Bytes += uint64(len(b))
		return f.out.Write(b)
	}), exportedBytes)
	if args.Format == "car" {
		err = r.blocks.ExportCAR(ctx, out, d.CID())
	} else {
		err = exportLines(ctx, d, get, f, out, &report)
	}
	if err = errors.Join(err, out.Flush()); err != nil {
		return report, &problem{codeOf(err), err, missingRemedy(err)}
	}
	return report, nil
}}

// exportLines writes one line for each record that is not withdrawn.
func exportLines(ctx context.Context, d *manifest.Datanet, get manifest.Get, f *feed, out io.Writer, report *exportReport) error {
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	contributions, m := d.Contributions(), d.Manifest()
	total := int64(m.Stats.Records - m.Stats.Withdrawn)
	for item, err := range d.Records(ctx, get) {
		if err != nil {
			return err
		}
		c := contributions[item.Contribution]
		line := exported{Text: item.Text, Contributor: item.Credit.Name, Key: item.Key, Source: item.From.Name, Offset: item.Offset, Length: item.Length,
			Verbatim: item.Verbatim, Licence: c.Value().Licence, Contribution: c.CID().String(), Record: item.Index}
		if item.Credit.Account != (record.Account{}) {
			line.Account = &item.Credit.Account
		}
		if err := lines.Encode(line); err != nil {
			return err
		}
		report.Records++
		f.progress("records", int64(report.Records), total)
	}
	return nil
}

func datanetExportCmd(a *app) *cobra.Command {
	var to, format string
	c := &cobra.Command{
		Use: "export DATANET", Short: "Write the records of a Datanet to a file", Args: takes(1, 1),
		Long: `Write the records that are not withdrawn, one JSON object a line with its text,
contributor, licence and place in its source (jsonl); or all blocks of the version
as a CAR, which other implementations of IPFS read (car). Shards of which pieces
are missing are restored, with pieces of other peers if this one runs.`,
		Example: `  peer datanet create poems --licence CC0-1.0
  printf '{"text":"Roses are red"}\n' > poems.jsonl
  peer datanet add poems poems.jsonl
  peer datanet publish poems
  peer datanet export poems
  peer datanet export poems --format car --to poems.car`,
		RunE: a.inHome(func(h home, s *settings, words []string) (report, error) {
			if format != "jsonl" && format != "car" {
				return nil, problemf(exitUsage, "want jsonl or car", "--format is %q", format)
			}
			args := exportArgs{words[0], format}
			if to == "" {
				_, err := datanetExport.run(a, h, s, args, a.out)
				return nil, err
			}
			return exportTo(a, h, s, args, to)
		}),
	}
	c.Flags().StringVar(&to, "to", "", "`file` to write, in place of what is there (default standard output)")
	c.Flags().StringVar(&format, "format", "jsonl", "jsonl or car")
	return c
}

// exportTo writes a file that is whole or not there.
func exportTo(a *app, h home, s *settings, args exportArgs, path string) (report, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".export-*")
	if err != nil {
		return nil, problemf(exitFailed, "choose another --to", "%w", err)
	}
	defer os.Remove(f.Name())
	answer, err := datanetExport.run(a, h, s, args, f)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	if err := errors.Join(os.Chmod(f.Name(), 0o644), os.Rename(f.Name(), path)); err != nil {
		return nil, problemf(exitFailed, "choose another --to", "%w", err)
	}
	answer.To = path
	return answer, nil
}

type exportReport struct {
	Name    string `json:"name"`
	CID     string `json:"cid"`
	Format  string `json:"format"`
	To      string `json:"to"`
	Records int    `json:"records,omitempty"`
	Bytes   uint64 `json:"bytes"`
}

func (r exportReport) text(out io.Writer) {
	if r.Format == "car" {
		fmt.Fprintf(out, "Wrote %s of blocks of %s to %s.\n", size(r.Bytes), r.Name, r.To)
		return
	}
	fmt.Fprintf(out, "Wrote %d records (%s) of %s to %s.\n", r.Records, size(r.Bytes), r.Name, r.To)
}
