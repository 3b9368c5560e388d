package main

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/settle/chain"
)

func modelPublishCmd(a *app) *cobra.Command {
	var name string
	c := &cobra.Command{
		Use: "publish MODEL", Short: "Let other peers fetch a model", Args: takes(1, 1),
		Long: `Publish a model with its weights: its files become blocks that this peer keeps and
gives to whoever asks, which takes as much of the disk once more; a signed record says
what they are, and the DHT names this peer for the model's CID; where a chain is
configured it is registered there. Others then fetch it with "peer model pull CID" or
"peer serve CID --network". MODEL is a folder, or the name of one in the home. "peer run"
answers others. A model that is only served needs no publishing to be asked for answers.`,
		Example: `  peer train local --preset tiny --text "what a model reads, it learns" --steps 3 --out mine
  peer model publish ./mine`,
		RunE: a.inHome(taskOf(a, modelPublish, func(words []string) (out modelPublishArgs, err error) {
			f, err := serveFlags{Model: words[0]}.absolute()
			return modelPublishArgs{f.Model, name}, err
		})),
	}
	c.Flags().StringVar(&name, "name", "", "what others see it called (default its name here)")
	return c
}

type modelPublishArgs struct{ Model, Name string }

var modelPublish = task[modelPublishArgs, publishedReport]{"model/publish", func(ctx context.Context, r *repo, f *feed, args modelPublishArgs) (out publishedReport, err error) {
	info, err := r.home.models().find(args.Model)
	if err != nil {
		return out, err
	}
	if args.Name == "" {
		args.Name = filepath.Base(info.Name)
	}
	if len(args.Name) > maxName {
		return out, longName(args.Name)
	}
	id, err := llama.Identify(info.Dir)
	if err != nil {
		return out, err
	}
	c, err := id.CID()
	if err != nil {
		return out, err
	}
	if info.CID != "" && info.CID != c.String() {
		return out, problemf(exitCheck, "fetch it again", "model %s was %s when it came, its files are now %s", info.Name, info.CID, c)
	}
	names, err := modelFiles(info.Dir)
	if err != nil {
		return out, homeProblem(err)
	}
	p, bytes, err := r.publishFiles(ctx, f, args.Name, info.Dir, &id, names)
	if err != nil {
		return out, err
	}
	return r.publishedAs(ctx, p, bytes, chain.ModelItem)
}}
