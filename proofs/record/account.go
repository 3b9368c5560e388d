package record

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// An Account is the address of a chain account: a peer's own, or one that is
// paid.
type Account [20]byte

// String returns the address as EIP-55 writes it: hex whose capitals are a
// checksum.
func (a Account) String() string {
	text := []byte(hex.EncodeToString(a[:]))
	hash := keccak256(text)
	for i, c := range text {
		nibble := hash[i/2] >> (4 * (1 - i%2)) & 0xf
		if c >= 'a' && nibble >= 8 {
			text[i] = c - 'a' + 'A'
		}
	}
	return "0x" + string(text)
}

// ParseAccount reads an address. Mixed letters MUST be a right EIP-55 checksum;
// letters of one case carry none.
func ParseAccount(s string) (Account, error) {
	digits, ok := strings.CutPrefix(s, "0x")
	raw, err := hex.DecodeString(digits)
	if !ok || err != nil || len(raw) != len(Account{}) {
		return Account{}, fmt.Errorf("record: %q is not an address: want 0x and 40 hex digits", s)
	}
	a := Account(raw)
	if digits != strings.ToLower(digits) && digits != strings.ToUpper(digits) && s != a.String() {
		return Account{}, fmt.Errorf("record: address %s has a wrong checksum: is a digit mistyped?", s)
	}
	return a, nil
}

// MarshalText writes the address into configurations, JSON and logs.
func (a Account) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText is ParseAccount.
func (a *Account) UnmarshalText(text []byte) (err error) {
	*a, err = ParseAccount(string(text))
	return err
}
