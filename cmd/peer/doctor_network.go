package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/openledger/openledger/cmd/peer/lock"
)

// checkPorts tries the ports of the settings, which must be free unless the peer
// of this home runs.
func checkPorts(p *patient) finding {
	if _, held, err := lock.Holder(p.home.lockFile()); err == nil && held {
		return found("ok", "held by %s, the running peer of this home", holder(p.home))
	}
	s := p.settings
	port := ""
	if s.Network.Port != 0 {
		port = fmt.Sprintf(":%d", s.Network.Port)
	}
	var bad, keys, free []string
	for _, l := range []struct{ key, network, address string }{
		{"network.port", "tcp", port}, {"network.port", "udp", port}, {"ops.listen", "tcp", s.Ops.Listen},
		{"serve.listen", "tcp", s.Serve.Listen}, {"chain.listen", "tcp", s.Chain.Listen},
	} {
		if l.address == "" {
			continue
		}
		if err := tryPort(l.network, l.address); errors.Is(err, syscall.EADDRINUSE) {
			bad, keys = append(bad, fmt.Sprintf("%s %s of %s is in use", l.network, l.address, l.key)), append(keys, l.key)
		} else if err != nil {
			bad, keys = append(bad, fmt.Sprintf("%s: %v", l.key, err)), append(keys, l.key)
		} else {
			free = append(free, l.network+" "+l.address)
		}
	}
	if len(bad) > 0 {
		return found("fail", "%s", oneLine(strings.Join(bad, "; "))).mend("stop the program that has it, or set " + keys[0] + " to another")
	}
	return found("ok", "free: %s", strings.Join(free, ", "))
}

func tryPort(network, address string) error {
	if network == "udp" {
		c, err := net.ListenPacket(network, address)
		if err != nil {
			return err
		}
		return c.Close()
	}
	l, err := net.Listen(network, address)
	if err != nil {
		return err
	}
	return l.Close()
}

// checkNetwork asks the running peer how it stands among others: whether it can
// be reached, and how far its clock is from theirs.
func checkNetwork(p *patient) finding {
	if _, held, err := lock.Holder(p.home.lockFile()); err != nil || !held {
		return found("note", "not known: no peer of this home runs").mend(`start it with "peer run"; "peer net check" tells more`)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var r netReport
	if err := p.home.ask(ctx, "net/check", nil, &r); err != nil {
		return found("warn", "the running peer does not answer: %s", oneLine(err.Error())).mend("look into its log; it answers over ops.listen, which must not be empty")
	}
	return r.summary()
}

// summary is the worst of what was found, with the remedy of each that needs one.
func (r netReport) summary() finding {
	rank := map[string]int{"ok": 0, "note": 1, "warn": 2, "fail": 3}
	worst := "ok"
	var lines, remedies []string
	for _, f := range r.Findings {
		if f.Name == "peers" && f.State == "fail" { // a peer alone may be the first of its network
			f.State = "warn"
		}
		if rank[f.State] > rank[worst] {
			worst = f.State
		}
		lines = append(lines, f.Name+": "+f.Detail)
		if f.Remedy != "" {
			remedies = append(remedies, f.Remedy)
		}
	}
	return found(worst, "%s", strings.Join(lines, "; ")).mend(strings.Join(remedies, "; "))
}
