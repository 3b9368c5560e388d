package recipe

import (
	"crypto/sha256"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/record"
)

func name(s string) cid.Cid {
	sum := sha256.Sum256([]byte(s))
	return cid.NewCidV1(cid.Raw, append([]byte{0x12, 0x20}, sum[:]...))
}

// shape is a model of about 135 million parameters.
func shape() Base {
	return Base{Model: name("model"), Tokenizer: name("tokenizer"), Bytes: 270e6, Config: llama.Config{
		Vocab: 49152, Hidden: 576, Inner: 1536, Layers: 30, Heads: 9, KVHeads: 3, HeadDim: 64, Context: 2048, Tied: true,
		Rope: op.RopeConfig{Kind: "default", HeadDim: 64, Theta: 1e4},
	}}
}

func records(n int, tokens uint32) (d Data) {
	d.Manifest = name("data")
	for range n {
		d.Lengths = append(d.Lengths, tokens)
	}
	return d
}

func peers(n int, memory uint64) (list []Peer) {
	for i := range n {
		list = append(list, Peer{Memory: memory, Compute: 100_000 * uint64(i+1), PriceTrain: 500_000 + job.Amount(i)})
	}
	return list
}

// The preset that most people take is the one of the plan: AdamW that
// attribution can replay, cosine, three epochs of batches of 16.
func TestBalanced(t *testing.T) {
	m, err := Cook(shape(), records(1000, 301), Choices{Requester: record.Account{1}}, peers(3, 16e9))
	if err != nil {
		t.Fatal(err)
	}
	s := m.Spec
	if s.Steps() != 179 || s.Batch != 16 || s.Length != 1024 || s.Samples != 1000 || s.OrderSeed != 42 {
		t.Errorf("got %d steps of %d, length %d, %d samples, seed %d", s.Steps(), s.Batch, s.Length, s.Samples, s.OrderSeed)
	}
	if s.Method != job.LoRA || s.Adapter.Rank != 8 || s.Adapter.Alpha.Float() != 16 || s.Adapter.Pattern != "all-linear" {
		t.Errorf("got %s, %+v", s.Method, s.Adapter)
	}
	o := s.Optimizer
	if o.Kind != job.AdamW || o.EpsRoot.Float() != 1e-6 || o.Beta2.Float() != 0.999 || !s.Record || s.Clip.Float() != 1 {
		t.Errorf("got %+v, record %t", o, s.Record)
	}
	want, err := train.Schedule{Kind: "cosine", Peak: 2e-4, Warmup: 0.03}.Rates(179)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range s.Rates {
		if r.Float() != want[i] {
			t.Fatalf("rate of step %d: got %g, want %g", i, r.Float(), want[i])
		}
	}
	if s.Level != job.A || s.Segments() < 20 {
		t.Errorf("level %s with %d segments", s.Level, s.Segments())
	}
	if len(m.Warnings) != 0 {
		t.Errorf("warnings: %v", m.Warnings)
	}
	e := m.Estimate
	if e.Positions != 179*16*300 || e.Total != e.Work+e.Verification+e.Contributors || e.AtMost < e.Total {
		t.Errorf("estimate %+v", e)
	}
	if e.Work != job.Amount(math.Ceil(500_001*float64(e.Positions)/1e6)) || e.Verification != e.Work/10 {
		t.Errorf("work %s, verification %s", e.Work, e.Verification)
	}
	if e.Fit != 3 || e.Fastest <= 0 || e.Fastest > e.Usual {
		t.Errorf("%d fit, %v to %v", e.Fit, e.Fastest, e.Usual)
	}
}

// What package train makes of the records is what the estimate counted.
func TestCutsAsTrainDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		d := Data{Manifest: name("data"), Plain: true}
		length := uint64(1 + r.IntN(50))
		samples, positions := 0, 0
		for range 1 + r.IntN(20) {
			n := r.IntN(200)
			d.Lengths = append(d.Lengths, uint32(n))
			for _, s := range train.Windows(make([]int32, n), int(length)) {
				samples, positions = samples+1, positions+len(s.IDs)
			}
		}
		k := &kitchen{data: d, choices: Choices{Length: length, Held: 0.05}}
		if err := k.cut(); (err != nil) != (samples == 0) {
			t.Fatalf("%d samples, error %v", samples, err)
		}
		if k.samples != uint64(samples) || k.positions != uint64(positions) {
			t.Fatalf("got %d samples of %d positions, want %d of %d", k.samples, k.positions, samples, positions)
		}
		if learn, _ := train.Split(1, max(samples, 1), 0.05); samples > 0 && uint64(len(learn)) != k.learnt() {
			t.Fatalf("got %d learnt of %d, want %d", k.learnt(), samples, len(learn))
		}
	}
}

