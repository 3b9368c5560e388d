package api

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"
)

// admit decides who asks, and whether he may. release MUST follow if the error
// is nil.
func (s *Server) admit(c *call, r route) (release func(), err error) {
	if r.scope == "" {
		return func() {}, nil
	}
	secret, ok := strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer ")
	if ok && s.c.Owner != "" && subtle.ConstantTimeCompare([]byte(secret), []byte(s.c.Owner)) == 1 {
		return func() {}, nil
	}
	if s.c.Tokens == nil {
		return func() {}, local(c.r)
	}
	if !ok {
		return nil, &Error{Status: http.StatusUnauthorized, Code: "missing_api_key",
			Message: `An API token is wanted, as "Authorization: Bearer olk-...". The owner of this server makes one with "peer token create".`}
	}
	t, err := s.c.Tokens.find(strings.TrimSpace(secret))
	switch {
	case err != nil:
		return nil, err
	case t == nil:
		return nil, &Error{Status: http.StatusUnauthorized, Code: "invalid_api_key", Message: "This API token is unknown, was removed or has expired."}
	case !t.allows(r.scope):
		return nil, &Error{Status: http.StatusForbidden, Code: "insufficient_scope", Message: "This API token does not have the scope " + string(r.scope) + "."}
	}
	c.token, c.tenant = t, t.ID
	return s.limits.enter(t, time.Now())
}

// local refuses what a web page of somebody else may have sent through the
// user's browser: without tokens only programs of this machine may ask.
func local(r *http.Request) error {
	names := []string{r.Host}
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil {
			return strangerError
		}
		names = append(names, u.Host)
	}
	for _, name := range names {
		host, _, err := net.SplitHostPort(name)
		if err != nil {
			host = strings.Trim(name, "[]")
		}
		if ip, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !ip.IsLoopback()) {
			return strangerError
		}
	}
	return nil
}

var strangerError = &Error{Status: http.StatusForbidden, Code: "not_local",
	Message: "Without API tokens this server answers to 127.0.0.1 and localhost only. The owner makes a token with \"peer token create\"."}

// limits counts what tokens use.
type limits struct {
	mu   sync.Mutex
	used map[string]*use // by token ID
}

// A use is what one token has used.
type use struct {
	active   int
	requests bucket
	tokens   bucket
}

// A bucket holds what may still be used; it fills up in a minute.
type bucket struct {
	left float64
	at   time.Time
}

// fill brings a bucket with a size up to now.
func (b *bucket) fill(size int, now time.Time) {
	if b.at.IsZero() {
		b.left = float64(size)
	} else {
		b.left = min(float64(size), b.left+now.Sub(b.at).Minutes()*float64(size))
	}
	b.at = now
}

// wait is how long until want is there.
func (b *bucket) wait(size int, want float64) time.Duration {
	return time.Duration((want - b.left) / float64(size) * float64(time.Minute)).Round(time.Millisecond)
}

// enter counts a request in, or refuses it for now.
func (l *limits) enter(t *Token, now time.Time) (release func(), err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.used == nil {
		l.used = make(map[string]*use)
	}
	u := l.used[t.ID]
	if u == nil {
		u = &use{}
		l.used[t.ID] = u
	}
	tooMany := func(what string, wait time.Duration) error {
		return &Error{Status: http.StatusTooManyRequests, Type: "rate_limit_error", Code: "rate_limit_exceeded", Message: "This API token's limit of " + what + " is reached.", RetryAfter: max(wait, 100*time.Millisecond)}
	}
	if t.Concurrent > 0 && u.active >= t.Concurrent {
		return nil, tooMany("requests at a time", time.Second)
	}
	if n := t.TokensPerMinute; n > 0 {
		if u.tokens.fill(n, now); u.tokens.left < 1 {
			return nil, tooMany("tokens per minute", u.tokens.wait(n, 1))
		}
	}
	if n := t.RequestsPerMinute; n > 0 {
		if u.requests.fill(n, now); u.requests.left < 1 {
			return nil, tooMany("requests per minute", u.requests.wait(n, 1))
		}
		u.requests.left--
	}
	u.active++
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		u.active--
	}, nil
}

// spend counts tokens of an answer. They are known afterwards only, so a bucket
// may go below nothing; then the next request waits.
func (l *limits) spend(t *Token, tokens int) {
	if t == nil || t.TokensPerMinute == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if u := l.used[t.ID]; u != nil {
		u.tokens.left -= float64(tokens)
	}
}
