package main

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

	"github.com/openledger/openledger/compute/train"
)

// Colours of the training loss, its running mean and the validation loss.
var curveColors = []color.Color{
	color.RGBA{R: 0xc4, G: 0xd3, B: 0xe6, A: 0xff}, color.RGBA{R: 0x1f, G: 0x5f, B: 0xa8, A: 0xff}, color.RGBA{R: 0xc8, G: 0x50, B: 0x1e, A: 0xff},
}

// drawCurve writes the losses of a run as an SVG.
func drawCurve(path string, events []train.Event) error {
	p := plot.New()
	p.X.Label.Text, p.Y.Label.Text = "step", "loss"
	p.Add(plotter.NewGrid())
	var loss, smooth, valid plotter.XYs
	mean := 0.0
	for i, e := range events {
		x, y := float64(e.Step), float64(e.Loss)
		if i == 0 {
			mean = y
		}
		mean += (y - mean) / 10
		loss, smooth = append(loss, plotter.XY{X: x, Y: y}), append(smooth, plotter.XY{X: x, Y: mean})
		if e.Valid != nil {
			valid = append(valid, plotter.XY{X: x, Y: float64(*e.Valid)})
		}
	}
	for i, s := range []struct {
		name   string
		points plotter.XYs
	}{{"training", loss}, {"smoothed", smooth}, {"validation", valid}} {
		if len(s.points) == 0 {
			continue
		}
		line, err := plotter.NewLine(s.points)
		if err != nil {
			return err
		}
		line.Color = curveColors[i]
		line.Width = vg.Points(1 + float64(i)/2)
		p.Add(line)
		p.Legend.Add(s.name, line)
	}
	p.Legend.Top = true
	return p.Save(16*vg.Centimeter, 10*vg.Centimeter, path)
}
