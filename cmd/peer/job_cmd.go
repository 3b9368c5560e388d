package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/cmd/peer/requester"
	"github.com/openledger/openledger/compute/job"
)

func jobCmd(a *app) *cobra.Command {
	one := func(use, short, long string, run func(h home, s *settings, words []string) (report, error)) *cobra.Command {
		return &cobra.Command{Use: use + " JOB", Short: short, Long: long + "\n\nJOB is its ID, the beginning of one, or \"last\".", Annotations: live,
			Args: takes(1, 1), Example: "  peer job " + use + " --help", RunE: a.inHome(run)}
	}
	ordered := func(use, short, long string, what job.What) *cobra.Command {
		return one(use, short, long, taskOf(a, jobOrder, func(w []string) (orderArgs, error) { return orderArgs{w[0], what}, nil }))
	}
	return group("job", "Have training jobs done, and see where they are", `Have training jobs done by workers of the network, and see where they are. Each
result is computed by as many workers as its level says, compared bit by bit,
audited, and paid; who computed something else is convicted by a fraud proof
that "peer verify" checks.`, "  peer job --help",
		jobSubmitCmd(a),
		&cobra.Command{Use: "list", Short: "List the jobs of this peer", Annotations: live, Args: takes(0, 0), Example: "  peer job list\n  peer job list --output json",
			RunE: a.inHome(taskOf(a, jobList, noArgs))},
		one("show", "Show where a job is", "Show where a job is: replicas, audits, disputes, money.", taskOf(a, jobShow, firstJob)),
		one("explain", "Say why a job is where it is, and what happens next", "Say in plain words why a job is where it is, what happens next and when, and why\npeers did not bid.", taskOf(a, jobExplain, firstJob)),
		one("logs", "Print the steps and losses that workers told", "Print the steps and losses that workers told.", taskOf(a, jobLogs, firstJob)),
		one("history", "Print all that happened to a job", "Print all that happened to a job, from its journal.", taskOf(a, jobHistory, firstJob)),
		jobGetCmd(a),
		ordered("cancel", "End a job", "End a job. What was proven until then is paid, the rest of the money goes back.", job.Cancel),
		ordered("pause", "Halt a job", "Halt a job; its deadlines wait.", job.Pause),
		ordered("resume", "Let a paused job go on", "Let a paused job go on.", job.Resume),
	)
}

func jobSubmitCmd(a *app) *cobra.Command {
	var o order
	c := &cobra.Command{Use: "submit", Short: "Submit a training job and return", Annotations: live, Args: takes(0, 0), Example: `  peer train local --preset tiny --text "to be or not to be" --steps 2 --out tiny
  echo '{"text":"to be or not to be, that is the question"}' > verses.jsonl
  peer datanet create verses --licence CC0-1.0
  peer datanet add verses verses.jsonl
  peer datanet publish verses
  peer job submit --base tiny --datanet verses --preset quick --estimate
  peer job submit --base tiny --datanet verses --preset quick
  peer job explain last
  peer job cancel last`,
		Long: `Submit a training job and return at once; "peer train" also waits for it. A
model, a Datanet and a preset make a complete job; --estimate says what it would
take and submits nothing.`,
		RunE: a.inHome(func(h home, s *settings, _ []string) (report, error) {
			o.absolute()
			r, err := jobSubmit.run(a, h, s, o, io.Discard)
			if err != nil {
				return nil, err
			}
			return r, nil
		})}
	o.flags(c.Flags())
	return c
}

// absolute makes a model's folder one that the running peer finds.
func (o *order) absolute() {
	if _, err := os.Stat(filepath.Join(o.Base, "config.json")); err == nil {
		if path, err := filepath.Abs(o.Base); err == nil {
			o.Base = path
		}
	}
}

func jobGetCmd(a *app) *cobra.Command {
	var out string
	c := &cobra.Command{Use: "get JOB", Short: "Write what a job trained into a folder", Annotations: live, Args: takes(1, 1), Example: "  peer job get --help",
		Long: "Write what a job trained into a folder: an adapter as PEFT keeps it, or a model.\nIt is there once the job is FINAL.\n\nJOB is its ID, the beginning of one, or \"last\".",
		RunE: a.inHome(func(h home, s *settings, words []string) (report, error) {
			if out == "" {
				return nil, problemf(exitUsage, "give --out FOLDER", "where the result goes is not said")
			}
			path, err := filepath.Abs(out)
			if err != nil {
				return nil, err
			}
			r, err := jobGet.run(a, h, s, getArgs{words[0], path}, io.Discard)
			if err != nil {
				return nil, err
			}
			return r, nil
		})}
	c.Flags().StringVar(&out, "out", "", "`folder` for the result")
	return c
}

func firstJob(w []string) (string, error) { return w[0], nil }

