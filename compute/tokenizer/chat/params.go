package chat

import "fmt"

// These read one argument of a builtin; an argument not given is nil and takes its default.

func stringParam(p []value, i int, def string) (string, error) {
	switch v := p[i].(type) {
	case nil:
		return def, nil
	case string:
		return v, nil
	}
	return "", fmt.Errorf("argument %d must be a string, not %s", i+1, describe(p[i]))
}

func intParam(p []value, i int, def int64) (int64, error) {
	switch v := p[i].(type) {
	case nil, none:
		return def, nil
	case int64, bool:
		return toInt(v), nil
	}
	return 0, fmt.Errorf("argument %d must be an integer, not %s", i+1, describe(p[i]))
}

func boolParam(p []value, i int) bool { return p[i] != nil && truth(p[i]) }

// given says whether argument i was given and is not none.
func given(p []value, i int) bool { return p[i] != nil && p[i] != none{} }
