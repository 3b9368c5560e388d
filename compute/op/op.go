// Package op holds the exact operators: matrix products, norms, attention,
// losses, optimisers. Every function returns the same bits on every CPU, with
// every vector width, thread count, batch size and blocking. The page that
// defines those bits is "Arithmetic, version 1"; its executable form is the
// reference in dot.go and the *_ref.go files, which is slow, short and obvious.
//
// Fast paths (AVX-512, AVX2, NEON) are written by the generator in gen, whose
// output is committed. Each is one entry in a table (see kernels), picked when
// an Engine is made, and one test body compares all of them with the reference
// by ==, never with a tolerance. The build tag purego leaves the reference only.
//
// Inputs are finite: an infinity or a NaN never travels, and CheckFinite names
// the element that would. Mistakes of the programmer (shapes that do not fit,
// an output that overlaps an input) panic with "op: ..." and the shapes.
//
// Start with dot.go: what a dot product is, here. Then engine.go.
package op

//go:generate go run ./gen

// Version numbers the arithmetic. It is part of every job, commitment and
// receipt; a change of any bit is a new version.
const Version = 1
