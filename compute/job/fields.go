package job

import (
	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// A field is one item of a record: how it is written and how it is read. A
// record lists its fields once, so both directions agree.
type field struct {
	write func(b []byte) []byte
	read  func(r *canon.Reader)
}

func appendFields(b []byte, fields []field) []byte {
	b = canon.AppendArray(b, len(fields))
	for _, f := range fields {
		b = f.write(b)
	}
	return b
}

func readFields(r *canon.Reader, fields []field) {
	r.Fields(len(fields))
	for _, f := range fields {
		f.read(r)
	}
}

// num is an unsigned integer of at most max.
func num[T ~uint8 | ~uint32 | ~uint64](p *T, max T) field {
	return field{
		func(b []byte) []byte { return canon.AppendUint(b, uint64(*p)) },
		func(r *canon.Reader) { *p = T(r.Uint(uint64(max))) },
	}
}

// one is num from 1 to max: an enumeration without a zero.
func one[T ~uint8 | ~uint32 | ~uint64](p *T, max T) field {
	f := num(p, max)
	return field{f.write, func(r *canon.Reader) {
		if f.read(r); *p == 0 {
			r.Fail("a number of 0 where there is no such kind")
		}
	}}
}

func flag(p *bool) field {
	return field{
		func(b []byte) []byte {
			if *p {
				return canon.AppendUint(b, 1)
			}
			return canon.AppendUint(b, 0)
		},
		func(r *canon.Reader) { *p = r.Uint(1) == 1 },
	}
}

// fixed is a byte string of the length of p.
func fixed(p []byte) field {
	return field{
		func(b []byte) []byte { return canon.AppendBytes(b, p) },
		func(r *canon.Reader) { r.Fixed(p) },
	}
}

// holder is a public key that may keep pieces: its 33 bytes.
func holder(p *record.PublicKey) field {
	return field{
		func(b []byte) []byte { k := p.Bytes(); return canon.AppendBytes(b, k[:]) },
		func(r *canon.Reader) {
			var k [33]byte
			r.Fixed(k[:])
			if r.Err() != nil {
				return
			}
			var err error
			if *p, err = record.ParsePublicKey(k[:]); err != nil {
				r.Fail("%w", err)
			}
		},
	}
}

func text(p *string, max int) field {
	return field{
		func(b []byte) []byte { return canon.AppendText(b, *p) },
		func(r *canon.Reader) { *p = r.Text(max) },
	}
}

func link(p *cid.Cid) field {
	return field{
		func(b []byte) []byte { return canon.AppendCID(b, *p) },
		func(r *canon.Reader) { *p = r.CID() },
	}
}

// maybe is a link that may be undefined: an array of none or one.
func maybe(p *cid.Cid) field {
	return field{
		func(b []byte) []byte {
			if !p.Defined() {
				return canon.AppendArray(b, 0)
			}
			return canon.AppendCID(canon.AppendArray(b, 1), *p)
		},
		func(r *canon.Reader) {
			*p = cid.Undef
			if r.Array(1) == 1 {
				*p = r.CID()
			}
		},
	}
}

// list is an array of at most max items.
func list[T any](p *[]T, max int, item func(*T) field) field {
	return field{
		func(b []byte) []byte {
			b = canon.AppendArray(b, len(*p))
			for i := range *p {
				b = item(&(*p)[i]).write(b)
			}
			return b
		},
		func(r *canon.Reader) {
			*p = nil
			for n := r.Array(max); n > 0 && r.Err() == nil; n-- {
				var x T
				item(&x).read(r)
				*p = append(*p, x)
			}
		},
	}
}

// group is a record inside a record.
func group(fields ...field) field {
	return field{
		func(b []byte) []byte { return appendFields(b, fields) },
		func(r *canon.Reader) { readFields(r, fields) },
	}
}
