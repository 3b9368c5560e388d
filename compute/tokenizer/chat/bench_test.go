package chat

import (
	"context"
	"testing"
)

// The benchmarks use the template of Qwen3 (6,504 bytes) and its conversation with tools, from the shared cases.
const benchCase = "ax/qwen3.jinja/tool/agp=false/tools=true"

func benchmarkCase(b *testing.B) chatCase {
	for _, c := range sharedCases(b) {
		if c.Name == benchCase {
			return c
		}
	}
	b.Fatal("no case ", benchCase)
	return chatCase{}
}

func BenchmarkParse(b *testing.B) {
	c := benchmarkCase(b)
	b.SetBytes(int64(len(c.Template)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(c.Template); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRender includes decoding the conversation from JSON.
func BenchmarkRender(b *testing.B) {
	c := benchmarkCase(b)
	tmpl := mustParse(b, c.Template)
	vars := values(c.Data)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tmpl.RenderValues(context.Background(), vars); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSteps measures the interpreter alone: one operation is 90,000 passes of a loop that adds and compares.
func BenchmarkSteps(b *testing.B) {
	tmpl := mustParse(b, `{% set ns = namespace(n=0) %}{% for i in l %}{% for j in l %}{% if i + j > 5 %}{% set ns.n = ns.n + 1 %}{% endif %}{% endfor %}{% endfor %}{{ ns.n }}`)
	vars := map[string]any{"l": make([]any, 300)}
	for i := range 300 {
		vars["l"].([]any)[i] = i
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tmpl.RenderValues(context.Background(), vars); err != nil {
			b.Fatal(err)
		}
	}
}
