package api

import (
	"context"
	"net/http"
)

func (c *call) attribution() error { return c.attributed(Attributions.Attribution) }

func (c *call) proof() error { return c.attributed(Attributions.Proof) }

// attributed answers with what is known of the sources of an answer.
func (c *call) attributed(get func(Attributions, context.Context, string) (any, error)) error {
	if c.s.c.Attributions == nil {
		return &Error{Status: http.StatusNotImplemented, Code: "attribution_unavailable", Message: "This server has no attribution."}
	}
	id := c.r.PathValue("id")
	if k, ok := c.s.receipts.get(id); c.token != nil && (!ok || k.tenant != c.tenant) {
		return notThere("id", "There is no attribution of %q; the last %d answers have one.", id, maxReceipts)
	}
	v, err := get(c.s.c.Attributions, c.r.Context(), id)
	if err != nil {
		return err
	}
	return c.answer(v)
}
