package record_test

import (
	"crypto/sha256"
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// A price is a payload. Its two methods list the same fields in the same order.
type price struct {
	Model string
	Micro uint64 // per 1,000 tokens
}

func (p *price) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 2)
	b = canon.AppendText(b, p.Model)
	return canon.AppendUint(b, p.Micro)
}

func (p *price) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	p.Model = r.Text(64)
	p.Micro = r.Uint(1e12)
}

func Example() {
	secret := sha256.Sum256([]byte("read yours from a keystore"))
	key, err := record.ParseKey(secret[:])
	if err != nil {
		fmt.Println(err)
		return
	}
	payload, err := canon.Encode(&price{Model: "tiny", Micro: 250})
	if err != nil {
		fmt.Println(err)
		return
	}
	header := record.Header{Network: 31337, Type: record.Advert, Sequence: 1}
	sealed, err := record.Seal(key, header, payload) // header and payload are in the journal by now
	if err != nil {
		fmt.Println(err)
		return
	}

	opened, err := record.Open(sealed.Envelope(), 31337) // at some other peer
	if err != nil {
		fmt.Println(err)
		return
	}
	var p price
	if err := canon.Decode(opened.Payload(), &p, canon.Limits{}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s of %s: %+v\n", opened.Header().Type, opened.Signer().Account(), p)
	// Output: Advert of 0xCb49812cF6f9777b8Aae9D435103fb916F23F0B2: {Model:tiny Micro:250}
}
