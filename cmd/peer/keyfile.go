package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/google/uuid"

	"github.com/openledger/openledger/proofs/record"
)

// A keyFile is one key at rest: geth keystore v3, and the public key in a
// field of ours, so that the peer ID is known without the passphrase. geth's
// tools ignore that field; the account must follow from it.
type keyFile struct {
	Address   string              `json:"address"`              // 40 hex digits, lower case, as geth writes it
	PublicKey string              `json:"public_key,omitempty"` // 66 hex digits, compressed
	Crypto    keystore.CryptoJSON `json:"crypto"`
	ID        string              `json:"id"`
	Version   int                 `json:"version"`
}

// scryptWork is the cost of trying one passphrase, by the name of key.scrypt.
var scryptWork = map[string]struct{ n, p int }{
	"standard": {keystore.StandardScryptN, keystore.StandardScryptP},
	"light":    {keystore.LightScryptN, keystore.LightScryptP},
}

// sealKey encrypts a key under a passphrase.
func sealKey(k record.Key, passphrase, scrypt string) (keyFile, error) {
	work := scryptWork[scrypt]
	c, err := keystore.EncryptDataV3(k.Secret(), []byte(passphrase), work.n, work.p)
	if err != nil {
		return keyFile{}, fmt.Errorf("encrypt the key: %w", err)
	}
	a, point := k.Public().Account(), k.Public().Bytes()
	return keyFile{
		Address: hex.EncodeToString(a[:]), PublicKey: hex.EncodeToString(point[:]),
		Crypto: c, ID: uuid.NewString(), Version: 3,
	}, nil
}

// parseKeyFile reads and checks everything that can be checked without the
// passphrase. go-ethereum's decryption panics on a missing field and takes any
// amount of memory that the file asks for, so nothing passes here that it does
// not expect.
func parseKeyFile(data []byte) (keyFile, error) {
	var f keyFile
	if err := json.Unmarshal(data, &f); err != nil {
		return f, fmt.Errorf("not a keystore file: %w", err)
	}
	if f.Version != 3 {
		return f, fmt.Errorf("keystore version %d, want 3", f.Version)
	}
	a, err := f.account()
	if err != nil {
		return f, err
	}
	if pub, err := f.public(); err != nil {
		return f, err
	} else if pub != (record.PublicKey{}) && pub.Account() != a {
		return f, errors.New("public key and address do not belong together")
	}
	if f.Crypto.Cipher != "aes-128-ctr" {
		return f, fmt.Errorf("cipher %q, want aes-128-ctr", f.Crypto.Cipher)
	}
	for _, field := range []struct {
		name, text string
		bytes      int
	}{
		{"ciphertext", f.Crypto.CipherText, 32},
		{"cipherparams.iv", f.Crypto.CipherParams.IV, 16},
		{"mac", f.Crypto.MAC, 32},
	} {
		if b, err := hex.DecodeString(field.text); err != nil || len(b) != field.bytes {
			return f, fmt.Errorf("%s is damaged, want %d bytes in hex", field.name, field.bytes)
		}
	}
	return f, f.checkKDF()
}

// checkKDF bounds the work that a file may ask for: 1 GiB of memory, and about
// eight times the standard time.
func (f keyFile) checkKDF() error {
	number := func(name string) int {
		v, _ := f.Crypto.KDFParams[name].(float64)
		if n := int(v); float64(n) == v && v >= 1 && v <= 1<<24 {
			return n
		}
		return 0
	}
	if salt, ok := f.Crypto.KDFParams["salt"].(string); !ok {
		return errors.New("kdfparams.salt is missing")
	} else if _, err := hex.DecodeString(salt); err != nil {
		return errors.New("kdfparams.salt is not hex")
	}
	if number("dklen") != 32 {
		return errors.New("kdfparams.dklen is not 32")
	}
	switch f.Crypto.KDF {
	case "scrypt":
		n, r, p := number("n"), number("r"), number("p")
		if n < 2 || n&(n-1) != 0 || r < 1 || r > 64 || p < 1 || p > 64 || n*r*128 > 1<<30 || n*r*p > 1<<24 {
			return fmt.Errorf("scrypt parameters n=%d r=%d p=%d are out of range", n, r, p)
		}
	case "pbkdf2":
		if f.Crypto.KDFParams["prf"] != "hmac-sha256" || number("c") < 1 {
			return errors.New("pbkdf2 parameters are out of range")
		}
	default:
		return fmt.Errorf("key derivation %q, want scrypt or pbkdf2", f.Crypto.KDF)
	}
	return nil
}

func (f keyFile) account() (a record.Account, err error) {
	b, err := hex.DecodeString(f.Address)
	if err != nil || len(b) != len(a) {
		return a, errors.New("address is damaged, want 40 hex digits")
	}
	return record.Account(b), nil
}

// public is the public key, zero where another tool wrote the file.
func (f keyFile) public() (record.PublicKey, error) {
	if f.PublicKey == "" {
		return record.PublicKey{}, nil
	}
	point, err := hex.DecodeString(f.PublicKey)
	if err != nil {
		return record.PublicKey{}, errors.New("public_key is damaged, want 66 hex digits")
	}
	return record.ParsePublicKey(point)
}

// unlock decrypts the key. The answer belongs to the address, or is an error.
func (f keyFile) unlock(passphrase string) (record.Key, error) {
	secret, err := keystore.DecryptDataV3(f.Crypto, passphrase)
	if errors.Is(err, keystore.ErrDecrypt) {
		return record.Key{}, problemf(exitKey, `try again, or restore a backup with "peer key import"`, "wrong passphrase for key 0x%s", f.Address)
	} else if err != nil {
		return record.Key{}, fmt.Errorf("decrypt key 0x%s: %w", f.Address, err)
	}
	k, err := record.ParseKey(secret)
	if err != nil {
		return record.Key{}, fmt.Errorf("decrypt key 0x%s: %w", f.Address, err)
	}
	if a, err := f.account(); err != nil || k.Public().Account() != a {
		return record.Key{}, problemf(exitKey, `restore a backup with "peer key import"`, "the key in the file is of account %s, its address says 0x%s", k.Public().Account(), f.Address)
	}
	return k, nil
}
