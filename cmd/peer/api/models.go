package api

import (
	"net/http"

	"github.com/openledger/openledger/compute/serve"
)

// ModelObject is a model as /v1/models shows it. Root is what it is whatever
// its name: a CID.
type ModelObject struct {
	ID            string         `json:"id"`
	Object        string         `json:"object"`
	Created       int64          `json:"created"`
	OwnedBy       string         `json:"owned_by"`
	Root          string         `json:"root"`
	Parent        *string        `json:"parent"`
	ContextLength int            `json:"context_length"`
	ChatTemplate  bool           `json:"chat_template"`
	Adapter       *AdapterObject `json:"adapter,omitempty"`
}

// AdapterObject is an adapter as people and programs see it. Rank, Alpha,
// Targets and Modules are known once it was in memory.
type AdapterObject struct {
	Object       string   `json:"object"`
	CID          string   `json:"cid"`
	Names        []string `json:"names"`
	State        string   `json:"state"` // idle, loading or ready
	Pinned       bool     `json:"pinned"`
	Bytes        int      `json:"bytes"` // of memory
	Users        int      `json:"users"`
	Hits         uint64   `json:"hits"`
	LastLoadMs   float64  `json:"last_load_ms"`
	Rank         *int     `json:"rank"`
	Alpha        *float64 `json:"alpha"`
	Targets      any      `json:"targets"`
	AppliedCount *int     `json:"applied_modules"`
}

// List is a page of things.
type List[T any] struct {
	Object  string  `json:"object"`
	Data    []T     `json:"data"`
	FirstID *string `json:"first_id,omitempty"`
	LastID  *string `json:"last_id,omitempty"`
	HasMore bool    `json:"has_more"`
}

// Deleted says that something is gone.
type Deleted struct {
	ID      string `json:"id"`
	Object  string `json:"object"`
	Deleted bool   `json:"deleted"`
}

func (m *Model) object() ModelObject {
	o := ModelObject{ID: m.ID, Object: "model", Created: m.Created.Unix(), OwnedBy: m.Owner, Root: m.CID.String(),
		ContextLength: m.Context, ChatTemplate: m.Templates.For(false) != nil}
	if m.Adapter.Defined() {
		o.Root, o.Parent = m.Adapter.String(), &m.Parent
	}
	if m.Info != nil {
		a := adapterObject(*m.Info)
		o.Adapter = &a
	}
	return o
}

func adapterObject(i serve.AdapterInfo) AdapterObject {
	o := AdapterObject{Object: "openledger.adapter", CID: i.CID.String(), Names: list(i.Names), State: string(i.State), Pinned: i.Pinned,
		Bytes: i.Bytes, Users: i.Users, Hits: i.Hits, LastLoadMs: float64(i.Took.Microseconds()) / 1000}
	if f := i.Facts; f != nil {
		o.Rank, o.Alpha, o.Targets, o.AppliedCount = &f.Rank, &f.Alpha, f.Targets, &f.Applied
	}
	return o
}

func (c *call) models() error {
	all, err := c.s.c.Backend.Models(c.r.Context())
	if err != nil {
		return err
	}
	out := List[ModelObject]{Object: "list", Data: []ModelObject{}}
	for _, m := range all {
		out.Data = append(out.Data, m.object())
	}
	return c.answer(out)
}

func (c *call) oneModel() error {
	m, err := c.s.c.Backend.Model(c.r.Context(), c.r.PathValue("id"))
	if err != nil {
		return err
	}
	return c.answer(m.object())
}

// deleteModel takes an adapter's name away; base models stay.
func (c *call) deleteModel() error {
	id := c.r.PathValue("id")
	m, err := c.s.c.Backend.Model(c.r.Context(), id)
	if err != nil {
		return err
	}
	a, ok := c.s.c.Backend.(Adapters)
	if !ok || !m.Adapter.Defined() {
		return &Error{Status: http.StatusForbidden, Param: "model", Code: "not_deletable", Message: "The model " + id + " is a base model, which stays as long as the server runs."}
	}
	if err := a.UnloadAdapter(c.r.Context(), m.ID); err != nil {
		return err
	}
	return c.answer(Deleted{id, "model", true})
}
