package job

// A Status is where a job is in its life. The numbers are append-only.
type Status uint8

const (
	Open      Status = 1  // a replica waits for its first worker
	Leased    Status = 2  // every replica has a worker, none has begun
	Running   Status = 3  // workers compute
	Committed Status = 4  // all results are committed to and hidden
	Revealed  Status = 5  // compared, being audited, open to challenges
	Final     Status = 6  // paid
	Abandoned Status = 7  // a worker vanished; its replica waits for a successor
	Disputed  Status = 8  // two results differ; the first wrong tile is being found
	Slashed   Status = 9  // a worker was convicted
	Replace   Status = 10 // its replica waits for another worker
	Failed    Status = 11 // it could not be done
	Cancelled Status = 12 // its requester ended it
	Paused    Status = 13
	statusEnd Status = 14
)

func (s Status) String() string {
	return name(int(s), "NONE", "OPEN", "LEASED", "RUNNING", "COMMITTED", "REVEALED", "FINAL", "ABANDONED", "DISPUTED", "SLASHED", "REPLACE",
		"FAILED", "CANCELLED", "PAUSED")
}

// Over tells whether nothing follows.
func (s Status) Over() bool { return s == Final || s == Failed || s == Cancelled }

// A Reason says why something was refused: a bid, a record, an order, or the
// job itself. The numbers are append-only: they travel.
type Reason uint8

const (
	OK             Reason = 0
	NotOpen        Reason = 1 // nobody is looked for now
	PriceHigh      Reason = 2 // the bid asks more than the reward
	PriceLow       Reason = 3 // the reward is below this worker's price
	NoMemory       Reason = 4
	NoHours        Reason = 5 // outside the hours that its owner allows
	NotModel       Reason = 6 // a model that its owner does not allow
	NoArithmetic   Reason = 7 // another version, or the self-test failed
	NoSlot         Reason = 8
	TooSlow        Reason = 9  // segments would miss their deadline
	NoStake        Reason = 10 // stake or bond could not be locked
	SameOperator   Reason = 11 // another replica has a worker of this operator
	SameClass      Reason = 12 // level D: another replica has this class of hardware
	Involved       Reason = 13 // worked on, audited or convicted in this job already
	Late           Reason = 14
	Malformed      Reason = 15
	NotLeased      Reason = 16 // the lease named is not this peer's
	OutOfOrder     Reason = 17
	NotYours       Reason = 18 // only the requester may say so
	NotNow         Reason = 19 // not in this state of the job
	NotOpening     Reason = 20 // what was revealed does not open the commit
	NoBlock        Reason = 21 // a block could not be had
	BadModel       Reason = 22 // a model or dataset that its checks refuse
	Outbid         Reason = 23
	NotOperator    Reason = 24 // the bidder's operator is not who it says
	PauseTooLong   Reason = 25
	NoBids         Reason = 26 // nobody would do it in time
	JobTooLong     Reason = 27
	TooManyChanges Reason = 28 // more replacements than a job may have
	WrongLevel     Reason = 29 // the owner does not do jobs of this method or level
	NoBlocks       Reason = 30 // what a commit names is not stored at other peers
	NoPlan         Reason = 31 // a commit or answer of who has not signed a Plan
	WrongPlan      Reason = 32 // the Plan is not the job's
	reasonEnd      Reason = 33
)

// Known tells whether r is a reason for a refusal: one that came from a peer may
// be any number.
func (r Reason) Known() bool { return r > OK && r < reasonEnd }

// Text says it in words.
func (r Reason) Text() string {
	return name(int(r), "fine",
		"nobody is looked for now", "the bid asks for more than the reward", "the reward is below the worker's price", "not enough memory",
		"outside the hours that the worker's owner allows", "the worker's owner does not allow this model",
		"another arithmetic version, or its self-test failed here", "no free slot", "too slow for the deadline of a segment",
		"stake or bond could not be locked", "another replica has a worker of the same operator", "another replica has the same class of hardware",
		"took part in this job already", "too late", "malformed", "it does not hold the lease it names", "out of order",
		"only the requester may say so", "not in this state of the job", "it does not open what was committed to", "a block could not be had",
		"the model or dataset is not sound", "another bid was better", "its operator is another", "paused for too long", "nobody bid in time",
		"the job took longer than it may", "too many workers had to be replaced", "the worker's owner does not allow this kind of job",
		"the blocks are not stored at other peers", "no plan of the steps is signed, by which a contract could judge them",
		"the plan of the steps is not the job's")
}

func (r Reason) String() string { return name(int(r), reasonNames...) }

var reasonNames = []string{"OK",
	"NOT_OPEN", "PRICE_HIGH", "PRICE_LOW", "NO_MEMORY", "NO_HOURS", "NOT_MODEL", "NO_ARITHMETIC", "NO_SLOT", "TOO_SLOW", "NO_STAKE",
	"SAME_OPERATOR", "SAME_CLASS", "INVOLVED", "LATE", "MALFORMED", "NOT_LEASED", "OUT_OF_ORDER", "NOT_YOURS", "NOT_NOW", "NOT_OPENING",
	"NO_BLOCK", "BAD_MODEL", "OUTBID", "NOT_OPERATOR", "PAUSE_TOO_LONG", "NO_BIDS", "JOB_TOO_LONG", "TOO_MANY_CHANGES", "WRONG_LEVEL", "NO_BLOCKS", "NO_PLAN", "WRONG_PLAN",
}
