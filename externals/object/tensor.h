/* What a network is made of, by name, as docs/state.md lists it. */
#ifndef SPECML_TENSOR_H
#define SPECML_TENSOR_H

#include "safetensors.h"
#include "specml.h"

enum { TENSORS_MAX = 48 /* of a model */, TENSOR_NAME_MAX = 40 };

typedef struct {
    char name[TENSOR_NAME_MAX];
    tensor_type type;
    int rank;
    size_t shape[2];
    double low, high;               /* its numbers are within; those of U64 may be any */
    const specml_control *controls; /* or each is within its own of these; NULL */
} tensor;

/* One behind the other they are a row of words, numbers of 64 bits. First what was learnt. */
typedef struct {
    int count, learnt;
    size_t words, learnt_words;
    tensor list[TENSORS_MAX];
} tensors;

/* all of it [any] */

size_t tensor_words(const tensor *t);
/* columns 0: it has one dimension */
void tensors_add(tensors *t, const char *name, size_t rows, size_t columns, double most);
void tensors_add_whole(tensors *t, const char *name, size_t rows, size_t columns, double low,
                       double high);
void tensors_add_controls(tensors *t, const specml_control *controls, int count);
void tensors_add_counts(tensors *t, const char *const *names, int count); /* one number each */
/* weights and biases of a feed-forward network, each name after the prefix */
void tensors_add_network(tensors *t, const char *prefix, size_t size, size_t width, size_t layers);
void tensors_end_learnt(tensors *t); /* what is added from now on was not learnt */

/* one word after the other; what they read or write, and where the next is */
double *words_put_count(double *words, uint64_t count);
uint64_t words_get_count(const double *words);

/* w += (target - w) share, a row of what was learnt each; at a share of 1, and where they are whole
 * numbers, it becomes the target */
void words_approach(const tensors *t, double *words, const double *target, double share);
/* first + (second - first) share, as a weight can be; whole numbers are those of the nearer one,
 * the second at 0.5 */
void words_between(const tensors *t, double *words, const double *first, const double *second,
                   double share);

#endif
