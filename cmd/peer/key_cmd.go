package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/proofs/record"
)

func keyCmd(a *app) *cobra.Command {
	c := group("key", "Make, back up, restore and replace keys",
		`Make, back up, restore and replace keys. A key is a file in the home's keystore,
encrypted as geth does (keystore v3); geth and other wallets read it.

The passphrase comes from --passphrase-file, else from $OPENLEDGER_PASSPHRASE,
else from the setting key.passphrase_file, else it is asked for.`,
		"  peer key list\n  peer key export backup.json",
		keyNewCmd(a), keyListCmd(a), keyExportCmd(a), keyImportCmd(a), keyRotateCmd(a), keyPayoutCmd(a))
	a.scryptFlag(c)
	return c
}

func (a *app) scryptFlag(c *cobra.Command) {
	a.settingFlag(c, "scrypt", "key.scrypt", "`work` to try one passphrase: standard, or light for small machines")
}

func keyNewCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "new", Short: "Add a new key to the keystore", Args: takes(0, 0),
		Long:    "Add a new key to the keystore. The peer goes on with the key it has;\n\"peer key rotate\" changes it.",
		Example: "  peer key new\n  peer key new --scrypt light --output json",
		RunE: a.inHome(func(h home, s *settings, _ []string) (report, error) {
			key, err := a.newKey(h, s.Key)
			return keyReport{What: "Added key", Account: key.who, File: key.path}, err
		}),
	}
}

func keyListCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the keys of the keystore, the oldest first", Args: takes(0, 0),
		Example: "  peer key list\n  peer key list --output json",
		RunE: a.inHome(func(h home, s *settings, _ []string) (report, error) {
			keys, err := h.keyring().list()
			list := keyList{}
			for _, k := range keys {
				line := keyLine{Account: k.who, File: k.path}
				line.Active = k.who == s.Key.Account.Account || s.Key.Account == (address{}) && len(keys) == 1
				if k.err != nil {
					line.Problem = k.err.Error()
				}
				list = append(list, line)
			}
			return list, err
		}),
	}
}

func keyRotateCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "rotate", Short: "Make a new key and let the peer run with it", Args: takes(0, 0),
		Long: `Make a new key and let the peer run with it. The old key stays in the keystore:
what it signed, staked and earned remains its own. The peer must be stopped.`,
		Example: "  peer key rotate",
		RunE: a.inHome(func(h home, s *settings, _ []string) (report, error) {
			release, err := h.lock()
			if err != nil {
				return nil, err
			}
			defer release()
			old, err := h.keyring().active(s.Key)
			if err != nil {
				return nil, err
			}
			key, err := a.newKey(h, s.Key)
			if err != nil {
				return nil, err
			}
			_, err = a.change(h, "key.account", key.who.String())
			return keyReport{What: "The peer now runs with", Account: key.who, File: key.path, Before: &old.who}, err
		}),
	}
}

func keyPayoutCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "payout [ADDRESS]", Short: "Print or set the address that earnings go to", Args: takes(0, 1),
		Long: `Print or set the address that earnings go to; its key should lie on no machine that
runs a peer. The address must be in its EIP-55 spelling, whose capitals are a
checksum. "peer config set key.payout ''" goes back to the peer's own account.`,
		Example: "  peer key payout 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045\n  peer key payout",
		RunE: a.inHome(func(h home, s *settings, args []string) (report, error) {
			if len(args) == 0 && s.Key.Payout != (address{}) {
				return payoutReport{s.Key.Payout.Account}, nil
			}
			if len(args) == 0 {
				key, err := h.keyring().active(s.Key)
				return payoutReport{key.who}, err
			}
			var to address
			err := to.UnmarshalText([]byte(args[0]))
			if err == nil && to == (address{}) {
				err = errors.New("that is nobody's address")
			}
			if err != nil {
				return nil, problemf(exitKey, "copy it as the wallet shows it", "payout: %w", err)
			}
			_, err = a.change(h, "key.payout", to.String())
			return payoutReport{to.Account}, err
		}),
	}
}

// newKey makes a key and adds it to the keystore.
func (a *app) newKey(h home, c keyConfig) (storedKey, error) {
	passphrase, err := a.passphrase(h, c, true)
	if err != nil {
		return storedKey{}, err
	}
	for {
		secret := make([]byte, 32)
		rand.Read(secret) // never fails; 1 in 2^128 is no key
		if k, err := record.ParseKey(secret); err == nil {
			return a.storeKey(h, c, k, passphrase)
		}
	}
}

func (a *app) storeKey(h home, c keyConfig, secret record.Key, passphrase string) (storedKey, error) {
	f, err := sealKey(secret, passphrase, c.Scrypt)
	if err != nil {
		return storedKey{}, err
	}
	path, err := h.keyring().add(f)
	return storedKey{keyFile: f, path: path, who: secret.Public().Account()}, err
}

func (a *app) unlock(h home, c keyConfig, key storedKey) (record.Key, error) {
	passphrase, err := a.passphrase(h, c, false)
	if err != nil {
		return record.Key{}, err
	}
	return key.keyFile.unlock(passphrase)
}

type keyReport struct {
	What    string          `json:"-"`
	Account record.Account  `json:"account"`
	File    string          `json:"file"`
	Before  *record.Account `json:"before,omitempty"` // the account that was active
}

func (r keyReport) text(w io.Writer) {
	fmt.Fprintf(w, "%s %s\n%s\n", r.What, r.Account, r.File)
	if r.Before != nil {
		fmt.Fprintf(w, "The key before, %s, stays in the keystore.\n", r.Before)
	}
}

type keyLine struct {
	Account record.Account `json:"account"`
	Active  bool           `json:"active"`
	File    string         `json:"file"`
	Problem string         `json:"problem,omitempty"`
}

type keyList []keyLine

func (list keyList) text(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ACCOUNT\tACTIVE\tFILE")
	for _, k := range list {
		active := ""
		if k.Active {
			active = "yes"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", k.Account, active, k.File)
		if k.Problem != "" {
			fmt.Fprintf(w, "\t\t%s\n", k.Problem)
		}
	}
	w.Flush()
}

type payoutReport struct {
	Payout record.Account `json:"payout"`
}

func (r payoutReport) text(w io.Writer) { fmt.Fprintln(w, r.Payout) }
