package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/cmd/peer/api"
)

// apiTokens are those of the home.
func (h home) apiTokens() *api.Tokens { return api.OpenTokens(h.path("api-tokens.json")) }

func tokenCmd(a *app) *cobra.Command {
	return group("token", "Who may use the API of this peer", `Programs on this machine use the API of "peer serve" without a token. Others need
one; the home keeps its SHA-256 only.`,
		"  peer token list", tokenCreateCmd(a), tokenListCmd(a), tokenRmCmd(a))
}

func tokenCreateCmd(a *app) *cobra.Command {
	var t api.Token
	var scopes []string
	var expires time.Duration
	c := &cobra.Command{
		Use: "create NAME", Short: "Make a token and print it, this once", Args: takes(1, 1),
		Long: `Make a token. A running "peer serve" takes it at once.

Scopes: read (see models), infer (ask for answers and embeddings), tune (files and
fine-tuning), admin (everything, adapters and metrics).`,
		Example: "  peer token create laptop\n  peer token create bot --scope infer --requests 60 --expires 720h",
		RunE: a.inHome(func(h home, _ *settings, args []string) (report, error) {
			t.Name = args[0]
			for _, s := range scopes {
				t.Scopes = append(t.Scopes, api.Scope(s))
			}
			if expires < 0 {
				return nil, problemf(exitUsage, "want a time such as 720h", "--expires is %v", expires)
			} else if expires > 0 {
				t.Expires = time.Now().Add(expires).UTC().Truncate(time.Second)
			}
			made, secret, err := h.apiTokens().Create(t)
			if err != nil {
				return nil, &problem{exitUsage, err, ""}
			}
			return tokenMade{tokenInfo{made}, secret}, nil
		}),
	}
	c.Flags().StringSliceVar(&scopes, "scope", []string{"infer", "tune"}, "what it allows: read, infer, tune, admin")
	c.Flags().IntVar(&t.RequestsPerMinute, "requests", 0, "requests per minute (default no limit)")
	c.Flags().IntVar(&t.TokensPerMinute, "tokens", 0, "tokens per minute, of prompts and answers (default no limit)")
	c.Flags().IntVar(&t.Concurrent, "concurrent", 0, "requests at a time (default no limit)")
	c.Flags().DurationVar(&expires, "expires", 0, "how long it is good (default for ever)")
	return c
}

// A tokenInfo is a token without its hash.
type tokenInfo struct{ api.Token }

func (t tokenInfo) fields() string {
	var limits []string
	for _, l := range []struct {
		n    int
		what string
	}{{t.RequestsPerMinute, "requests/min"}, {t.TokensPerMinute, "tokens/min"}, {t.Concurrent, "at a time"}} {
		if l.n > 0 {
			limits = append(limits, fmt.Sprintf("%d %s", l.n, l.what))
		}
	}
	if limits == nil {
		limits = []string{"none"}
	}
	var scopes []string
	for _, s := range t.Scopes {
		scopes = append(scopes, string(s))
	}
	expires := "never"
	if !t.Expires.IsZero() {
		expires = t.Expires.Format(time.RFC3339)
	}
	return fmt.Sprintf("%s\t%s\t%s\t%s\t%s", t.ID, t.Name, strings.Join(scopes, ","), strings.Join(limits, ", "), expires)
}

type tokenMade struct {
	tokenInfo
	Secret string `json:"token"`
}

func (r tokenMade) text(out io.Writer) {
	fmt.Fprintf(out, "%s\nKeep it: it is shown this once. Clients send it as \"Authorization: Bearer TOKEN\".\n", r.Secret)
}

func tokenListCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List tokens", Args: takes(0, 0), Example: "  peer token list",
		RunE: a.inHome(func(h home, _ *settings, _ []string) (report, error) {
			all, err := h.apiTokens().List()
			if err != nil {
				return nil, homeProblem(err)
			}
			r := tokenList{Tokens: []tokenInfo{}}
			for _, t := range all {
				r.Tokens = append(r.Tokens, tokenInfo{t})
			}
			return r, nil
		}),
	}
}

type tokenList struct {
	Tokens []tokenInfo `json:"tokens"`
}

func (r tokenList) text(out io.Writer) {
	if len(r.Tokens) == 0 {
		fmt.Fprintln(out, `no tokens yet; "peer token create NAME" makes one`)
		return
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tNAME\tSCOPES\tLIMITS\tEXPIRES")
	for _, t := range r.Tokens {
		fmt.Fprintln(w, t.fields())
	}
	w.Flush()
}

func tokenRmCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "rm TOKEN", Short: "Take a token away, by its name or ID", Args: takes(1, 1),
		Example: "  peer token create laptop\n  peer token rm laptop",
		RunE: a.inHome(func(h home, _ *settings, args []string) (report, error) {
			if err := h.apiTokens().Remove(args[0]); err != nil {
				return nil, &problem{exitUsage, err, `"peer token list" shows all`}
			}
			return tokenGone{args[0]}, nil
		}),
	}
}

type tokenGone struct {
	Removed string `json:"removed"`
}

func (r tokenGone) text(out io.Writer) { fmt.Fprintf(out, "%s is gone\n", r.Removed) }
