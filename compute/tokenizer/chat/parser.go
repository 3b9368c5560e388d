package chat

import "fmt"

// A parser builds the tree of a template by recursive descent. Its first error stays: from then on the next
// token is always the end of the template, so that every loop and recursion comes to its end.
type parser struct {
	tokens []token
	pos    int
	depth  int
	limits Limits
	uses   map[string]bool // special names used by the macro being read
	err    error
}

// Parse reads a template that is to be held to l.
func (l Limits) Parse(source string) (*Template, error) {
	l = l.withDefaults()
	if len(source) > l.Source {
		return nil, &Error{0, &LimitError{"Source", l.Source}}
	}
	tokens, err := lex(source)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens, limits: l}
	body := p.block()
	if p.peek().kind != tokEnd {
		p.failf("%v closes nothing", p.after())
	}
	if p.err != nil {
		return nil, p.err
	}
	return &Template{body: body, limits: l}, nil
}

func (p *parser) failf(format string, args ...any) { p.fail(fmt.Errorf(format, args...)) }

func (p *parser) fail(err error) {
	if p.err == nil {
		p.err = &Error{p.peek().line, err}
	}
}

func (p *parser) peek() token { return p.at(p.pos) }

// after is the token that follows the next.
func (p *parser) after() token { return p.at(p.pos + 1) }

func (p *parser) at(i int) token {
	if last := len(p.tokens) - 1; p.err != nil || i > last {
		return p.tokens[last]
	}
	return p.tokens[i]
}

func (p *parser) next() token {
	t := p.peek()
	if t.kind != tokEnd {
		p.pos++
	}
	return t
}

// accept moves over the next token if it is text.
func (p *parser) accept(text string) bool {
	if !p.peek().is(text) {
		return false
	}
	p.pos++
	return true
}

// acceptTag moves over '{%' and the name of a statement.
func (p *parser) acceptTag(name string) bool {
	if p.peek().kind != tokStmt || !p.after().is(name) {
		return false
	}
	p.pos += 2
	return true
}

func (p *parser) expect(text string) {
	if !p.accept(text) {
		p.failf("expected '%s', found %v", text, p.peek())
	}
}

func (p *parser) expectKind(k kind, what string) token {
	if t := p.peek(); t.kind != k {
		p.failf("expected %s, found %v", what, t)
	}
	return p.next()
}

func (p *parser) name() string { return p.expectKind(tokName, "a name").text }
func (p *parser) closeTag()    { p.expectKind(tokStmtEnd, "'%}'") }

// comma separates elements: it must stand before anything but the closing bracket.
func (p *parser) comma(end string) {
	if !p.accept(",") && !p.peek().is(end) {
		p.failf("expected ',' or '%s', found %v", end, p.peek())
	}
}

// enter guards every recursion; leave ends it.
func (p *parser) enter() {
	if p.depth++; p.depth > p.limits.Nesting {
		p.fail(&LimitError{"Nesting", p.limits.Nesting})
	}
}

func (p *parser) leave() { p.depth-- }

// closing are the statements that only end or divide a block.
var closing = map[string]bool{
	"else": true, "elif": true, "endif": true, "endfor": true, "endset": true, "endmacro": true, "endcall": true,
	"endfilter": true, "endwith": true, "endgeneration": true,
}

// block reads statements up to a tag that closes or divides their block, and leaves that tag.
func (p *parser) block() []stmt {
	p.enter()
	defer p.leave()
	var body []stmt
	for {
		switch t := p.peek(); t.kind {
		case tokText:
			body = append(body, &textStmt{p.next().text})
		case tokExpr:
			p.next()
			x := p.tuple()
			p.expectKind(tokExprEnd, "'}}'")
			body = append(body, &outputStmt{x, t.line})
		case tokStmt:
			if tag := p.after(); tag.kind == tokName && closing[tag.text] {
				return body
			}
			p.next()
			body = append(body, p.statement())
		default:
			return body
		}
	}
}

// body closes an opening tag and reads what it encloses, through {% end %}.
func (p *parser) body(end string) []stmt {
	opened := p.peek().line
	p.closeTag()
	body := p.block()
	p.end(end, opened)
	return body
}

// end reads {% name %}.
func (p *parser) end(name string, opened int) {
	if !p.acceptTag(name) {
		found := p.peek()
		if found.kind == tokStmt {
			found = p.after()
		}
		p.failf("expected '%s' for the block opened on line %d, found %v", name, opened, found)
	}
	p.closeTag()
}
