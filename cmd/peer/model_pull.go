package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"
)

func modelPullCmd(a *app) *cobra.Command {
	var name string
	c := &cobra.Command{
		Use: "pull OWNER/NAME[@REVISION]|CID", Short: "Fetch a model from a hub, or from other peers", Args: takes(1, 1),
		Long: `Fetch a model's files from a hub that speaks Hugging Face's protocol (setting
models.hub). $HF_TOKEN is sent for repositories that ask for it. One that is named by
its CID the running peer fetches from peers that published it ("peer model publish"),
and checks against the CID. A download that was cut off goes on where it stopped.`,
		Example: "  peer model pull --help",
		RunE: a.inHome(func(h home, s *settings, args []string) (report, error) {
			if _, bad := cid.Decode(args[0]); bad == nil {
				return modelFetch.run(a, h, s, modelFetchArgs{args[0], name}, io.Discard)
			}
			repo, revision, ok := strings.Cut(args[0], "@")
			if !ok {
				revision = "main"
			}
			if name == "" {
				name = repo[strings.LastIndex(repo, "/")+1:]
			}
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			token, _ := a.getenv("HF_TOKEN")
			p := &puller{hub: strings.TrimSuffix(s.Models.Hub, "/"), repo: repo, revision: revision, token: token, bar: a.bar}
			info, err := p.pull(ctx, h.models(), name)
			if ctx.Err() != nil {
				err = problemf(exitInterrupted, "run the command again to go on", "pull %s: interrupted", repo)
			}
			return modelReport{modelInfo: info, Head: "Fetched"}, err
		}),
	}
	c.Flags().StringVar(&name, "name", "", "name in this home (default that of the repository, or its publisher's)")
	return c
}

type modelFetchArgs struct{ CID, Name string }

// modelFetch gets a model that other peers publish.
var modelFetch = task[modelFetchArgs, modelReport]{"model/fetch", func(ctx context.Context, r *repo, f *feed, args modelFetchArgs) (out modelReport, err error) {
	c, err := cid.Decode(args.CID)
	if err != nil {
		return out, err
	}
	if args.Name != "" {
		if err := checkName(args.Name); err != nil {
			return out, err
		}
	}
	out.modelInfo, err = r.pullModel(ctx, f, c, args.Name, 0)
	return out, err
}}

// A puller fetches one repository.
type puller struct {
	hub, repo, revision, token string
	bar                        func(total int64, what string) progress
}

func (p *puller) pull(ctx context.Context, m models, name string) (modelInfo, error) {
	files, err := p.list(ctx)
	if err != nil {
		return modelInfo{}, err
	}
	tmp, err := m.begin(name) // kept when the download is cut off
	if err != nil {
		return modelInfo{}, err
	}
	for _, f := range files {
		if err := p.fetch(ctx, f, filepath.Join(tmp, filepath.FromSlash(f))); err != nil {
			return modelInfo{}, fmt.Errorf("pull %s: %s: %w", p.repo, f, err)
		}
	}
	return m.finish(name, tmp)
}

func (p *puller) request(ctx context.Context, path string) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.hub+path, nil)
	if err == nil && p.token != "" {
		r.Header.Set("Authorization", "Bearer "+p.token)
	}
	return r, err
}

// list asks the hub for the names of the model's files.
func (p *puller) list(ctx context.Context) ([]string, error) {
	r, err := p.request(ctx, "/api/models/"+p.repo+"/revision/"+url.PathEscape(p.revision))
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, problemf(exitFailed, "check the connection and models.hub", "ask %s: %w", p.hub, err)
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK:
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		return nil, problemf(exitFailed, "check the name; a closed repository needs $HF_TOKEN", "%s has no %s at %s (%s)", p.hub, p.repo, p.revision, answer.Status)
	default:
		return nil, problemf(exitFailed, "try again later", "%s answers %s", p.hub, answer.Status)
	}
	var body struct {
		Siblings []struct {
			Name string `json:"rfilename"`
		} `json:"siblings"`
	}
	if err := json.NewDecoder(io.LimitReader(answer.Body, 16<<20)).Decode(&body); err != nil {
		return nil, fmt.Errorf("%s: its list of files: %w", p.hub, err)
	}
	var files []string
	for _, s := range body.Siblings {
		if wanted(s.Name) && filepath.IsLocal(s.Name) {
			files = append(files, s.Name)
		}
	}
	if len(files) == 0 {
		return nil, problemf(exitFailed, "choose a repository with safetensors weights", "%s has no model files", p.repo)
	}
	return files, nil
}

// fetch downloads one file beside its place and moves it there when it is whole.
func (p *puller) fetch(ctx context.Context, name, to string) error {
	if _, err := os.Stat(to); err == nil {
		return nil // of an earlier try
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return homeProblem(err)
	}
	f, err := os.OpenFile(to+".part", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return homeProblem(err)
	}
	digest := sha256.New()
	have, err := io.Copy(digest, f)
	if err != nil {
		return errors.Join(homeProblem(err), f.Close())
	}
	r, err := p.request(ctx, "/"+p.repo+"/resolve/"+url.PathEscape(p.revision)+"/"+(&url.URL{Path: name}).EscapedPath())
	if err == nil {
		err = p.download(r, name, f, have, digest)
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(to+".part", to)
}

// download appends what is missing of a file, of which have bytes are there and
// in digest, and compares length and hash with what the hub says they are.
func (p *puller) download(r *http.Request, name string, f *os.File, have int64, digest hash.Hash) error {
	if have > 0 {
		r.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusPartialContent:
	case http.StatusRequestedRangeNotSatisfiable: // everything had arrived
		answer.ContentLength = 0
	case http.StatusOK: // from the beginning
		if have, err = 0, f.Truncate(0); err == nil {
			_, err = f.Seek(0, io.SeekStart)
		}
		if err != nil {
			return err
		}
		digest.Reset()
	default:
		return fmt.Errorf("%s answers %s", p.hub, answer.Status)
	}
	if answer.StatusCode != http.StatusRequestedRangeNotSatisfiable {
		bar := p.bar(have+answer.ContentLength, name)
		bar.add(have)
		n, err := io.Copy(io.MultiWriter(f, digest, counter{bar}), answer.Body)
		bar.finish()
		if err != nil {
			return fmt.Errorf("after %d bytes: %w", have+n, err)
		}
		if answer.ContentLength >= 0 && n != answer.ContentLength {
			return fmt.Errorf("the hub sent %d bytes of %d", n, answer.ContentLength)
		}
	}
	// The tag of a large file is its sha-256.
	sum := hex.EncodeToString(digest.Sum(nil))
	if tag := strings.Trim(answer.Header.Get("X-Linked-Etag"), `"`); len(tag) == len(sum) && tag != sum {
		os.Remove(f.Name())
		return fmt.Errorf("its sha-256 is %s, the hub says %s: the download was damaged, run the command again", sum, tag)
	}
	return nil
}

// counter moves a bar by what is written to it.
type counter struct{ bar progress }

func (c counter) Write(b []byte) (int, error) {
	c.bar.add(int64(len(b)))
	return len(b), nil
}
