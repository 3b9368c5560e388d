package escrow

import (
	"bytes"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// FuzzTerms: what is read is written back the same, and bytes of anybody never panic.
func FuzzTerms(f *testing.F) {
	c, err := canon.Encode(&contract{Until: 1, Staker: record.Account{2}, Replica: 3, From: 4, To: 5, Due: 6, Pay: 7, Stake: 8, Bond: 9, Salt: 10})
	if err != nil {
		f.Fatal(err)
	}
	p, err := canon.Encode(&share{[32]byte{1}, 2})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(c)
	f.Add(p)
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, err := readContract(b); err == nil {
			if again, err := canon.Encode(c); err != nil || !bytes.Equal(again, b) {
				t.Errorf("%x was read, %x written: %v", b, again, err)
			}
		}
		if p, err := readShare(b); err == nil {
			if again, err := canon.Encode(p); err != nil || !bytes.Equal(again, b) {
				t.Errorf("%x was read, %x written: %v", b, again, err)
			}
		}
	})
}
