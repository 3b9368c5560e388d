package main

import (
	_ "os"

	_ "github.com/openledger/openledger/network/node"
	_ "github.com/openledger/openledger/proofs/canon"
	_ "github.com/spf13/cobra"
)
