package main

import (
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/proofs/record"
)

const metricsFile = "../../docs/metrics.md"

const metricsHead = `# Metrics

Generated from the code by ` + "`go test ./cmd/peer -run Metrics -update`" + `. A running peer serves these at ` + "`/metrics`" + `
of ` + "`ops.listen`" + `, with the usual ` + "`go_`" + ` and ` + "`process_`" + ` ones; libraries add their own under their names.

| name | type | labels | what |
|---|---|---|---|
`

// A recorder is a registry that remembers what it was given: counters with
// labels show in no scrape before their first use.
type recorder struct {
	*prometheus.Registry
	all []prometheus.Collector
}

func (r *recorder) Register(c prometheus.Collector) error {
	r.all = append(r.all, c)
	return r.Registry.Register(c)
}

func (r *recorder) MustRegister(cs ...prometheus.Collector) {
	r.all = append(r.all, cs...)
	r.Registry.MustRegister(cs...)
}

var descForm = regexp.MustCompile(`^Desc\{fqName: "(\w+)", help: "(.*)", unit: ".*", constLabels: \{.*\}, variableLabels: \{(.*)\}\}$`)

// TestMetrics wires a whole peer and compares docs/metrics.md with what its
// rooms registered.
func TestMetrics(t *testing.T) {
	key, err := record.ParseKey([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	c := defaults()
	c.Ops.Listen, c.Serve.Listen = "127.0.0.1:0", "127.0.0.1:0"
	r := &recorder{Registry: prometheus.NewRegistry()}
	if _, err := wire(newPeer(home(t.TempDir()), c, key, slog.New(slog.DiscardHandler), r)); err != nil {
		t.Fatal(err)
	}
	types := map[string]string{}
	scrape, err := r.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range scrape {
		types[m.GetName()] = strings.ToLower(m.GetType().String())
	}
	var lines []string
	for _, c := range r.all {
		descs := make(chan *prometheus.Desc, 1000)
		c.Describe(descs)
		close(descs)
		for d := range descs {
			part := descForm.FindStringSubmatch(d.String())
			if part == nil {
				t.Fatalf("cannot read %s", d)
			}
			name, help, labels := part[1], part[2], part[3]
			kind := typeOf(c, types[name])
			switch {
			case !strings.HasPrefix(name, "peer_"):
				continue // a library's
			case kind == "counter" && !strings.HasSuffix(name, "_total"):
				t.Errorf("%s is a counter: its name ends in _total", name)
			case strings.HasSuffix(help, "."):
			default:
				t.Errorf("%s: its help %q is not a sentence", name, help)
			}
			lines = append(lines, fmt.Sprintf("| `%s` | %s | %s | %s |\n", name, kind, strings.ReplaceAll(labels, ",", ", "), help))
		}
	}
	slices.Sort(lines)
	want := metricsHead + strings.Join(slices.Compact(lines), "") // one that differs in constant labels is listed once
	if *update {
		if err := os.WriteFile(metricsFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(metricsFile); err != nil || string(got) != want {
		t.Errorf("docs/metrics.md is stale (%v): go test ./cmd/peer -run Metrics -update", err)
	}
}

// typeOf is what a collector counts as; scraped is what a scrape said, if anything.
func typeOf(c prometheus.Collector, scraped string) string {
	switch c.(type) {
	case *prometheus.CounterVec:
		return "counter"
	case *prometheus.GaugeVec:
		return "gauge"
	case *prometheus.HistogramVec:
		return "histogram"
	case *prometheus.SummaryVec:
		return "summary"
	}
	return scraped
}
