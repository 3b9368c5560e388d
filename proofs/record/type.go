package record

import "fmt"

// A Type tells what a record's payload is. The payloads are defined by the
// packages that write them.
type Type uint32

// The numbers are frozen and append-only: they are signed, and contracts know
// them. 0 is no type.
const (
	Advert         Type = 1  // what a peer can do
	Manifest       Type = 2  // one version of a Datanet
	Contribution   Type = 3  // what its owner adds to a Datanet
	Pledge         Type = 4  // a promise to pin shards
	AuditChallenge Type = 5  // which pinned leaves to show
	AuditAnswer    Type = 6  // the leaves
	Offer          Type = 7  // a job to be done
	Bid            Type = 8  // a worker's answer to it
	Lease          Type = 9  // who does the job until when
	SegmentCommit  Type = 10 // a hidden result of some steps
	Reveal         Type = 11 // the result behind a commit
	OpenSteps      Type = 12 // dispute, first opening: the leaf of each step
	OpenOps        Type = 13 // second: the operators of one step
	OpenTiles      Type = 14 // third: the tiles of one operator's output
	FraudProof     Type = 15 // one tile that is wrong
	Verdict        Type = 16 // the end of a dispute
	Receipt        Type = 17 // an answer that was served
	Statement      Type = 18 // whose data made an answer
	EpochSummary   Type = 19 // the root that an aggregator proposes
	Review         Type = 20 // a curator's verdict on a contribution
	Withdrawal     Type = 21 // records of a contribution that no later version has
	OpenElement    Type = 22 // dispute, for a contract: the windows of one element of a tile
	Publication    Type = 23 // which blocks hold the files of a model or an adapter
	Settlement     Type = 24 // a record for an epoch of the Ledger to settle
)

var typeNames = [...]string{
	"", "Advert", "Manifest", "Contribution", "Pledge", "AuditChallenge", "AuditAnswer",
	"Offer", "Bid", "Lease", "SegmentCommit", "Reveal", "OpenSteps", "OpenOps", "OpenTiles",
	"FraudProof", "Verdict", "Receipt", "Statement", "EpochSummary",
	"Review", "Withdrawal", "OpenElement", "Publication", "Settlement",
}

// Known says whether t is in the list above.
func (t Type) Known() bool { return 0 < t && int64(t) < int64(len(typeNames)) }

func (t Type) String() string {
	if !t.Known() {
		return fmt.Sprintf("Type(%d)", uint32(t))
	}
	return typeNames[t]
}
