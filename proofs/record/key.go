package record

import (
	"errors"
	"fmt"
	"log/slog"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/peer"
	"golang.org/x/crypto/sha3"
)

// A Key is the one secret of a peer: it signs records, it is the libp2p
// identity and it owns the chain account. It never prints itself; Secret is
// the only way out.
type Key struct {
	secret *secp256k1.PrivateKey // behind a pointer, so that fmt prints an address at most
	public PublicKey
}

// ParseKey makes a Key of a secret of 32 bytes, which SHOULD come from
// crypto/rand.
func ParseKey(secret []byte) (Key, error) {
	if len(secret) != secp256k1.PrivKeyBytesLen {
		return Key{}, fmt.Errorf("record: a key has %d bytes, want %d", len(secret), secp256k1.PrivKeyBytesLen)
	}
	var scalar secp256k1.ModNScalar
	if overflow := scalar.SetByteSlice(secret); overflow || scalar.IsZero() {
		return Key{}, errors.New("record: these 32 bytes are not a secp256k1 key: zero or too large")
	}
	private := secp256k1.NewPrivateKey(&scalar)
	public, err := publicKey(private.PubKey())
	if err != nil {
		return Key{}, err
	}
	return Key{private, public}, nil
}

// Public returns the public half.
func (k Key) Public() PublicKey { return k.public }

// Secret returns the 32 secret bytes, for a keystore.
func (k Key) Secret() []byte { return k.secret.Serialize() }

// Libp2p returns the key as libp2p wants it.
func (k Key) Libp2p() crypto.PrivKey { return (*crypto.Secp256k1PrivateKey)(k.secret) }

// Format prints the account, whatever the verb.
func (k Key) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "key of %s", k.public.account) }

// LogValue logs the account.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.public.account.String()) }

// A PublicKey is who signed: one point of the curve, seen as a chain account
// and as a libp2p peer ID too. The zero PublicKey is nobody. Equal keys are ==.
type PublicKey struct {
	point   [33]byte
	account Account
	peer    peer.ID
}

// ParsePublicKey reads a compressed point of 33 bytes.
func ParsePublicKey(point []byte) (PublicKey, error) {
	if len(point) != secp256k1.PubKeyBytesLenCompressed {
		return PublicKey{}, fmt.Errorf("record: a public key has %d bytes, want %d", len(point), secp256k1.PubKeyBytesLenCompressed)
	}
	p, err := secp256k1.ParsePubKey(point)
	if err != nil {
		return PublicKey{}, fmt.Errorf("record: public key: %w", err)
	}
	return publicKey(p)
}

// OfPeer returns the public key that a peer ID holds.
func OfPeer(id peer.ID) (PublicKey, error) {
	p, err := id.ExtractPublicKey()
	if err != nil {
		return PublicKey{}, fmt.Errorf("record: peer %s: %w", id, err)
	}
	point, ok := p.(*crypto.Secp256k1PublicKey)
	if !ok {
		return PublicKey{}, fmt.Errorf("record: peer %s has a key of type %s, want Secp256k1", id, p.Type())
	}
	return publicKey((*secp256k1.PublicKey)(point))
}

func publicKey(p *secp256k1.PublicKey) (PublicKey, error) {
	id, err := peer.IDFromPublicKey((*crypto.Secp256k1PublicKey)(p))
	if err != nil {
		return PublicKey{}, fmt.Errorf("record: peer ID: %w", err)
	}
	hash := keccak256(p.SerializeUncompressed()[1:])
	return PublicKey{
		point:   [33]byte(p.SerializeCompressed()),
		account: Account(hash[12:]),
		peer:    id,
	}, nil
}

// Bytes returns the compressed point.
func (p PublicKey) Bytes() [33]byte { return p.point }

// Account returns the chain account: the last 20 bytes of keccak-256 of the
// point.
func (p PublicKey) Account() Account { return p.account }

// PeerID returns the libp2p identity.
func (p PublicKey) PeerID() peer.ID { return p.peer }

// keccak256 is Ethereum's hash: SHA-3 before the standard changed its padding.
func keccak256(b []byte) (sum [32]byte) {
	h := sha3.NewLegacyKeccak256()
	h.Write(b)
	h.Sum(sum[:0])
	return sum
}
