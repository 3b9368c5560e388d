package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/record"
)

// A Config is every setting of a peer, one struct per package. The key of a
// setting is its path as YAML names fields: log.level. A struct may have a
// Validate method; it names the field that it refuses.
type Config struct {
	Log    logConfig    `yaml:"log"`
	Key    keyConfig    `yaml:"key"`
	Ops    opsConfig    `yaml:"ops"`
	Run    runConfig    `yaml:"run"`
	Models modelsConfig `yaml:"models"`

	Network networkConfig `yaml:"network"`
	Storage storageConfig `yaml:"storage"`
	Worker  workerConfig  `yaml:"worker"`
	Auditor auditorConfig `yaml:"auditor"`
	Serve   serveConfig   `yaml:"serve"`
	Chain   chainConfig   `yaml:"chain"`

	// Engine is how the operators compute, never what: threads (default 0: one
	// per CPU) and kernels (default none: the fastest that this CPU has).
	Engine op.Config `yaml:"engine"`
}

// defaults is what a setting is when neither file, environment nor flag says.
func defaults() Config {
	return Config{
		Log: logConfig{Level: slog.LevelInfo, Format: "text"},
		Key: keyConfig{Scrypt: "standard"},
		Ops: opsConfig{Listen: "127.0.0.1:6738"},
		Run: runConfig{StopTimeout: 30 * time.Second},

		Models: modelsConfig{Hub: "https://huggingface.co"},

		Network: networkConfig{ID: 1, Port: 6736, Profile: "home", LAN: true, Benchmark: true},
		Storage: storageConfig{Hold: 4 << 30},
		Worker:  workerConfig{Slots: 1},
		Auditor: auditorConfig{Watch: 0.01},
		Serve:   serveConfig{Listen: "127.0.0.1:6739", Memory: 1 << 30, Cache: 4 << 30},
		Chain:   chainConfig{Contracts: "chain.json", MaxFee: 500, Wait: time.Minute, Epochs: "off", Every: time.Minute, Upkeep: 24 * time.Hour},
	}
}

type logConfig struct {
	// Level is the least of what is logged: debug, info (default), warn or error.
	Level slog.Level `yaml:"level"`
	// Format is text (default) or json, one object per line.
	Format string `yaml:"format"`
}

func (c *logConfig) Validate() error {
	if c.Format != "text" && c.Format != "json" {
		return fmt.Errorf("format is %q, want text or json", c.Format)
	}
	return nil
}

type keyConfig struct {
	// Account is the key that the peer runs with, as an EIP-55 address. Default
	// none: the only key of the keystore.
	Account address `yaml:"account"`
	// Payout is the EIP-55 address that earnings go to. Default none: Account.
	Payout address `yaml:"payout"`
	// PassphraseFile holds the keystore's passphrase; relative to the home, mode
	// 0600. Default none: $OPENLEDGER_PASSPHRASE, else the peer asks.
	PassphraseFile string `yaml:"passphrase_file"`
	// Scrypt is the work to try one passphrase: standard (default; 256 MiB,
	// about a second) or light (4 MiB, for small machines and tests).
	Scrypt string `yaml:"scrypt"`
}

func (c *keyConfig) Validate() error {
	if _, ok := scryptWork[c.Scrypt]; !ok {
		return fmt.Errorf("scrypt is %q, want standard or light", c.Scrypt)
	}
	return nil
}

// An address is an account or none, which is written as nothing. Letters MUST
// be as EIP-55 spells them: a mistyped address loses what is sent to it.
type address struct{ record.Account }

func (a address) MarshalText() ([]byte, error) {
	if a == (address{}) {
		return nil, nil
	}
	return a.Account.MarshalText()
}

func (a *address) UnmarshalText(text []byte) error {
	*a = address{}
	if len(text) == 0 {
		return nil
	}
	if err := a.Account.UnmarshalText(text); err != nil {
		return err
	}
	if a.String() != string(text) {
		return fmt.Errorf("address %s lacks the capitals of its EIP-55 spelling", text)
	}
	return nil
}

type opsConfig struct {
	// Listen is the host:port of /health, /readiness, /metrics and
	// /debug/pprof. Default 127.0.0.1:6738; port 0 takes a free one, empty
	// serves none. Anything but loopback needs TokenFile.
	Listen string `yaml:"listen"`
	// TokenFile holds the token that requests must bear, 16 bytes or more;
	// relative to the home, mode 0600. Default none: everyone on this machine.
	TokenFile string `yaml:"token_file"`
}

type runConfig struct {
	// StopTimeout is how long a stopping peer waits for its services. Default 30s.
	StopTimeout time.Duration `yaml:"stop_timeout"`
}

func (c *runConfig) Validate() error {
	if c.StopTimeout <= 0 {
		return errors.New("stop_timeout must be over 0s")
	}
	return nil
}

type storageConfig struct {
	// Quota is the most that pins may take of the disk, in bytes. Default 0: no limit.
	Quota uint64 `yaml:"quota"`
	// Pledge is the most that this peer promises to keep of one Datanet of
	// others, in bytes of pieces, twice those of the texts. Default 0: all of it.
	Pledge uint64 `yaml:"pledge"`
	// Hold is the most that pieces of other peers' training jobs take of the
	// quota, in bytes, so that no job hangs on one peer. Default 4 GiB; 0 takes
	// none.
	Hold uint64 `yaml:"hold"`
}

type serveConfig struct {
	// Listen is the host:port of OpenAI's API. Default 127.0.0.1:6739; port 0
	// takes a free one, empty serves none. Anything but loopback needs a token:
	// see "peer token create".
	Listen string `yaml:"listen"`
	// RequireToken wants a token from programs on this machine, too. Default
	// false.
	RequireToken bool `yaml:"require_token"`
	// Models are the names, folders or CIDs of models that this peer computes,
	// for its own API and for other peers, separated by commas. Default none:
	// it asks other peers.
	Models []string `yaml:"models"`
	// Memory is for keys, values and adapters of each model, in bytes. Default
	// 1 GiB.
	Memory uint64 `yaml:"memory"`
	// Slots is how many answers of a model are computed at a time, Queue how
	// many wait; more are refused. Default 0: 32 and 256.
	Slots int `yaml:"slots"`
	Queue int `yaml:"queue"`
	// Spend is the most that other peers get for answers, in millionths of an
	// OPEN for a million tokens. Default 0: those that ask for nothing.
	Spend uint64 `yaml:"spend"`
	// Cache is how much of the disk adapters fetched from other peers take, in
	// bytes. Default 4 GiB.
	Cache uint64 `yaml:"cache"`
	// Fetch is how many bytes of weights this peer fetches and computes because
	// other peers ask it for models that it lacks; they lie in the home's cache/.
	// Default 0: none.
	Fetch uint64 `yaml:"fetch"`
}

func (c *serveConfig) Validate() error {
	if c.Slots < 0 || c.Queue < 0 || c.Memory == 0 {
		return fmt.Errorf("memory is %d, slots %d, queue %d: want memory, and 0 or more of the others", c.Memory, c.Slots, c.Queue)
	}
	return nil
}

type modelsConfig struct {
	// Hub is where "peer model pull" fetches models: the URL of a server that
	// speaks Hugging Face's protocol. Default https://huggingface.co.
	Hub string `yaml:"hub"`
}

func (c *modelsConfig) Validate() error {
	if u, err := url.Parse(c.Hub); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("hub is %q, want a URL such as https://huggingface.co", c.Hub)
	}
	return nil
}
