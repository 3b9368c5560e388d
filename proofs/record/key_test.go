package record

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"testing"

	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/peer"
)

func TestParseKeyRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		secret []byte
	}{
		{"nothing", nil},
		{"31 bytes", make([]byte, 31)},
		{"33 bytes", make([]byte, 33)},
		{"zero", make([]byte, 32)},
		{"the group order", order},
		{"the largest number", bytes.Repeat([]byte{0xff}, 32)},
	} {
		if key, err := ParseKey(c.secret); err == nil {
			t.Errorf("%s: got %v, want an error", c.name, key)
		}
	}
}

// However a key is printed, its secret does not show.
func TestKeyNeverPrintsItself(t *testing.T) {
	var out bytes.Buffer
	holder := struct {
		Open   Key
		hidden Key
		ptr    *Key
	}{alice, alice, &alice}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%b"} {
		for _, a := range []any{alice, &alice, holder, &holder, []Key{alice}, map[string]Key{"k": alice}} {
			fmt.Fprintf(&out, verb+"\n", a)
		}
	}
	text := slog.New(slog.NewTextHandler(&out, nil))
	text.Info("text", "key", alice, "holder", holder)
	jsons := slog.New(slog.NewJSONHandler(&out, nil))
	jsons.Info("json", "key", alice, "holder", holder)
	if err := json.NewEncoder(&out).Encode(holder); err != nil {
		t.Fatal(err)
	}
	secret := alice.Secret()
	limbs := fmt.Sprint(alice.secret.Key) // how the library prints it
	for _, leak := range []string{
		hex.EncodeToString(secret), string(secret), new(big.Int).SetBytes(secret).String(),
		fmt.Sprint(secret), strings.Trim(limbs, "{}[]"),
	} {
		if strings.Contains(strings.ToLower(out.String()), leak) {
			t.Errorf("the secret shows as %q", leak)
		}
	}
	if want := "key of " + alice.Public().Account().String(); fmt.Sprint(alice) != want {
		t.Errorf("got %s, want %s", alice, want)
	}
}

func TestPublicKey(t *testing.T) {
	p := alice.Public()
	point := p.Bytes()
	if again, err := ParsePublicKey(point[:]); err != nil || again != p {
		t.Errorf("of its bytes: got %v, %v", again, err)
	}
	if again, err := OfPeer(p.PeerID()); err != nil || again != p {
		t.Errorf("of its peer ID: got %v, %v", again, err)
	}
	if id, err := peer.IDFromPrivateKey(alice.Libp2p()); err != nil || id != p.PeerID() {
		t.Errorf("libp2p: got %s, %v, want %s", id, err, p.PeerID())
	}
	if again, err := ParseKey(alice.Secret()); err != nil || again.Public() != p {
		t.Errorf("of its secret: got %v, %v", again.Public(), err)
	}
}

func TestPublicKeyRefuses(t *testing.T) {
	point := alice.Public().Bytes()
	for _, c := range []struct {
		name  string
		point []byte
	}{
		{"nothing", nil},
		{"uncompressed", alice.secret.PubKey().SerializeUncompressed()},
		{"another prefix", append([]byte{5}, point[1:]...)},
		{"not on the curve", append([]byte{2}, bytes.Repeat([]byte{0xff}, 32)...)},
	} {
		if p, err := ParsePublicKey(c.point); err == nil {
			t.Errorf("%s: got %v, want an error", c.name, p)
		}
	}
	_, ed25519, err := crypto.GenerateEd25519Key(bytes.NewReader(make([]byte, 64)))
	if err != nil {
		t.Fatal(err)
	}
	id, err := peer.IDFromPublicKey(ed25519)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := OfPeer(id); err == nil {
		t.Errorf("an Ed25519 peer: got %v, want an error", p)
	}
	if p, err := OfPeer("?"); err == nil {
		t.Errorf("no peer ID: got %v, want an error", p)
	}
}

// The examples of EIP-55.
func TestAccountText(t *testing.T) {
	for _, want := range []string{
		"0x52908400098527886E0F7030069857D2E4169EE7",
		"0x8617E340B3D01FA5F11F306F4090FD50E238070D",
		"0xde709f2102306220921060314715629080e2fb77",
		"0x27b1fdb04752bbc536007a920d24acb045561c26",
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
		"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
		"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
		"0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
	} {
		for _, in := range []string{want, strings.ToLower(want), "0x" + strings.ToUpper(want[2:])} {
			a, err := ParseAccount(in)
			if err != nil || a.String() != want {
				t.Errorf("%s: got %s, %v, want %s", in, a, err, want)
			}
		}
	}
}

func TestAccountRefuses(t *testing.T) {
	for _, in := range []string{
		"", "0x", "0x00", "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed00", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg",
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", // one wrong capital
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAfd", // one wrong digit
	} {
		if a, err := ParseAccount(in); err == nil {
			t.Errorf("%q: got %s, want an error", in, a)
		}
	}
	var a Account
	if err := json.Unmarshal([]byte(`"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"`), &a); err != nil {
		t.Error(err)
	}
	if b, err := json.Marshal(a); err != nil || string(b) != `"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"` {
		t.Errorf("got %s, %v", b, err)
	}
}

func TestZeroKeyDoesNotSign(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("signed with no key")
		}
	}()
	Key{}.Sign([32]byte{})
}
