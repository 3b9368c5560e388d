package record

import "testing"

func BenchmarkSeal(b *testing.B) {
	payload := testPayload("hello")
	for b.Loop() {
		mustSeal(b, alice, testHeader(), payload)
	}
}

func BenchmarkOpen(b *testing.B) {
	envelope := mustSeal(b, alice, testHeader(), testPayload("hello")).Envelope()
	for b.Loop() {
		if _, err := Open(envelope, network); err != nil {
			b.Fatal(err)
		}
	}
}
