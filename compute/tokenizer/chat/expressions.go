package chat

import "slices"

// Expressions, from the loosest binding to the tightest:
//
//	a if b else c    or    and    not    == != < > <= >= in, not in    + - ~    * / // %    **    | is    - +    . [] ()
//
// Operators of one rank take the left operand first, ** too; comparisons chain.

// tuple reads one expression, or several with commas between them, which are a list.
func (p *parser) tuple() expr {
	x := p.expr()
	if !p.peek().is(",") {
		return x
	}
	return p.restOfTuple(x)
}

func (p *parser) restOfTuple(first expr) expr {
	l := &listExpr{[]expr{first}}
	for p.accept(",") {
		if t := p.peek(); t.kind == tokExprEnd || t.kind == tokStmtEnd || t.is(")") {
			break
		}
		l.elems = append(l.elems, p.expr())
	}
	return l
}

func (p *parser) expr() expr {
	p.enter()
	defer p.leave()
	x := p.or()
	for p.accept("if") {
		c := &condExpr{test: p.or(), then: x}
		if p.accept("else") {
			c.other = p.expr()
		}
		x = c
	}
	return x
}

func (p *parser) or() expr {
	x := p.and()
	for p.accept("or") {
		x = &logicExpr{true, x, p.and()}
	}
	return x
}

func (p *parser) and() expr {
	x := p.not()
	for p.accept("and") {
		x = &logicExpr{false, x, p.not()}
	}
	return x
}

func (p *parser) not() expr {
	if !p.accept("not") {
		return p.comparison()
	}
	p.enter()
	defer p.leave()
	return &notExpr{p.not()}
}

func (p *parser) comparison() expr {
	c := &compareExpr{first: p.sum()}
	for {
		switch t := p.peek(); {
		case t.is("=="), t.is("!="), t.is("<"), t.is(">"), t.is("<="), t.is(">="), t.is("in"):
			c.ops = append(c.ops, p.next().text)
		case t.is("not") && p.after().is("in"):
			p.pos += 2
			c.ops = append(c.ops, "not in")
		case c.ops == nil:
			return c.first
		default:
			return c
		}
		c.rest = append(c.rest, p.sum())
	}
}

// left reads operands joined by operators of one rank.
func (p *parser) left(operand func() expr, ops ...string) expr {
	x := operand()
	for {
		t := p.peek()
		if t.kind != tokOperator || !slices.Contains(ops, t.text) {
			return x
		}
		p.next()
		x = &binaryExpr{t.text, x, operand()}
	}
}

func (p *parser) sum() expr     { return p.left(p.product, "+", "-", "~") }
func (p *parser) product() expr { return p.left(p.power, "*", "/", "//", "%") }
func (p *parser) power() expr   { return p.left(p.filtered, "**") }

// filtered reads an operand with its filters and tests. A sign binds tighter than these: -1|abs is 1.
func (p *parser) filtered() expr {
	x := p.signed()
	for {
		switch {
		case p.accept("|"):
			f := p.filter()
			f.x = x
			x = f
		case p.accept("is"):
			x = p.test(x)
		default:
			return x
		}
	}
}

func (p *parser) signed() expr {
	t := p.peek()
	if !p.accept("-") && !p.accept("+") {
		return p.postfix()
	}
	p.enter()
	defer p.leave()
	return &unaryExpr{t.text, p.signed()}
}

// filterChain reads name(args) | name(args) …
func (p *parser) filterChain() []*filterExpr {
	chain := []*filterExpr{p.filter()}
	for p.accept("|") {
		chain = append(chain, p.filter())
	}
	return chain
}

func (p *parser) filter() *filterExpr {
	f := &filterExpr{name: p.name()}
	if p.accept("(") {
		f.args = p.arguments()
	}
	return f
}

// test reads what follows 'is'. One argument may stand without parentheses: x is divisibleby 3.
func (p *parser) test(x expr) expr {
	negate := p.accept("not")
	t := &testExpr{x: x, name: p.name()}
	if p.accept("(") {
		t.args = p.arguments()
	} else if p.beginsArgument() {
		t.args.pos = []argument{{x: p.postfix()}}
	}
	if negate {
		return &notExpr{t}
	}
	return t
}

func (p *parser) beginsArgument() bool {
	switch t := p.peek(); t.kind {
	case tokString, tokNumber:
		return true
	case tokName:
		return !slices.Contains([]string{"and", "or", "not", "if", "else", "is", "in"}, t.text)
	case tokOperator:
		return t.text == "[" || t.text == "{"
	}
	return false
}
