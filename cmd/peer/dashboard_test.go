package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
)

// The dashboard asks for nothing that a peer does not count.
func TestDashboard(t *testing.T) {
	text, err := os.ReadFile("../../deploy/grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(text) {
		t.Fatal("deploy/grafana.json is no JSON")
	}
	known, err := os.ReadFile(metricsFile)
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`\bpeer_[a-z_]+`).FindAllString(string(text), -1)
	if len(asked) < 10 {
		t.Errorf("the dashboard asks for %d metrics, want 10 at least", len(asked))
	}
	for _, name := range asked {
		if !strings.Contains(string(known), "| `"+name+"` |") {
			t.Errorf("the dashboard asks for %s, which %s does not list", name, metricsFile)
		}
	}
}
