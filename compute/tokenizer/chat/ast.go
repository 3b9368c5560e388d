package chat

// An expr is a part of a template that has a value.
type expr interface {
	eval(r *run, sc *scope) (value, error)
}

// A stmt is a part of a template that writes text or changes variables.
type stmt interface {
	exec(r *run, sc *scope) error
}

type (
	literal  struct{ v value }
	nameExpr struct {
		name string
		none value // what a missing variable gives
	}
	listExpr struct{ elems []expr }
	dictExpr struct{ keys, vals []expr }
	attrExpr struct { // x.name
		x    expr
		name string
		none value
	}
	indexExpr struct{ x, key expr }
	sliceExpr struct{ x, lo, hi, step expr } // parts left out are nil
	callExpr  struct {
		fn   expr
		args arguments
	}
	filterExpr struct { // x | name(args); x is nil at the head of a block's chain
		x    expr
		name string
		args arguments
	}
	testExpr struct { // x is name(args)
		x    expr
		name string
		args arguments
	}
	notExpr   struct{ x expr }
	unaryExpr struct {
		op string
		x  expr
	}
	binaryExpr struct {
		op   string
		a, b expr
	}
	logicExpr struct { // and, or
		or   bool
		a, b expr
	}
	compareExpr struct { // a op b op c …: each neighbour compared
		first expr
		ops   []string
		rest  []expr
	}
	condExpr struct{ test, then, other expr } // other may be nil
)

// arguments are those of a call as written: f(1, *more, key=2, **named).
type arguments struct {
	pos []argument
	kw  []argument
}

type argument struct {
	name   string // of a named argument
	x      expr
	spread bool // * or **
}

type (
	textStmt   struct{ text string }
	outputStmt struct {
		x    expr
		line int
	}
	ifStmt struct {
		tests  []expr
		bodies [][]stmt // one more than tests when there is an else
		line   int
	}
	forStmt struct {
		target target
		iter   expr
		cond   expr // may be nil
		body   []stmt
		other  []stmt
		line   int
	}
	setStmt struct {
		target target
		x      expr
		line   int
	}
	setBlock struct { // {% set name | filters %}body{% endset %}
		target  target
		filters []*filterExpr
		body    []stmt
		line    int
	}
	macroStmt struct{ def *macroDef }
	callStmt  struct { // {% call(params) f(args) %}body{% endcall %}
		call   *callExpr
		caller *macroDef
		line   int
	}
	filterStmt struct {
		filters []*filterExpr
		body    []stmt
		line    int
	}
	withStmt struct {
		names []string
		vals  []expr
		body  []stmt
		line  int
	}
	generationStmt struct{ body []stmt }
	jumpStmt       struct{ err error } // break, continue
)

// A macroDef is a macro as written. extra, named and caller say which special names its body uses.
type macroDef struct {
	name     string // "" for the body of a call block
	params   []string
	defaults []expr // of the last params
	body     []stmt
	uses     map[string]bool
	line     int
}

// A target takes values: in set, for and with.
type target interface {
	assign(r *run, sc *scope, v value) error
}

type (
	nameTarget string
	attrTarget struct { // of a namespace
		x    expr
		name string
	}
	tupleTarget []target
)
