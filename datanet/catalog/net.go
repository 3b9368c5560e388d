package catalog

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

// MaxAnnounced is the largest Manifest record that is gossiped, in bytes. A
// larger one, of thousands of contributors, is found through the DHT.
const MaxAnnounced = 256 << 10

// Rule is what the topic of Manifest records carries: each signed by the founder
// whom it names. evidence may be nil.
func Rule(network record.Network, evidence func(record.Equivocation)) gossip.Rule {
	return gossip.Rule{
		Name:     "datanet",
		Types:    []record.Type{record.Manifest},
		MaxBytes: MaxAnnounced,
		Rate:     gossip.Rate{PerSecond: 1.0 / 60, Burst: 64},
		Latest:   true,
		Places:   1 << 14,
		Evidence: evidence,
		Check: func(v record.Verified) error {
			_, err := manifest.OpenManifest(v.Envelope(), network)
			return err
		},
	}
}

// A Net is the part of the network that a catalog needs; what is nil is not
// used. Peers are named as libp2p does, in bytes.
type Net struct {
	Publish   func(context.Context, record.Verified) error                                    // on the topic of Rule
	Next      func(context.Context) (record.Verified, error)                                  // from it
	Provide   func(context.Context, cid.Cid) error                                            // tells the DHT that this peer answers for a key
	Providers func(context.Context, cid.Cid) iter.Seq[string]                                 // peers that do
	Ask       func(ctx context.Context, peer string, request []byte) iter.Seq2[[]byte, error] // what the peer's Answer sends
}

// Key is where providers of a Datanet are found in the DHT, by its ID.
func Key(network record.Network, id manifest.ID) cid.Cid { return place(network, "id/"+id.String()) }

// NameKey is where providers of all Datanets of a name are found.
func NameKey(network record.Network, name string) cid.Cid { return place(network, "name/"+name) }

// OfferKey is where those are found who have something for the founder of a
// Datanet to take into its next version.
func OfferKey(network record.Network, id manifest.ID) cid.Cid {
	return place(network, "offer/"+id.String())
}

// MeetingKey is where those are found who answer for a whole catalog, on the day
// of a time.
func MeetingKey(network record.Network, day time.Time) cid.Cid {
	return place(network, fmt.Sprintf("catalog/%d", day.Unix()/86400))
}

func place(network record.Network, what string) cid.Cid {
	c, err := block.CID(cid.Raw, sum(fmt.Sprintf("openledger/%s/datanet/%s", network, what)))
	if err != nil {
		panic("catalog: internal error: " + err.Error())
	}
	return c
}

func sum(s string) []byte {
	h := sha256.Sum256([]byte(s))
	return h[:]
}

// What a request asks for; the numbers are append-only.
const (
	askID   = 1 // the head of a Datanet, by its ID
	askName = 2 // the heads of the Datanets of a name
	askPage = 3 // heads after an ID, in the order of the IDs
)

// pageSize is how many heads an answer holds at most.
const pageSize = 100

// answerBytes is the size of an answer from which it ends, in bytes.
const answerBytes = 4 << 20

func request(kind uint64, arg []byte) []byte {
	return canon.AppendBytes(canon.AppendUint(canon.AppendArray(nil, 2), kind), arg)
}

// Answer sends the envelopes that another peer's catalog asks for.
func (c *Catalog) Answer(ctx context.Context, request []byte, send func([]byte) error) error {
	r := canon.NewReader(request, canon.Limits{Total: 256})
	r.Fields(2)
	kind, arg := r.Uint(askPage), r.Bytes(64)
	if err := r.Done(); err != nil {
		return fmt.Errorf("catalog: request: %w", err)
	}
	const head = `SELECT v.envelope FROM catalog_datanet d JOIN catalog_version v ON v.cid = d.head WHERE `
	clause, value := "d.id = ?", any(arg)
	switch kind {
	case askID:
	case askName:
		clause, value = "d.name = ?", string(arg)
	case askPage:
		clause = "d.id > ?"
	default:
		return fmt.Errorf("catalog: request of kind %d", kind)
	}
	list, err := c.envelopes(ctx, head+clause+` ORDER BY d.id LIMIT ?`, value, pageSize)
	if err != nil {
		return err
	}
	for _, b := range list {
		if err := send(b); err != nil {
			return err
		}
	}
	return nil
}

