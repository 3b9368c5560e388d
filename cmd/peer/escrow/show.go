package escrow

import (
	"context"
	"fmt"
	"math/big"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/settle/chain"
)

// A View is where the money of a job is, for people.
type View struct {
	OnChain bool // false: it is settled on no chain
	Where   string
	Lines   []string
}

// stages say in words where a member is.
var stages = map[chain.MemberStage]string{
	chain.NotEngaged: "being engaged", chain.Engaged: "engaged", chain.Submitted: "its result waits for its window", chain.InDispute: "in dispute",
	chain.Paid: "paid", chain.Slashed: "slashed", chain.Vanished: "vanished: it lost its bond", chain.Lapsed: "its dispute lapsed: not paid, not slashed",
}

// View says where the money of a job of this peer is, as it was last seen.
func (s *Service) View(ctx context.Context, id job.ID) (v View, err error) {
	if v.OnChain, err = s.Holds(id); err != nil || !v.OnChain {
		return v, err
	}
	var contract, spec []byte
	var over, closed bool
	err = s.DB.QueryRowContext(ctx, `SELECT contract, spec, over, closed FROM job_escrows WHERE job = ?`, id[:]).Scan(&contract, &spec, &over, &closed)
	if err != nil {
		return v, err
	}
	v.Where = fmt.Sprintf("JobEscrow 0x%x", contract)
	terms, err := job.ReadSpec(spec)
	if err != nil {
		return v, err
	}
	rest := "the rest comes back when the job is over"
	switch {
	case closed:
		rest = "all is paid out, the rest came back"
	case over:
		rest = "being paid out"
	}
	v.Lines = append(v.Lines, fmt.Sprintf("up to %s OPEN put aside: %s", chain.FormatAmount(Wei(terms.Escrow())), rest))
	all, err := s.rows(ctx, `WHERE job = ? AND mine = 0 ORDER BY audit, member`, id[:])
	for i := range all {
		v.Lines = append(v.Lines, all[i].line())
	}
	waiting, e := s.waiting(ctx, id, all)
	v.Lines = append(v.Lines, waiting...)
	if err == nil {
		err = e
	}
	return v, err
}

func (r *row) line() string {
	what := fmt.Sprintf("for steps %d to %d", r.terms.From+1, r.terms.To)
	if r.audit != job.Work {
		what = fmt.Sprintf("for audit %d", r.audit)
	}
	line := fmt.Sprintf("%s %s: %s, %s OPEN for all of it, %s OPEN locked", r.account, what, stages[r.stage],
		chain.FormatAmount(Wei(r.terms.Pay)), chain.FormatAmount(Wei(r.terms.Stake+r.terms.Bond)))
	if r.stage == chain.Paid && r.upTo.Valid {
		paid := new(big.Int).Mul(Wei(r.terms.Pay), big.NewInt(r.upTo.Int64-int64(r.terms.From)))
		line = fmt.Sprintf("%s %s: paid %s OPEN", r.account, what, chain.FormatAmount(paid.Div(paid, new(big.Int).SetUint64(r.terms.To-r.terms.From))))
	}
	return line
}

// waiting lists what the outbox has not sent for a job, and why.
func (s *Service) waiting(ctx context.Context, id job.ID, members []row) (all []string, err error) {
	if !s.Attached {
		return []string{"waits for the chain: set chain.endpoint as it was when the job began"}, nil
	}
	k, o, err := s.Link(ctx)
	if err != nil {
		return []string{"waits for the chain: " + err.Error()}, nil
	}
	h, err := s.held(ctx, k, id)
	if err != nil {
		return []string{"waits for the chain: " + err.Error()}, nil
	}
	open, err := o.Open(ctx)
	about := map[string]bool{}
	for _, what := range []string{"open job", "refund job"} {
		about[nameOf(what, h.key)] = true
	}
	for i := range members {
		for _, what := range append([]string{"engage", "fund job for"}, calls...) {
			about[nameOf(what, members[i].member)] = true
		}
	}
	for _, e := range open {
		if about[e.Name] && e.Problem != "" {
			all = append(all, "waiting: "+e.Name+": "+e.Problem)
		}
	}
	return all, err
}
