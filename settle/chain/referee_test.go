package chain_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/contract/accessmanager"
	"github.com/openledger/openledger/settle/contract/opentoken"
	"github.com/openledger/openledger/settle/contract/referee"
	"github.com/openledger/openledger/settle/contract/staking"
)

var (
	refereeABI = referee.NewReferee()
	stakesABI  = staking.NewStaking()
	coinABI    = opentoken.NewOpenToken()
)

// A court is a Referee on a dev chain that may slash.
type court struct {
	t       *testing.T
	d       *chain.Dev
	token   common.Address
	staking common.Address
	referee common.Address
}

const (
	penaltyBps   = 1000
	questionBond = 5000
)

func newCourt(t *testing.T) *court {
	t.Helper()
	return courtOf(t, lessonNet)
}

// courtOf is a court for the records of a network.
func courtOf(t *testing.T, network record.Network) *court {
	t.Helper()
	c := &court{t: t, d: openDev(t, "")}
	t.Cleanup(func() { c.d.Close() })
	put := func(meta *bind.MetaData, arguments []byte) common.Address {
		r, err := chain.Transact(t.Context(), c.d, founder, chain.Call{Data: append(common.FromHex(meta.Bin), arguments...)})
		if err != nil {
			t.Fatal(err)
		}
		return r.ContractAddress
	}
	manager := accessmanager.NewAccessManager()
	c.token = put(&opentoken.OpenTokenMetaData, coinABI.PackConstructor(founder.Address()))
	at := put(&accessmanager.AccessManagerMetaData, manager.PackConstructor(founder.Address()))
	c.staking = put(&staking.StakingMetaData, stakesABI.PackConstructor(at, c.token, 100))
	c.referee = put(&referee.RefereeMetaData, refereeABI.PackConstructor(c.staking, uint64(network), penaltyBps, big.NewInt(questionBond), 60))
	slash := [4]byte(stakesABI.GetABI().Methods["slash"].ID)
	do(t, c.d, founder, chain.Call{To: at, Data: manager.PackSetTargetFunctionRole(c.staking, [][4]byte{slash}, chain.JudgeRole)})
	do(t, c.d, founder, chain.Call{To: at, Data: manager.PackGrantRole(chain.JudgeRole, c.referee, 0)})
	do(t, c.d, founder, chain.Call{To: c.token, Data: coinABI.PackApprove(c.staking, new(big.Int).Lsh(big.NewInt(1), 100))})
	return c
}

// ask calls a view of the Referee. An error of the contract comes back by name.
func (c *court) ask(data []byte) ([]byte, string) {
	c.t.Helper()
	return c.askAt(c.referee, refereeABI.GetABI(), data)
}

func (c *court) askAt(at common.Address, of abi.ABI, data []byte) ([]byte, string) {
	c.t.Helper()
	out, err := c.d.CallContract(c.t.Context(), ethereum.CallMsg{To: &at, Data: data}, nil)
	if err == nil {
		return out, ""
	}
	return c.nameOf(of, err)
}

// nameOf returns the name of a contract's error.
func (c *court) nameOf(of abi.ABI, err error) ([]byte, string) {
	c.t.Helper()
	var x rpc.DataError
	if !errors.As(err, &x) {
		c.t.Fatal(err)
	}
	hex, _ := x.ErrorData().(string)
	raw := common.FromHex(hex)
	for name, e := range of.Errors {
		if len(raw) >= 4 && [4]byte(e.ID[:4]) == [4]byte(raw) {
			return nil, name
		}
	}
	c.t.Fatalf("an error that the contract does not name: %v, %x", err, raw)
	return nil, ""
}

