package serving

import (
	"bytes"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"

	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/epoch"
)

func request(t testing.TB) serve.Request {
	c, err := cid.V1Builder{Codec: cid.Raw, MhType: multihash.SHA2_256}.Sum([]byte("model"))
	if err != nil {
		t.Fatal(err)
	}
	return serve.Request{
		Model: c, Adapter: c, Prompt: []int32{1, 2}, MaxTokens: 3, Choices: 1, StopTokens: []int32{4}, Stop: []string{"x"},
		Sampling: serve.Sampling{Temperature: 1, Seed: 7, Bias: []serve.Bias{{Token: 1, Value: 2}}}, Schema: []byte("{}"),
	}
}

// FuzzRead: what travels is read without a panic, and has one form.
func FuzzRead(f *testing.F) {
	h := serve.Hash{1}
	p := &Payment{Request: epoch.Request{LastEpoch: 4}}
	p.Request.Workers = append(p.Request.Workers, [20]byte{1})
	p.Credits = append(p.Credits, epoch.Credit{Class: epoch.Workers})
	p.Outputs = append(p.Outputs, [32]byte{2})
	for _, v := range []canon.Value{
		&Question{Quote: &Quote{Request: request(f), AnyStops: true}},
		&Question{Ask: &Ask{Request: request(f), Answered: []int32{5}, Logprobs: true, Top: 2, Nonces: make([]byte, 64)}},
		&Offer{Request: request(f)},
		&Part{Event: &serve.Event{Token: 3, Hash: &h, Finish: serve.FinishStop, Logprob: -1, Top: []serve.TokenLogprob{{Token: 1, Logprob: -2}}}},
		&Part{Usage: &serve.Usage{Prompt: 1, Answer: 2}},
		&Part{File: &receipt.File{Spec: []byte{1}, Finish: serve.FinishLength}},
		&Part{},
		&Opening{File: []byte{1, 2}, Ask: dispute.Ask{Type: record.OpenTiles, Step: 1, Value: 7}},
		&Embed{Model: request(f).Model, Adapter: request(f).Model, Prompt: []int32{1, 2}},
		&Embed{Model: request(f).Model},
		&Finding{False: true, Why: "x", Proof: []byte{1}},
		&Finding{Foreign: true},
		p,
	} {
		b, err := canon.Encode(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, v := range []canon.Value{&Question{}, &Offer{}, &Part{}, &Payment{}, &Opening{}, &Embed{}, &Finding{}} {
			if canon.Decode(b, v, canon.Limits{}) != nil {
				continue
			}
			if again, err := canon.Encode(v); err != nil || !bytes.Equal(again, b) {
				t.Errorf("%T: another form: %x, %v", v, again, err)
			}
			if p, ok := v.(*Payment); ok {
				p.Result().Hash()
			}
		}
	})
}

// TestPayment: a payment covers the request that it names, at a price, and no other.
func TestPayment(t *testing.T) {
	key, err := record.ParseKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	r := request(t)
	p, err := Pay(key, [32]byte{1}, &r, []record.PublicKey{key.Public()}, 20, 9)
	if err != nil {
		t.Fatal(err)
	}
	const tokens = 2 + 3 // of the prompt, and of the answer
	if got := p.Request.Fee.Uint64(); got != tokens*20*1_000_000 {
		t.Errorf("the fee is %d", got)
	}
	other := r
	other.Sampling.Seed++
	base := r
	base.Adapter = cid.Undef
	for _, c := range []struct {
		name  string
		r     *serve.Request
		price uint64
		ok    bool
	}{{"as agreed", &r, 20, true}, {"cheaper", &r, 19, true}, {"dearer", &r, 21, false}, {"another request", &other, 20, false}, {"another model", &base, 20, false}} {
		if err := p.Enough(c.r, c.price); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	payer, err := record.Recover(p.Request.Signing([32]byte{1}), p.Signature)
	if err != nil || payer != key.Public() {
		t.Errorf("signed by %v, %v", payer, err)
	}
}
