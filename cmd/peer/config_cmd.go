package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func configCmd(a *app) *cobra.Command {
	keys := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return newSettings().keys(), cobra.ShellCompDirectiveNoFileComp
	}
	show := &cobra.Command{
		Use: "show", Short: "Print every setting, its value and where that came from", Args: takes(0, 0),
		Example: "  peer config show\n  OPENLEDGER_LOG_LEVEL=debug peer config show --set log.format=json",
		RunE: a.inHome(func(_ home, s *settings, _ []string) (report, error) {
			for _, line := range s.strangers(a.environ) {
				fmt.Fprintln(a.err, "peer:", line)
			}
			return settingList(s.all), nil
		}),
	}
	get := &cobra.Command{
		Use: "get KEY", Short: "Print one setting", Args: takes(1, 1), ValidArgsFunction: keys,
		Example: "  peer config get ops.listen\n  peer config get log.level --output json",
		RunE: a.inHome(func(_ home, s *settings, args []string) (report, error) {
			l, err := s.find(args[0])
			return settingReport{l}, err
		}),
	}
	set := &cobra.Command{
		Use: "set KEY VALUE", Short: "Write one setting into config.yaml", Args: takes(2, 2), ValidArgsFunction: keys,
		Long:    "Write one setting into config.yaml; lists have commas. Comments and order stay.\nA running peer reads it at its next start.",
		Example: "  peer config set log.level debug\n  peer config set run.stop_timeout 1m",
		RunE: func(_ *cobra.Command, args []string) error { // not inHome: it may mend what does not load
			h, err := a.homeDir()
			if err != nil {
				return err
			}
			if err := h.check(); err != nil {
				return err
			}
			l, err := a.change(h, args[0], args[1])
			if err != nil {
				return err
			}
			return a.show(settingList{l})
		},
	}
	path := &cobra.Command{
		Use: "path", Short: "Print the path of config.yaml", Args: takes(0, 0),
		Example: "  peer config path\n  cat \"$(peer config path)\"",
		RunE: func(*cobra.Command, []string) error {
			h, err := a.homeDir()
			if err != nil {
				return err
			}
			return a.show(pathReport{h.configFile()})
		},
	}
	return group("config", "Show and change the settings",
		"Show and change the settings. A flag (--set KEY=VALUE) wins over the environment\n(OPENLEDGER_LOG_LEVEL for log.level), that over config.yaml, that over the default.",
		"  peer config show\n  peer config set log.level debug",
		show, get, set, path)
}

// change writes one setting into config.yaml and makes sure that it counts: the
// environment or a flag may say otherwise.
func (a *app) change(h home, key, text string) (*setting, error) {
	if err := editFile(h.configFile(), []override{{key, text, "argument"}}); err != nil {
		return nil, err
	}
	s, err := a.settings(h)
	if err != nil {
		return nil, err
	}
	l, err := s.find(key)
	if err == nil && !strings.HasPrefix(l.source, "file ") {
		err = problemf(exitConfig, "remove that", "%s is written, but the %s overrides it", key, l.source)
	}
	return l, err
}

type settingReport struct{ *setting }

func (r settingReport) text(w io.Writer) { fmt.Fprintln(w, r.setting) }

// A settingList is what config show prints.
type settingList []*setting

func (list settingList) text(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "KEY\tVALUE\tSOURCE")
	for _, l := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\n", l.key, l, l.source)
	}
	w.Flush()
}

type pathReport struct {
	Path string `json:"path"`
}

func (r pathReport) text(w io.Writer) { fmt.Fprintln(w, r.Path) }