// find returns the job that an ID, the beginning of one, or "last" means.
func (j *jobs) find(ref string) (job.ID, error) {
	all, err := j.requester.Jobs()
	if err != nil {
		return job.ID{}, err
	}
	if ref == "last" && len(all) > 0 {
		return all[0].ID, nil
	}
	var found []job.ID
	for _, v := range all {
		if strings.HasPrefix(hex.EncodeToString(v.ID[:]), strings.ToLower(ref)) && len(ref) >= 4 {
			found = append(found, v.ID)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return job.ID{}, problemf(exitUsage, `"peer job list" shows all`, "%q means %d jobs of this peer", ref, len(found))
}

// jobTask is a task about one job.
func jobTask[R report](name string, do func(ctx context.Context, j *jobs, id job.ID) (R, error)) task[string, R] {
	return task[string, R]{name, func(ctx context.Context, r *repo, _ *feed, ref string) (out R, err error) {
		if r.jobs == nil {
			return out, errNoJobs()
		}
		id, err := r.jobs.find(ref)
		if err != nil {
			return out, err
		}
		return do(ctx, r.jobs, id)
	}}
}

var (
	jobList = task[none, jobsReport]{"job/list", func(_ context.Context, r *repo, _ *feed, _ none) (out jobsReport, err error) {
		if r.jobs == nil {
			return out, errNoJobs()
		}
		all, err := r.jobs.requester.Jobs()
		for _, v := range all {
			out.Jobs = append(out.Jobs, lineOf(v))
		}
		return out, err
	}}
	jobShow    = jobTask("job/show", func(ctx context.Context, j *jobs, id job.ID) (jobReport, error) { return j.show(ctx, id) })
	jobExplain = jobTask("job/explain", func(ctx context.Context, j *jobs, id job.ID) (explainReport, error) {
		r, err := j.show(ctx, id)
		return explainReport{r}, err
	})
	jobLogs = jobTask("job/logs", func(_ context.Context, j *jobs, id job.ID) (out historyReport, err error) {
		all, err := j.requester.History(id)
		for _, e := range all {
			if e.Beat != nil {
				out.Entries = append(out.Entries, entryOf(e))
			}
		}
		return out, err
	})
	jobHistory = jobTask("job/history", func(_ context.Context, j *jobs, id job.ID) (out historyReport, err error) {
		all, err := j.requester.History(id)
		for _, e := range all {
			out.Entries = append(out.Entries, entryOf(e))
		}
		return out, err
	})
	jobOrder = task[orderArgs, jobReport]{"job/order", func(ctx context.Context, r *repo, _ *feed, args orderArgs) (out jobReport, err error) {
		if r.jobs == nil {
			return out, errNoJobs()
		}
		id, err := r.jobs.find(args.Job)
		if err == nil {
			err = r.jobs.requester.Order(ctx, id, args.What)
		}
		if err != nil {
			return out, err
		}
		return r.jobs.show(ctx, id)
	}}
	jobGet = task[getArgs, getReport]{"job/get", func(ctx context.Context, r *repo, _ *feed, args getArgs) (out getReport, err error) {
		if r.jobs == nil {
			return out, errNoJobs()
		}
		id, err := r.jobs.find(args.Job)
		if err != nil {
			return out, err
		}
		b, err := r.jobs.requester.Result(ctx, id)
		if err != nil {
			return out, err
		}
		defer b.Close()
		out = getReport{ID: fullID(id), Out: args.Out, Method: b.Spec.Method.String()}
		if out.CID, err = b.Write(ctx, args.Out, r.jobs.source); err != nil {
			return out, err
		}
		d, err := b.Digest()
		out.Digest = d.String()
		return out, err
	}}
)

type orderArgs struct {
	Job  string
	What job.What
}

type getArgs struct{ Job, Out string }

type getReport struct {
	ID     string `json:"id"`
	Out    string `json:"out"`
	Method string `json:"method"`
	CID    string `json:"cid"`
	Digest string `json:"state_digest"`
}

func (r getReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "trained\t%s\nmethod\t%s\nstate digest\t%s\ncid\t%s\n", r.Out, r.Method, r.Digest, r.CID)
	w.Flush()
}

type jobLine struct {
	ID     string    `json:"id"`
	Status string    `json:"status"`
	Step   uint64    `json:"step"`
	Steps  uint64    `json:"steps"`
	Loss   float32   `json:"loss"`
	Began  time.Time `json:"began"`
}

func lineOf(v requester.View) jobLine {
	return jobLine{fullID(v.ID), v.Status.String(), v.Step, v.Spec.Steps(), v.Loss, v.Began}
}

type jobsReport struct {
	Jobs []jobLine `json:"jobs"`
}

func (r jobsReport) text(out io.Writer) {
	w := table(out)
	for _, j := range r.Jobs {
		fmt.Fprintf(w, "%s\t%s\tstep %d of %d\tloss %.4f\t%s\n", j.ID[:16], j.Status, j.Step, j.Steps, j.Loss, j.Began.Format(time.DateTime))
	}
	w.Flush()
}

type jobReport struct {
	jobLine
	Level    string     `json:"level"`
	Model    string     `json:"model"`
	Data     string     `json:"datanet"`
	Spec     string     `json:"spec"`
	Reward   job.Amount `json:"reward"`
	Why      string     `json:"why"`
	Next     string     `json:"next"`
	By       *time.Time `json:"by,omitempty"`
	Left     float64    `json:"seconds_left,omitempty"`
	Parts    []string   `json:"parts"`
	Refused  []string   `json:"refused,omitempty"`
	Declined []string   `json:"declined,omitempty"`
	Ledger   string     `json:"ledger"` // what the money is of
	Money    []string   `json:"money,omitempty"`
	Proofs   []string   `json:"proofs,omitempty"`
	Charges  []string   `json:"charges,omitempty"` // for "peer chain convict"
	Over     bool       `json:"over"`
	Sent     uint64     `json:"sent_bytes"` // messages, openings, and blocks of model, data and states
	Received uint64     `json:"received_bytes"`
}

func (j *jobs) show(ctx context.Context, id job.ID) (jobReport, error) {
	v, err := j.requester.View(id)
	if err != nil {
		return jobReport{}, err
	}
	r := jobReport{
		jobLine: lineOf(v), Level: v.Spec.Level.String(), Model: v.Spec.Model.String(), Data: v.Spec.Manifest.String(), Spec: specCID(id).String(),
		Reward: v.Spec.Terms.Reward, Why: v.Explanation.Why, Next: v.Explanation.Next, Left: v.Left.Seconds(),
		Parts: v.Explanation.Parts, Refused: v.Explanation.Refuse, Declined: v.Explanation.Declined, Over: v.Status.Over(),
	}
	if by := v.Explanation.By; by > 0 {
		at := time.UnixMilli(int64(by)).UTC()
		r.By = &at
	}
	moved, err := j.mail.Moved(id)
	if err != nil {
		return r, err
	}
	r.Sent, r.Received = moved.Sent, moved.Received
	for end, to := range map[string]*[]string{".proof": &r.Proofs, ".charge": &r.Charges} {
		if *to, err = filepath.Glob(filepath.Join(j.repo.home.path("proofs"), id.String()+"-*"+end)); err != nil {
			return r, err
		}
	}
	chained, err := j.escrow.View(ctx, id)
	if err != nil {
		return r, ledgerProblem(err)
	}
	if r.Ledger = chained.Where; chained.OnChain {
		r.Money = chained.Lines
		return r, nil
	}
	r.Ledger = "this peer's own book: play money, none of it is on a chain"
	moves, err := j.ledger.Movements(id)
	for _, m := range moves {
		r.Money = append(r.Money, fmt.Sprintf("%s from %s of %s to %s of %s", m.Amount, m.From.Kind, m.From.Owner, m.To.Kind, m.To.Owner))
	}
	return r, err
}

func (r jobReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "job\t%s\nstatus\t%s\nlevel\t%s\nmodel\t%s\ndatanet\t%s\nreward\t%s\nledger\t%s\n", r.ID, r.Status, r.Level, r.Model, r.Data, r.Reward, r.Ledger)
	if r.Step > 0 {
		fmt.Fprintf(w, "step\t%d of %d, loss %.4f\n", r.Step, r.Steps, r.Loss)
	}
	if r.Sent+r.Received > 0 {
		fmt.Fprintf(w, "moved\t%d bytes out, %d in\n", r.Sent, r.Received)
	}
	for _, l := range []struct {
		name string
		all  []string
	}{{"part", r.Parts}, {"money", r.Money}, {"fraud proof", r.Proofs}, {"charge", r.Charges}} {
		for _, x := range l.all {
			fmt.Fprintf(w, "%s\t%s\n", l.name, x)
		}
	}
	w.Flush()
}

