// Writes the fixtures beside it: node make.mjs
//
// files.json  CIDs of files as Helia adds them with its defaults, and with small
//             chunks and few links, which gives a DAG of several levels.
// files.car   the DAGs of the second kind, by @ipld/car.
// cbor.car    a dag-cbor map that links to raw blocks and to itself nested, with
//             one block twice.
import { createWriteStream, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { unixfs } from '@helia/unixfs'
import { CarWriter } from '@ipld/car'
import * as dagCbor from '@ipld/dag-cbor'
import { MemoryBlockstore } from 'blockstore-core'
import { balanced } from 'ipfs-unixfs-importer/layout'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { sha256 } from 'multiformats/hashes/sha2'
import { content } from './content.mjs'

async function writeCar (name, roots, blocks) {
  const { writer, out } = CarWriter.create(roots)
  const done = pipeline(Readable.from(out), createWriteStream(name))
  for (const b of blocks) await writer.put(b)
  await writer.close()
  await done
}

async function file (size, options) {
  const blockstore = new MemoryBlockstore()
  const cid = await unixfs({ blockstore }).addBytes(content(size), options)
  const blocks = []
  for await (const { cid, block, bytes } of blockstore.getAll()) blocks.push({ cid, bytes: block ?? bytes })
  return { size, cid, blocks }
}

const standard = []
for (const n of [0, 1, 1000, 1 << 20, (1 << 20) + 1, 3500000]) standard.push(await file(n))
const small = []
for (const n of [0, 64, 65, 64 * 4, 64 * 4 + 1, 64 * 4 * 4 + 1, 5000]) {
  small.push(await file(n, { chunker: fixedSize({ chunkSize: 64 }), layout: balanced({ maxChildrenPerNode: 4 }), rawLeaves: true, reduceSingleLeafToSelf: true }))
}
const plain = ({ size, cid }) => ({ size, cid: cid.toString() })
writeFileSync('files.json', JSON.stringify({ standard: standard.map(plain), small: small.map(plain) }, null, 1) + '\n')
await writeCar('files.car', small.map(f => f.cid), small.flatMap(f => f.blocks))

const leaf = async (text) => {
  const bytes = new TextEncoder().encode(text)
  return { bytes, cid: CID.createV1(raw.code, await sha256.digest(bytes)) }
}
const map = async (value) => {
  const bytes = dagCbor.encode(value)
  return { bytes, cid: CID.createV1(dagCbor.code, await sha256.digest(bytes)) }
}
const a = await leaf('a')
const b = await leaf('b')
const inner = await map({ again: a.cid, number: -1.5, nothing: null })
const root = await map({ list: [a.cid, { b: b.cid }], inner: inner.cid, flag: true })
await writeCar('cbor.car', [root.cid], [root, inner, a, b, a])
