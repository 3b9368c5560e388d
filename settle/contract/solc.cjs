#!/usr/bin/env node
// forge cannot fetch a compiler without a network of its own; this answers for
// solc what forge asks of it, with the compiler of npm.
const solc = require('solc')

const args = process.argv.slice(2)
if (args.includes('--version')) {
  console.log('solc, the solidity compiler commandline interface')
  console.log('Version: ' + solc.version())
} else if (args.includes('--standard-json')) {
  const input = require('fs').readFileSync(0, 'utf8')
  process.stdout.write(solc.compile(input))
} else {
  console.error('solc.cjs: only --version and --standard-json')
  process.exit(1)
}
