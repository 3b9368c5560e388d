package chat

// statement reads one statement whose '{%' has been read.
func (p *parser) statement() stmt {
	t := p.expectKind(tokName, "the name of a statement")
	switch t.text {
	case "if":
		return p.ifStatement(t.line)
	case "for":
		return p.forStatement(t.line)
	case "set":
		return p.setStatement(t.line)
	case "macro":
		name := p.name()
		return &macroStmt{p.macro(name, "endmacro", t.line, func() {})}
	case "call":
		return p.callStatement(t.line)
	case "filter":
		filters := p.filterChain()
		return &filterStmt{filters, p.body("endfilter"), t.line}
	case "with":
		return p.withStatement(t.line)
	case "generation":
		return &generationStmt{p.body("endgeneration")}
	case "break":
		p.closeTag()
		return &jumpStmt{errBreak}
	case "continue":
		p.closeTag()
		return &jumpStmt{errContinue}
	}
	p.failf("chat templates have no statement '%s'", t.text)
	return nil
}

func (p *parser) ifStatement(line int) stmt {
	s := &ifStmt{line: line}
	for more := true; more; more = p.acceptTag("elif") {
		s.tests = append(s.tests, p.expr())
		p.closeTag()
		s.bodies = append(s.bodies, p.block())
	}
	if other := p.elseBody(); other != nil {
		s.bodies = append(s.bodies, other)
	}
	p.end("endif", line)
	return s
}

// elseBody reads {% else %} and its block, if there is one.
func (p *parser) elseBody() []stmt {
	if !p.acceptTag("else") {
		return nil
	}
	p.closeTag()
	return p.block()
}

func (p *parser) forStatement(line int) stmt {
	s := &forStmt{line: line, target: p.target()}
	p.expect("in")
	s.iter = p.or()
	switch {
	case p.peek().is(","):
		s.iter = p.restOfTuple(s.iter)
	case p.accept("if"):
		s.cond = p.or()
		if p.accept("else") { // for x in (a if test else b)
			s.iter, s.cond = &condExpr{s.cond, s.iter, p.expr()}, nil
		}
	}
	if p.peek().is("recursive") {
		p.failf("recursive loops are not supported: use a macro that calls itself")
	}
	p.closeTag()
	s.body = p.block()
	s.other = p.elseBody()
	p.end("endfor", line)
	return s
}

// target reads what for and set assign to: a, (a, b), ns.field.
func (p *parser) target() target {
	p.enter()
	defer p.leave()
	ts := tupleTarget{p.oneTarget()}
	for p.accept(",") {
		ts = append(ts, p.oneTarget())
	}
	if len(ts) == 1 {
		return ts[0]
	}
	return ts
}

func (p *parser) oneTarget() target {
	if p.accept("(") {
		t := p.target()
		p.expect(")")
		return t
	}
	name := p.name()
	if _, ok := constants[name]; ok {
		p.failf("'%s' cannot be assigned to", name)
	}
	if !p.accept(".") {
		return nameTarget(name)
	}
	x, field := p.nameNode(name), p.name()
	for p.accept(".") {
		x, field = newAttr(x, field), p.name()
	}
	return attrTarget{x, field}
}

func (p *parser) setStatement(line int) stmt {
	to := p.target()
	if p.accept("=") {
		x := p.tuple()
		p.closeTag()
		return &setStmt{to, x, line}
	}
	var filters []*filterExpr
	if p.accept("|") {
		filters = p.filterChain()
	}
	return &setBlock{to, filters, p.body("endset"), line}
}

func (p *parser) withStatement(line int) stmt {
	s := &withStmt{line: line}
	for p.peek().kind == tokName {
		s.names = append(s.names, p.name())
		p.expect("=")
		s.vals = append(s.vals, p.expr())
		if !p.accept(",") {
			break
		}
	}
	s.body = p.body("endwith")
	return s
}

func (p *parser) callStatement(line int) stmt {
	s := &callStmt{line: line}
	s.caller = p.macro("", "endcall", line, func() {
		call, ok := p.expr().(*callExpr)
		if !ok {
			p.failf("a call block needs a call, such as {%% call f() %%}")
		}
		s.call = call
	})
	return s
}

// macro reads parameters, what comes between them and the body, and the body.
func (p *parser) macro(name, end string, line int, between func()) *macroDef {
	def := &macroDef{name: name, line: line, uses: map[string]bool{}}
	if name != "" || p.peek().is("(") {
		p.parameters(def)
	}
	between()
	outer := p.uses
	p.uses = def.uses
	def.body = p.body(end)
	p.uses = outer
	for used := range def.uses { // an inner macro may look further out
		p.use(used)
	}
	return def
}

func (p *parser) parameters(def *macroDef) {
	p.expect("(")
	seen := map[string]bool{}
	for p.err == nil && !p.accept(")") {
		name := p.name()
		if seen[name] {
			p.failf("parameter '%s' comes twice", name)
		}
		seen[name] = true
		def.params = append(def.params, name)
		if p.accept("=") {
			def.defaults = append(def.defaults, p.expr())
		} else if len(def.defaults) > 0 {
			p.failf("parameter '%s' needs a default, as the one before it has", name)
		}
		p.comma(")")
	}
}

// use notes a name that a macro is given only if its body mentions it.
func (p *parser) use(name string) {
	if p.uses != nil && (name == "varargs" || name == "kwargs" || name == "caller") {
		p.uses[name] = true
	}
}
