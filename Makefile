.PHONY: help build test check fuzz generate bench dist

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## the binary, ./peer
	CGO_ENABLED=0 go build -o peer ./cmd/peer

test: ## all tests
	go test ./...

check: ## what CI runs: tests, linters, race, fuzz, NEON, generated files
	bash .ci/run

fuzz: ## one minute of each fuzz target
	FUZZ_TIME=60s bash .ci/run

generate: ## the committed assembly and other generated files
	go generate ./...

bench: ## the operators beside this machine's peaks
	go run ./cmd/peer bench

VERSION ?= $(shell git describe --tags --always --dirty)
TARGETS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64

dist: ## static binaries for all systems, with checksums, in dist/
	rm -rf dist && mkdir -p dist
	for target in $(TARGETS); do \
	  name=dist/peer-$(VERSION)-$$(echo $$target | tr / -); \
	  case $$target in windows/*) name=$$name.exe;; esac; \
	  CGO_ENABLED=0 GOOS=$${target%/*} GOARCH=$${target#*/} go build -trimpath -buildvcs=false \
	    -ldflags "-s -w -X main.stamp=$(VERSION)" -o $$name ./cmd/peer || exit 1; \
	done
	cd dist && sha256sum * > SHA256SUMS
