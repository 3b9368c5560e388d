package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/proofs/record"
)

// serveFlags say how a model is computed on this machine.
type serveFlags struct {
	Model    string
	Adapters []string
	Name     string
	Template string
	Memory   int64 // MiB
	Slots    int
	Queue    int
	Context  int
	Threads  int
	Q8       bool
}

func (f *serveFlags) add(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.Adapters, "adapter", nil, "`[NAME=]FOLDER` of an adapter, the name of one in the home, or a CID; may be repeated")
	c.Flags().StringVar(&f.Template, "chat-template", "", "`file` with the chat template (default: the model's)")
	c.Flags().Int64Var(&f.Memory, "memory", 1024, "MiB for keys, values and adapters")
	c.Flags().IntVar(&f.Context, "context", 0, "tokens of a conversation at most (default the model's)")
	c.Flags().IntVar(&f.Threads, "threads", 0, "threads (default: one a core); decides no bit")
	c.Flags().BoolVar(&f.Q8, "q8", false, "round the weights to int8: another model, with a CID of its own")
}

// absolute makes paths good for another process, which stands elsewhere.
func (f serveFlags) absolute() (serveFlags, error) {
	paths := append([]string{f.Model, f.Template}, f.Adapters...)
	for i, path := range paths {
		name, dir, ok := strings.Cut(path, "=")
		if i < 2 || !ok {
			name, dir, ok = "", path, false
		}
		if _, err := os.Stat(dir); err != nil || dir == "" {
			continue // a name, or a CID
		}
		abs, err := filepath.Abs(dir)
		if err != nil {
			return f, err
		}
		if paths[i] = abs; ok {
			paths[i] = name + "=" + abs
		}
	}
	f.Model, f.Template, f.Adapters = paths[0], paths[1], paths[2:]
	return f, nil
}

func serveCmd(a *app) *cobra.Command {
	f := &serveFlags{}
	var listenOn string
	var needToken, online bool
	c := &cobra.Command{
		Use: "serve [MODEL]", Short: "Serve a model and its adapters over OpenAI's API", Args: takes(0, 1),
		Long: `Serve a model of the home, or a model folder, to programs that speak OpenAI's API:
chat and text completions, embeddings, files and fine-tuning. Adapters of the home
that fit the model are served under their names; clients name a model, an adapter,
MODEL:ADAPTER or a CID. The API describes itself at /openapi.json. Each answer leaves
a receipt: see "peer receipt list".

With --network this is "peer run" with the model: other peers are answered, too, and
models that are not computed here are asked for among them. MODEL may then be left out,
or be the CID of a model that another peer published: it is fetched first, and stays.
Beside a running peer, the model is computed in that one, and answered at its
address, until this command ends.

Programs on this machine need no token. On any other address than loopback all
requests do: see "peer token create".`,
		Example: `  peer train local --preset tiny --text "to be or not to be" --steps 3 --out mine
  peer serve ./mine --listen 127.0.0.1:0
  peer serve --network --set serve.listen=127.0.0.1:0`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				f.Model = args[0]
			} else if !online {
				return problemf(exitUsage, "name a model, or add --network to ask other peers for theirs", "peer serve got no MODEL")
			}
			stop, force, release := interrupts()
			defer release()
			set := func(name string) bool { return c.Flags().Changed(name) }
			return a.serve(stop, force, *f, online, func(s *serveConfig) {
				if set("listen") {
					s.Listen = listenOn
				}
				s.RequireToken = s.RequireToken || needToken
			})
		},
	}
	f.add(c)
	c.Flags().StringVar(&f.Name, "name", "", "what clients call the model (default its name here)")
	c.Flags().IntVar(&f.Slots, "slots", 0, "answers at a time (default 32)")
	c.Flags().IntVar(&f.Queue, "queue", 0, "answers that wait; more are refused with 503 (default 256)")
	c.Flags().StringVar(&listenOn, "listen", "127.0.0.1:6739", "`host:port` of the API; port 0 takes a free one")
	c.Flags().BoolVar(&needToken, "require-token", false, "want a token from programs on this machine, too")
	c.Flags().BoolVar(&online, "network", false, "answer other peers, and ask them for other models")
	return c
}

// serve answers until stop is done: by a peer of its own, or by the one that runs.
func (a *app) serve(stop, force context.Context, f serveFlags, online bool, change func(*serveConfig)) error {
	h, _, err := a.open()
	if err != nil {
		return err
	}
	free, err := h.lock()
	if err != nil {
		if codeOf(err) != exitBusy || f.Model == "" {
			return err
		}
		leased := a.lease(stop, h, f, a.out)
		if errors.Is(leased, errNobody) {
			return err
		}
		return leased
	}
	free()
	build := wireAlone
	if online {
		build = wire
	}
	return a.live(stop, force, func(p *peer) error {
		if change(&p.config.Serve); !online {
			p.config.Ops.Listen = "127.0.0.1:0" // for commands only
		}
		if f.Model != "" {
			p.serves = []serveFlags{f}
		}
		return nil
	}, build, func(p *peer) report { return p.answers.report() })
}

