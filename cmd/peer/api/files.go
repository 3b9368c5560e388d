package api

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FileObject is an uploaded file as /v1/files shows it.
type FileObject struct {
	ID        string `json:"id"`
	Object    string `json:"object"`
	Bytes     int64  `json:"bytes"`
	CreatedAt int64  `json:"created_at"`
	Filename  string `json:"filename"`
	Purpose   string `json:"purpose"`
	Status    string `json:"status"`
	Tenant    string `json:"tenant,omitempty"` // who may see it
}

// maxFile bounds an uploaded file, in bytes.
const maxFile = 512 << 20

var purposes = []string{"fine-tune", "fine-tune-results", "assistants", "batch", "evals", "user_data", "vision"}

// files are the uploaded ones: <id> beside <id>.json.
type files struct{ dir string }

func openFiles(dir string) (*files, error) {
	f := &files{filepath.Join(dir, "files")}
	return f, os.MkdirAll(f.dir, 0o700)
}

func (f *files) path(id string) string { return filepath.Join(f.dir, id) }

// get returns a file that the tenant may see.
func (f *files) get(id, tenant string) (o FileObject, err error) {
	missing := notThere("file", "No such file: %s.", id)
	if !plainID(id, "file-") {
		return o, missing
	}
	b, err := os.ReadFile(f.path(id) + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return o, missing
	}
	if err == nil {
		err = json.Unmarshal(b, &o)
	}
	if err == nil && o.Tenant != tenant {
		err = missing
	}
	return o, err
}

// plainID tells whether an ID is one that newID makes.
func plainID(id, prefix string) bool {
	rest, ok := strings.CutPrefix(id, prefix)
	return ok && rest != "" && len(rest) <= 40 && !strings.ContainsFunc(rest, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}

func newID(prefix string) string { return prefix + strings.ToLower(rand.Text()) }

// list returns the files of a tenant, the newest first.
func (f *files) list(tenant string) ([]FileObject, error) {
	paths, err := filepath.Glob(f.path("file-*.json"))
	if err != nil {
		return nil, err
	}
	var all []FileObject
	for _, p := range paths {
		o, err := f.get(strings.TrimSuffix(filepath.Base(p), ".json"), tenant)
		if err == nil {
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b FileObject) int {
		if a.CreatedAt != b.CreatedAt {
			return int(b.CreatedAt - a.CreatedAt)
		}
		return strings.Compare(a.ID, b.ID)
	})
	return all, nil
}

// temp makes a file that save takes; what is not saved MUST be removed.
func (f *files) temp() (*os.File, error) { return os.CreateTemp(f.dir, ".new-*") } // mode 0600

// save keeps a file that was written; o is complete but for its size.
func (f *files) save(o FileObject, tmp *os.File) (FileObject, error) {
	info, err := tmp.Stat()
	if err == nil {
		o.Bytes = info.Size()
	}
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), f.path(o.ID))
	}
	if err == nil {
		err = writeJSON(f.path(o.ID)+".json", o)
	}
	return o, err
}

var errNoFiles = &Error{Status: http.StatusNotImplemented, Code: "no_files", Message: "This server takes no files."}

// upload takes a form of the parts file and purpose, in either order.
func (c *call) upload() error {
	if c.s.files == nil {
		return errNoFiles
	}
	c.r.Body = http.MaxBytesReader(c.w, c.r.Body, maxFile)
	parts, err := c.r.MultipartReader()
	if err != nil {
		return invalid("", "Want multipart/form-data with the parts file and purpose: %v.", err)
	}
	o := FileObject{ID: newID("file-"), Object: "file", CreatedAt: time.Now().Unix(), Status: "processed", Tenant: c.tenant}
	tmp, err := c.s.files.temp()
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	if err := readForm(parts, &o, tmp); err != nil {
		return err
	}
	if o, err = c.s.files.save(o, tmp); err != nil {
		return err
	}
	o.Tenant = ""
	return c.answer(o)
}

func readForm(parts *multipart.Reader, o *FileObject, to io.Writer) error {
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return bodyError(err)
		}
		switch part.FormName() {
		case "file":
			if o.Filename = part.FileName(); o.Filename == "" {
				return invalid("file", "The part file has no file name.")
			}
			if _, err := io.Copy(to, part); err != nil {
				return bodyError(err)
			}
		case "purpose":
			b, err := io.ReadAll(io.LimitReader(part, 100))
			if err != nil {
				return bodyError(err)
			}
			o.Purpose = string(b)
		}
	}
	switch {
	case o.Filename == "":
		return invalid("file", "The part file is missing.")
	case !slices.Contains(purposes, o.Purpose):
		return invalid("purpose", "purpose is %q; want one of %v.", o.Purpose, purposes)
	}
	return nil
}

func (c *call) listFiles() error {
	if c.s.files == nil {
		return errNoFiles
	}
	all, err := c.s.files.list(c.tenant)
	if err != nil {
		return err
	}
	if p := c.r.URL.Query().Get("purpose"); p != "" {
		all = slices.DeleteFunc(all, func(o FileObject) bool { return o.Purpose != p })
	}
	for i := range all {
		all[i].Tenant = ""
	}
	return page(c, all, 10000, func(o FileObject) string { return o.ID })
}

func (c *call) file() (FileObject, error) {
	if c.s.files == nil {
		return FileObject{}, errNoFiles
	}
	return c.s.files.get(c.r.PathValue("id"), c.tenant)
}

func (c *call) oneFile() error {
	o, err := c.file()
	if err != nil {
		return err
	}
	o.Tenant = ""
	return c.answer(o)
}

func (c *call) fileContent() error {
	o, err := c.file()
	if err != nil {
		return err
	}
	f, err := os.Open(c.s.files.path(o.ID))
	if err != nil {
		return err
	}
	defer f.Close()
	c.w.Header().Set("Content-Type", "application/octet-stream")
	c.w.Header().Set("Content-Length", strconv.FormatInt(o.Bytes, 10))
	_, _ = io.Copy(c.w, f) // who asked may be gone
	return nil
}

func (c *call) deleteFile() error {
	o, err := c.file()
	if err != nil {
		return err
	}
	path := c.s.files.path(o.ID)
	if err := errors.Join(os.Remove(path+".json"), os.Remove(path)); err != nil {
		return err
	}
	return c.answer(Deleted{o.ID, "file", true})
}

// page answers with the part of a list that the query asks for: limit of them,
// behind the one with the ID after.
func page[T any](c *call, all []T, limit int, id func(T) string) error {
	q := c.r.URL.Query()
	if s := q.Get("limit"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 10000 {
			return invalid("limit", "limit is %q; want 1 to 10000.", s)
		}
		limit = n
	}
	if after := q.Get("after"); after != "" {
		at := slices.IndexFunc(all, func(o T) bool { return id(o) == after })
		if at < 0 {
			return notThere("after", "after is %q, which is not in the list.", after)
		}
		all = all[at+1:]
	}
	out := List[T]{Object: "list", Data: all[:min(limit, len(all))], HasMore: len(all) > limit}
	if n := len(out.Data); n > 0 {
		first, last := id(out.Data[0]), id(out.Data[n-1])
		out.FirstID, out.LastID = &first, &last
	}
	out.Data = list(out.Data)
	return c.answer(out)
}
