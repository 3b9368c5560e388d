package chat

import "fmt"

// globals are the functions that every template has.
var globals = map[string]value{
	"range":           global("range", &builtin{params: []string{"start", "stop", "step"}, run: rangeList}),
	"namespace":       global("namespace", &builtin{runAll: makeNamespace}),
	"dict":            global("dict", &builtin{runAll: makeDict}),
	"raise_exception": global("raise_exception", &builtin{runAll: raiseException}),
	"strftime_now":    global("strftime_now", &builtin{params: []string{"format"}, run: strftimeNow}),
}

func global(name string, fn *builtin) value { return &bound{name, nil, fn} }

// rangeList is range(stop) or range(start, stop, step).
func rangeList(r *run, _ value, p []value) (value, error) {
	var n [3]int64
	for i, def := range []int64{0, 0, 1} {
		switch v := p[i].(type) {
		case nil:
			n[i] = def
		case int64, bool:
			n[i] = toInt(v)
		default:
			return nil, fmt.Errorf("needs integers, not %s", describe(v))
		}
	}
	if p[0] == nil {
		return nil, fmt.Errorf("needs the number to stop at")
	}
	start, stop, step := n[0], n[1], n[2]
	if p[1] == nil {
		start, stop = 0, n[0]
	}
	if step == 0 {
		return nil, fmt.Errorf("the step cannot be 0")
	}
	var count uint64 // ceil(distance / |step|), in unsigned so that no distance overflows
	if step > 0 && start < stop {
		count = (uint64(stop)-uint64(start)-1)/uint64(step) + 1
	} else if step < 0 && start > stop {
		count = (uint64(start)-uint64(stop)-1)/(-uint64(step)) + 1
	}
	if err := r.allocEach(int(min(count, 1<<40)), valueSize); err != nil {
		return nil, err
	}
	out := make(list, count)
	for i := range out {
		out[i] = start
		start += step
	}
	return out, nil
}

func makeDict(r *run, _ value, a args) (value, error) {
	d := &dict{}
	for _, v := range a.pos {
		from, ok := v.(*dict)
		if !ok || len(a.pos) > 1 {
			return nil, fmt.Errorf("needs one dict, or named values, not %s", describe(v))
		}
		for i, key := range from.keys {
			d.set(key, from.vals[i])
		}
	}
	for i, name := range a.names {
		d.set(name, a.named[i])
	}
	return d, r.allocEach(len(d.keys), entrySize)
}

func makeNamespace(r *run, in value, a args) (value, error) {
	d, err := makeDict(r, in, a)
	if err != nil {
		return nil, err
	}
	return &namespace{*d.(*dict)}, r.alloc(entrySize)
}

func raiseException(r *run, _ value, a args) (value, error) {
	message := ""
	if len(a.pos) > 0 {
		var err error
		if message, err = r.str(a.pos[0]); err != nil {
			return nil, err
		}
	}
	if message == "" {
		message = "the template refused its input without saying why"
	}
	return nil, &RaisedError{fmt.Sprintf("%.1000s", message)}
}
