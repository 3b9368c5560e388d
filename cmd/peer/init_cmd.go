package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/proofs/record"
)

func initCmd(a *app) *cobra.Command {
	var backup string
	c := &cobra.Command{
		Use: "init", Short: "Make a home with a new key", Args: takes(0, 0),
		Long: `Make a home: config.yaml, a keystore with a new key, and the file version.
What --set and the other flags say is written into config.yaml; one that lies in
the folder already is kept.`,
		Example: `  peer init
  peer init --home office --scrypt light --set log.format=json
  peer key export backup.json && peer init --home restored --import backup.json`,
		RunE: func(*cobra.Command, []string) error {
			h, err := a.homeDir()
			if err != nil {
				return err
			}
			return a.initHome(h, backup)
		},
	}
	c.Flags().StringVar(&backup, "import", "", "take the key from this backup instead of making a new one")
	a.scryptFlag(c)
	return c
}

// initMissing makes the home where none is.
func (a *app) initMissing() error {
	h, err := a.homeDir()
	if err != nil {
		return err
	}
	if _, err := os.Stat(h.versionFile()); !errors.Is(err, fs.ErrNotExist) {
		return nil // a home that cannot be read is refused by whoever opens it
	}
	return a.initHome(h, "")
}

func (a *app) initHome(h home, backup string) error {
	if err := h.create(); err != nil {
		return err
	}
	release, err := h.lock()
	if err != nil {
		return err
	}
	defer release()
	if err := h.create(); err != nil { // an init beside this one may have ended
		return err
	}
	s, err := a.settings(h)
	if err != nil {
		return err
	}
	var key storedKey
	if backup != "" {
		key, err = a.importKey(h, s.Key, backup)
	} else {
		key, err = a.newKey(h, s.Key)
	}
	if err != nil {
		return err
	}
	edits := append([]override{{"key.account", key.who.String(), "init"}}, a.overrides...)
	if err := editFile(h.configFile(), edits); err != nil {
		return err
	}
	if err := writeFile(h.versionFile(), fmt.Appendf(nil, "%d\n", homeVersion)); err != nil {
		return err
	}
	id, err := a.identify(h, s.Key, key)
	if err != nil {
		return err
	}
	return a.show(initReport{string(h), id})
}

type initReport struct {
	Home string `json:"home"`
	idReport
}

func (r initReport) text(w io.Writer) {
	fmt.Fprintf(w, "Made a home in %s\n\n", r.Home)
	r.idReport.text(w)
	fmt.Fprint(w, `
Next:
  peer key export backup.json    keep a copy of the key where this machine cannot lose it
  peer key payout ADDRESS        send earnings to an address that is kept offline
  peer run                       start the peer
`)
}

func idCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "id", Short: "Print the peer's account and peer ID", Args: takes(0, 0),
		Long:    "Print the peer's account and peer ID, which are two spellings of one public key.\nThe passphrase is asked for only if another tool wrote the key file.",
		Example: "  peer id\n  peer id --output json",
		RunE: a.inHome(func(h home, s *settings, _ []string) (report, error) {
			key, err := h.keyring().active(s.Key)
			if err != nil {
				return nil, err
			}
			return a.identify(h, s.Key, key)
		}),
	}
}

// identify names a key in all its forms.
func (a *app) identify(h home, c keyConfig, key storedKey) (idReport, error) {
	pub, err := key.public()
	if err != nil {
		return idReport{}, err
	}
	if pub == (record.PublicKey{}) {
		secret, err := a.unlock(h, c, key)
		if err != nil {
			return idReport{}, err
		}
		pub = secret.Public()
	}
	r := idReport{Account: key.who, PeerID: pub.PeerID().String(), PublicKey: fmt.Sprintf("%x", pub.Bytes()), Payout: c.Payout.Account}
	if c.Payout == (address{}) {
		r.Payout = r.Account
	}
	return r, nil
}

type idReport struct {
	Account   record.Account `json:"account"`
	PeerID    string         `json:"peer_id"`
	PublicKey string         `json:"public_key"`
	Payout    record.Account `json:"payout"`
}

func (r idReport) text(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "account\t%s\npeer ID\t%s\npublic key\t%s\npayout\t%s\n", r.Account, r.PeerID, r.PublicKey, r.Payout)
	w.Flush()
}
