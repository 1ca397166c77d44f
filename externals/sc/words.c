/* Words of a model as inputs of a UGen. */
#include <float.h>
#include <math.h>
#include <stdio.h>

#include "net.h"
#include "state.h"

int net_words(const object_model *model)
{
    int count = 0;
    for (int k = 0; k < model->count; ++k) count += state_is_told(model, k);
    return count;
}

int net_word(const object_model *model, int input)
{
    int which = 0;
    while (!state_is_told(model, which) || input-- > 0) ++which;
    return which;
}

int net_is_control(const object_model *model, int which)
{
    return which < model->controls;
}

int net_is_banged(const object_model *model)
{
    return model->bang != NULL;
}

void net_initial(const object_model *model, double *values)
{
    object_initial(model, values);
    for (int k = 0; k < model->count; ++k) values[k] = (double)(float)values[k];
}

static int read_control(const word *w, double value, double *read)
{
    if (!(fabs(value) <= DBL_MAX)) return 0;
    const double low = w->is->low, high = w->is->high;
    *read = value > high ? high : value < low ? low : value;
    return 1;
}

int net_read(const object_model *model, double *values, int which, double value, char *text)
{
    const word *w = &model->words[which];
    const double high = w->is->high < 0x1p24 ? w->is->high : 0x1p24; /* inputs have 32 bits */
    char said[32];
    if (which < model->controls && read_control(w, value, &values[which])) return 1;
    snprintf(said, sizeof said, "%g", value);
    word_given given = {1, value, said};
    if (w->kind == WORD_CHOICE && value >= 0.0 && value <= high && value == (double)(int)value)
        given = (word_given){0, 0.0, w->choices[(int)value]};
    return word_read(w, high, &given, &values[which], text);
}

size_t net_core_bytes(const object_model *model, const double *values)
{
    return model->bytes(values);
}

void net_shape(const object_model *model, const double *values, char *text)
{
    model->shape(values, text);
}
