package chain

import (
	"crypto/ecdsa"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts"
	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/openledger/openledger/proofs/record"
)

// A Signer signs digests with one key, as r, s and v (0 or 1).
type Signer interface {
	Address() common.Address
	Sign(digest [32]byte) ([]byte, error)
}

type keySigner struct{ key *ecdsa.PrivateKey }

// KeySigner returns the signer of a key in memory.
func KeySigner(key *ecdsa.PrivateKey) Signer { return keySigner{key} }

func (k keySigner) Address() common.Address { return crypto.PubkeyToAddress(k.key.PublicKey) }
func (k keySigner) Sign(digest [32]byte) ([]byte, error) {
	return crypto.Sign(digest[:], k.key)
}

type storeSigner struct {
	store   *keystore.KeyStore
	account accounts.Account
}

// KeystoreSigner returns the signer of an account of a keystore, which MUST be
// unlocked while it signs.
func KeystoreSigner(ks *keystore.KeyStore, account accounts.Account) Signer {
	return storeSigner{ks, account}
}

func (s storeSigner) Address() common.Address { return s.account.Address }
func (s storeSigner) Sign(digest [32]byte) ([]byte, error) {
	b, err := s.store.SignHash(s.account, digest[:])
	if err != nil {
		return nil, fmt.Errorf("sign with %v: %w; unlock the key first", s.account.Address, err)
	}
	return b, nil
}

// sign signs a transaction for a chain.
func sign(s Signer, id *big.Int, tx types.TxData) (*types.Transaction, error) {
	signer, unsigned := types.LatestSignerForChainID(id), types.NewTx(tx)
	b, err := s.Sign(signer.Hash(unsigned))
	if err != nil {
		return nil, fmt.Errorf("sign a transaction: %w", err)
	}
	return unsigned.WithSignature(signer, b)
}

type recordSigner struct {
	account common.Address
	sign    func(digest [32]byte) (record.Signature, error)
}

// RecordSigner returns the signer of a key that signs as package record does.
func RecordSigner(account record.Account, sign func(digest [32]byte) (record.Signature, error)) Signer {
	return recordSigner{common.Address(account), sign}
}

func (s recordSigner) Address() common.Address { return s.account }
func (s recordSigner) Sign(digest [32]byte) ([]byte, error) {
	b, err := s.sign(digest)
	if err != nil {
		return nil, err
	}
	b[64] -= 27
	return b[:], nil
}