// Each warning has a case that raises it.
func TestWarnings(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Base, *Data, *Choices, *[]Peer)
		want   Code
	}{
		{"little data", func(_ *Base, d *Data, _ *Choices, _ *[]Peer) { d.Lengths = d.Lengths[:20] }, LittleData},
		{"duplicates", func(_ *Base, d *Data, _ *Choices, _ *[]Peer) { d.Duplicates = 100 }, Duplicates},
		{"truncation", func(_ *Base, d *Data, _ *Choices, _ *[]Peer) {
			d.Lengths = append(d.Lengths, make([]uint32, 60)...)
			d.Lengths[1059] = 9999
			for i := range 30 {
				d.Lengths[i] = 5000
			}
		}, Truncation},
		{"nobody fits", func(_ *Base, _ *Data, c *Choices, p *[]Peer) { *p = peers(3, 1e6); c.Price = 1 }, NobodyFits},
		{"one peer", func(_ *Base, _ *Data, _ *Choices, p *[]Peer) { *p = peers(1, 16e9) }, FewOperators},
		{"short context", func(b *Base, _ *Data, _ *Choices, _ *[]Peer) { b.Config.Context = 512 }, ShortContext},
		{"little held out", func(_ *Base, _ *Data, c *Choices, _ *[]Peer) { c.Held = 0.001 }, LittleHeldOut},
		{"price", func(_ *Base, _ *Data, c *Choices, _ *[]Peer) { c.Price = 1000 }, PriceBelow},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, d, choices, p := shape(), records(1000, 301), Choices{Requester: record.Account{1}}, peers(3, 16e9)
			c.change(&b, &d, &choices, &p)
			m, err := Cook(b, d, choices, p)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range m.Warnings {
				if w.Code == c.want {
					t.Log(w.Text)
					return
				}
			}
			t.Errorf("got %v", m.Warnings)
		})
	}
}

// What cannot be cooked is refused with what would help.
func TestRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Base, *Data, *Choices)
		want   string
	}{
		{"no records", func(_ *Base, d *Data, _ *Choices) { d.Lengths = nil }, "other data"},
		{"all too long", func(_ *Base, d *Data, c *Choices) { c.Length = 10 }, "longer length"},
		{"no shape", func(b *Base, _ *Data, _ *Choices) { b.Config = llama.Config{} }, "config.json"},
		{"NaN epochs", func(_ *Base, _ *Data, c *Choices) { c.Epochs = math.NaN() }, "epochs"},
		{"all held out", func(_ *Base, _ *Data, c *Choices) { c.Held = 1 }, "held out"},
		{"preset", func(_ *Base, _ *Data, c *Choices) { c.Preset = 9 }, "unknown preset"},
		{"price", func(_ *Base, _ *Data, c *Choices) { c.Price = job.MaxAmount }, "amount above"},
		{"rank", func(_ *Base, _ *Data, c *Choices) { c.Rank, c.Price = 1<<20, 1 }, "rank"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, d, choices := shape(), records(1000, 301), Choices{Requester: record.Account{1}}
			c.change(&b, &d, &choices)
			_, err := Cook(b, d, choices, peers(3, 16e9))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want ...%s...", err, c.want)
			}
		})
	}
}

// Whatever is chosen makes a spec that others accept, or an error.
func TestAlwaysASpec(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	cooked := 0
	for range 300 {
		d := records(1+r.IntN(3000), uint32(2+r.IntN(3000)))
		d.Plain, d.Share, d.Pool = r.IntN(2) == 0, uint64(r.IntN(10_000)), record.Account{2}
		c := Choices{
			Requester: record.Account{1}, Goal: Goal(r.IntN(4)), Preset: Preset(r.IntN(4)), Level: job.Level(r.IntN(5)),
			Optimizer: job.OptimizerKind(r.IntN(3)), Price: job.Amount(r.IntN(1_000_000)), Batch: uint64(r.IntN(64)),
		}
		m, err := Cook(shape(), d, c, peers(r.IntN(4), uint64(r.Int64N(64e9))))
		if err != nil {
			continue
		}
		cooked++
		if again, err := job.ReadSpec(m.Spec.AppendCanon(nil)); err != nil || again.ID() != m.Spec.ID() {
			t.Fatalf("%+v: %v", c, err)
		}
		if m.Estimate.Usual > 100*365*24*time.Hour {
			t.Fatalf("%v", m.Estimate)
		}
	}
	if cooked < 100 {
		t.Errorf("only %d of 300 were cooked", cooked)
	}
}
