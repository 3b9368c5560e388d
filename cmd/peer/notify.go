package main

import (
	"fmt"

	"github.com/coreos/go-systemd/v22/daemon"
)

// notify tells the service manager, if one started this peer and wants to know
// (Type=notify), which stage it is in. Source: sd_notify(3).
func notify(now stage) error {
	state := map[stage]string{stageReady: daemon.SdNotifyReady, stageStopping: daemon.SdNotifyStopping}[now]
	if state == "" {
		return nil
	}
	if _, err := daemon.SdNotify(false, state); err != nil {
		return fmt.Errorf("tell the service manager at $NOTIFY_SOCKET: %w", err)
	}
	return nil
}
