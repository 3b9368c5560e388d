package record_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	ethcrypto "github.com/ethereum/go-ethereum/crypto"
	"github.com/ipfs/go-cid"
	"github.com/ipld/go-ipld-prime"
	"github.com/ipld/go-ipld-prime/codec/dagcbor"
	"github.com/ipld/go-ipld-prime/node/basicnode"
	"github.com/ipld/go-ipld-prime/traversal"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

var update = flag.Bool("update", false, "write testdata again")

const vectorFile = "testdata/vectors.json"

// A vector is one record as a contract sees it, all in hex with 0x. The
// contract's tests read the same file: sha256(header) is digest, and
// ecrecover(digest, v, r, s) is account.
type vector struct {
	Secret   string `json:"secret"` // of this test only
	Network  uint64 `json:"network,string"`
	Type     uint32 `json:"type"`
	Subject  string `json:"subject"`
	Sequence uint64 `json:"sequence,string"`
	Payload  string `json:"payload"`
	Header   string `json:"header"`
	Digest   string `json:"digest"`
	R        string `json:"r"`
	S        string `json:"s"`
	V        uint8  `json:"v"`
	Account  string `json:"account"`
	PeerID   string `json:"peer_id"`
	Envelope string `json:"envelope"`
}

// The first two vectors are an equivocation.
var cases = []struct {
	secret  string
	h       record.Header
	payload []byte
}{
	{"one", record.Header{Network: 31337, Type: record.Receipt, Subject: [32]byte{1, 2, 3}, Sequence: 7}, canon.AppendText(nil, "yes")},
	{"one", record.Header{Network: 31337, Type: record.Receipt, Subject: [32]byte{1, 2, 3}, Sequence: 7}, canon.AppendText(nil, "no")},
	{"two", record.Header{Network: 1, Type: record.Advert, Sequence: 0}, canon.AppendArray(nil, 0)},
	{"three", record.Header{Network: 1<<64 - 1, Type: record.EpochSummary, Subject: [32]byte{31: 0xff}, Sequence: 1<<64 - 1},
		canon.AppendCID(nil, cid.MustParse("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"))},
}

func hex0x(b []byte) string { return "0x" + hex.EncodeToString(b) }

func seal(t *testing.T, seed string, h record.Header, payload []byte) (record.Key, record.Verified) {
	t.Helper()
	secret := sha256.Sum256([]byte(seed))
	key, err := record.ParseKey(secret[:])
	if err != nil {
		t.Fatal(err)
	}
	v, err := record.Seal(key, h, payload)
	if err != nil {
		t.Fatal(err)
	}
	return key, v
}

