package serve

import (
	"container/list"
	"crypto/sha256"
	"encoding/binary"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/op"
)

// A prefix keeps pages of keys and values under the hash of everything that
// decides them: the model, the adapter and all tokens up to the end of the
// page. A page stays after its last user until its memory is wanted.
type prefix struct {
	pages map[prefixKey]*sharedPage
	idle  list.List // of pages without a user, those used last in front
}

type prefixKey [32]byte

// A sharedPage is a full page; nobody writes it any more.
type sharedPage struct {
	key   prefixKey
	page  int32
	users int
	since uint64        // the step in which it had its last user
	at    *list.Element // in idle, if it has none
}

func newPrefix() *prefix { return &prefix{pages: make(map[prefixKey]*sharedPage)} }

// rootKey is the key before the first page.
func rootKey(model, adapter cid.Cid) prefixKey {
	h := sha256.New()
	h.Write([]byte("openledger/prefix/1"))
	for _, c := range []cid.Cid{model, adapter} {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(c.ByteLen()))
		h.Write(n[:])
		h.Write(c.Bytes())
	}
	return prefixKey(h.Sum(nil))
}

// next returns the key of the page behind k that holds these tokens.
func (k prefixKey) next(tokens []int32) prefixKey {
	b := make([]byte, 0, len(k)+4*op.PageRows)
	b = append(b, k[:]...)
	for _, id := range tokens {
		b = binary.LittleEndian.AppendUint32(b, uint32(id))
	}
	return sha256.Sum256(b)
}

// use returns the page under a key with one user more, nil if there is none.
func (p *prefix) use(key prefixKey) *sharedPage {
	s := p.pages[key]
	if s == nil {
		return nil
	}
	if s.users++; s.at != nil {
		p.idle.Remove(s.at)
		s.at = nil
	}
	return s
}

// add shares a page, which has one user. The key MUST be new.
func (p *prefix) add(key prefixKey, page int32) *sharedPage {
	s := &sharedPage{key: key, page: page, users: 1}
	p.pages[key] = s
	return s
}

// leave takes a user away. The last pages of a sequence should leave first: of
// pages that are idle since the same step they go first.
func (p *prefix) leave(s *sharedPage, step uint64) {
	if s.users--; s.users == 0 {
		s.since = step
		s.at = p.idle.PushFront(s)
	}
}

// oldest returns the idle page whose last use is longest ago, nil if there is
// none.
func (p *prefix) oldest() *sharedPage {
	if at := p.idle.Back(); at != nil {
		return at.Value.(*sharedPage)
	}
	return nil
}

// drop forgets an idle page.
func (p *prefix) drop(s *sharedPage) {
	p.idle.Remove(s.at)
	delete(p.pages, s.key)
}
