package merkle

import "fmt"

// An Entry is one named digest of a map. Its leaf is the name followed by the
// 32 bytes of the digest.
type Entry struct {
	Name   string
	Digest Digest
}

func (x *hasher) entry(e *Entry) Digest {
	buf := append(x.leafHead(len(e.Name)+len(e.Digest)), e.Name...)
	x.buf = append(buf, e.Digest[:]...)
	return x.sum(x.buf)
}

// sorted checks that names ascend bytewise, each once.
func sorted(entries []Entry) error {
	for k := 1; k < len(entries); k++ {
		if a, b := entries[k-1].Name, entries[k].Name; a >= b {
			return fmt.Errorf("map digest: %q stands before %q; sort the names and keep each once", a, b)
		}
	}
	return nil
}

// Map returns H(0x03 | n | root) over entries whose names ascend bytewise.
func (x *Hasher) Map(entries []Entry) (Digest, error) {
	if err := sorted(entries); err != nil {
		return Digest{}, err
	}
	x.b.Reset()
	for k := range entries {
		x.b.AddDigest(x.h.entry(&entries[k]))
	}
	root := x.b.Root()
	return x.h.seal(mapDomain, x.b.Len(), &root), nil
}

// ProveEntry returns the proof for entry i of a map.
func ProveEntry(entries []Entry, i int) (Proof, error) {
	if err := sorted(entries); err != nil {
		return Proof{}, err
	}
	leaves := make([]Digest, len(entries))
	x := newHasher(SHA256)
	for k := range entries {
		leaves[k] = x.entry(&entries[k])
	}
	return NewTree(SHA256, leaves).Prove(uint64(i))
}

// VerifyEntry checks that the map with this digest has the entry at p.Index.
func VerifyEntry(m Digest, e Entry, p Proof) error {
	x := newHasher(SHA256)
	root, err := p.Root(SHA256, x.entry(&e))
	if err != nil {
		return err
	}
	if x.seal(mapDomain, p.Size, &root) != m {
		return errRoot
	}
	return nil
}
