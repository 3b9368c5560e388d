// Package canon is the one byte form of all that is signed, hashed, addressed
// or sent.
//
// It is the part of CBOR (RFC 8949) that leaves no choice: arrays, unsigned
// integers, byte strings, text strings and CIDs (tag 42), each with the
// shortest head. There are no maps, floats, negatives, booleans or indefinite
// lengths; a record is an array of its fields. The result is also a valid
// DAG-CBOR block, so any IPLD tool can read it and follow its links.
//
// The invariant: a value has one form. What Decode accepts, Encode writes
// again, byte for byte.
//
// A type joins in with AppendCanon and ReadCanon; see Value, then Reader.
package canon

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/ipfs/go-cid"
)

// The major types of RFC 8949 section 3.1, in the order of their numbers.
const (
	majorUint = iota
	majorNegative
	majorBytes
	majorText
	majorArray
	majorMap
	majorTag
	majorSimple // floats, booleans, null, undefined
)

// tagCID marks a CID: tag 42 on the byte string 0x00 | CID, as in DAG-CBOR.
const tagCID = 42

// maxCID is the longest CID in bytes: boxo accepts digests of up to 128 bytes,
// the rest is room for the four varints before them.
const maxCID = 160

// A Value is a type with one byte form.
type Value interface {
	// AppendCanon appends the value to b and returns the longer slice.
	AppendCanon(b []byte) []byte

	// ReadCanon reads what AppendCanon wrote. It MUST take each field from
	// r in order and need not look at errors: r keeps the first one.
	ReadCanon(r *Reader)
}

// Encode returns the bytes of v. It fails if no reader would accept them: v
// holds a text that is not UTF-8 or an undefined CID, it is larger than
// MaxTotal, or its AppendCanon announces other items than it appends.
func Encode(v Value) ([]byte, error) {
	b := v.AppendCanon(nil)
	if err := Valid(b, Limits{}); err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return b, nil
}

// Decode reads all of b into v. It fails on any byte that v would not write
// itself; v is then of no use. The byte strings of v share their memory with b.
func Decode(b []byte, v Value, lim Limits) error {
	r := NewReader(b, lim)
	v.ReadCanon(r)
	if err := r.Done(); err != nil {
		return fmt.Errorf("decode %T: %w", v, err)
	}
	if !bytes.Equal(v.AppendCanon(make([]byte, 0, len(b))), b) {
		return fmt.Errorf("decode %T: canon: read other bytes than it writes", v)
	}
	return nil
}

// Valid says whether b is exactly one canonical value. It builds nothing.
func Valid(b []byte, lim Limits) error {
	r := NewReader(b, lim)
	r.Raw()
	return r.Done()
}

// The append functions cannot fail. What has no canonical form (a text that is
// not UTF-8, an undefined CID, a negative length) they write in a form that
// every reader refuses, so Encode finds it.

// AppendArray appends the head of an array; its n items MUST follow.
func AppendArray(b []byte, n int) []byte {
	return appendHead(b, majorArray, uint64(n))
}

// AppendUint appends an unsigned integer.
func AppendUint(b []byte, n uint64) []byte {
	return appendHead(b, majorUint, n)
}

// AppendBytes appends a byte string.
func AppendBytes(b, p []byte) []byte {
	return append(appendHead(b, majorBytes, uint64(len(p))), p...)
}

// AppendText appends a text string, which MUST be valid UTF-8.
func AppendText(b []byte, s string) []byte {
	return append(appendHead(b, majorText, uint64(len(s))), s...)
}

// AppendCID appends a link, which MUST be defined.
func AppendCID(b []byte, c cid.Cid) []byte {
	b = appendHead(b, majorTag, tagCID)
	b = appendHead(b, majorBytes, uint64(1+c.ByteLen()))
	b = append(b, 0) // the multibase prefix "binary"
	return append(b, c.KeyString()...)
}

// appendHead appends a major type and its argument in the fewest bytes.
func appendHead(b []byte, major byte, n uint64) []byte {
	major <<= 5
	switch {
	case n < 24:
		return append(b, major|byte(n))
	case n <= math.MaxUint8:
		return append(b, major|24, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(b, major|25), uint16(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(b, major|26), uint32(n))
	default:
		return binary.BigEndian.AppendUint64(append(b, major|27), n)
	}
}
