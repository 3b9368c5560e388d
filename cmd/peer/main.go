// Command peer is the whole of OpenLedger in one binary: it trains and serves
// models, keeps Datanets, audits others and collects what it earned.
//
// Start with wire.go, which shows on one page how the house hangs together;
// config.go holds every setting, run.go how a peer starts and stops, and each
// group of commands has a file of its own. Nothing here computes: a command
// reads flags, calls the rooms below and prints their answer.
package main

import "os"

func main() {
	os.Exit(int(newApp(os.Stdin, os.Stdout, os.Stderr).execute(os.Args[1:])))
}
