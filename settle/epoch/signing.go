package epoch

import "github.com/ethereum/go-ethereum/common"

// Signing returns what the payer signs in a domain, by EIP-712.
func (r *Request) Signing(domain [32]byte) [32]byte { return signing(domain, r.Hash()) }

// Signing returns what the worker signs in a domain, by EIP-712.
func (r *Result) Signing(domain [32]byte) [32]byte { return signing(domain, r.Hash()) }

// Signing returns what a distributor signs in a domain, by EIP-712.
func (d *Distribution) Signing(domain [32]byte) [32]byte { return signing(domain, d.Hash()) }

// Signer returns who signed a payment in a domain; false: nobody did.
func (p *Payment) Signer(domain [32]byte) (common.Address, bool) {
	return p.Signature.Signer(p.Distribution.Signing(domain))
}

func signing(domain, hash [32]byte) [32]byte {
	return keccak([]byte("\x19\x01"), domain[:], hash[:])
}
