#!/bin/sh
# Compiles the contracts and writes artifacts/ and the bindings, one package per
# contract. Needs npm and Go; users of peer need neither of what it makes.
# With --check it fails if what is committed is not what it makes.
set -eu
cd "$(dirname "$0")"

contracts="OpenToken OpenGovernor Staking Registry Ledger Challenges JobEscrow Equivocations Openings Referee Links Questions"
library="AccessManager TimelockController"

[ -d node_modules ] || npm install --silent --no-audit --no-fund
[ -x node_modules/.bin/forge ] || { echo "generate.sh: npm did not install forge" >&2; exit 1; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
GOBIN="$tmp" go install github.com/ethereum/go-ethereum/cmd/abigen@v1.17.10
to=.
[ "${1:-}" = --check ] && to="$tmp/made"
node_modules/.bin/forge build --silent src >/dev/null
mkdir -p "$to/artifacts"
for c in $contracts $library; do
  pkg=$(echo "$c" | tr A-Z a-z)
  mkdir -p "$to/$pkg"
  node -e '
    const fs = require("fs")
    const [name, out] = process.argv.slice(1)
    const dir = fs.readdirSync("out").find((d) => fs.existsSync(`out/${d}/${name}.json`))
    const a = JSON.parse(fs.readFileSync(`out/${dir}/${name}.json`))
    fs.writeFileSync(`${out}/${name}.abi`, JSON.stringify(a.abi, null, 1) + "\n")
    fs.writeFileSync(`${out}/${name}.bin`, a.bytecode.object.slice(2) + "\n")
  ' "$c" "$to/artifacts"
  "$tmp/abigen" --v2 --pkg "$pkg" --type "$c" \
    --abi "$to/artifacts/$c.abi" --bin "$to/artifacts/$c.bin" --out "$to/$pkg/$pkg.go"
  sed -i "s|^package $pkg$|package $pkg\n\n//lint:file-ignore ST1005 abigen writes its errors so|" "$to/$pkg/$pkg.go"
  gofmt -w "$to/$pkg/$pkg.go"
done
if [ "$to" != . ]; then
  for d in artifacts $(echo "$contracts $library" | tr A-Z a-z); do
    diff -r "$d" "$to/$d" >/dev/null || { echo "generate.sh: $d is not what the sources make: run settle/contract/generate.sh" >&2; exit 1; }
  done
  echo "contracts: artifacts and bindings are current"
fi
