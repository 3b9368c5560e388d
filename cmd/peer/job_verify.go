package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
)

func verifyCmd(a *app) *cobra.Command {
	network, model := uint64(1), ""
	var parties []string
	c := &cobra.Command{
		Use: "verify FILE", Short: "Check a fraud proof, a charge or a receipt, offline", Args: takes(1, 1), Example: "  peer verify --help",
		Long: `Check a fraud proof of a training job. Everything that it needs is in the file:
no home, no network and no peer is asked, and everybody comes to the same verdict.
A proof that convicts nobody ends with exit code 7. Anybody can make up keys and
prove them guilty: --party says who had a part in the job ("peer job show").

Or check a charge ("peer job show" names those of a job): what the Referee on the
chain would find, which has neither model nor job. "peer chain convict" takes it there.

Or check a receipt of an answer ("peer receipt export"): the answer is computed
again, with the model and the adapter of this home. One that is false ends with
exit code 7. A fraud proof about a receipt needs its adapter here, and no weights.`,
		RunE: func(_ *cobra.Command, args []string) error {
			proof, err := readLimited(args[0], dispute.MaxProof)
			if err != nil {
				return err
			}
			if signed, err := receipt.Open(proof, record.Network(network)); err == nil {
				r, err := a.verifyReceipt(signed, model)
				if err != nil {
					return err
				}
				return a.show(r)
			}
			v, kind, err := a.judge(proof, record.Network(network))
			if err != nil {
				return problemf(exitCheck, "nobody is convicted by it", "%s: %w", args[0], err)
			}
			if len(parties) > 0 {
				if v, err = among(v, parties); err != nil {
					return problemf(exitCheck, "nobody of --party is convicted by it", "%s: %w", args[0], err)
				}
			}
			r := verdictReport{Kind: kind, Job: fmt.Sprintf("%x", v.Job), Step: v.Step, Why: v.Why}
			for _, k := range v.Guilty {
				r.Guilty = append(r.Guilty, k.Account())
			}
			return a.show(r)
		},
	}
	c.Flags().StringVar(&model, "model", "", "name or `folder` of the model of a receipt (default: by its CID)")
	c.Flags().StringSliceVar(&parties, "party", nil, "`account` that had a part in the job, as its leases show; a verdict on none of them counts for nothing (default: whoever signed)")
	c.Flags().Uint64Var(&network, "network", network, "number of the network that the job was on")
	return c
}

// judge judges a charge, a fraud proof of a job, or one of an answer. kind says in
// words what it found.
func (a *app) judge(proof []byte, network record.Network) (v dispute.Verdict, kind string, err error) {
	if c, err := dispute.ReadCharge(proof); err == nil {
		f, err := c.Judge(network)
		return dispute.Verdict{Job: f.Job, Step: f.Step, Guilty: []record.PublicKey{f.Guilty}, Why: f.Why}, "charge", err
	}
	e, err := op.New(op.Config{})
	if err != nil {
		return v, "", err
	}
	defer e.Close()
	if v, err = dispute.Verify(proof, work.Rules(network, e)); err != nil {
		if h, noHome := a.homeDir(); noHome == nil {
			answer, wrong := dispute.Verify(proof, receipt.Rules(network, tape.NewCPU(e), h.adapterFiles))
			if wrong == nil {
				v, err = answer, nil
			}
		}
	}
	return v, v.Kind.String(), err
}

// among keeps of a verdict those who had a part in the job.
func among(v dispute.Verdict, parties []string) (dispute.Verdict, error) {
	var all []record.Account
	for _, text := range parties {
		var a address
		if err := a.UnmarshalText([]byte(text)); err != nil {
			return v, err
		}
		all = append(all, a.Account)
	}
	return v.Among(all...)
}

// readLimited reads a file of at most so many bytes.
func readLimited(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, problemf(exitUsage, "give a file", "%w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(b)) > most {
		err = problemf(exitCheck, "it is no proof", "%s has more than %d bytes", path, most)
	}
	return b, err
}

type verdictReport struct {
	Kind   string           `json:"kind"`
	Job    string           `json:"job"`
	Step   uint64           `json:"step,omitempty"`
	Guilty []record.Account `json:"guilty"`
	Why    string           `json:"why"`
}

func (r verdictReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "verdict\t%s\njob\t%s\n", r.Kind, r.Job)
	if r.Step > 0 {
		fmt.Fprintf(w, "step\t%d\n", r.Step)
	}
	for _, g := range r.Guilty {
		fmt.Fprintf(w, "guilty\t%s\n", g)
	}
	fmt.Fprintf(w, "why\t%s\n", r.Why)
	w.Flush()
}
