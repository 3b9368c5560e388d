package catalog

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/ipfs/go-cid"
	"golang.org/x/text/unicode/norm"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
)

// A Query says which Datanets are wanted: those that meet all that is set.
type Query struct {
	Words      string   // each is the beginning of a word of the name, a tag or the description: languages and domains stand there
	Name       string   // exactly
	Tags       []string // all of them
	Licence    string   // the licence's expression names this SPDX identifier
	Founder    record.Account
	MinRecords uint64 // in use, without what was withdrawn
	MaxRecords uint64 // 0: any
	MinBytes   uint64 // of text
	MaxBytes   uint64 // 0: any
	Valid      bool   // only Datanets whose head was checked
	Offset     int
	Limit      int // 0: 50; at most 500
}

// Search returns the Datanets that meet a query, the best first: by how rare and
// how prominent the words are, then the largest.
func (c *Catalog) Search(ctx context.Context, q Query) ([]Entry, error) {
	from, where, args, order := "catalog_datanet d", []string{"1"}, []any{}, "d.bytes DESC, d.id"
	and := func(condition string, values ...any) {
		where = append(where, condition)
		args = append(args, values...)
	}
	if match := matchOf(q.Words); match != "" {
		from += " JOIN catalog_words w ON w.rowid = d.row"
		and("catalog_words MATCH ?", match)
		order = "bm25(catalog_words, 8.0, 4.0, 1.0), " + order
	} else if strings.TrimSpace(q.Words) != "" {
		return nil, nil // nothing that could be a word
	}
	if q.Name != "" {
		and("d.name = ?", q.Name)
	}
	for _, tag := range q.Tags {
		and("EXISTS (SELECT 1 FROM catalog_label l WHERE l.row = d.row AND l.kind = 'tag' AND l.label = ?)", fold(tag))
	}
	if q.Licence != "" {
		and("EXISTS (SELECT 1 FROM catalog_label l WHERE l.row = d.row AND l.kind = 'licence' AND l.label = ?)", fold(q.Licence))
	}
	if q.Founder != (record.Account{}) {
		and("d.founder = ?", q.Founder[:])
	}
	for _, bound := range []struct {
		condition string
		value     uint64
	}{{"d.records >= ?", q.MinRecords}, {"d.records <= ?", q.MaxRecords}, {"d.bytes >= ?", q.MinBytes}, {"d.bytes <= ?", q.MaxBytes}} {
		if bound.value > 0 {
			and(bound.condition, int64(min(bound.value, 1<<62)))
		}
	}
	if q.Valid {
		and("d.state = ?", Valid)
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	args = append(args, min(q.Limit, 500), max(q.Offset, 0))
	return c.entries(ctx, "FROM "+from+" WHERE "+strings.Join(where, " AND ")+" ORDER BY "+order+" LIMIT ? OFFSET ?", args...)
}

// List returns all Datanets by name, a page at a time.
func (c *Catalog) List(ctx context.Context, offset, limit int) ([]Entry, error) {
	return c.entries(ctx, `FROM catalog_datanet d ORDER BY d.name, d.id LIMIT ? OFFSET ?`, limit, offset)
}

// Entry returns a Datanet. ErrUnknown: nothing valid or announced is known of it.
func (c *Catalog) Entry(ctx context.Context, id manifest.ID) (Entry, error) {
	list, err := c.entries(ctx, `FROM catalog_datanet d WHERE d.id = ?`, id[:])
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("%w: %s", ErrUnknown, id)
	}
	if err != nil {
		return Entry{}, err
	}
	return list[0], nil
}

