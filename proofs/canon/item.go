package canon

import (
	"fmt"
	"math"

	"github.com/ipfs/go-cid"
)

// Item reads the next item, whatever it is, for tools that show or test bytes
// of an unknown type. It is a uint64, []byte, string, cid.Cid or a []any of
// such items.
func (r *Reader) Item() any {
	switch r.major() {
	case majorUint:
		return r.Uint(math.MaxUint64)
	case majorBytes:
		return r.Bytes(r.lim.Length)
	case majorText:
		return r.Text(r.lim.Length)
	case majorArray:
		items := make([]any, r.Array(r.lim.Length))
		for i := range items {
			items[i] = r.Item()
		}
		return items
	default:
		return r.CID()
	}
}

// AppendItem appends what Item returns.
func AppendItem(b []byte, item any) []byte {
	switch item := item.(type) {
	case uint64:
		return AppendUint(b, item)
	case []byte:
		return AppendBytes(b, item)
	case string:
		return AppendText(b, item)
	case cid.Cid:
		return AppendCID(b, item)
	case []any:
		b = AppendArray(b, len(item))
		for _, it := range item {
			b = AppendItem(b, it)
		}
		return b
	default:
		panic(fmt.Sprintf("canon: no form for a %T", item))
	}
}
