package simnet

import (
	"strings"

	"github.com/libp2p/go-libp2p/core/network"
)

// Absent makes a peer advertise as before and answer no call: whoever asks it
// anything waits for nothing. Its DHT and gossip go on.
func Absent(p *Peer) {
	h := p.Node.Host()
	for _, id := range h.Mux().Protocols() {
		if strings.HasPrefix(string(id), "/openledger/") && !strings.Contains(string(id), "/kad/") {
			h.SetStreamHandler(id, func(network.Stream) {}) // the stream stays open
		}
	}
}
