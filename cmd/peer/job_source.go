package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/record"
)

// A jobSource finds models and data that jobs name.
type jobSource struct {
	repo *repo
	mail *work.Mail
}

// modelKey is what a job's model is called between peers: one from nothing is its
// shape and its tokenizer.
func modelKey(spec *job.Spec) []byte {
	if spec.Fresh {
		return append(spec.Model.Bytes(), spec.Tokenizer.Bytes()...)
	}
	return spec.Model.Bytes()
}

// dirOf returns the folder of a job's model that this peer has: one of the home,
// or one that a job of its own began from.
func (s *jobSource) dirOf(ctx context.Context, spec *job.Spec) (string, bool) {
	if spec.Fresh {
		dir := s.repo.home.freshDir(spec.Model, spec.Tokenizer)
		if _, err := os.Stat(dir); err == nil {
			return dir, true
		}
	} else if all, err := s.repo.home.models().list(); err == nil {
		for _, m := range all {
			if m.CID == spec.Model.String() {
				return m.Dir, true
			}
		}
	}
	var dir string
	err := s.repo.ledger.QueryRowContext(ctx, `SELECT dir FROM job_models WHERE model = ?`, modelKey(spec)).Scan(&dir)
	return dir, err == nil
}

// identify checks that a folder holds the model of a job.
func identify(dir string, spec *job.Spec) error {
	var b recipe.Base
	var err error
	if spec.Fresh {
		b, err = shapeOf(dir)
	} else {
		b, err = baseOf(dir)
	}
	switch {
	case err != nil:
	case !b.Model.Equals(spec.Model):
		err = fmt.Errorf("the files are model %s, the job names %s", b.Model, spec.Model)
	case !b.Tokenizer.Equals(spec.Tokenizer):
		err = fmt.Errorf("the model's tokenizer is %s, the job names %s", b.Tokenizer, spec.Tokenizer)
	}
	if err != nil {
		return &work.ReasonError{Reason: job.BadModel, Err: err}
	}
	return nil
}

// warm lists the models that are at hand.
func (s *jobSource) warm() (all []cid.Cid) {
	list, err := s.repo.home.models().list()
	if err != nil {
		return nil
	}
	for _, m := range list {
		if c, err := cid.Decode(m.CID); err == nil {
			all = append(all, c)
		}
	}
	return all
}

// Model is work.Source's. A model that is not here is fetched from the job's
// requester, and stays.
func (s *jobSource) Model(ctx context.Context, spec *job.Spec) (string, error) {
	if dir, ok := s.dirOf(ctx, spec); ok && identify(dir, spec) == nil {
		return dir, nil
	}
	return s.fetchModel(ctx, spec)
}

// room is how many bytes the files of a job's model may have.
func room(spec *job.Spec) uint64 { return 2*spec.Needs.Memory + 256<<20 }

func (s *jobSource) fetchModel(ctx context.Context, spec *job.Spec) (string, error) {
	fail := func(err error) (string, error) {
		return "", &work.ReasonError{Reason: job.NoBlock, Err: fmt.Errorf("model %s: %w", spec.Model, err)}
	}
	answer, err := s.mail.Ask(ctx, spec.Requester, work.Message{Kind: work.Where, Job: spec.ID(), A: modelKey(spec)})
	if err != nil {
		return fail(err)
	}
	root, err := cid.Cast(answer)
	if err != nil {
		return fail(err)
	}
	key, err := s.mail.Key(spec.Requester)
	if err != nil {
		return fail(err)
	}
	session, err := s.repo.online.fetch.Session(ctx, "model "+spec.Model.String(), s.repo.online.node.Infos(node.NameOf(key)))
	if err != nil {
		return fail(err)
	}
	defer func() {
		received := uint64(0)
		for _, n := range session.Status().From {
			received += n
		}
		s.mail.Count(spec.ID(), 0, int(received))
		session.Close()
	}()
	files, err := readBundle(ctx, session, root)
	if err != nil {
		return fail(err)
	}
	name := "job-" + spec.Model.String()[:16]
	release, err := s.repo.take("model " + name)
	if err != nil {
		return fail(err)
	}
	defer release()
	home := s.repo.home.models()
	tmp, err := home.begin(name)
	if err != nil {
		return fail(err)
	}
	defer os.RemoveAll(tmp)
	left := room(spec)
	for _, f := range files {
		if f.size > left || !wanted(f.name) {
			return "", &work.ReasonError{Reason: job.BadModel, Err: fmt.Errorf("file %q of %d bytes has no place in a model of this job", f.name, f.size)}
		}
		left -= f.size
	}
	if err := s.repo.unpack(ctx, &feed{}, session, files, tmp); err != nil {
		return fail(err)
	}
	if err := identify(tmp, spec); err != nil {
		return "", err
	}
	if spec.Fresh {
		return s.repo.home.keepFresh(tmp)
	}
	info, err := home.finish(name, tmp)
	if err != nil {
		return "", &work.ReasonError{Reason: job.BadModel, Err: err}
	}
	return info.Dir, nil
}

// serve makes the files of a model of a job of this peer's own known: who works
// at it may fetch them.
func (s *jobSource) serve(ctx context.Context, id job.ID, spec *job.Spec, dir string) error {
	var known []byte
	err := s.repo.ledger.QueryRowContext(ctx, `SELECT bundle FROM job_models WHERE model = ?`, modelKey(spec)).Scan(&known)
	if err == nil {
		return nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	hold := s.repo.kept.hold(id)
	names, err := modelFiles(dir)
	if err != nil {
		return err
	}
	if spec.Fresh {
		names = slices.DeleteFunc(names, func(n string) bool { return strings.Contains(n, ".safetensors") })
	}
	root, _, err := pack(ctx, hold, &feed{}, dir, names, nil)
	if err != nil {
		return err
	}
	if err := hold.Flush(ctx); err != nil {
		return err
	}
	// One pin for the model, which many jobs may share.
	if err := s.repo.keep(ctx, pinModel(root, spec.Model)); err != nil {
		return err
	}
	_, err = s.repo.ledger.ExecContext(ctx, `INSERT INTO job_models VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, modelKey(spec), dir, root.Bytes())
	return err
}

// where answers who asks for the files of a model.
func (s *jobSource) where(ctx context.Context, model []byte) ([]byte, error) {
	var root []byte
	err := s.repo.ledger.QueryRowContext(ctx, `SELECT bundle FROM job_models WHERE model = ?`, model).Scan(&root)
	return root, err
}

// Data is work.Source's: blocks from here, else from the requester and whoever
// keeps the Datanet.
func (s *jobSource) Data(ctx context.Context, spec *job.Spec) (manifest.Get, func(), error) {
	x := &shardReader{repo: s.repo, skip: map[cid.Cid]bool{}}
	if s.repo.online == nil {
		return x.get, func() {}, nil
	}
	var from []record.PublicKey
	if key, err := s.mail.Key(spec.Requester); err == nil {
		from = append(from, key)
	}
	session, err := s.repo.online.session(ctx, "data of job "+spec.ID().String(), manifest.ID{}, from)
	if err != nil {
		return nil, nil, &work.ReasonError{Reason: job.NoBlock, Err: err}
	}
	x.remote = func(ctx context.Context, c cid.Cid) ([]byte, error) {
		b, err := session.Get(ctx, c)
		s.mail.Count(spec.ID(), 0, len(b))
		return b, err
	}
	return x.get, session.Close, nil
}
