// Reads a CAR with @ipld/car, checks each block's hash, reads each root as a
// UnixFS file with Helia, and prints [{root, size, sha256}]:
//
//	node check.mjs FILE.car
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { unixfs } from '@helia/unixfs'
import { CarBlockIterator } from '@ipld/car'
import { MemoryBlockstore } from 'blockstore-core'
import { sha256 } from 'multiformats/hashes/sha2'

const blockstore = new MemoryBlockstore()
const car = await CarBlockIterator.fromIterable(createReadStream(process.argv[2]))
for await (const { cid, bytes } of car) {
  const digest = await sha256.digest(bytes)
  if (!Buffer.from(digest.bytes).equals(Buffer.from(cid.multihash.bytes))) throw new Error(`block ${cid} has another hash`)
  await blockstore.put(cid, bytes)
}
const out = []
for (const root of await car.getRoots()) {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of unixfs({ blockstore }).cat(root)) {
    hash.update(chunk)
    size += chunk.length
  }
  out.push({ root: root.toString(), size, sha256: hash.digest('hex') })
}
console.log(JSON.stringify(out))
