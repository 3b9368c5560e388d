package job

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

// ReplicaKey is the key of one replica, which the requester gives to whom it
// leases it: no other replica can read what this one stores.
func ReplicaKey(secret [32]byte, job ID, replica uint64) [32]byte {
	return derive(secret, "openledger/replica/1", job[:], replica)
}

// SegmentKey is the key of one segment's blocks. It opens no other segment, so
// an auditor gets that of the segment before.
func SegmentKey(replica [32]byte, segment uint64) [32]byte {
	return derive(replica, "openledger/segment/1", nil, segment)
}

func derive(key [32]byte, domain string, about []byte, n uint64) [32]byte {
	m := hmac.New(sha256.New, key[:])
	m.Write([]byte(domain))
	m.Write(about)
	m.Write(binary.BigEndian.AppendUint64(nil, n))
	return [32]byte(m.Sum(nil))
}

// ErrSealed says that bytes are not what was sealed with this key.
var ErrSealed = errors.New("job: not sealed with this key, or altered")

const nonceSize = 12

// Sealing is by how many bytes SealBlock makes a part longer.
const Sealing = nonceSize + 16

// SealBlock encrypts a part of what a replica stores, for SegmentKey. part
// numbers the blocks of a segment. Equal bytes give equal blocks: the nonce is
// a hash of the content, so no nonce ever meets two contents.
func SealBlock(key [32]byte, part uint64, plain []byte) []byte {
	content := derive(key, "openledger/nonce/1", plain, part)
	out := append(make([]byte, 0, nonceSize+len(plain)+16), content[:nonceSize]...)
	return sealer(key).Seal(out, out, plain, binary.BigEndian.AppendUint64(nil, part))
}

// OpenBlock is the inverse of SealBlock.
func OpenBlock(key [32]byte, part uint64, sealed []byte) ([]byte, error) {
	if len(sealed) < nonceSize {
		return nil, fmt.Errorf("%w: %d bytes", ErrSealed, len(sealed))
	}
	plain, err := sealer(key).Open(nil, sealed[:nonceSize], sealed[nonceSize:], binary.BigEndian.AppendUint64(nil, part))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

func sealer(key [32]byte) cipher.AEAD {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic("job: internal error: " + err.Error())
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic("job: internal error: " + err.Error())
	}
	return aead
}
