package epoch

// Moves returns who a right record pays and how much: of a usage the pools of
// treasury, stakers and storage first, then its credits. A void one pays nobody.
func (r *Record) Moves(split [6]uint16) (to []Account, amounts []Amount) {
	switch {
	case r.isVoid():
	case r.Usage != nil:
		return r.Usage.accounts(), divide(r.Usage, split)
	case r.Payment != nil:
		to = r.Payment.Distribution.accounts()
		for i := range r.Payment.Distribution.Credits {
			amounts = append(amounts, r.Payment.Distribution.Credits[i].Weight)
		}
	}
	return to, amounts
}
