#include "tensor.h"

#include <math.h>
#include <string.h>

size_t tensor_words(const tensor *t)
{
    return t->shape[0] * (t->rank > 1 ? t->shape[1] : 1);
}

static tensor *add(tensors *t, const char *name, tensor_type type, size_t rows, size_t columns)
{
    tensor *added = &t->list[t->count++];
    memset(added, 0, sizeof *added);
    snprintf(added->name, sizeof added->name, "%s", name);
    added->type = type;
    added->rank = columns ? 2 : 1;
    added->shape[0] = rows;
    added->shape[1] = columns;
    t->words += tensor_words(added);
    return added;
}

void tensors_add(tensors *t, const char *name, size_t rows, size_t columns, double most)
{
    tensor *added = add(t, name, TENSOR_F64, rows, columns);
    added->low = -most;
    added->high = most;
}

void tensors_add_whole(tensors *t, const char *name, size_t rows, size_t columns, double low,
                       double high)
{
    tensor *added = add(t, name, TENSOR_I64, rows, columns);
    added->low = low;
    added->high = high;
}

void tensors_add_controls(tensors *t, const specml_control *controls, int count)
{
    add(t, "now", TENSOR_F64, (size_t)count, 0)->controls = controls;
}

void tensors_add_counts(tensors *t, const char *const *names, int count)
{
    for (int k = 0; k < count; ++k) add(t, names[k], TENSOR_U64, 1, 0);
}

static void add_layer(tensors *t, const char *prefix, const char *layer, size_t units,
                      size_t inputs)
{
    char name[TENSOR_NAME_MAX];
    snprintf(name, sizeof name, "%s%s.weight", prefix, layer);
    tensors_add(t, name, units, inputs, SPECML_WEIGHT_MAX);
    snprintf(name, sizeof name, "%s%s.bias", prefix, layer);
    tensors_add(t, name, units, 0, SPECML_WEIGHT_MAX);
}

void tensors_add_network(tensors *t, const char *prefix, size_t size, size_t width, size_t layers)
{
    for (size_t k = 1; k <= layers; ++k) {
        char layer[16];
        snprintf(layer, sizeof layer, "layer%d", (int)k);
        add_layer(t, prefix, layer, width, k > 1 ? width : size);
    }
    add_layer(t, prefix, "output", 1, width);
}

void tensors_end_learnt(tensors *t)
{
    t->learnt = t->count;
    t->learnt_words = t->words;
}

double *words_put_count(double *words, uint64_t count)
{
    memcpy(words, &count, sizeof count);
    return words + 1;
}

uint64_t words_get_count(const double *words)
{
    uint64_t count;
    memcpy(&count, words, sizeof count);
    return count;
}

/* what is between two that are within limits may be an ulp beyond them */
static double between(const tensor *t, double first, double second, double share)
{
    const double x = first + (second - first) * share;
    if (fabs(x) < SPECML_STATE_MIN) return 0.0;
    return x < t->low ? t->low : x > t->high ? t->high : x;
}

void words_between(const tensors *t, double *words, const double *first, const double *second,
                   double share)
{
    for (int k = 0; k < t->learnt; ++k) {
        const size_t count = tensor_words(&t->list[k]);
        const double *nearer = share < 0.5 ? first : second;
        if (t->list[k].type != TENSOR_F64 || share == 1.0 || share == 0.0)
            memcpy(words, nearer, count * sizeof *words);
        else
            for (size_t i = 0; i < count; ++i)
                words[i] = between(&t->list[k], first[i], second[i], share);
        words += count;
        first += count;
        second += count;
    }
}

void words_approach(const tensors *t, double *words, const double *target, double share)
{
    for (int k = 0; k < t->learnt; ++k) {
        const size_t count = tensor_words(&t->list[k]);
        if (t->list[k].type != TENSOR_F64 || share == 1.0)
            memcpy(words, target, count * sizeof *words);
        else
            for (size_t i = 0; i < count; ++i) words[i] += (target[i] - words[i]) * share;
        words += count;
        target += count;
    }
}
