package api

import (
	"encoding/hex"
	"sync"
	"time"

	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/proofs/canon"
)

// maxReceipts is how many answers can be looked up afterwards.
const maxReceipts = 4096

// receipts are those of the last answers, by ID.
type receipts struct {
	mu    sync.Mutex
	byID  map[string]kept
	order []string // a ring, next is the oldest
	next  int
}

type kept struct {
	Receipt
	tenant  string
	model   string
	created time.Time
}

func newReceipts(n int) receipts {
	return receipts{byID: make(map[string]kept), order: make([]string, n)}
}

func (r *receipts) keep(id string, k kept) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.byID, r.order[r.next])
	r.order[r.next], r.byID[id] = id, k
	r.next = (r.next + 1) % len(r.order)
}

func (r *receipts) get(id string) (kept, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k, ok := r.byID[id]
	return k, ok
}

// ReceiptObject is a receipt as JSON. Request is the canonical form of
// serve.Request, of which RequestDigest is the SHA-256; with it and the tokens
// anybody computes the hashes again.
type ReceiptObject struct {
	ID            string           `json:"id"`
	Object        string           `json:"object"`
	Created       int64            `json:"created"`
	Model         string           `json:"model"`
	ModelCID      string           `json:"model_cid"`
	AdapterCID    *string          `json:"adapter_cid"`
	Request       []byte           `json:"request"` // base64
	RequestDigest string           `json:"request_digest"`
	Answers       []ReceiptAnswers `json:"answers"`
	Peers         []string         `json:"peers"`
	ReceiptIDs    []string         `json:"receipt_ids"` // by choice, as "peer receipt show" takes them
	Records       [][]byte         `json:"records"`     // base64
	Epoch         *uint64          `json:"epoch"`
}

// ReceiptAnswers is one choice of a receipt. Hash is the chain after the last token.
type ReceiptAnswers struct {
	Index        int      `json:"index"`
	Tokens       []int32  `json:"tokens"`
	Hashes       []string `json:"hashes"`
	Hash         string   `json:"hash"`
	FinishReason string   `json:"finish_reason"`
}

func (c *call) receipt() error {
	id := c.r.PathValue("id")
	k, ok := c.s.receipts.get(id)
	if !ok || c.token != nil && k.tenant != c.tenant {
		return notThere("id", "There is no receipt of %q; the last %d answers have one.", id, maxReceipts)
	}
	o, err := k.object(id)
	if err != nil {
		return err
	}
	return c.answer(o)
}

func (k *kept) object(id string) (ReceiptObject, error) {
	o := ReceiptObject{ID: id, Object: "openledger.receipt", Created: k.created.Unix(), Model: k.model, ModelCID: k.Receipt.Request.Model.String(),
		Peers: list(k.Peers), Records: list(k.Records), Answers: []ReceiptAnswers{}}
	if k.Epoch > 0 {
		o.Epoch = &k.Epoch
	}
	if a := k.Receipt.Request.Adapter; a.Defined() {
		s := a.String()
		o.AdapterCID = &s
	}
	var err error
	if o.Request, err = canon.Encode(&k.Receipt.Request); err != nil {
		return o, err
	}
	d, err := k.Receipt.Request.Digest()
	if err != nil {
		return o, err
	}
	o.RequestDigest = hex.EncodeToString(d[:])
	o.ReceiptIDs = []string{}
	for _, id := range k.IDs {
		o.ReceiptIDs = append(o.ReceiptIDs, hex.EncodeToString(id[:]))
	}
	for _, a := range k.Answers {
		o.Answers = append(o.Answers, ReceiptAnswers{a.Choice, list(a.Tokens), hashes(a.Hashes), hex.EncodeToString(a.Last[:]), string(a.Finish)})
	}
	return o, nil
}

func hashes(all []serve.Hash) []string {
	out := []string{}
	for _, h := range all {
		out = append(out, hex.EncodeToString(h[:]))
	}
	return out
}

// finish keeps the receipt of a complete answer and tells who wants to know.
func (c *call) finish(id string, m Model, a Answer) (Receipt, error) {
	r, err := a.Receipt(c.r.Context())
	if err != nil {
		return r, err
	}
	c.s.receipts.keep(id, kept{r, c.tenant, m.ID, time.Now()})
	if c.s.c.Answered != nil {
		c.s.c.Answered(id, r)
	}
	u := a.Usage()
	c.s.metrics.tokens.WithLabelValues("prompt").Add(float64(u.Prompt))
	c.s.metrics.tokens.WithLabelValues("cached").Add(float64(u.Cached))
	c.s.metrics.tokens.WithLabelValues("answer").Add(float64(u.Answer))
	c.s.limits.spend(c.token, u.Prompt+u.Answer)
	return r, nil
}
