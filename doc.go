// Package openledger is the root of the house: it holds no code, only the map.
//
// One binary, cmd/peer, is built from five floors; a folder imports lower
// floors only, and rooms on one floor never import each other. The picture is
// data in floors_test.go, prose in docs/architecture.md.
//
//	roof      cmd/peer       commands, roles, wiring, lifecycle, API
//	floor 3   attribution    whose data made this output
//	floor 2   datanet        community datasets
//	floor 1   compute | storage | network | settle
//	ground    proofs         what anyone can check offline
//
// Start with proofs/canon (how we write), compute/op (how we compute) and
// cmd/peer/wire.go (how it hangs together).
package openledger