type explainReport struct{ jobReport }

func (r explainReport) text(out io.Writer) {
	fmt.Fprintf(out, "Job %s is %s: %s.\nNext: %s.\n", r.ID[:16], r.Status, r.Why, r.Next)
	if r.By != nil {
		fmt.Fprintf(out, "Something follows by %s at the latest.\n", r.By.Format(time.RFC3339))
	}
	for _, x := range r.Parts {
		fmt.Fprintf(out, "- %s\n", x)
	}
	for _, x := range r.Declined {
		fmt.Fprintf(out, "- peers that did not bid or gave up: %s\n", x)
	}
	for _, x := range r.Refused {
		fmt.Fprintf(out, "- refused: %s\n", x)
	}
}

type entryLine struct {
	At   time.Time `json:"at"`
	Who  string    `json:"who,omitempty"`
	What string    `json:"what"`
	Step uint64    `json:"step,omitempty"`
	Loss float32   `json:"loss,omitempty"`
}

func entryOf(e requester.Entry) entryLine {
	l := entryLine{At: e.At.UTC(), What: e.What}
	if e.Who != (address{}).Account {
		l.Who = e.Who.String()
	}
	if e.Beat != nil {
		l.Step, l.Loss = e.Beat.Step, e.Beat.Loss
	}
	return l
}

type historyReport struct {
	Entries []entryLine `json:"entries"`
}

func (r historyReport) text(out io.Writer) {
	w := table(out)
	for _, e := range r.Entries {
		who := e.Who
		if who == "" {
			who = "this peer"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", e.At.Format("2006-01-02 15:04:05.000"), who, e.What)
	}
	w.Flush()
}
