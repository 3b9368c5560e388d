package serve

import (
	"errors"
	"slices"
	"time"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/serve/grammar"
	"github.com/openledger/openledger/compute/tape"
)

// A batch is what one step computes.
type batch struct {
	parts []part
	run   llama.Run
	draws []draw
}

// A part is the rows of one sequence.
type part struct {
	s     *sequence
	rows  int
	draws []draw // for the rows that have something to draw or to hash
	err   error
}

// A draw is the token behind one row.
type draw struct {
	s        *sequence
	part     int
	row      int            // of the batch
	pick     int            // of the logits; -1: only the hidden state is wanted
	position int            // of the token
	guide    *grammar.State // before the token
	token    int32
	hidden   [32]byte
	logprob  float32
	top      []TokenLogprob
	err      error
}

func (b *batch) reset() {
	clear(b.parts)
	b.parts = b.parts[:0]
}

func (b *batch) add(s *sequence, rows int) {
	s.flying = true
	b.parts = append(b.parts, part{s: s, rows: rows})
}

// compute runs the parts. If that makes a number that is not finite it finds out
// whose it is, and the others go on.
func (e *Engine) compute(b *batch) error {
	err := e.runParts(b, b.parts)
	var bad *tape.NonFiniteError
	if !errors.As(err, &bad) {
		return err
	}
	e.separate(b, b.parts, err)
	return nil
}

// separate runs each half of parts that fail together.
func (e *Engine) separate(b *batch, parts []part, err error) {
	if len(parts) == 1 {
		parts[0].err = err
		return
	}
	for _, half := range [][]part{parts[:len(parts)/2], parts[len(parts)/2:]} {
		if err := e.runParts(b, half); err != nil {
			e.separate(b, half, err)
		}
	}
}

// runParts computes some parts of a batch: the model, then what follows from it.
func (e *Engine) runParts(b *batch, parts []part) error {
	r := &b.run
	r.IDs, r.Seqs, r.Groups, r.Picks, b.draws = r.IDs[:0], r.Seqs[:0], r.Groups[:0], r.Picks[:0], b.draws[:0]
	r.Cache, r.Step = e.memory.arena.Cache(), e.step
	for i, p := range parts {
		s := p.s
		first := len(r.IDs)
		r.IDs = append(r.IDs, s.tokens[s.pos:s.pos+p.rows]...)
		r.Seqs = append(r.Seqs, s.seq(p.rows))
		var a *tape.Adapter
		if s.adapter != nil {
			a = s.adapter.in.loading.Adapter
		}
		if n := len(r.Groups); n > 0 && r.Groups[n-1].Adapter == a {
			r.Groups[n-1].Rows += p.rows
		} else {
			r.Groups = append(r.Groups, tape.Group{Rows: p.rows, Adapter: a})
		}
		e.wants(b, i, &p, first)
	}
	if err := e.forward.Run(r); err != nil {
		return err
	}
	e.draw.run(b.draws, e.forward, len(r.IDs))
	row := 0
	for i := range parts {
		p := &parts[i]
		if t := p.s.task; t != nil && t.embed != nil {
			addRows(t.embed, e.forward.Hidden()[row*len(t.embed):(row+p.rows)*len(t.embed)])
		}
		row += p.rows
	}
	for i := range b.draws {
		p := &parts[b.draws[i].part]
		p.draws = append(p.draws, b.draws[i])
	}
	return nil
}

// wants lists the draws of a part whose first row is first: an answer's new
// token, and all given tokens of an answer whose hidden states are not hashed
// yet or are audited.
func (e *Engine) wants(b *batch, i int, p *part, first int) {
	s := p.s
	if s.task != nil && s.task.embed != nil {
		return
	}
	from := max(s.pos, s.prompt+s.chained-1)
	for q := from; q < s.pos+p.rows; q++ {
		d := draw{s: s, part: i, row: first + q - s.pos, pick: -1, position: q + 1, guide: s.guide}
		if s.task != nil {
			if q+1 == len(s.tokens) {
				break // the last token draws nothing
			}
			d.guide = s.task.audit.guides[q+1-s.prompt]
		}
		if s.task != nil || q+1 == len(s.tokens) {
			d.pick = len(b.run.Picks)
			b.run.Picks = append(b.run.Picks, int32(d.row))
		}
		b.draws = append(b.draws, d)
	}
}

