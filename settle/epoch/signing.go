package epoch

// Signing returns what the payer signs in a domain, by EIP-712.
func (r *Request) Signing(domain [32]byte) [32]byte { return signing(domain, r.Hash()) }

// Signing returns what the worker signs in a domain, by EIP-712.
func (r *Result) Signing(domain [32]byte) [32]byte { return signing(domain, r.Hash()) }

// Signing returns what a distributor signs in a domain, by EIP-712.
func (d *Distribution) Signing(domain [32]byte) [32]byte { return signing(domain, d.Hash()) }

func signing(domain, hash [32]byte) [32]byte {
	return keccak([]byte("\x19\x01"), domain[:], hash[:])
}
