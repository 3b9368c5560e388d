package canon

import (
	_ "github.com/openledger/openledger/compute/op"
	_ "time"
)

func init() { go func() {}() }