// addRows adds rows to sum, in order.
func addRows(sum, rows []float32) {
	for ; len(rows) > 0; rows = rows[len(sum):] {
		for i, x := range rows[:len(sum)] {
			sum[i] += x
		}
	}
}

// commit takes the results of a step over.
func (e *Engine) commit(b *batch, err error, took time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.stats.Steps++
	e.stats.Busy += took
	for i := range b.parts {
		p := &b.parts[i]
		s := p.s
		s.flying = false
		if p.err == nil {
			p.err = err
		}
		switch {
		case s.dead != nil:
			e.end(s, s.dead)
			continue
		case s.adapter != nil && s.adapter.in.loading.Failed():
			continue // load says why
		case p.err != nil:
			e.end(s, p.err)
			continue
		}
		s.pos += p.rows
		e.share(s)
		for k := range p.draws {
			if s.dead == nil && s.finish == "" {
				e.accept(s, &p.draws[k])
			}
		}
		switch {
		case s.dead != nil:
			e.end(s, s.dead)
		case s.task != nil && s.rest() == 0:
			e.remove(s)
			s.end(nil)
		case s.finish != "":
			e.remove(s)
			e.pace += (time.Duration(e.stats.Busy)/time.Duration(e.stats.Steps)*time.Duration(len(s.tokens)-s.prompt) - e.pace) / 16
		}
	}
}

// accept takes over the token behind a row.
func (e *Engine) accept(s *sequence, d *draw) {
	if d.err != nil {
		s.dead = d.err
		return
	}
	given := d.position < len(s.tokens)
	if s.task != nil {
		s.task.audit.check(s, d)
		return
	}
	if given {
		d.token = s.tokens[d.position]
	} else {
		s.tokens = append(s.tokens, d.token)
	}
	s.chain.Add(d.token, d.hidden)
	s.chained++
	h := s.chain.Hash()
	if given {
		if s.chained%HashEvery == 0 {
			s.stream.hash(s.choice, h)
		}
		return
	}
	ev := Event{Choice: s.choice, Token: d.token, Logprob: d.logprob, Top: d.top}
	ev.Text, s.finish, s.guide = s.next(d.token, s.chained, s.text, s.guide)
	if ev.Finish = s.finish; s.finish != "" || s.chained%HashEvery == 0 {
		ev.Hash = &h
	}
	s.tenant.served += answerCost
	e.stats.AnswerTokens++
	s.stream.emit(ev, h, s.finish != "")
}

// next tells what token number n of an answer shows and whether it is the last
// one.
func (s *sequence) next(token int32, n int, t *text, g *grammar.State) (shown string, f Finish, after *grammar.State) {
	switch {
	case slices.Contains(s.req.StopTokens, token):
		return t.flush(), FinishStop, nil
	case g != nil:
		g = g.Next(token)
	}
	shown, found := t.add(token)
	switch {
	case found:
		return shown, FinishStop, nil
	case g != nil && g.Final():
		return shown + t.flush(), FinishStop, nil
	case n == s.req.MaxTokens:
		return shown + t.flush(), FinishLength, nil
	}
	return shown, "", g
}

// replay takes the tokens that are answered already for shown.
func (s *sequence) replay() error {
	for i, token := range s.tokens[s.prompt:] {
		var f Finish
		allowed := s.guide == nil || s.guide.Allows(token) || slices.Contains(s.req.StopTokens, token)
		if _, f, s.guide = s.next(token, i+1, s.text, s.guide); f != "" || !allowed {
			return invalid("answered", "ends with token %d, number %d, or breaks the schema there", token, i+1)
		}
	}
	return nil
}
