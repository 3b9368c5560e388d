package lab

import (
	"path/filepath"

	"github.com/openledger/openledger/attribution/influence"
	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/train"
)

// Subsets draws n random sets of part of the samples.
func (l *Lab) Subsets(n int, part float64, seed uint64) []map[int]bool {
	w := op.Words{Seed: seed, Purpose: op.PurposeOrder}
	size := max(1, int(part*float64(len(l.Samples))+0.5))
	out := make([]map[int]bool, n)
	for k := range out {
		out[k] = make(map[int]bool)
		for len(out[k]) < size {
			out[k][int(w.Below(uint32(len(l.Samples))))] = true
		}
	}
	return out
}

// ByOwner returns the samples of each owner.
func (l *Lab) ByOwner() (sets []map[int]bool) {
	for i, o := range l.Owners {
		for len(sets) <= o {
			sets = append(sets, make(map[int]bool))
		}
		sets[o][i] = true
	}
	return sets
}

// Exact settles each list of queries by itself and returns the scores of the
// samples for it, in nats. The states of the run are kept in dir.
func (l *Lab) Exact(dir string, lists [][]influence.Query) ([][]float64, error) {
	disks := make(map[*Worker]*influence.Disk)
	for i, x := range l.workers { // each walks back through a run of its own
		err := x.Trainer.SetState(&x.first)
		if err != nil {
			return nil, err
		}
		d, err := influence.NewDisk(filepath.Join(dir, string(rune('a'+i))), x.Trainer)
		if err != nil {
			return nil, err
		}
		defer d.Close()
		disks[x] = d
	}
	err := l.Each(len(l.workers), func(_ *Worker, i int) error {
		_, err := influence.Run(l.workers[i].Trainer, disks[l.workers[i]].Record)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make([][]float64, len(lists))
	return out, l.Each(len(lists), func(x *Worker, i int) error {
		s, err := influence.Settle(x.Backend, x.Trainer, disks[x], lists[i])
		for _, v := range s {
			out[i] = append(out[i], float64(v)/float64(share.Unit))
		}
		return err
	})
}

// Singly makes a list of each query, counting by the mean of its losses; all
// together they are Together.
func Singly(queries []train.Sample) (lists [][]influence.Query) {
	for _, q := range queries {
		lists = append(lists, []influence.Query{{Sample: q, Weight: 1 / float32(q.Learnt())}})
	}
	return lists
}

// Together is one list of all queries, each counting by the mean of its losses.
func Together(queries []train.Sample) (list []influence.Query) {
	for _, q := range Singly(queries) {
		list = append(list, q...)
	}
	return list
}
