/* Lanes: units run fastest in memory, padded to a multiple of 8 that is never heard, so that
 * vectors of any width work on whole rows, and every machine rounds in the same order. */
#ifndef SPECML_LANES_H
#define SPECML_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "vector.h"

enum { LANES = 8, LANES_ALIGN = 64 /* bytes: eight doubles, a cache line */ };

/* units rounded up to whole blocks of lanes */
static inline size_t lanes_padded(size_t units)
{
    return (units + LANES - 1) / LANES * LANES;
}

/* Sum of eight, as a tree. */
static inline double lanes_tree(const double a[LANES])
{
    return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

/* Sum of a row, (lanes,): blocks of eight add up in order, then the eight in a tree. */
static inline double lanes_sum(const double *x, size_t lanes)
{
    vector a[LANES / VECTOR];
    for (int v = 0; v < LANES / VECTOR; ++v) a[v] = vector_load(x + v * VECTOR);
    for (size_t block = LANES; block < lanes; block += LANES)
        for (int v = 0; v < LANES / VECTOR; ++v) a[v] += vector_load(x + block + v * VECTOR);
    return lanes_tree((const double *)a);
}

/* Sum of a row times a row, (lanes,) each, in the same order. */
static inline double lanes_dot(const double *x, const double *y, size_t lanes)
{
    vector a[LANES / VECTOR];
    for (int v = 0; v < LANES / VECTOR; ++v)
        a[v] = vector_load(x + v * VECTOR) * vector_load(y + v * VECTOR);
    for (size_t block = LANES; block < lanes; block += LANES)
        for (int v = 0; v < LANES / VECTOR; ++v)
            a[v] += vector_load(x + block + v * VECTOR) * vector_load(y + block + v * VECTOR);
    return lanes_tree((const double *)a);
}

/* Eight runs of eight samples become eight rows of eight lanes, `stride` apart. */
static inline void lanes_transpose(const double *const runs[LANES], double *rows, size_t stride)
{
    for (size_t lane = 0; lane < LANES; lane += VECTOR)
        for (size_t at = 0; at < LANES; at += VECTOR) {
            vector tile[VECTOR];
            for (size_t v = 0; v < VECTOR; ++v)
                tile[v] = vector_load_unaligned(runs[lane + v] + at);
            vector_transpose(tile);
            for (size_t v = 0; v < VECTOR; ++v)
                vector_store(rows + (at + v) * stride + lane, tile[v]);
        }
}

/* Carves arrays out of the caller's memory, each on a cache line of its own. */
typedef struct {
    unsigned char *first, *next;
} lanes_arena;

/* bytes up to the next cache line */
static inline size_t lanes_misfit(const void *memory)
{
    const size_t beyond = (uintptr_t)memory % LANES_ALIGN;
    return beyond ? LANES_ALIGN - beyond : 0;
}

static inline lanes_arena lanes_open(void *memory)
{
    unsigned char *first = (unsigned char *)memory + lanes_misfit(memory);
    return (lanes_arena){first, first};
}

static inline uint64_t lanes_bytes(uint64_t count, size_t element)
{
    return (count * element + LANES_ALIGN - 1) / LANES_ALIGN * LANES_ALIGN;
}

static inline void *lanes_take(lanes_arena *arena, size_t count, size_t element)
{
    void *taken = arena->next;
    arena->next += lanes_bytes(count, element);
    return taken;
}

/* all that was taken becomes 0 */
static inline void lanes_clear(lanes_arena arena)
{
    memset(arena.first, 0, (size_t)(arena.next - arena.first));
}

/* all that was taken becomes what stands in another memory, from which the same was taken */
static inline void lanes_copy(lanes_arena arena, const void *memory)
{
    memcpy(arena.first, (const unsigned char *)memory + lanes_misfit(memory),
           (size_t)(arena.next - arena.first));
}

#endif
