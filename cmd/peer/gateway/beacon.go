package gateway

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// BeaconEpoch is how long an epoch of a LocalBeacon lasts.
const BeaconEpoch = 10 * time.Minute

// LocalBeacon is the beacon that there is before a chain is attached: of a secret
// seed of this peer (Book.Seed), so that no worker knows it before, and this peer
// itself could not choose it when a receipt came.
//
//	beacon(e) = H("openledger/beacon/1" | seed | e)
//
// Epoch e begins at e times BeaconEpoch after 1970. A receipt is drawn for by the
// beacon of the epoch after its own, once that has begun.
func LocalBeacon(seed [32]byte, now func() time.Time) func(ctx context.Context, after time.Time) ([32]byte, error) {
	return func(_ context.Context, after time.Time) ([32]byte, error) {
		e := after.UnixNano()/int64(BeaconEpoch) + 1
		if now().UnixNano()/int64(BeaconEpoch) < e {
			return [32]byte{}, ErrLater
		}
		b := append([]byte("openledger/beacon/1"), seed[:]...)
		return sha256.Sum256(binary.BigEndian.AppendUint64(b, uint64(e))), nil
	}
}
