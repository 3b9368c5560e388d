package api

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
)

func (c *call) openAPI() error { return c.answer(Document()) }

// object is a JSON object of the document.
type object = map[string]any

var pathParam = regexp.MustCompile(`\{(\w+)(\.\.\.)?\}`)

// Document is the OpenAPI description of all routes, made of them and the Go
// types of their bodies.
func Document() any {
	d := &document{schemas: object{}}
	paths := object{}
	for _, r := range routes {
		path := pathParam.ReplaceAllString(r.path, "{$1}")
		item, _ := paths[path].(object)
		if item == nil {
			item = object{}
			paths[path] = item
		}
		item[strings.ToLower(r.method)] = d.operation(r)
	}
	return object{
		"openapi": "3.1.0",
		"info": object{"title": "OpenLedger", "version": "1",
			"description": "OpenAI's interface, and what OpenLedger adds: adapters, receipts and attributions."},
		"paths": paths,
		"components": object{
			"schemas":         d.schemas,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}},
		},
	}
}

type document struct{ schemas object }

func (d *document) operation(r route) object {
	ok := object{"description": "Done"}
	content := object{}
	if r.out != nil {
		content["application/json"] = object{"schema": d.schema(reflect.TypeOf(r.out))}
	}
	if r.events != nil {
		content["text/event-stream"] = object{"schema": d.schema(reflect.TypeOf(r.events))}
	}
	if len(content) > 0 {
		ok["content"] = content
	}
	failed := object{"description": "An error", "content": object{"application/json": object{"schema": d.schema(reflect.TypeFor[ErrorBody]())}}}
	op := object{"summary": r.summary, "responses": object{"200": ok, "default": failed}}
	if r.scope != "" {
		op["security"] = []any{object{"token": []string{string(r.scope)}}}
	}
	var params []any
	for _, m := range pathParam.FindAllStringSubmatch(r.path, -1) {
		params = append(params, object{"name": m[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	if params != nil {
		op["parameters"] = params
	}
	if r.in != nil {
		op["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": d.schema(reflect.TypeOf(r.in))}}}
	}
	return op
}

var (
	text     = object{"type": "string"}
	integers = object{"type": "array", "items": object{"type": "integer"}}
)

// known are the types whose JSON does not follow from their Go.
var known = map[reflect.Type]object{
	reflect.TypeFor[json.RawMessage](): {},
	reflect.TypeFor[[]byte]():          {"type": "string", "contentEncoding": "base64"},
	reflect.TypeFor[Strings]():         {"anyOf": []any{text, object{"type": "array", "items": text}}},
	reflect.TypeFor[Auto]():            {"anyOf": []any{object{"type": "number"}, object{"const": "auto"}}},
	reflect.TypeFor[Prompt]():          {"anyOf": []any{text, object{"type": "array", "items": text}, integers, object{"type": "array", "items": integers}}},
}

// schema describes a type; named structs are described once.
func (d *document) schema(t reflect.Type) any {
	if s, ok := known[t]; ok {
		return s
	}
	switch t.Kind() {
	case reflect.Pointer:
		return object{"anyOf": []any{d.schema(t.Elem()), object{"type": "null"}}}
	case reflect.String:
		return text
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Float32, reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice:
		return object{"type": "array", "items": d.schema(t.Elem())}
	case reflect.Map:
		return object{"type": []string{"object", "null"}, "additionalProperties": d.schema(t.Elem())}
	case reflect.Interface:
		return object{}
	case reflect.Struct:
		name := strings.NewReplacer("[", "", "]", "", "github.com/openledger/openledger/cmd/peer/api.", "").Replace(t.Name())
		if _, ok := d.schemas[name]; !ok {
			s := object{}
			d.schemas[name] = s // before its fields, which may lead back to it
			properties, required := object{}, []string{}
			d.fields(t, properties, &required)
			s["type"], s["properties"] = "object", properties
			if len(required) > 0 {
				s["required"] = required
			}
		}
		return object{"$ref": "#/components/schemas/" + name}
	}
	return object{"type": "integer"}
}

func (d *document) fields(t reflect.Type, properties object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			d.fields(f.Type, properties, required)
			continue
		}
		properties[name] = d.schema(f.Type)
		if !strings.Contains(options, "omit") {
			*required = append(*required, name)
		}
	}
}
