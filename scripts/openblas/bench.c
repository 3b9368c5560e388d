// Speed of OpenBLAS's sgemm (sgemv for one row) at the shapes that BenchmarkOperators measures.
// Usage: bench THREADS; OPENBLAS_CORETYPE picks its kernels. See
// scripts/bench-openblas.sh.
#define _GNU_SOURCE
#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void openblas_set_num_threads(int n);
char *openblas_get_corename(void);

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + 1e-9 * t.tv_nsec;
}

static float *matrix(size_t n) {
	float *m = aligned_alloc(4096, (4 * n + 4095) / 4096 * 4096);
	unsigned x = 1;
	for (size_t i = 0; i < n; i++) {
		x = x * 1664525u + 1013904223u;
		m[i] = (int)x * 0x1p-31f;
	}
	return m;
}

// measure prints the fastest round within a second: c (m,n) = a (m,k) op(b).
static void measure(const char *what, int threads, enum CBLAS_TRANSPOSE ta, enum CBLAS_TRANSPOSE tb, int m, int n, int k) {
	float *a = matrix((size_t)m * k), *b = matrix((size_t)n * k), *c = matrix((size_t)m * n);
	double best = 1e9, start = now();
	for (int i = 0; i < 3 || now() - start < 1; i++) {
		double t = now();
		if (m == 1)
			cblas_sgemv(CblasRowMajor, CblasNoTrans, n, k, 1, b, k, a, 1, 0, c, 1);
		else
			cblas_sgemm(CblasRowMajor, ta, tb, m, n, k, 1, a, ta == CblasNoTrans ? k : m, b, tb == CblasNoTrans ? n : k, 0, c, n);
		t = now() - t;
		if (t < best) best = t;
	}
	printf("openblas %-12s %-10s %4dx%dx%d %d threads %9.3f GFLOP/s\n", openblas_get_corename(), what, m, n, k, threads, 2.0 * m * n * k / best / 1e9);
	free(a), free(b), free(c);
}

int main(int argc, char **argv) {
	int threads = argc > 1 ? atoi(argv[1]) : 1;
	openblas_set_num_threads(threads);
	int rows[] = {1, 16, 64, 256, 1024};
	for (int i = 0; i < 5; i++) measure("matmul", threads, CblasNoTrans, CblasTrans, rows[i], 4096, 4096);
	int sizes[] = {256, 512, 1024, 2048};
	for (int i = 0; i < 4; i++) {
		int s = sizes[i];
		measure("gemm NN", threads, CblasNoTrans, CblasNoTrans, s, s, s);
		measure("gemm NT", threads, CblasNoTrans, CblasTrans, s, s, s);
		measure("gemm TN", threads, CblasTrans, CblasNoTrans, s, s, s);
	}
	return 0;
}