// The vectors of testdata are what we seal today.
func TestVectors(t *testing.T) {
	var vectors []vector
	for _, c := range cases {
		key, v := seal(t, c.secret, c.h, c.payload)
		envelope, digest := v.Envelope(), v.Header().Digest()
		vectors = append(vectors, vector{
			Secret:   hex0x(key.Secret()),
			Network:  uint64(c.h.Network),
			Type:     uint32(c.h.Type),
			Subject:  hex0x(c.h.Subject[:]),
			Sequence: c.h.Sequence,
			Payload:  hex0x(c.payload),
			Header:   hex0x(envelope[3:99]),
			Digest:   hex0x(digest[:]),
			R:        hex0x(envelope[101:133]),
			S:        hex0x(envelope[133:165]),
			V:        envelope[165],
			Account:  v.Signer().Account().String(),
			PeerID:   v.Signer().PeerID().String(),
			Envelope: hex0x(envelope),
		})
	}
	got, err := json.MarshalIndent(vectors, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(vectorFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nwant (run with -update only if the form was meant to change)\n%s", got, want)
	}
}

// Ethereum's own code agrees with each vector, from the file alone.
func TestVectorsByEthereum(t *testing.T) {
	data, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) != len(cases) {
		t.Fatalf("got %d vectors, want %d", len(vectors), len(cases))
	}
	for i, v := range vectors {
		header, digest := common.FromHex(v.Header), common.FromHex(v.Digest)
		if sum := sha256.Sum256(header); !bytes.Equal(sum[:], digest) {
			t.Errorf("vector %d: sha256(header): got %x, want %x", i, sum, digest)
		}
		if sum := sha256.Sum256(common.FromHex(v.Payload)); !bytes.Equal(sum[:], header[64:]) {
			t.Errorf("vector %d: sha256(payload): got %x, want %x", i, sum, header[64:])
		}
		signature := append(append(common.FromHex(v.R), common.FromHex(v.S)...), v.V-27)
		point, err := ethcrypto.Ecrecover(digest, signature)
		if err != nil {
			t.Fatalf("vector %d: ecrecover: %v", i, err)
		}
		public, err := ethcrypto.UnmarshalPubkey(point)
		if err != nil {
			t.Fatalf("vector %d: %v", i, err)
		}
		if got := ethcrypto.PubkeyToAddress(*public).Hex(); got != v.Account {
			t.Errorf("vector %d: ecrecover: got %s, want %s", i, got, v.Account)
		}
		if !ethcrypto.VerifySignature(point, digest, signature[:64]) { // it insists on the lower s
			t.Errorf("vector %d: the signature does not verify", i)
		}
		secret, err := ethcrypto.ToECDSA(common.FromHex(v.Secret))
		if err != nil {
			t.Fatal(err)
		}
		if got := ethcrypto.PubkeyToAddress(secret.PublicKey).Hex(); got != v.Account {
			t.Errorf("vector %d: address of the secret: got %s, want %s", i, got, v.Account)
		}
		raw, err := crypto.UnmarshalSecp256k1PrivateKey(common.FromHex(v.Secret))
		if err != nil {
			t.Fatal(err)
		}
		if id, err := peer.IDFromPrivateKey(raw); err != nil || id.String() != v.PeerID {
			t.Errorf("vector %d: libp2p: got %s, %v, want %s", i, id, err, v.PeerID)
		}
	}
}

// What Ethereum signs, we recover: both libraries agree on many digests.
func TestRecoverWhatEthereumSigns(t *testing.T) {
	for i := range 200 {
		secret := sha256.Sum256([]byte{byte(i), 1})
		digest := sha256.Sum256([]byte{byte(i), 2})
		key, err := ethcrypto.ToECDSA(secret[:])
		if err != nil {
			t.Fatal(err)
		}
		signature, err := ethcrypto.Sign(digest[:], key)
		if err != nil {
			t.Fatal(err)
		}
		signature[64] += 27
		got, err := record.Recover(digest, record.Signature(signature))
		if want := ethcrypto.PubkeyToAddress(key.PublicKey).Hex(); err != nil || got.Account().String() != want {
			t.Fatalf("case %d: got %s, %v, want %s", i, got.Account(), err, want)
		}
		ours, err := record.ParseKey(secret[:])
		if err != nil {
			t.Fatal(err)
		}
		if s := ours.Sign(digest); !bytes.Equal(s[:], signature) {
			t.Fatalf("case %d: we sign %x, Ethereum %x", i, s, signature)
		}
	}
}

// An envelope is a DAG-CBOR block, and IPLD finds the links in its payload.
func TestEnvelopeIsDagCBOR(t *testing.T) {
	for i, c := range cases {
		_, v := seal(t, c.secret, c.h, c.payload)
		node, err := ipld.DecodeUsingPrototype(v.Envelope(), dagcbor.Decode, basicnode.Prototype.Any)
		if err != nil {
			t.Fatalf("case %d: %v", i, err)
		}
		again, err := ipld.Encode(node, dagcbor.Encode)
		if err != nil || !bytes.Equal(again, v.Envelope()) {
			t.Errorf("case %d: got %x, %v, want %x", i, again, err, v.Envelope())
		}
		links, err := traversal.SelectLinks(node)
		if want := strings.Count(string(c.payload), "\xd8\x2a"); err != nil || len(links) != want {
			t.Errorf("case %d: got links %v, %v, want %d", i, links, err, want)
		}
	}
}
