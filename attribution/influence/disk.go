package influence

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/merkle"
)

// A Disk is a Recording in a file: of each step the parameters before it, the
// second moments after it and the clip factor, under a SHA-256. The way back
// costs no training; the file has 4 bytes per parameter and step, with adamw 8.
//
//	magic, parameters u64, 1 if there are second moments u64
//	step n at header + (n-1)·record: before, second, clip f32, sha-256
type Disk struct {
	t      *train.Trainer
	f      *os.File
	next   Moment // what is known of the step to be recorded
	read   Moment
	buffer []byte
}

const (
	diskMagic  = "openledger states 1\n"
	diskHeader = len(diskMagic) + 16
)

// NewDisk begins the recording of a run in a file, or goes on with one where a
// run resumes. After each step Record follows. The caller closes it.
func NewDisk(path string, t *train.Trainer) (*Disk, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("influence: %w", err)
	}
	d := &Disk{t: t, f: f, next: newMoment(t), read: newMoment(t)}
	d.buffer = make([]byte, 4*(len(d.next.Before)+len(d.next.Second)+1)+sha256.Size)
	err = d.begin()
	if err == nil {
		err = params(t, d.next.Before)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("influence: states in %s: %w", path, err), f.Close())
	}
	return d, nil
}

func newMoment(t *train.Trainer) (m Moment) {
	m.Before = make([]float32, size(t))
	if adamw(t) {
		m.Second = make([]float32, size(t))
	}
	return m
}

// begin writes the header, or checks the one that is there.
func (d *Disk) begin() error {
	header := binary.LittleEndian.AppendUint64([]byte(diskMagic), uint64(len(d.next.Before)))
	header = binary.LittleEndian.AppendUint64(header, uint64(len(d.next.Second)/max(1, len(d.next.Before))))
	info, err := d.f.Stat()
	if err != nil {
		return err
	}
	done, _ := d.t.Steps()
	if info.Size() == 0 && done == 0 {
		_, err := d.f.WriteAt(header, 0)
		return err
	}
	got := make([]byte, diskHeader)
	if _, err := d.f.ReadAt(got, 0); err != nil && err != io.EOF {
		return err
	}
	if string(got) != string(header) {
		return errors.New("the file is of another run: give another path, or remove it")
	}
	if have := (info.Size() - int64(diskHeader)) / int64(len(d.buffer)); have < int64(done) {
		return fmt.Errorf("the file has %d steps, the run has done %d: begin the run anew", have, done)
	}
	return nil
}

// Record writes the step that was just done.
func (d *Disk) Record(r train.Result) error {
	if d.next.Second != nil {
		if err := seconds(d.t, d.next.Second); err != nil {
			return err
		}
	}
	b := append(append(d.buffer[:0], merkle.Bytes(d.next.Before)...), merkle.Bytes(d.next.Second)...)
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(r.Clip))
	sum := sha256.Sum256(b)
	if _, err := d.f.WriteAt(append(b, sum[:]...), d.at(r.Step)); err != nil {
		return fmt.Errorf("influence: state of step %d: %w", r.Step, err)
	}
	return params(d.t, d.next.Before)
}

func (d *Disk) at(n int) int64 { return int64(diskHeader) + int64(n-1)*int64(len(d.buffer)) }

// Moment implements Recording. It leaves the trainer alone.
func (d *Disk) Moment(n int) (*Moment, error) {
	if n < 1 {
		return nil, fmt.Errorf("influence: no step %d", n)
	}
	if _, err := d.f.ReadAt(d.buffer, d.at(n)); err != nil {
		return nil, fmt.Errorf("influence: step %d is not recorded: %w", n, err)
	}
	data := len(d.buffer) - sha256.Size
	if sha256.Sum256(d.buffer[:data]) != [sha256.Size]byte(d.buffer[data:]) {
		return nil, fmt.Errorf("influence: the state of step %d has been altered: train the run again", n)
	}
	b := d.buffer
	for _, to := range [][]float32{d.read.Before, d.read.Second} {
		for i := range to {
			to[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
		b = b[4*len(to):]
	}
	d.read.Clip = math.Float32frombits(binary.LittleEndian.Uint32(b))
	return &d.read, nil
}

// Close closes the file.
func (d *Disk) Close() error { return d.f.Close() }
