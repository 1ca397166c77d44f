/* The least that one sample of a narrow network can take after the other: the operations of which
 * each waits for the one before, with the core's own tanh, and nothing beside them: no weight is
 * read, steps or is written, no number repaired. What is left is the sum of their latencies. */
#include "network_narrow.h"

double chain_narrow(size_t n, size_t size, size_t width);

static inline __attribute__((always_inline)) double chain(size_t n, size_t size, const int count)
{
    chunk w[NARROW_CHUNKS_MAX];
    double newest = 0.3;
    for (int q = 0; q < count; ++q) w[q] = chunk_of(0.1 * (q + 1));
    for (size_t t = 0; t < n; ++t) {
        chunk a[NARROW_CHUNKS_MAX], z[NARROW_CHUNKS_MAX];
        /* the newest sample comes into the sum, and a prediction is made */
        for (int q = 0; q < count; ++q) a[q] = w[q] + w[q] * newest;
        elementary_tanh_chunks(a, count, 0.0);
        const double y = elementary_tanh_one(0.1 + narrow_dot(w, a, count), 0.0);
        /* its error goes into the steps, a weight steps, and all products add up in order */
        const double delta = (y - 0.2) * (1.0 - y * y);
        chunk product[NARROW_CHUNKS_MAX];
        for (int q = 0; q < count; ++q) {
            const chunk step = delta * w[q];
            product[q] = (w[q] - step * 0.4) * 0.5;
            z[q] = w[q] - step;
        }
        for (size_t row = 0; row < size; ++row)
            for (int q = 0; q < count; ++q) z[q] += product[q];
        elementary_tanh_chunks(z, count, 0.0);
        newest = elementary_tanh_one(0.1 + narrow_dot(w, z, count), 0.0);
    }
    return newest;
}

double chain_narrow(size_t n, size_t size, size_t width)
{
    enum { LEAST = 8 / CHUNK };
    switch ((width + CHUNK - 1) / CHUNK) {
    case LEAST:
        return chain(n, size, LEAST);
    case LEAST + 1:
        return chain(n, size, LEAST + 1);
    default:
        return chain(n, size, NARROW_CHUNKS_MAX);
    }
}