// Resolve returns the Datanet that somebody calls by its name, by name@founder,
// by its ID or at least 8 digits of it, or by the CID of its head.
func (c *Catalog) Resolve(ctx context.Context, ref string) (Entry, error) {
	name, founder, named := strings.Cut(ref, "@")
	where, args := `FROM catalog_datanet d WHERE d.name = ?`, []any{name}
	if named {
		account, err := record.ParseAccount(founder)
		if err != nil {
			return Entry{}, err
		}
		where, args = where+` AND d.founder = ?`, append(args, account[:])
	}
	list, err := c.entries(ctx, where+` ORDER BY d.id LIMIT 20`, args...)
	if err == nil && len(list) == 0 && !named {
		if list, err = c.byID(ctx, ref); err == nil && len(list) == 0 {
			list, err = c.byHead(ctx, ref)
		}
	}
	switch {
	case err != nil:
		return Entry{}, err
	case len(list) == 0:
		return Entry{}, fmt.Errorf("%w: %q: use a name, name@founder, an ID or the CID of a version", ErrUnknown, ref)
	case len(list) > 1:
		var which []string
		for _, e := range list {
			which = append(which, fmt.Sprintf("%s@%s", e.Manifest.Name, e.Founder))
		}
		return Entry{}, fmt.Errorf("%w: %s: use one of %s", ErrAmbiguous, ref, strings.Join(which, ", "))
	}
	return list[0], nil
}

func (c *Catalog) byID(ctx context.Context, ref string) ([]Entry, error) {
	digits := strings.ToLower(ref)
	if _, err := hex.DecodeString(digits + strings.Repeat("0", len(digits)%2)); err != nil || len(digits) < 8 || len(digits) > 64 {
		return nil, nil
	}
	return c.entries(ctx, `FROM catalog_datanet d WHERE lower(hex(d.id)) LIKE ? ORDER BY d.id LIMIT 20`, digits+"%")
}

func (c *Catalog) byHead(ctx context.Context, ref string) ([]Entry, error) {
	head, err := cid.Decode(ref)
	if err != nil {
		return nil, nil
	}
	return c.entries(ctx, `FROM catalog_datanet d WHERE d.id = (SELECT v.id FROM catalog_version v WHERE v.cid = ?)`, head.Bytes())
}

// entries reads the Datanets that a clause selects.
func (c *Catalog) entries(ctx context.Context, clause string, args ...any) (list []Entry, err error) {
	rows, err := c.db.QueryContext(ctx, `SELECT d.state, d.first, d.seen,
		(SELECT v.envelope FROM catalog_version v WHERE v.cid = d.head),
		(SELECT max(v.number) FROM catalog_version v WHERE v.id = d.id),
		(SELECT count(*) FROM catalog_fork f WHERE f.id = d.id) `+clause, args...)
	if err != nil {
		return nil, wrap(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var e Entry
		var first, seen int64
		var envelope []byte
		var newest sql.NullInt64
		if err := rows.Scan(&e.State, &first, &seen, &envelope, &newest, &e.Forks); err != nil {
			return nil, wrap(err)
		}
		s, err := manifest.OpenManifest(envelope, c.c.Network)
		if err != nil {
			return nil, fmt.Errorf("catalog: damaged: %w", err)
		}
		e.ID, e.Founder, e.Head, e.Manifest = s.Datanet(), s.Owner(), s.CID(), s.Value()
		e.Newest, e.First, e.Seen = uint64(newest.Int64), time.UnixMilli(first), time.UnixMilli(seen)
		list = append(list, e)
	}
	return list, wrap(rows.Err())
}

// matchOf makes an FTS5 query of words: each in quotes, so that nothing in it is
// an operator, and as the beginning of a word, or of several that follow each
// other.
func matchOf(words string) string {
	var out []string
	for _, w := range strings.Fields(words) {
		if w = strings.ReplaceAll(fold(w), `"`, ""); strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			out = append(out, `"`+w+`"*`)
		}
	}
	return strings.Join(out, " ")
}

// fold brings a text to the form in which it is searched: NFKC, lower case, and
// the characters of scripts without spaces as words by themselves.
func fold(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(norm.NFKC.String(text)) {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
			b.WriteByte(' ')
			b.WriteRune(r)
			b.WriteByte(' ')
		} else {
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}
