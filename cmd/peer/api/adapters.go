package api

import (
	"net/http"

	"github.com/ipfs/go-cid"
)

// LoadAdapterRequest is the body of /v1/load_lora_adapter, as vLLM has it.
type LoadAdapterRequest struct {
	Name    string `json:"lora_name"`
	Path    string `json:"lora_path,omitempty"` // a PEFT folder on the server
	CID     string `json:"cid,omitempty"`
	Replace bool   `json:"load_inplace,omitempty"` // the name may stand for another adapter now
	Pinned  bool   `json:"pinned,omitempty"`       // it stays in memory
}

// UnloadAdapterRequest is the body of /v1/unload_lora_adapter.
type UnloadAdapterRequest struct {
	Name string `json:"lora_name"`
}

func (c *call) adapters() (Adapters, error) {
	a, ok := c.s.c.Backend.(Adapters)
	if !ok {
		return nil, &Error{Status: http.StatusNotImplemented, Code: "no_adapters", Message: "This server takes no adapters; ask for one as MODEL:CID."}
	}
	return a, nil
}

func (c *call) loadAdapter() error {
	var q LoadAdapterRequest
	if err := c.read(&q); err != nil {
		return err
	}
	a, err := c.adapters()
	if err != nil {
		return err
	}
	l := AdapterLoad{Name: q.Name, Dir: q.Path, Pin: q.Pinned, Replace: q.Replace}
	if l.Name == "" {
		return invalid("lora_name", "lora_name is missing.")
	}
	if q.CID != "" {
		if l.CID, err = cid.Decode(q.CID); err != nil {
			return invalid("cid", "cid %q is no CID: %v.", q.CID, err)
		}
	} else if l.Dir == "" {
		return invalid("lora_path", "Want lora_path, a folder on the server, or cid.")
	}
	info, err := a.LoadAdapter(c.r.Context(), l)
	if err != nil {
		return err
	}
	return c.answer(adapterObject(info))
}

func (c *call) unloadAdapter() error {
	var q UnloadAdapterRequest
	if err := c.read(&q); err != nil {
		return err
	}
	a, err := c.adapters()
	if err != nil {
		return err
	}
	if q.Name == "" {
		return invalid("lora_name", "lora_name is missing.")
	}
	if err := a.UnloadAdapter(c.r.Context(), q.Name); err != nil {
		return err
	}
	return c.answer(Deleted{q.Name, "openledger.adapter", true})
}

func (c *call) listAdapters() error {
	a, err := c.adapters()
	if err != nil {
		return err
	}
	all, err := a.Adapters(c.r.Context())
	if err != nil {
		return err
	}
	out := List[AdapterObject]{Object: "list", Data: []AdapterObject{}}
	for _, i := range all {
		out.Data = append(out.Data, adapterObject(i))
	}
	return c.answer(out)
}
