package chain

import (
	"fmt"
	"math/big"
	"strings"
)

const decimals = 18

// ParseAmount reads an exact decimal of OPEN, as 1.5, and returns units of 1e-18.
func ParseAmount(text string) (*big.Int, error) {
	whole, part, point := strings.Cut(text, ".")
	for _, c := range whole + part {
		if c < '0' || c > '9' {
			return nil, fmt.Errorf("%q is no amount of OPEN: want a decimal as 1.5", text)
		}
	}
	switch {
	case whole == "" || point && part == "":
		return nil, fmt.Errorf("%q is no amount of OPEN: want a decimal as 1.5", text)
	case len(part) > decimals:
		return nil, fmt.Errorf("%s OPEN has %d decimals, the least unit is the %dth", text, len(part), decimals)
	case len(whole) > 12:
		return nil, fmt.Errorf("%s OPEN is more than there is", text)
	}
	n, _ := new(big.Int).SetString(whole+part+strings.Repeat("0", decimals-len(part)), 10)
	return n, nil
}

// FormatAmount writes units of 1e-18 as an exact decimal of OPEN.
func FormatAmount(n *big.Int) string {
	sign := ""
	if n.Sign() < 0 {
		sign = "-"
	}
	digits := new(big.Int).Abs(n).String()
	if len(digits) <= decimals {
		digits = strings.Repeat("0", decimals+1-len(digits)) + digits
	}
	at := len(digits) - decimals
	return sign + strings.TrimSuffix(digits[:at]+"."+strings.TrimRight(digits[at:], "0"), ".")
}
