package main

import (
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/compute/tokenizer/chat"
	"github.com/openledger/openledger/settle/chain"
)

func modelCmd(a *app) *cobra.Command {
	return group("model", "Fetch, add, show and publish models", `Models lie in the home's folder models/, each in the layout of Hugging Face.
A model is known by its CID, which covers every bit that decides an answer; a
name is an alias for it.`,
		"  peer model list", modelPullCmd(a), modelImportCmd(a), modelListCmd(a), modelShowCmd(a), modelPublishCmd(a))
}

func modelImportCmd(a *app) *cobra.Command {
	var name string
	c := &cobra.Command{
		Use: "import FOLDER", Short: "Add a model folder of this machine", Args: takes(1, 1),
		Long: `Copy a model folder (config.json, *.safetensors, tokenizer.json, ...) into the
home. What this peer cannot run is refused by name.`,
		Example: `  peer train local --preset tiny --text "what a model reads, it learns" --steps 3 --out mine
  peer model import mine --name first`,
		RunE: a.inHome(func(h home, _ *settings, args []string) (report, error) {
			if name == "" {
				name = filepath.Base(filepath.Clean(args[0]))
			}
			info, err := h.models().add(name, args[0])
			return modelReport{modelInfo: info, Head: "Added"}, err
		}),
	}
	c.Flags().StringVar(&name, "name", "", "name in this home (default that of the folder)")
	return c
}

func modelListCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the models of this home", Args: takes(0, 0), Example: "  peer model list\n  peer model list --output json",
		RunE: a.inHome(func(h home, _ *settings, _ []string) (report, error) {
			all, err := h.models().list()
			return modelList{all}, err
		}),
	}
}

type modelList struct {
	Models []modelInfo `json:"models"`
}

func (r modelList) text(out io.Writer) {
	if len(r.Models) == 0 {
		fmt.Fprintln(out, `no models yet; "peer model pull" and "peer model import" add them`)
		return
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tTYPE\tPARAMETERS\tSIZE\tCONTEXT\tCID")
	for _, m := range r.Models {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%s\n", m.Name, m.Type, countText(m.Parameters), size(uint64(m.Bytes)), m.Context, m.CID)
	}
	w.Flush()
}

func modelShowCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "show MODEL", Short: "Show what a model is", Args: takes(1, 1),
		Long: "Show a model of the home, by name or CID, or any model folder. Its CID is\ncomputed anew from the files; the chain says whether it is registered.",
		Example: `  peer train local --preset tiny --text "what a model reads, it learns" --steps 3 --out mine
  peer model show ./mine`,
		RunE: a.inHome(func(h home, s *settings, args []string) (report, error) {
			m, err := h.models().find(args[0])
			if err != nil {
				return nil, err
			}
			r := modelReport{}
			if r.modelInfo, err = inspect(m.Name, m.Dir); err != nil {
				return nil, err
			}
			if m.CID != "" && m.CID != r.CID {
				return nil, problemf(exitCheck, "fetch it again", "model %s was %s when it came, its files are now %s", m.Name, m.CID, r.CID)
			}
			r.Registered = registered(a, h, s, chain.ModelItem, r.CID)
			return r, r.describe()
		}),
	}
}

// A modelReport is one model in full.
type modelReport struct {
	modelInfo
	Head      string `json:"-"` // what was done to it
	Layers    int    `json:"layers,omitempty"`
	Hidden    int    `json:"hidden,omitempty"`
	Heads     string `json:"heads,omitempty"` // of queries / of keys
	Tokenizer string `json:"tokenizer,omitempty"`
	Template  bool   `json:"chat_template"`

	Registered *registration `json:"registered,omitempty"`
}

func (r *modelReport) describe() error {
	c, err := llama.ReadConfig(r.Dir)
	if err != nil {
		return err
	}
	r.Layers, r.Hidden, r.Heads = c.Layers, c.Hidden, fmt.Sprintf("%d/%d", c.Heads, c.KVHeads)
	r.Tokenizer = "none"
	if t, err := tokenizer.Load(r.Dir); err == nil {
		r.Tokenizer = fmt.Sprintf("%d tokens", t.VocabSize())
	}
	templates, err := chat.Load(r.Dir)
	r.Template = templates.For(false) != nil
	return err
}

func (r modelReport) text(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if r.Head != "" {
		fmt.Fprintf(w, "%s\t%s\n", r.Head, r.Dir)
	}
	fmt.Fprintf(w, "name\t%s\ncid\t%s\ntype\t%s\nparameters\t%s\nsize\t%s\ncontext\t%d\nvocabulary\t%d\n",
		r.Name, r.CID, r.Type, countText(r.Parameters), size(uint64(r.Bytes)), r.Context, r.Vocab)
	if r.Layers > 0 {
		template := "no"
		if r.Template {
			template = "yes"
		}
		fmt.Fprintf(w, "layers\t%d\nhidden\t%d\nheads\t%s\ntokenizer\t%s\nchat template\t%s\n", r.Layers, r.Hidden, r.Heads, r.Tokenizer, template)
	}
	if r.Registered != nil {
		fmt.Fprintf(w, "registered\t%s\n", r.Registered)
	}
	w.Flush()
}
