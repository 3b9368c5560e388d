package ingest

// A Report says what became of an input. The lists hold the first maxDetails of
// each kind; the numbers count all.
type Report struct {
	Files       int `json:"files"`       // read
	Records     int `json:"records"`     // kept
	Duplicates  int `json:"duplicates"`  // left out, or kept if asked
	Findings    int `json:"findings"`    // secrets and e-mail addresses
	Quarantined int `json:"quarantined"` // files, and parts of files

	DuplicateList  []Duplicate  `json:"duplicate_list,omitempty"`
	FindingList    []Located    `json:"finding_list,omitempty"`
	QuarantineList []Quarantine `json:"quarantine_list,omitempty"`
}

// A Duplicate is a record like an earlier one.
type Duplicate struct {
	Source     string  `json:"source"`
	Offset     uint64  `json:"offset"`
	Of         string  `json:"of"`         // the source of the earlier one
	OfOffset   uint64  `json:"of_offset"`  // and its place there
	Datanet    bool    `json:"datanet"`    // the earlier one is in the Datanet
	Similarity float64 `json:"similarity"` // Jaccard, of 5-token shingles; 1: equal
}

// A Located is what may be private in a record. It does not repeat it.
type Located struct {
	Source string `json:"source"`
	Offset uint64 `json:"offset"` // of the record
	Kind   string `json:"kind"`
	At     int    `json:"at"` // in the record's cleaned text
}

// A Quarantine is what was not read, and why.
type Quarantine struct {
	Source string `json:"source"`
	Offset uint64 `json:"offset,omitempty"`
	Length uint64 `json:"length,omitempty"` // 0: the whole file
	Reason string `json:"reason"`
}

const maxDetails = 2000

func (r *Report) duplicate(d Duplicate) {
	if r.Duplicates++; len(r.DuplicateList) < maxDetails {
		r.DuplicateList = append(r.DuplicateList, d)
	}
}

func (r *Report) finding(l Located) {
	if r.Findings++; len(r.FindingList) < maxDetails {
		r.FindingList = append(r.FindingList, l)
	}
}

func (r *Report) quarantine(q Quarantine) {
	if r.Quarantined++; len(r.QuarantineList) < maxDetails {
		r.QuarantineList = append(r.QuarantineList, q)
	}
}
