package chat

import "strings"

// constants are the names that always mean the same.
var constants = map[string]value{
	"true": true, "True": true, "false": false, "False": false, "none": none{}, "None": none{},
}

func (p *parser) nameNode(name string) expr {
	p.use(name)
	if v, ok := constants[name]; ok {
		return &literal{v}
	}
	return &nameExpr{name, undefined(name)}
}

func newAttr(x expr, name string) expr { return &attrExpr{x, name, undefined("." + name)} }

// postfix reads an operand with what is taken from it: x.name, x[i], x[a:b], x(args).
func (p *parser) postfix() expr {
	x := p.operand()
	for {
		switch {
		case p.accept("."):
			t := p.next()
			switch {
			case t.kind == tokName:
				x = newAttr(x, t.text)
			case t.kind == tokNumber && !strings.ContainsAny(t.text, ".eE"):
				x = &indexExpr{x, &literal{parseNumber(t.text)}}
			default:
				p.failf("expected a name or a number after '.', found %v", t)
			}
		case p.accept("["):
			x = p.subscript(x)
		case p.accept("("):
			x = &callExpr{x, p.arguments()}
		default:
			return x
		}
	}
}

func (p *parser) operand() expr {
	switch t := p.next(); {
	case t.kind == tokName:
		return p.nameNode(t.text)
	case t.kind == tokNumber:
		return &literal{parseNumber(t.text)}
	case t.kind == tokString:
		var b strings.Builder // strings side by side are one
		for b.WriteString(t.text); p.peek().kind == tokString; {
			b.WriteString(p.next().text)
		}
		return &literal{b.String()}
	case t.is("("):
		if p.accept(")") {
			return &listExpr{}
		}
		x := p.tuple()
		p.expect(")")
		return x
	case t.is("["):
		return p.list()
	case t.is("{"):
		return p.dict()
	default:
		p.failf("expected an expression, found %v", t)
		return nil
	}
}

func (p *parser) list() expr {
	l := &listExpr{}
	for p.err == nil && !p.accept("]") {
		l.elems = append(l.elems, p.expr())
		p.comma("]")
	}
	return l
}

func (p *parser) dict() expr {
	d := &dictExpr{}
	for p.err == nil && !p.accept("}") {
		d.keys = append(d.keys, p.expr())
		p.expect(":")
		d.vals = append(d.vals, p.expr())
		p.comma("}")
	}
	return d
}

// subscript reads the rest of x[key] or x[lo:hi:step].
func (p *parser) subscript(x expr) expr {
	var parts [3]expr
	n := 0
	for ; n < 3; n++ {
		if !p.peek().is(":") && !p.peek().is("]") {
			parts[n] = p.expr()
		}
		if !p.accept(":") {
			break
		}
	}
	p.expect("]")
	if n > 0 {
		return &sliceExpr{x, parts[0], parts[1], parts[2]}
	}
	if parts[0] == nil {
		p.failf("expected an index between '[' and ']'")
	}
	return &indexExpr{x, parts[0]}
}

// arguments reads the rest of f(1, *more, key=2, **named).
func (p *parser) arguments() (a arguments) {
	for p.err == nil && !p.accept(")") {
		named := p.peek().is("**")
		arg := argument{spread: p.accept("*") || p.accept("**")}
		if p.peek().kind == tokName && p.after().is("=") && !arg.spread {
			arg.name, named = p.next().text, true
			p.next()
		}
		arg.x = p.expr()
		if named {
			a.kw = append(a.kw, arg)
		} else if a.pos = append(a.pos, arg); len(a.kw) > 0 {
			p.failf("positional arguments come before named ones")
		}
		p.comma(")")
	}
	return a
}
