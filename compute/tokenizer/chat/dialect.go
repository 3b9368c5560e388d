package chat

import (
	"fmt"
	"strings"
)

// Two renderers set the standard, and they part in places: @huggingface/jinja 0.5.11, against whose output we are
// tested, and Jinja2 itself (3.1, in the transformers library), with which models are trained and templates written.
//
// As the first, which the published expectations demand:
//   - values print as JSON, and none and undefined print nothing;
//   - break and continue drop what their pass of the loop has written so far;
//   - a loop over a string is an error: it is nearly always content that the template expected in parts;
//   - '+' joins a string with anything but none and undefined (addend);
//   - a field of something undefined is undefined; strings and lists have a field 'length';
//   - '+', '-' and '~' bind alike.
//
// As Jinja2, where the first has another result:
//   - each pass of a loop, and the body of a macro, call, filter, set or generation block, has variables of its own,
//     and a macro sees those of the place where it is defined, not called;
//   - a loop's else is for want of elements, also where every pass ends by break or continue;
//   - values are compared by what they hold: [1] == [1], "1" != 1, an undefined one is not none; 1 < 2 < 3 chains;
//   - strings are counted in characters, integers keep all digits, floats are written as Python does (2.0, 1e-05),
//     -7 % 3 is 2, division by zero is an error;
//   - strip(chars), int, title, capitalize, unique, tojson(sort_keys, indent=0), join(attribute), dotted attributes,
//     tests of missing ones, 'is iterable' of a dict and 'is number' of a boolean do as documented; x.items() is the
//     method even where x has a key "items";
//   - \r\n in a template is \n, and blanks are what Python takes for them.
//
// And as Jinja2 where the first gives up (none as text other than output is None, for one), except for what would
// change data (append, pop, update), reach outside the template (include, extends, import), or is of no use in
// a prompt (HTML, layout, formats).

// addend is the text that joins a string by '+'.
func (r *run) addend(v value) (string, error) {
	switch v := v.(type) {
	case none, undefined:
		return "", fmt.Errorf("'+' does not work with a string and %s", describe(v))
	case *dict, *namespace, *loop:
		return "[object Map]", nil // as JavaScript has it; published expectations contain it
	case list:
		var b strings.Builder
		for i, e := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			s, err := r.str(e)
			if err != nil {
				return "", err
			}
			b.WriteString(s)
			if err := r.room(b.Len()); err != nil {
				return "", err
			}
		}
		return b.String(), nil
	}
	return r.str(v)
}
