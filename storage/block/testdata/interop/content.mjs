// The same bytes as content in interop_test.go: a linear congruential generator.
export function content (n) {
  const out = new Uint8Array(n)
  let x = 1
  for (let i = 0; i < n; i++) {
    x = (Math.imul(x, 1103515245) + 12345) >>> 0
    out[i] = x >>> 24
  }
  return out
}
