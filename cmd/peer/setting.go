package main

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// A setting is one leaf of Config: its key, its value and where that came from.
type setting struct {
	key    string
	value  reflect.Value // addressable, a field of settings.Config
	source string
}

// env is the environment variable of a setting: OPENLEDGER_LOG_LEVEL for log.level.
func (l *setting) env() string {
	return "OPENLEDGER_" + strings.ToUpper(strings.ReplaceAll(l.key, ".", "_"))
}

// set takes a value as a person writes it on a command line; lists have commas.
func (l *setting) set(text, source string) error {
	var err error
	switch v := l.value.Addr().Interface().(type) {
	case encoding.TextUnmarshaler:
		err = v.UnmarshalText([]byte(text))
	case *string:
		*v = text
	case *[]string:
		*v = nil
		for part := range strings.SplitSeq(text, ",") {
			if part = strings.TrimSpace(part); part != "" {
				*v = append(*v, part)
			}
		}
	default:
		err = (&yaml.Node{Kind: yaml.ScalarNode, Value: text}).Decode(v)
	}
	if err != nil {
		return problemf(exitConfig, "mend that value", "%s from %s: %w", l.key, source, err)
	}
	l.source = source
	return nil
}

// String is the value as set takes it.
func (l *setting) String() string {
	switch v := l.value.Interface().(type) {
	case encoding.TextMarshaler:
		text, err := v.MarshalText()
		if err != nil {
			return err.Error()
		}
		return string(text)
	case []string:
		return strings.Join(v, ",")
	case time.Duration:
		return v.String()
	}
	return fmt.Sprint(l.value.Interface())
}

// MarshalJSON shows numbers, truths and lists as such and all else as text.
func (l *setting) MarshalJSON() ([]byte, error) {
	var value any = l.String()
	switch v := l.value.Interface().(type) {
	case bool, int, int64, uint64, float64, []string:
		value = v
	}
	return json.Marshal(struct {
		Key    string `json:"key"`
		Value  any    `json:"value"`
		Source string `json:"source"`
	}{l.key, value, l.source})
}
