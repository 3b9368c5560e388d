package record

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
)

// A Network is a number that keeps the records of one network out of all
// others. 0 is nobody's.
type Network uint64

// String returns the number in decimal, as in names of topics.
func (n Network) String() string { return strconv.FormatUint(uint64(n), 10) }

// A Header says what a record is about. Network, type, subject and sequence
// name a place, which a signer fills at most once.
type Header struct {
	Network  Network
	Type     Type
	Subject  [32]byte // the hash of what the record is about, such as a JobSpec
	Sequence uint64   // counts the signer's records of one type and subject
	Payload  [32]byte // sha-256 of the payload; Seal fills it in
}

// HeaderSize is three words of the EVM. Integers are big-endian:
//
//	at  0  magic     12 bytes  "openledger/1"
//	   12  network    8
//	   20  type       4
//	   24  subject   32
//	   56  sequence   8        up to here: the place
//	   64  payload   32
const HeaderSize = 96

const (
	networkAt  = 12
	typeAt     = 20
	subjectAt  = 24
	sequenceAt = 56
	placeSize  = 64
)

// magic is the domain of the signature: no other protocol of ours or of libp2p
// signs bytes that start with it. Its last digit is the version of this form.
const magic = "openledger/1"

// bytes returns the header as it travels.
func (h Header) bytes() (b [HeaderSize]byte) {
	copy(b[:], magic)
	binary.BigEndian.PutUint64(b[networkAt:], uint64(h.Network))
	binary.BigEndian.PutUint32(b[typeAt:], uint32(h.Type))
	copy(b[subjectAt:], h.Subject[:])
	binary.BigEndian.PutUint64(b[sequenceAt:], h.Sequence)
	copy(b[placeSize:], h.Payload[:])
	return b
}

// parseHeader is the inverse of bytes for the headers of one network.
func parseHeader(b [HeaderSize]byte, network Network) (Header, error) {
	h := Header{
		Network:  Network(binary.BigEndian.Uint64(b[networkAt:])),
		Type:     Type(binary.BigEndian.Uint32(b[typeAt:])),
		Subject:  [32]byte(b[subjectAt:sequenceAt]),
		Sequence: binary.BigEndian.Uint64(b[sequenceAt:]),
		Payload:  [32]byte(b[placeSize:]),
	}
	switch {
	case string(b[:networkAt]) != magic:
		return Header{}, fmt.Errorf("%w: starts with %q, want %q", ErrForm, b[:networkAt], magic)
	case network == 0:
		return Header{}, fmt.Errorf("%w: 0 is no network", ErrNetwork)
	case h.Network != network:
		return Header{}, fmt.Errorf("%w: it is for %d, this is %d", ErrNetwork, h.Network, network)
	case !h.Type.Known():
		return Header{}, fmt.Errorf("%w: %d; is there a newer version of this program?", ErrType, h.Type)
	}
	return h, nil
}

// Digest is what is signed, and the record's name: sha-256 of the header.
func (h Header) Digest() [32]byte {
	b := h.bytes()
	return sha256.Sum256(b[:])
}
