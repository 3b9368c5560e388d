package op

import "fmt"

// Embed copies rows of a table: y[i] = table[ids[i]].
//
//	y (T,C)    table (V,C)    ids (T), 0 <= id < V
func (e *Engine) Embed(y, table Matrix, ids []int32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkIDs("Embed", y, table, ids)
	j := &e.row
	j.a, j.b, j.ids = y, table, ids
	e.eachRow(y.Rows, y.Cols, func(j *rowJob, i, _ int) {
		copy(j.a.Row(i), j.b.Row(int(j.ids[i])))
	})
}

// EmbedWeights is Embed from packed weights of any format, widened exactly:
// the table of a model whose output layer is the same matrix.
func (e *Engine) EmbedWeights(y Matrix, table *Weights, ids []int32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkIDs("EmbedWeights", y, Matrix{nil, weightsN(table), weightsK(table), weightsK(table)}, ids)
	j := &e.row
	j.a, j.weights, j.ids = y, table, ids
	e.eachRow(y.Rows, y.Cols, func(j *rowJob, i, _ int) {
		j.weights.Row(int(j.ids[i]), j.a.Row(i))
	})
}

// EmbedBackward adds the rows of dy to the rows of dtable that Embed read, one
// plain add per element, in row order.
//
//	dtable (V,C)    dy (T,C)    dtable[ids[i]] += dy[i] for i = 0, 1, ...
func (e *Engine) EmbedBackward(dtable, dy Matrix, ids []int32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkIDs("EmbedBackward", dy, dtable, ids)
	if !dtable.valid() || dtable.overlaps(dy) {
		panic(fmt.Sprintf("op: EmbedBackward: dtable %v, dy %v overlaps or lacks data", dtable, dy))
	}
	j := &e.row
	j.a, j.b, j.ids = dtable, dy, ids
	j.start(&e.pool, (dy.Cols+columns-1)/columns, 1, func(j *rowJob, i, _ int) {
		lo, hi := i*columns, min((i+1)*columns, j.b.Cols)
		for t, id := range j.ids {
			row := j.a.Row(int(id))[lo:hi]
			j.add(row, row, j.b.Row(t)[lo:hi])
		}
	})
}

func checkIDs(name string, y, table Matrix, ids []int32) {
	if !y.valid() || y.Cols != table.Cols || len(ids) != y.Rows {
		panic(fmt.Sprintf("op: %s: rows %v of a table %v by %d ids", name, y, table, len(ids)))
	}
	for i, id := range ids {
		if id < 0 || int(id) >= table.Rows {
			panic(fmt.Sprintf("op: %s: id %d at %d, the table has %d rows", name, id, i, table.Rows))
		}
	}
}
