#include "net.h"

#include <string.h>

#include "state.h"

/* ---- life ---- */

static size_t rows_of(const object_model *model, int sources, int outs)
{
    return (size_t)(sources + model->controls + outs);
}

size_t net_bytes(const object_model *model, int sources, int outs)
{
    const size_t rows = rows_of(model, sources, outs);
    return sizeof(net) + rows * NET_CHUNK * sizeof(double) +
           (rows + (size_t)model->controls) * sizeof(double *);
}

static void lay_out(net *n)
{
    const size_t rows = rows_of(n->model, n->sources, n->outs);
    double *samples = (double *)(n + 1);
    memset(samples, 0, rows * NET_CHUNK * sizeof *samples);
    n->heard = (double **)(samples + rows * NET_CHUNK);
    n->moved = n->heard + n->sources;
    n->said = n->moved + n->model->controls;
    n->moving = (const double **)(n->said + n->outs);
    for (size_t row = 0; row < rows; ++row) n->heard[row] = samples + row * NET_CHUNK;
    for (int k = 0; k < n->model->controls; ++k) n->moving[k] = NULL;
}

void net_draw(const object_model *model, void *core, const double *values, double samplerate)
{
    model->init(core, values, samplerate, (uint64_t)values[model->seed]);
    for (int k = 0; k < model->count; ++k) networks_heed(model, values, core, k);
}

int net_sources(const object_model *model, const void *core)
{
    return model->sources ? model->sources : model->sources_of(core);
}

int net_outs(const object_model *model, int outputs)
{
    return outputs < model->outs ? model->outs : outputs;
}

net *net_init(void *memory, void *core, const object_model *model, const double *values,
              int sources, int outs)
{
    net *n = memory;
    *n = (net){.model = model, .core = core, .sources = sources, .outs = outs, .hands = 1};
    memcpy(n->values, values, sizeof n->values);
    lay_out(n);
    return n;
}

/* ---- sound ---- */

void net_apply(net *n)
{
    for (int k = 0; k < n->model->count; ++k) networks_heed(n->model, n->values, n->core, k);
}

void net_hold(net *n, int which, double value, double samplerate)
{
    const object_model *m = n->model;
    const double before = n->values[which];
    char ignored[WORD_TEXT_MAX];
    if (value == before || m->words[which].effect == WORD_REBUILDS) return;
    if (!net_read(m, n->values, which, value, ignored) || n->values[which] == before) return;
    if (m->words[which].effect == WORD_REDRAWS)
        net_draw(m, n->core, n->values, samplerate);
    else
        networks_heed(m, n->values, n->core, which);
}

void net_bang(net *n)
{
    n->model->bang(n->core);
}

void net_process(net *n, size_t count)
{
    const object_model *m = n->model;
    const double *moving = n->moving[m->rate];
    if (n->values[m->learn] == 0.0) n->moving[m->rate] = NULL; /* it holds 0 */
    const object_voice voice = {n->core, (const double *const *)n->heard, n->moving, n->said,
                                n->outs};
    m->process(&voice, 1, count);
    n->moving[m->rate] = moving;
}

/* ---- weights ---- */

size_t net_count(const net *n)
{
    return n->model->count_weights(n->core);
}

void net_get_weights(const net *n, double *weights)
{
    n->model->get_weights(n->core, weights);
}

int net_set_weight(net *n, size_t index, double value)
{
    return n->model->set_weight(n->core, index, value);
}

void net_copy(const net *n, void *core)
{
    n->model->copy(core, n->core);
}
