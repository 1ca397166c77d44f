/* The least that a sample can cost: the sweeps over the weights alone, in the core's layout and
 * with its vectors, its instruction set and its two roundings for each multiply-add, but without
 * tanh, sqrt, division, gather, without the repair of numbers, and without one sample waiting for
 * the one before. Eight sums run side by side, so that none waits for its own last addition. */
#include "lanes.h"

enum { SUMS = 8 };

double ceiling_network(size_t n, size_t rows, size_t deep, size_t lanes, double *w,
                       const double *x);
double ceiling_pair(size_t n, size_t all_rows, size_t lanes, double *w1, double *w2,
                    const double *inputs);
double ceiling_unlearn(size_t n, size_t synapses, double *w, double *v, double *u,
                       const double *heard);

static double total(const vector sum[SUMS])
{
    vector all = sum[0];
    double result = 0.0;
    for (int k = 1; k < SUMS; ++k) all += sum[k];
    for (int k = 0; k < VECTOR; ++k) result += all[k];
    return result;
}

/* How a sweep is cut: `wide` vectors of one row side by side, and `high` rows at once. Both are
 * constants once inlined; a sweep goes on in smaller pieces where rows end. */
#define INLINE static inline __attribute__((always_inline))
#define IN_PIECES(high, work)                                                                      \
    do {                                                                                           \
        while (rows >= (high)) {                                                                   \
            work;                                                                                  \
            rows -= (high), w += (high) * lanes, x += (high);                                      \
        }                                                                                          \
    } while (0)

/* sum of w x over (high, lanes) */
INLINE void read_piece(vector sum[SUMS], const double *w, size_t lanes, const double *x,
                       const size_t wide, const size_t high)
{
    for (size_t unit = 0; unit < lanes; unit += wide * VECTOR)
        for (size_t r = 0; r < high; ++r)
            for (size_t k = 0; k < wide; ++k)
                sum[r * wide + k] += vector_load(w + r * lanes + unit + k * VECTOR) * x[r];
}

INLINE void read_rows(vector sum[SUMS], const double *w, size_t rows, size_t lanes, const double *x,
                      const size_t wide)
{
    IN_PIECES(SUMS / wide, read_piece(sum, w, lanes, x, wide, SUMS / wide));
    if (wide <= 2) IN_PIECES(4, read_piece(sum, w, lanes, x, wide, 4));
    if (wide <= 4) IN_PIECES(2, read_piece(sum, w, lanes, x, wide, 2));
    IN_PIECES(1, read_piece(sum, w, lanes, x, wide, 1));
}

/* w = keep w - step x, and the sum of the new w times x */
INLINE void step_piece(vector sum[SUMS], double *w, size_t lanes, const double *x,
                       const size_t wide, const size_t high)
{
    const vector zero = {0}, step = zero + 1e-3;
    const double keep = 1.0 - 1e-5;
    for (size_t unit = 0; unit < lanes; unit += wide * VECTOR)
        for (size_t r = 0; r < high; ++r)
            for (size_t k = 0; k < wide; ++k) {
                double *at = w + r * lanes + unit + k * VECTOR;
                const vector next = keep * vector_load(at) - step * x[r];
                vector_store(at, next);
                sum[r * wide + k] += next * x[r];
            }
}

INLINE void step_rows(vector sum[SUMS], double *w, size_t rows, size_t lanes, const double *x,
                      const size_t wide)
{
    IN_PIECES(SUMS / wide, step_piece(sum, w, lanes, x, wide, SUMS / wide));
    if (wide <= 2) IN_PIECES(4, step_piece(sum, w, lanes, x, wide, 4));
    if (wide <= 4) IN_PIECES(2, step_piece(sum, w, lanes, x, wide, 2));
    IN_PIECES(1, step_piece(sum, w, lanes, x, wide, 1));
}

INLINE double network_sweeps(size_t n, size_t rows, size_t deep, size_t lanes, double *w,
                             const double *x, const size_t wide)
{
    vector sum[SUMS] = {{0}};
    for (size_t t = 0; t < n; ++t) {
        read_rows(sum, w, rows, lanes, x, wide);
        if (deep) read_rows(sum, w + (rows - deep) * lanes, deep, lanes, x, wide);
        step_rows(sum, w, rows, lanes, x, wide);
    }
    return total(sum);
}

/* AutoRegNN. w: (rows, lanes) all weights and biases, x: (rows,); the last `deep` rows are read
 * once more, as errors are carried back through them. */