func (c *Catalog) envelopes(ctx context.Context, query string, args ...any) (list [][]byte, err error) {
	rows, err := c.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, wrap(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for size := 0; rows.Next() && size < answerBytes; {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, wrap(err)
		}
		list = append(list, b)
		size += len(b)
	}
	return list, wrap(rows.Err())
}

// hear takes an envelope that came from a peer, if it is about what was wanted.
func (c *Catalog) hear(ctx context.Context, envelope []byte, wanted func(manifest.ID) bool) error {
	v, err := record.Open(envelope, c.c.Network)
	if err != nil {
		return err
	}
	if id := manifest.ID(v.Header().Subject); !wanted(id) {
		return fmt.Errorf("catalog: an answer about %s, which was not asked for", id)
	}
	_, err = c.Add(ctx, v)
	if errors.Is(err, ErrOld) || errors.Is(err, ErrFork) {
		return nil // known better, or noted
	}
	return err
}

const (
	askAtMost = 8 // peers in one search
	findTime  = 20 * time.Second
)

// Find asks the providers in the DHT for a Datanet of this ID.
func (c *Catalog) Find(ctx context.Context, net Net, id manifest.ID) (Entry, error) {
	err := c.ask(ctx, net, Key(c.c.Network, id), request(askID, id[:]), func(got manifest.ID) bool { return got == id })
	e, known := c.Entry(ctx, id)
	if known == nil {
		return e, nil
	}
	return e, errors.Join(known, err)
}

// FindName asks the providers in the DHT for all Datanets of a name.
func (c *Catalog) FindName(ctx context.Context, net Net, name string) ([]Entry, error) {
	err := c.ask(ctx, net, NameKey(c.c.Network, name), request(askName, []byte(name)), func(manifest.ID) bool { return true })
	list, known := c.Search(ctx, Query{Name: name})
	if len(list) > 0 || known != nil {
		return list, known
	}
	return nil, err
}

// ask puts one request to several providers of a key. It fails if none answered.
func (c *Catalog) ask(ctx context.Context, net Net, at cid.Cid, request []byte, wanted func(manifest.ID) bool) error {
	if net.Providers == nil || net.Ask == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	asked := 0
	var work sync.WaitGroup
	var mu sync.Mutex
	var bad []error
	for p := range net.Providers(ctx, at) {
		if asked++; asked > askAtMost {
			break
		}
		work.Go(func() {
			if err := c.from(ctx, net, p, request, wanted); err != nil {
				mu.Lock()
				defer mu.Unlock()
				bad = append(bad, err)
			}
		})
	}
	work.Wait()
	if len(bad) > 0 && len(bad) == min(asked, askAtMost) {
		return errors.Join(bad...)
	}
	return nil
}

// from hears what one peer answers. It ends with the first envelope that is not
// what was asked for.
func (c *Catalog) from(ctx context.Context, net Net, peer string, request []byte, wanted func(manifest.ID) bool) error {
	n := 0
	for envelope, err := range net.Ask(ctx, peer, request) {
		if err != nil {
			return err
		}
		if n++; n > pageSize {
			return errors.New("catalog: a longer answer than was asked for")
		}
		if err := c.hear(ctx, envelope, wanted); err != nil {
			return err
		}
	}
	return nil
}

// Sync learns what the catalogs of a few other peers list, and returns how many
// Datanets came.
func (c *Catalog) Sync(ctx context.Context, net Net) (n int, err error) {
	if net.Providers == nil || net.Ask == nil {
		return 0, nil
	}
	asked := 0
	var bad []error
	for p := range net.Providers(ctx, MeetingKey(c.c.Network, c.c.Now())) {
		if asked++; asked > askAtMost/2 {
			break
		}
		got, err := c.pages(ctx, net, p)
		n += got
		if err != nil {
			bad = append(bad, err)
		}
	}
	if n == 0 && len(bad) > 0 {
		err = errors.Join(bad...)
	}
	return n, err
}

func (c *Catalog) pages(ctx context.Context, net Net, peer string) (n int, err error) {
	var last manifest.ID
	for n < c.c.Most {
		before := n
		err := c.from(ctx, net, peer, request(askPage, last[:]), func(id manifest.ID) bool {
			if string(id[:]) <= string(last[:]) {
				return false
			}
			last = id
			n++
			return true
		})
		if err != nil || n == before {
			return n, err
		}
	}
	return n, nil
}
