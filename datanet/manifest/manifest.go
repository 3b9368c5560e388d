// Package manifest is a Datanet as records: a chain of signed versions, the
// contributions they list, and what was said about them.
//
//	Manifest      one version, signed by the founder; names its parent version
//	Contribution  what an owner adds, signed by the owner: shards and credits
//	Review        a curator's verdict on a contribution, with the reason
//	Withdrawal    records that no later reader may use
//	Batch         the content of a shard: texts with their sources
//
// Everything is a block and is named by its CID, so the CID of a version commits
// to all that is below it. Lists only grow: what was contributed stays named
// for ever, with its owner, also after it was withdrawn.
//
// The invariant: a Datanet, which only Load makes, is a whole chain in which each
// version follows the rules from its parent and each part is signed by who may.
//
// Start with Manifest, Load and Datanet.Records.
package manifest

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// An ID names a Datanet through all its versions. It is the subject of their
// records.
type ID [32]byte

// String returns the ID in hex.
func (id ID) String() string { return fmt.Sprintf("%x", id[:]) }

// NewID returns the ID of the Datanet that a founder calls by a name.
func NewID(founder record.Account, name string) ID {
	b := canon.AppendArray(nil, 3)
	b = canon.AppendText(b, "openledger/datanet/1")
	b = canon.AppendBytes(b, founder[:])
	return sha256.Sum256(canon.AppendText(b, name))
}

// A Policy says whose contributions a Datanet takes.
type Policy uint8

// The numbers are append-only: they are signed.
const (
	Open     Policy = 1 // anybody's
	Invited  Policy = 2 // of the founder and of those the manifest invites
	Reviewed Policy = 3 // what a curator accepted and none rejected
)

func (p Policy) String() string {
	switch p {
	case Open:
		return "open"
	case Invited:
		return "invited"
	case Reviewed:
		return "reviewed"
	}
	return fmt.Sprintf("Policy(%d)", uint8(p))
}

// A Manifest is one version of a Datanet. Name and Licence never change; what
// the lists of CIDs hold is only appended to.
type Manifest struct {
	Name        string // letters a-z, digits, dots, dashes and underscores, at most 64
	Description string
	Tags        []string // sorted, each once
	Licence     Licence
	Policy      Policy
	Version     uint64           // counted from 0; the sequence of the record
	Parent      cid.Cid          // the version before; undefined for version 0
	Curators    []record.Account // who may review and withdraw, besides the founder
	Invited     []record.Account // who may contribute under the policy Invited

	Contributions []cid.Cid // in the order of acceptance
	Reviews       []cid.Cid // also of contributions that were rejected
	Withdrawals   []cid.Cid

	Contributors []Contributor // sums over all records that are not withdrawn, by account, then name
	Stats        Stats
}

// Stats are sums over all contributions. Withdrawn records stay in Records and
// Bytes.
type Stats struct {
	Records        uint64
	Bytes          uint64 // of text
	Shards         uint64
	Withdrawn      uint64 // records
	WithdrawnBytes uint64
}

const (
	maxName        = 64
	maxDescription = 8 << 10
	maxTags        = 32
	maxTag         = 64
	maxAccounts    = 1 << 10
	maxList        = 1 << 14 // contributions, reviews, withdrawals
)

// Check says whether the fields can be those of a manifest. What they say about
// other records only Load can check.
func (m *Manifest) Check() error {
	switch {
	case !goodName(m.Name):
		return fmt.Errorf("manifest: name %q: use 1 to %d of a-z, 0-9, '.', '-' and '_'", m.Name, maxName)
	case len(m.Description) > maxDescription:
		return fmt.Errorf("manifest: description of %d bytes, at most %d", len(m.Description), maxDescription)
	case len(m.Tags) > maxTags || slices.ContainsFunc(m.Tags, func(t string) bool { return t == "" || len(t) > maxTag }):
		return fmt.Errorf("manifest: tags: at most %d, each of 1 to %d bytes", maxTags, maxTag)
	case !ascending(m.Tags, strings.Compare):
		return errors.New("manifest: tags must be sorted, each once")
	case m.Policy < Open || m.Policy > Reviewed:
		return fmt.Errorf("manifest: unknown policy %d", m.Policy)
	case (m.Version == 0) != !m.Parent.Defined():
		return fmt.Errorf("manifest: version %d with parent %s: version 0 and only it has none", m.Version, m.Parent)
	case !ascending(m.Contributors, compareContributors):
		return errors.New("manifest: contributors must be sorted, each once")
	}
	for _, l := range [][]cid.Cid{m.Contributions, m.Reviews, m.Withdrawals} {
		seen := map[cid.Cid]bool{m.Parent: true}
		for _, c := range l {
			if seen[c] {
				return fmt.Errorf("manifest: %s is listed twice", c)
			}
			seen[c] = true
		}
	}
	return m.Licence.Check()
}