double ceiling_network(size_t n, size_t rows, size_t deep, size_t lanes, double *w, const double *x)
{
    const size_t vectors = lanes / VECTOR;
    if (vectors % 8 == 0) return network_sweeps(n, rows, deep, lanes, w, x, 8);
    if (vectors % 4 == 0) return network_sweeps(n, rows, deep, lanes, w, x, 4);
    if (vectors % 2 == 0) return network_sweeps(n, rows, deep, lanes, w, x, 2);
    return network_sweeps(n, rows, deep, lanes, w, x, 1);
}

/* rows of both networks, and the sum of their mixture's times x */
INLINE void pair_piece(vector sum[SUMS], double *w, double *other, size_t lanes, const double *x,
                       const size_t high)
{
    const vector zero = {0}, step = zero + 1e-3;
    const double keep = 1.0 - 1e-5;
    for (size_t unit = 0; unit < lanes; unit += VECTOR)
        for (size_t r = 0; r < high; ++r) {
            const size_t at = r * lanes + unit;
            const vector a = keep * vector_load(w + at) - step * x[r];
            const vector b = keep * vector_load(other + at) - 2.0 * step * x[r];
            vector_store(w + at, a);
            vector_store(other + at, b);
            sum[r] += (0.4 * a + 0.6 * b) * x[r];
        }
}

/* The pair: both learn, and the mixture speaks while it is made. w1, w2: (rows, lanes) */
double ceiling_pair(size_t n, size_t all_rows, size_t lanes, double *w1, double *w2,
                    const double *inputs)
{
    vector sum[SUMS] = {{0}};
    for (size_t t = 0; t < n; ++t) {
        read_rows(sum, w1, all_rows, lanes, inputs, 1);
        read_rows(sum, w2, all_rows, lanes, inputs, 1);
        double *w = w1;
        const double *x = inputs;
        size_t rows = all_rows;
        IN_PIECES(8, pair_piece(sum, w, w2 + (w - w1), lanes, x, 8));
        IN_PIECES(4, pair_piece(sum, w, w2 + (w - w1), lanes, x, 4));
        IN_PIECES(2, pair_piece(sum, w, w2 + (w - w1), lanes, x, 2));
        IN_PIECES(1, pair_piece(sum, w, w2 + (w - w1), lanes, x, 1));
    }
    return total(sum);
}

/* One step of a vector of synapses: every multiplication and addition, but the distance instead of
 * its root, and a product instead of the quotient. */
INLINE void step_synapses(double *w, double *v, double *u, const double *heard, vector slope)
{
    const double h = 1.0 / 48000.0, cosine = 1.0 - 1e-6, sine = 1e-3;
    const vector w0 = vector_load(w), v0 = vector_load(v), u0 = vector_load(u);
    const vector force = slope * vector_load(heard);
    vector turned = cosine * w0 + sine * v0, speed = cosine * v0 - sine * w0;
    speed = (speed + h * force) * cosine;
    const vector away = turned - u0, z = 1e-9 * (0.01 - (away * away + speed * speed));
    const vector m = 1.0 - z + 0.5 * (z * z), middle = 0.0 * u0;
    turned = middle + (turned - middle) * m;
    vector_store(w, turned);
    vector_store(v, speed * m);
    vector_store(u, u0 + h * (turned - u0));
}

/* sum of w heard, over `wide` vectors */
INLINE void hear_piece(vector sum[SUMS], const double *w, const double *heard, const size_t wide)
{
    for (size_t k = 0; k < wide; ++k)
        sum[k] += vector_load(w + k * VECTOR) * vector_load(heard + k * VECTOR);
}

/* Unlearn. All arrays: (synapses,) */
double ceiling_unlearn(size_t n, size_t synapses, double *w, double *v, double *u,
                       const double *heard)
{
    vector sum[SUMS] = {{0}};
    const vector zero = {0};
    for (size_t t = 0; t < n; ++t) {
        size_t at = 0;
        for (; at + 8 * VECTOR <= synapses; at += 8 * VECTOR)
            hear_piece(sum, w + at, heard + at, 8);
        for (; at + 4 * VECTOR <= synapses; at += 4 * VECTOR)
            hear_piece(sum, w + at, heard + at, 4);
        for (; at + 2 * VECTOR <= synapses; at += 2 * VECTOR)
            hear_piece(sum, w + at, heard + at, 2);
        for (; at < synapses; at += VECTOR) hear_piece(sum, w + at, heard + at, 1);
        for (at = 0; at < synapses; at += VECTOR)
            step_synapses(w + at, v + at, u + at, heard + at, zero + 1e-3);
    }
    return total(sum);
}
