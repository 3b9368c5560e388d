package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/proofs/record"
)

func keyExportCmd(a *app) *cobra.Command {
	var who string
	c := &cobra.Command{
		Use: "export FILE", Short: "Copy an encrypted key into a backup file", Args: takes(1, 1),
		Long: `Copy an encrypted key into a backup file, - for standard output. The backup needs
the same passphrase as the key; "peer key import" or any wallet that knows
keystore v3 restores it.`,
		Example: "  peer key export backup.json\n  peer key export - > /dev/null",
		RunE: a.inHome(func(h home, s *settings, args []string) (report, error) {
			if who != "" {
				if err := s.Key.Account.UnmarshalText([]byte(who)); err != nil {
					return nil, problemf(exitUsage, `"peer key list" shows the accounts`, "--account: %w", err)
				}
			}
			key, err := h.keyring().active(s.Key)
			if err != nil {
				return nil, err
			}
			return a.exportKey(key, args[0])
		}),
	}
	c.Flags().StringVar(&who, "account", "", "the key to copy (default the peer's own)")
	c.RegisterFlagCompletionFunc("account", func(*cobra.Command, []string, string) (names []string, _ cobra.ShellCompDirective) {
		if h, err := a.homeDir(); err == nil {
			keys, _ := h.keyring().list()
			for _, k := range keys {
				names = append(names, k.who.String())
			}
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	})
	return c
}

func (a *app) exportKey(key storedKey, to string) (report, error) {
	data, err := readSecret(key.path)
	if err != nil {
		return nil, err
	}
	if to == "-" {
		_, err := a.out.Write(append(data, '\n'))
		return nil, err
	}
	switch err := createSecret(to, data); {
	case errors.Is(err, fs.ErrExist):
		return nil, problemf(exitFailed, "name another file", "%s is there already", to)
	case err != nil:
		return nil, problemf(exitFailed, "name a file that can be written", "write the backup: %w", err)
	}
	return keyReport{What: "Copied key", Account: key.who, File: to}, nil
}

func keyImportCmd(a *app) *cobra.Command {
	var use bool
	c := &cobra.Command{
		Use: "import FILE", Short: "Restore a key from a backup file", Args: takes(1, 1),
		Long: `Restore a key from a backup file: keystore v3 as export, geth and other wallets write
it, or the 64 hex digits of a private key. The passphrase is checked, so
importing a backup of a key that is there already checks the backup. The file
must be readable by its owner only.`,
		Example: "  peer key export backup.json\n  peer key import backup.json --use",
		RunE: a.inHome(func(h home, s *settings, args []string) (report, error) {
			key, err := a.importKey(h, s.Key, args[0])
			if err == nil && use {
				_, err = a.change(h, "key.account", key.who.String())
			}
			return keyReport{What: "The keystore holds", Account: key.who, File: key.path}, err
		}),
	}
	c.Flags().BoolVar(&use, "use", false, "let the peer run with this key from its next start")
	return c
}

// importKey checks a backup with its passphrase and adds the key to the
// keystore, unless a sound file of it is there.
func (a *app) importKey(h home, c keyConfig, file string) (storedKey, error) {
	data, err := readSecret(file)
	if err != nil {
		return storedKey{}, err
	}
	raw, hexErr := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(string(data)), "0x"))
	isRaw := hexErr == nil && len(raw) == 32
	var sealed keyFile
	if !isRaw {
		if sealed, err = parseKeyFile(data); err != nil {
			return storedKey{}, problemf(exitKey, "use another backup", "backup %s is corrupt: %w", file, err)
		}
	}
	passphrase, err := a.passphrase(h, c, isRaw)
	if err != nil {
		return storedKey{}, err
	}
	var secret record.Key
	if isRaw {
		secret, err = record.ParseKey(raw)
	} else {
		secret, err = sealed.unlock(passphrase)
	}
	if err != nil {
		return storedKey{}, fmt.Errorf("import %s: %w", file, err)
	}
	if there, err := h.keyring().find(secret.Public().Account()); err == nil {
		return there, nil
	}
	return a.storeKey(h, c, secret, passphrase)
}