func goodName(s string) bool {
	return 0 < len(s) && len(s) <= maxName && !strings.ContainsFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '.' || r == '-' || r == '_')
	})
}

func ascending[T any](list []T, compare func(a, b T) int) bool {
	for i := 1; i < len(list); i++ {
		if compare(list[i-1], list[i]) >= 0 {
			return false
		}
	}
	return true
}

// AppendCanon appends the manifest to b.
func (m *Manifest) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 14)
	b = canon.AppendText(b, m.Name)
	b = canon.AppendText(b, m.Description)
	b = canon.AppendArray(b, len(m.Tags))
	for _, t := range m.Tags {
		b = canon.AppendText(b, t)
	}
	b = canon.AppendText(b, string(m.Licence))
	b = canon.AppendUint(b, uint64(m.Policy))
	b = canon.AppendUint(b, m.Version)
	var parent []cid.Cid
	if m.Parent.Defined() {
		parent = []cid.Cid{m.Parent}
	}
	b = appendCIDs(b, parent)
	b = appendAccounts(b, m.Curators)
	b = appendAccounts(b, m.Invited)
	b = appendCIDs(b, m.Contributions)
	b = appendCIDs(b, m.Reviews)
	b = appendCIDs(b, m.Withdrawals)
	b = appendContributors(b, m.Contributors)
	b = canon.AppendArray(b, 5)
	for _, n := range []uint64{m.Stats.Records, m.Stats.Bytes, m.Stats.Shards, m.Stats.Withdrawn, m.Stats.WithdrawnBytes} {
		b = canon.AppendUint(b, n)
	}
	return b
}

// ReadCanon reads what AppendCanon wrote and refuses what Check refuses.
func (m *Manifest) ReadCanon(r *canon.Reader) {
	r.Fields(14)
	m.Name = r.Text(maxName)
	m.Description = r.Text(maxDescription)
	m.Tags = make([]string, r.Array(maxTags))
	for i := range m.Tags {
		m.Tags[i] = r.Text(maxTag)
	}
	m.Licence = Licence(r.Text(maxLicence))
	m.Policy = Policy(r.Uint(uint64(Reviewed)))
	m.Version = r.Uint(1 << 32)
	if parent := readCIDs(r, 1); len(parent) == 1 {
		m.Parent = parent[0]
	}
	m.Curators = readAccounts(r)
	m.Invited = readAccounts(r)
	m.Contributions = readCIDs(r, maxList)
	m.Reviews = readCIDs(r, maxList)
	m.Withdrawals = readCIDs(r, maxList)
	m.Contributors = readContributors(r)
	r.Fields(5)
	for _, n := range []*uint64{&m.Stats.Records, &m.Stats.Bytes, &m.Stats.Shards, &m.Stats.Withdrawn, &m.Stats.WithdrawnBytes} {
		*n = r.Uint(maxSum)
	}
	failIf(r, m.Check)
}

// failIf runs a check on what was read, if it was read.
func failIf(r *canon.Reader, check func() error) {
	if r.Err() == nil {
		if err := check(); err != nil {
			r.Fail("%w", err)
		}
	}
}

func appendCIDs(b []byte, list []cid.Cid) []byte {
	b = canon.AppendArray(b, len(list))
	for _, c := range list {
		b = canon.AppendCID(b, c)
	}
	return b
}

func readCIDs(r *canon.Reader, max int) []cid.Cid {
	list := make([]cid.Cid, r.Array(max))
	for i := range list {
		list[i] = r.CID()
	}
	return list
}

func appendAccounts(b []byte, list []record.Account) []byte {
	b = canon.AppendArray(b, len(list))
	for _, a := range list {
		b = canon.AppendBytes(b, a[:])
	}
	return b
}

func readAccounts(r *canon.Reader) []record.Account {
	list := make([]record.Account, r.Array(maxAccounts))
	for i := range list {
		r.Fixed(list[i][:])
	}
	return list
}