// wireAlone builds a peer that answers with its own models, and joins no network.
func wireAlone(p *peer) ([]service, error) {
	ops, err := newOps(p.config.Ops, p.home, p.metrics, p.registry, &p.stage)
	if err != nil {
		return nil, err
	}
	p.health, p.announce = ops.url("/health"), ops.announce
	repo, err := openRepo(p.home, p.config, p.key.Public().Account(), func() (record.Key, error) { return p.key, nil }, p.log)
	if err != nil {
		return nil, err
	}
	if err := repo.openRooms(context.Background(), repo.pinsAlone()); err != nil {
		return nil, err
	}
	if p.answers, err = newAnswers(p, repo, nil, nil, ops.session); err != nil {
		return nil, errors.Join(err, repo.close())
	}
	ops.openai = p.answers.url()
	desk := newDesk(repo)
	desk.control(ops)
	return []service{{"ops", ops.run}, {"repo", repo.run}, {"answers", p.answers.run}, {"tasks", desk.run}}, nil
}

// A lease is a model that the running peer computes for a command.
type lease struct {
	Flags serveFlags
	JSON  bool // how the command wants it reported
}

// modelServe computes a model for as long as somebody asks for it. What is written
// out is the report, when it can be asked for.
var modelServe = task[lease, serveReport]{"serve", func(ctx context.Context, r *repo, f *feed, l lease) (serveReport, error) {
	s := r.answers
	if s == nil || s.url() == "" {
		return serveReport{}, problemf(exitConfig, "set serve.listen, as in 127.0.0.1:6739", "the running peer has no API")
	}
	if c, lacks := s.lacks(l.Flags.Model); lacks {
		if _, err := r.pullModel(ctx, f, c, "", 0); err != nil {
			return serveReport{}, err
		}
	}
	v, err := s.open(&l.Flags)
	if err != nil {
		return serveReport{}, err
	}
	defer v.close()
	report := s.reportOf(v)
	var out bytes.Buffer
	if l.JSON {
		err = json.NewEncoder(&out).Encode(report)
	} else {
		report.text(&out)
	}
	if err == nil {
		s.add(v)
		_, err = f.out.Write(out.Bytes())
	}
	if err == nil {
		err = s.with(ctx, v)
	} else {
		s.remove(v)
	}
	return report, err
}}

// lease has the running peer compute a model until stop is done.
func (a *app) lease(stop context.Context, h home, f serveFlags, out io.Writer) error {
	f, err := f.absolute()
	if err != nil {
		return err
	}
	bar := newTaskBar(a)
	defer bar.finish()
	_, err = modelServe.ask(stop, h, &feed{bar.progress, out}, lease{f, a.output == "json"})
	if stop.Err() != nil {
		return nil
	}
	return err
}

// report tells a person how to use the API.
func (s *answers) report() serveReport {
	if all := s.models(); len(all) > 0 {
		return s.reportOf(all[0])
	}
	return s.reportOf(nil)
}

func (s *answers) reportOf(v *serving) serveReport {
	r := serveReport{Adapters: []string{}, Fetching: []string{}, URL: s.url(), Tokens: s.tokens != nil, Network: s.online != nil}
	for _, f := range s.missing {
		r.Fetching = append(r.Fetching, f.Model)
	}
	if v != nil {
		r.Model, r.CID, r.Adapters = v.local.Base.ID, v.local.Base.CID.String(), v.names()
	}
	return r
}

// A serveReport is what a person needs to use the API.
type serveReport struct {
	Model    string   `json:"model,omitempty"`
	CID      string   `json:"cid,omitempty"`
	Adapters []string `json:"adapters"`
	Fetching []string `json:"fetching"` // models that are computed once they are here
	URL      string   `json:"url"`
	Tokens   bool     `json:"tokens"`
	Network  bool     `json:"network"`
}

func (r serveReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "Serving; Ctrl-C stops it.\n")
	if r.Model != "" {
		fmt.Fprintf(w, "model\t%s\ncid\t%s\nadapters\t%d\n", r.Model, r.CID, len(r.Adapters))
	}
	for _, c := range r.Fetching {
		fmt.Fprintf(w, "fetching\t%s\n", c)
	}
	fmt.Fprintf(w, "other peers\t%s\n", map[bool]string{true: "are answered and asked", false: "are not asked"}[r.Network])
	fmt.Fprintf(w, "token\t%s\nbase URL\t%s/v1\n", map[bool]string{true: "wanted", false: "not wanted"}[r.Tokens], r.URL)
	w.Flush()
}