// view calls a view that answers.
func (c *court) view(at common.Address, data []byte) []byte {
	c.t.Helper()
	out, err := c.d.CallContract(c.t.Context(), ethereum.CallMsg{To: &at, Data: data}, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return out
}

func callOf(s chain.Signer, call chain.Call) ethereum.CallMsg {
	return ethereum.CallMsg{From: s.Address(), To: &call.To, Data: call.Data}
}

func (c *court) stake(a record.Account, amount int64) {
	c.t.Helper()
	do(c.t, c.d, founder, chain.Call{To: c.staking, Data: stakesABI.PackStakeFor(common.Address(a), big.NewInt(amount))})
}

func (c *court) number(to common.Address, data []byte) int64 {
	c.t.Helper()
	return new(big.Int).SetBytes(c.view(to, data)).Int64()
}

func (c *court) balance(a common.Address) int64 {
	return c.number(c.token, coinABI.PackBalanceOf(a))
}

// TestPrimitives: the EVM's f32 is that of the reference, bit for bit. OPENLEDGER_LONG
// is how many times as many cases are tried.
func TestPrimitives(t *testing.T) {
	const seed, batch = 20, 4096
	rounds := 26 // 106,496 cases
	if n, err := strconv.Atoi(os.Getenv("OPENLEDGER_LONG")); err == nil {
		rounds *= max(1, n)
	}
	c := newCourt(t)
	r := rand.New(rand.NewPCG(seed, 0))
	kinds := []dispute.Primitive{
		dispute.FMA, dispute.FMA, dispute.FMA, dispute.Mul, dispute.Plus2, dispute.Minus, dispute.Div, dispute.Root, dispute.Max, dispute.Min,
		dispute.Ratio, dispute.Digit, dispute.Float, dispute.IntFMA, dispute.Shift, dispute.Same, dispute.Less, dispute.Below, dispute.Pick,
		dispute.Quot, dispute.Right, dispute.Narrow,
	}
	for range rounds {
		lines := make([]*big.Int, batch)
		cases := make([][4]uint32, batch)
		for i := range cases {
			x := hard(r)
			cases[i] = [4]uint32{uint32(kinds[r.IntN(len(kinds))]), x[0], x[1], x[2]}
			lines[i] = new(big.Int)
			for _, n := range cases[i] {
				lines[i].Add(lines[i].Lsh(lines[i], 32), big.NewInt(int64(n)))
			}
			lines[i].Lsh(lines[i], 128)
		}
		out, name := c.ask(refereeABI.PackWork(lines))
		if name != "" {
			t.Fatal(name)
		}
		got, err := refereeABI.UnpackWork(out)
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range cases {
			f := dispute.Formula{{Do: dispute.Const, A: x[1]}, {Do: dispute.Const, A: x[2]}, {Do: dispute.Const, A: x[3]}, {Do: dispute.Primitive(x[0]), A: 0, B: 1, C: 2}}
			want, err := f.Work(nil, 0, 0, nil)
			if number := got[i].BitLen() <= 32; number != (err == nil) || number && uint32(got[i].Uint64()) != want[3].Result {
				t.Fatalf("seed %d: primitive %d of %#x, %#x, %#x: the EVM gives %#x, the reference %v, %v", seed, x[0], x[1], x[2], x[3], got[i], want, err)
			}
		}
	}
}

// hard draws three numbers among which roundings are hard: subnormals, results
// near an end of the range, sums that cancel, ties, zeros, infinities, NaN.
func hard(r *rand.Rand) (x [3]uint32) {
	for k := range x {
		x[k] = r.Uint32()
		switch r.IntN(12) {
		case 0: // subnormal
			x[k] &= 0x807fffff
		case 1: // few digits
			x[k] &= 0xfff00000 | 1<<r.IntN(20)
		case 2: // near one
			x[k] = x[k]&0x80ffffff | 0x3f000000
		case 3: // large
			x[k] |= 0x7e000000
		case 4: // tiny
			x[k] &= 0x81ffffff
		case 5:
			x[k] = []uint32{0, 1 << 31, 0x7f800000, 0xff800000, 0x7fc00000, 1, 0x7f7fffff, 0x3f800000, 0x00800000, 0x3f3504f4, 0xffffffff}[r.IntN(11)]
		case 6: // a small integer
			x[k] = uint32(r.IntN(300) - 150)
		}
	}
	a, b := math.Float32frombits(x[0]), math.Float32frombits(x[1])
	switch r.IntN(6) {
	case 0: // x·y + z cancels, but for the last digits
		x[2] = math.Float32bits(-a*b) + uint32(r.IntN(3)) - 1
	case 1: // z is about a half of the last place of x·y, or of its square
		x[2] = math.Float32bits(float32(math.Ldexp(float64(a)*float64(b), -23-r.IntN(3)-24*r.IntN(2))))
		if r.IntN(2) == 0 {
			x[2] &= 0xff800000
		}
	case 2: // the product is about a half of the last place of z
		x[2] = math.Float32bits(float32(math.Ldexp(float64(a)*float64(b), 22+r.IntN(4)))) & (0xffffffff << r.IntN(3))
	case 3: // x + y cancels
		x[1] = x[0] ^ 1<<31 + uint32(r.IntN(5)) - 2
	case 4: // results around the smallest normal number
		x[1] = math.Float32bits(float32(math.Ldexp(1+r.Float64(), -126-r.IntN(25)) / float64(a)))
	}
	return x
}

var lessons = []struct {
	name    string
	adapter bool
	options train.Options
}{
	{"full, adamw and clip", false, train.Options{Seed: 3, Batch: 4, Micro: 2, Clip: 0.5, Optimizer: train.AdamW}},
	{"lora, sgd", true, train.Options{Seed: 5, Batch: 3, Clip: 1, Optimizer: train.Optimizer{Kind: "sgd", Momentum: 0.9}}},
}

// TestReferee: a wrong bit in each kind of operator of a real training step comes
// to a FraudProof, that to a last step, and that to a conviction by the EVM,
// however its author opens the element. An honest element has nothing wrong.
func TestReferee(t *testing.T) {
	c := newCourt(t)
	client := record.Account{19: 7}
	seen, gas := make(map[string]bool), make(map[ending]uint64)
	for i, x := range lessons {
		const seed = 3
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		l := newLesson(t, x.adapter, x.options)
		honest := l.pupil("alice")
		honest.commit(client)
		for op := range l.program.Ops {
			name := tape.Code(l.program.Ops[op].Code).String()
			out := slices.IndexFunc(l.program.Ops[op].Out, func(v int32) bool { return v >= 0 })
			if seen[name] || out < 0 {
				continue
			}
			seen[name] = true
			where := fmt.Sprintf("%s, operator %d, %s, seed %d", x.name, op, l.program.Ops[op].Name, seed)
			v := &l.program.Values[l.program.Ops[op].Out[out]]
			tiling, err := v.Tiling()
			if err != nil {
				t.Fatal(err)
			}
			spot := dispute.Spot{Op: uint32(op), Out: uint32(out), Tile: uint32(rng.IntN(tiling.Tiles()))}
			_, _, rows, cols := tiling.Rect(int(spot.Tile))
			bob := l.pupil("bob " + where)
			bob.claim(spot, rng.IntN(rows*cols), rng.IntN(23))
			bob.commit(client)
			proof, verdict := l.judge([2]*pupil{honest, bob})
			if len(verdict.Guilty) != 1 || !verdict.Convicts(bob.key.Public().Account()) {
				t.Fatalf("%s: the dispute convicts %v", where, verdict.Guilty)
			}
			if again, err := dispute.Verify(proof, l.rules()); err != nil || !again.Convicts(bob.key.Public().Account()) {
				t.Fatalf("%s: the proof: %v", where, err)
			}
			c.nothing(where, honest, bob.spot)
			for _, how := range slices.Sorted(maps.Keys(dodges)) {
				lie := dodges[how]
				why := c.convicts(where+", "+how, bob, lie)
				if k := (ending{how, why}); gas[k] == 0 {
					gas[k] = c.slashes(where, bob, lie, client)
					bob = l.again(bob, client, fmt.Sprint(where, how))
				}
			}
		}
	}
	for k, g := range gas {
		t.Logf("opened with %q, convicted for a wrong %s: %d gas", k.how, whys[k.why], g)
	}
	t.Logf("%d kinds of operators", len(seen))
}

// ending is how an element was opened and why its author was convicted.
type ending struct {
	how string
	why uint8
}

var whys = []string{"nothing", "no operator", "no element", "form", "window", "order", "line", "read", "result", "tile", "link", "silence"}

// again is another worker with the same lie.
func (l *lesson) again(p *pupil, client record.Account, name string) *pupil {
	q := l.pupil(name)
	q.spot, q.tile, q.leaves, q.list, q.step = p.spot, p.tile, p.leaves, p.list, p.step
	q.commit(client)
	return q
}

// convicts opens the element in a way and has it judged, here and by the EVM.
func (c *court) convicts(where string, p *pupil, lie dodge) uint8 {
	c.t.Helper()
	brief, err := p.brief(p.open(lie))
	if err != nil {
		c.t.Fatalf("%s: %v", where, err)
	}
	b, err := canon.Encode(brief)
	if err != nil {
		c.t.Fatal(err)
	}
	found, err := dispute.JudgeBrief(b, lessonNet)
	if err != nil || found.Guilty != p.key.Public() || found.Job != p.job() || found.Step != 1 {
		c.t.Fatalf("%s: got %+v, %v", where, found, err)
	}
	out, name := c.ask(refereeABI.PackJudge(chain.RefereeBrief(brief)))
	if name != "" {
		c.t.Fatalf("%s: %s; here: %s", where, name, found.Why)
	}
	got, err := refereeABI.UnpackJudge(out)
	if err != nil || got.Why == 0 || got.Signer != common.Address(p.key.Public().Account()) || got.Job != p.job() {
		c.t.Fatalf("%s: the EVM finds %+v, %v; here: %s", where, got, err, found.Why)
	}
	return got.Why
}

// slashes convicts for good, checks who gets what, and returns the gas.
func (c *court) slashes(where string, p *pupil, lie dodge, client record.Account) uint64 {
	c.t.Helper()
	const stake = 1_000_000
	guilty, sender := common.Address(p.key.Public().Account()), chain.KeySigner(key("challenger", 0))
	brief, err := p.brief(p.open(lie))
	if err != nil {
		c.t.Fatal(err)
	}
	if c.number(c.staking, stakesABI.PackTotalOf(guilty)) == 0 {
		c.refuses(p, brief, "NothingStaked")
		c.stake(p.key.Public().Account(), stake)
	}
	fund(c.t, c.d, sender.Address())
	before := [2]int64{c.balance(common.Address(client)), c.balance(sender.Address())}
	used := do(c.t, c.d, sender, chain.Convict(c.referee, brief))
	left := c.number(c.staking, stakesABI.PackTotalOf(guilty))
	after := [2]int64{c.balance(common.Address(client)), c.balance(sender.Address())}
	taken := int64(stake * penaltyBps / 10_000)
	if left != stake-taken || after[0]-before[0] != taken/5 || after[1]-before[1] != taken*3/10 {
		c.t.Errorf("%s: of %d are left %d, the client got %d, the challenger %d", where, stake, left, after[0]-before[0], after[1]-before[1])
	}
	c.refuses(p, brief, "AlreadyConvicted")
	return used
}

func (c *court) refuses(_ *pupil, b *dispute.Brief, want string) {
	c.t.Helper()
	if _, name := c.ask(refereeABI.PackConvict(chain.RefereeBrief(b))); name != want {
		c.t.Errorf("got %q, want %s", name, want)
	}
}

// nothing shows all that there is of an honest element: the EVM finds nothing.
func (c *court) nothing(where string, p *pupil, spot dispute.Spot) {
	c.t.Helper()
	p.spot = spot
	m := p.open(dodges["truth"])
	if _, err := p.brief(m); !errors.Is(err, dispute.ErrNothing) {
		c.t.Fatalf("%s: an honest element: %v", where, err)
	}
	all, err := p.everything(m)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, a := range all {
		brief, err := p.file(&a)
		if err != nil {
			c.t.Fatal(err)
		}
		b, err := canon.Encode(brief)
		if err != nil {
			c.t.Fatal(err)
		}
		if found, err := dispute.JudgeBrief(b, lessonNet); !errors.Is(err, dispute.ErrNothing) {
			c.t.Errorf("%s: an honest element is %q, %v", where, found.Why, err)
		}
		c.refuses(p, brief, "NothingWrong")
	}
}

// TestRefereeRefuses: what does not belong together reverts with its own error, and
// a good brief of the same element convicts.
func TestRefereeRefuses(t *testing.T) {
	c := newCourt(t)
	l := newLesson(t, lessons[0].adapter, lessons[0].options)
	find := func(code tape.Code) dispute.Spot {
		at := slices.IndexFunc(l.program.Ops, func(o trace.Op) bool { return tape.Code(o.Code) == code })
		return dispute.Spot{Op: uint32(at)}
	}
	bob, other := l.pupil("bob"), l.pupil("carol")
	for _, p := range []*pupil{bob, other} {
		p.claim(find(tape.RMSNorm), 5, 3)
		p.commit(record.Account{})
	}
	made := func(p *pupil, how string) *dispute.Brief {
		b, err := p.brief(p.open(dodges[how]))
		if err != nil {
			t.Fatal(err)
		}
		bytes, err := canon.Encode(b)
		if err != nil {
			t.Fatal(err)
		}
		own := new(dispute.Brief) // shares no memory
		if err := canon.Decode(bytes, own, canon.Limits{}); err != nil {
			t.Fatal(err)
		}
		return own
	}
	foreign := made(other, "last")
	reseal := func(envelope []byte, change func(h *record.Header, payload []byte) []byte) []byte {
		v, err := record.Open(envelope, lessonNet)
		if err != nil {
			t.Fatal(err)
		}
		h := v.Header()
		payload := change(&h, v.Payload())
		again, err := record.Seal(bob.key, h, payload)
		if err != nil {
			t.Fatal(err)
		}
		return again.Envelope()
	}
	for label, x := range map[string]struct {
		how    string
		want   string
		change func(b *dispute.Brief)
	}{
		"cut":             {"last", "NotARecord", func(b *dispute.Brief) { b.Plan = b.Plan[:100] }},
		"another payload": {"last", "NotARecord", func(b *dispute.Brief) { b.Plan[180] ^= 1 }},
		"no signature":    {"last", "NotARecord", func(b *dispute.Brief) { clear(b.Reveal[101:166]) }},
		"another network": {"last", "OtherNetwork", func(b *dispute.Brief) {
			b.Plan = reseal(b.Plan, func(h *record.Header, p []byte) []byte { h.Network = 5; return p })
		}},
		"another's plan":    {"last", "NotTogether", func(b *dispute.Brief) { b.Plan = foreign.Plan }},
		"another's reveal":  {"last", "NotTogether", func(b *dispute.Brief) { b.Reveal = foreign.Reveal }},
		"another's list":    {"last", "NotTogether", func(b *dispute.Brief) { b.Appeal.Ops = foreign.Appeal.Ops }},
		"another's element": {"last", "NotTogether", func(b *dispute.Brief) { b.Appeal.Element = foreign.Appeal.Element }},
		"a plan of another job": {"last", "NotTogether", func(b *dispute.Brief) {
			b.Plan = reseal(b.Plan, func(h *record.Header, p []byte) []byte { h.Subject[3] ^= 1; return p })
		}},
		"a reveal for a plan": {"last", "NotTogether", func(b *dispute.Brief) { b.Plan = b.Reveal }},
		"an element elsewhere": {"last", "NotTogether", func(b *dispute.Brief) {
			b.Appeal.Element = reseal(b.Appeal.Element, func(h *record.Header, p []byte) []byte { h.Sequence++; return p })
		}},
		"no element": {"last", "NotAnElement", func(b *dispute.Brief) {
			b.Appeal.Element = reseal(b.Appeal.Element, func(_ *record.Header, p []byte) []byte { p[97] = 1; return p })
		}},
		"a list of another length": {"last", "NotTogether", func(b *dispute.Brief) {
			o := dispute.Opening{Count: 7}
			v, err := record.Seal(bob.key, dispute.OpeningHeader(bob.reveal, record.OpenOps, 1, 0), o.AppendCanon(nil))
			if err != nil {
				t.Fatal(err)
			}
			b.Appeal.Ops = v.Envelope()
			b.Appeal.Element = reseal(b.Appeal.Element, func(h *record.Header, p []byte) []byte { h.Subject = v.Header().Digest(); return p })
		}},
		"a list of nothing": {"last", "NotARecord", func(b *dispute.Brief) {
			b.Appeal.Ops = reseal(b.Appeal.Ops, func(_ *record.Header, p []byte) []byte { return p[len(p)-34:] })
			v, err := record.Open(b.Appeal.Ops, lessonNet)
			if err != nil {
				t.Fatal(err)
			}
			b.Appeal.Element = reseal(b.Appeal.Element, func(h *record.Header, p []byte) []byte { h.Subject = v.Header().Digest(); return p })
		}},
		"another outline":          {"last", "NotInList", func(b *dispute.Brief) { b.Outline.Window[191] ^= 1 }},
		"an outline elsewhere":     {"last", "NotOfTheStep", func(b *dispute.Brief) { b.Outline.Proof.Index++ }},
		"a longer path":            {"last", "WrongPath", func(b *dispute.Brief) { b.Outline.Proof.Path = append(b.Outline.Proof.Path, merkle.Digest{}) }},
		"a plan of more steps":     {"last", "WrongPath", func(b *dispute.Brief) { b.Outline.Proof.Size++ }},
		"another operator":         {"last", "NotInList", func(b *dispute.Brief) { b.Operator.Window[3] ^= 1 }},
		"an operator elsewhere":    {"last", "NotOfTheStep", func(b *dispute.Brief) { b.Operator.Proof.Index++ }},
		"an instruction elsewhere": {"last", "NotOfTheStep", func(b *dispute.Brief) { b.Instructions[0].Proof.Index-- }},
		"another instruction":      {"last", "NotInList", func(b *dispute.Brief) { b.Instructions[0].Window[15] ^= 1 }},
		"no instruction":           {"last", "NotShown", func(b *dispute.Brief) { b.Instructions = nil }},
		"another line":             {"last", "NotInList", func(b *dispute.Brief) { b.Appeal.Windows[0].Window[31] ^= 1 }},
		"three lines": {"last", "TooMuchShown", func(b *dispute.Brief) {
			b.Appeal.Windows = append(b.Appeal.Windows, b.Appeal.Windows[0], b.Appeal.Windows[0])
		}},
		"another tile":      {"truth", "NotInList", func(b *dispute.Brief) { b.Appeal.Part[0].Bytes[9] ^= 1 }},
		"a tile elsewhere":  {"truth", "WrongPath", func(b *dispute.Brief) { b.Appeal.Part[0].Tile += 100 }},
		"another tensor":    {"truth", "NotInList", func(b *dispute.Brief) { b.Appeal.Part[0].Tensor[9] ^= 1 }},
		"a tile of no line": {"operand", "NotShown", func(b *dispute.Brief) { b.Appeal.Windows, b.Instructions = nil, nil }},
		"nothing":           {"truth", "NothingWrong", func(b *dispute.Brief) { b.Appeal.Part = nil }},
	} {
		b := made(bob, x.how)
		x.change(b)
		if _, name := c.ask(refereeABI.PackConvict(chain.RefereeBrief(b))); name != x.want {
			t.Errorf("%s: got %q, want %s", label, name, x.want)
		}
		if e, err := canon.Encode(b); err == nil {
			if found, err := dispute.JudgeBrief(e, lessonNet); err == nil {
				t.Errorf("%s: here it convicts: %s", label, found.Why)
			}
		}
	}
	for _, how := range []string{"last", "truth", "operand"} {
		c.convicts(how, bob, dodges[how])
	}
}
