package main

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/proofs/dispute"
)

// chainConvict takes a charge to the Referee. What convicts nobody is not sent.
var chainConvict = task[string, madeReport]{"chain/convict", func(ctx context.Context, r *repo, _ *feed, path string) (out madeReport, err error) {
	b, err := readLimited(path, dispute.MaxProof)
	if err != nil {
		return out, err
	}
	c, err := dispute.ReadCharge(b)
	if err != nil {
		return out, problemf(exitCheck, `give a .charge file: "peer job show" names those of a job`, "%s: %w", path, err)
	}
	found, err := c.Judge(r.network())
	if err != nil {
		return out, problemf(exitCheck, "nobody is convicted by it", "%s: %w", path, err)
	}
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	call, err := l.k.Charge(ctx, c)
	if err != nil {
		return out, err
	}
	out.Made, err = l.make(ctx, step{"convict " + found.Guilty.Account().String(), call})
	return out, err
}}

func chainConvictCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "convict FILE", Short: "Take a charge to the Referee", Args: takes(1, 1), Example: "  peer chain convict --help",
		Long: `Take a charge to the Referee, the contract that judges without anybody's word. It
does the one step of the arithmetic that FILE is about, or compares two hashes, and
slashes who signed it: half is burned, a fifth is the requester's, three tenths are
yours. A requester's peer writes charges beside its fraud proofs: "peer job show"
names them, and "peer verify" says what one finds.`,
		RunE: a.inHome(taskOf(a, chainConvict, func(words []string) (string, error) { return filepath.Abs(words[0]) })),
	}
}
