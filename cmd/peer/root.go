package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

const rootHelp = `A peer of OpenLedger: shares data, trains and serves models, checks what others
did, and collects what it earned.

  peer init && peer run     make a home and start

The home is --home, else $OPENLEDGER_PATH, else ~/.openledger. Answers go to
standard output, logs and errors to standard error; --output json makes both
machine-readable.

` + exitHelp

// shareFlags adds to the root what all commands share.
func (a *app) shareFlags(root *cobra.Command) {
	root.Version = version()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return &problem{exitUsage, err, fmt.Sprintf(`"%s --help" shows the flags`, c.CommandPath())}
	})
	flags := root.PersistentFlags()
	flags.StringVar(&a.homeFlag, "home", "", "the peer's `folder` (default $OPENLEDGER_PATH, else ~/.openledger)")
	flags.StringVar(&a.output, "output", "text", "`form` of the answer: text or json")
	flags.Var(settingFlag{a, "set", ""}, "set", "setting `KEY=VALUE` for this command; may be repeated")
	a.settingFlag(root, "log-level", "log.level", "`level` of the log: debug, info, warn or error")
	a.settingFlag(root, "passphrase-file", "key.passphrase_file", "`file` with the keystore's passphrase, mode 0600")
	root.RegisterFlagCompletionFunc("output", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if a.output != "text" && a.output != "json" {
			return problemf(exitUsage, "want text or json", "--output is %q", a.output)
		}
		return nil
	}
}

func completionCmd() *cobra.Command {
	shells := map[string]func(root *cobra.Command) error{
		"bash":       func(r *cobra.Command) error { return r.GenBashCompletionV2(r.OutOrStdout(), true) },
		"zsh":        func(r *cobra.Command) error { return r.GenZshCompletion(r.OutOrStdout()) },
		"fish":       func(r *cobra.Command) error { return r.GenFishCompletion(r.OutOrStdout(), true) },
		"powershell": func(r *cobra.Command) error { return r.GenPowerShellCompletionWithDesc(r.OutOrStdout()) },
	}
	return &cobra.Command{
		Use: "completion SHELL", Short: "Print a completion script for bash, zsh, fish or powershell", Args: takes(1, 1),
		ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		Example:   "  peer completion bash > peer.bash\n  peer completion zsh > _peer",
		RunE: func(c *cobra.Command, args []string) error {
			write, ok := shells[args[0]]
			if !ok {
				return problemf(exitUsage, "want bash, zsh, fish or powershell", "no completion for %q", args[0])
			}
			return write(c.Root())
		},
	}
}
