package api_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openledger/openledger/cmd/peer/api"
)

func TestTokens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens.json")
	tokens := api.OpenTokens(path)
	s := newSite(t, api.Config{Tokens: tokens, Dir: t.TempDir(), Attributions: told{}})
	const chat, body = "/v1/chat/completions", `{` + hello + `,"max_tokens":2}`
	s.refused("POST", chat, body, 401, "missing_api_key")
	create := func(k api.Token) string {
		t.Helper()
		_, secret, err := api.OpenTokens(path).Create(k) // as another process does
		if err != nil {
			t.Fatal(err)
		}
		return secret
	}
	infer := create(api.Token{Name: "a", Scopes: []api.Scope{api.ScopeInfer}})
	if b, err := os.ReadFile(path); err != nil || strings.Contains(string(b), infer) || strings.Contains(string(b), infer[4:]) {
		t.Errorf("the secret is in the file (%v)", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v (%v)", info.Mode(), err)
	}
	s.token = "olk-wrong"
	s.refused("POST", chat, body, 401, "invalid_api_key")
	s.token = infer
	var a api.ChatCompletion
	s.ok("POST", chat, body, &a)
	var m api.List[api.ModelObject]
	s.ok("GET", "/v1/models", "", &m)
	s.refused("GET", "/v1/files", "", 403, "insufficient_scope")
	s.refused("GET", "/metrics", "", 403, "insufficient_scope")
	s.refused("POST", "/v1/load_lora_adapter", `{}`, 403, "insufficient_scope")
	var h api.Health
	s.ok("GET", "/health", "", &h)

	var what string
	s.ok("GET", "/v1/attributions/"+a.ID, "", &what)
	s.ok("GET", "/v1/attributions/"+a.ID+"/proof", "", &what)
	s.refused("GET", "/v1/attributions/none", "", 404, "no attribution")

	// Nobody sees the receipts of others, nor whose data made their answers.
	s.token = create(api.Token{Name: "b", Scopes: []api.Scope{api.ScopeInfer}, RequestsPerMinute: 3})
	s.refused("GET", "/v1/openledger/receipts/"+a.ID, "", 404, "no receipt")
	s.refused("GET", "/v1/attributions/"+a.ID+"/proof", "", 404, "no attribution")
	s.ok("GET", "/v1/models", "", &m)
	s.refused("GET", "/v1/models", "", 429, "rate_limit_exceeded")
	s.token = create(api.Token{Name: "c", Scopes: []api.Scope{api.ScopeInfer}, TokensPerMinute: 5})
	s.ok("POST", chat, body, &a)
	s.refused("POST", chat, body, 429, "rate_limit_exceeded")
	s.token = create(api.Token{Name: "d", Scopes: []api.Scope{api.ScopeAdmin}, Expires: time.Now().Add(-time.Second)})
	s.refused("GET", "/v1/models", "", 401, "expired")

	if err := tokens.Remove("a"); err != nil {
		t.Fatal(err)
	}
	s.token = infer
	s.refused("POST", chat, body, 401, "invalid_api_key")
	if _, _, err := tokens.Create(api.Token{Name: "b", Scopes: []api.Scope{api.ScopeRead}}); err == nil {
		t.Error("two tokens of one name")
	}
	if _, _, err := tokens.Create(api.Token{Scopes: []api.Scope{"king"}}); err == nil {
		t.Error("an unknown scope")
	}
}

// Without tokens a web page cannot use the server through its reader's browser.
func TestStrangers(t *testing.T) {
	s := newSite(t, api.Config{})
	for _, change := range []func(*http.Request){
		func(r *http.Request) { r.Host = "evil.example:80" },
		func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		func(r *http.Request) { r.Header.Set("Origin", "null") },
	} {
		r, err := http.NewRequest("GET", s.URL+"/v1/models", nil)
		if err != nil {
			t.Fatal(err)
		}
		change(r)
		response, err := s.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != 403 {
			t.Errorf("Host %q, Origin %q: got %s", r.Host, r.Header.Get("Origin"), response.Status)
		}
	}
}

// told attributes every answer to its ID.
type told struct{}

func (told) Attribute(_ context.Context, id string, _ api.Attribution, _ api.Receipt) (any, error) {
	return id, nil
}
func (told) Attribution(_ context.Context, id string) (any, error) { return id, nil }
func (told) Proof(_ context.Context, id string) (any, error)       { return id, nil }
