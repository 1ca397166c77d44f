#include "unit.h"

#include <stdio.h>

static bool is_signal(const Network *unit, int input)
{
    return INRATE(input) == calc_FullRate;
}

/* ---- sound ---- */

static void hear(const Network *unit, int input, double *samples, int from, int count)
{
    const float *in = IN(input);
    const bool moves = is_signal(unit, input);
    for (int i = 0; i < count; ++i) samples[i] = (double)in[moves ? from + i : 0];
}

static void play(Network *unit, int from, int count)
{
    net *n = unit->n;
    for (int k = 0; k < n->sources && unit->signals + k < (int)unit->mNumInputs; ++k)
        hear(unit, unit->signals + k, n->heard[k], from, count);
    for (int i = 0; i < unit->words; ++i) {
        const int which = net_word(unit->kind->model, i);
        if (!net_is_control(unit->kind->model, which) || !is_signal(unit, i)) continue;
        n->moving[which] = n->moved[which];
        hear(unit, i, n->moved[which], from, count);
    }
    net_process(n, (size_t)count);
    for (int j = 0; j < (int)unit->mNumOutputs; ++j)
        for (int i = 0; i < count; ++i) OUT(j)[from + i] = (float)n->said[j][i];
}

/* how many samples come before the next push, at most a chunk; a push at the first is heard now */
static int before_push(Network *unit, int from, int count)
{
    if (count > NET_CHUNK) count = NET_CHUNK;
    if (unit->trigger < 0) return count;
    const float *in = IN(unit->trigger);
    for (int i = 0; i < count; ++i) {
        const float now = in[is_signal(unit, unit->trigger) ? from + i : 0];
        const bool pushes = now > 0.f && unit->pushed <= 0.f;
        if (pushes && i) return i;
        if (pushes) net_bang(unit->n);
        unit->pushed = now;
    }
    return count;
}

static void next(Network *unit, int samples)
{
    for (int i = 0; i < unit->words; ++i) {
        const int which = net_word(unit->kind->model, i);
        if (!net_is_control(unit->kind->model, which) || !is_signal(unit, i))
            net_hold(unit->n, which, (double)IN0(i), SAMPLERATE);
    }
    if (unit->drawing) buffer_look(unit, samples);
    for (int done = 0; done < samples;) {
        const int count = before_push(unit, done, samples - done);
        play(unit, done, count);
        done += count;
    }
}

/* ---- life ---- */

/* A control that a signal moves has not heard it yet. */
static void read_words(Network *unit, double *values)
{
    const object_model *model = unit->kind->model;
    char text[WORD_TEXT_MAX];
    net_initial(model, values);
    for (int i = 0; i < unit->words; ++i) {
        const int which = net_word(model, i);
        if (net_is_control(model, which) && is_signal(unit, i)) continue;
        if (!net_read(model, values, which, (double)IN0(i), text)) say(unit, text);
    }
}

/* its memory and its draw: false if memory is short */
static bool draw(Network *unit, const double *values)
{
    const object_model *model = unit->kind->model;
    void *core = RTAlloc(unit->mWorld, net_core_bytes(model, values));
    if (!core) return false;
    net_draw(model, core, values, SAMPLERATE);
    const int sources = net_sources(model, core), outs = net_outs(model, (int)unit->mNumOutputs);
    void *memory = RTAlloc(unit->mWorld, net_bytes(model, sources, outs));
    if (!memory) {
        RTFree(unit->mWorld, core);
        return false;
    }
    unit->n = net_init(memory, core, model, values, sources, outs);
    unit->n->unit = unit;
    return !unit->kind->has_buffer || buffer_make(unit);
}

static void say_short(Network *unit, const double *values)
{
    char shape[WORD_TEXT_MAX], text[WORD_TEXT_MAX];
    net_shape(unit->kind->model, values, shape);
    snprintf(text, sizeof text,
             "silent: the server's memory is short for %.600s, which needs at least %.0f kB, see "
             "ServerOptions.memSize",
             shape, (double)net_core_bytes(unit->kind->model, values) / 1024.0);
    say(unit, text);
}

void unit_make(Network *unit, const Kind *kind)
{
    double values[WORDS_MAX];
    unit->n = NULL;
    unit->drawing = NULL;
    unit->kind = kind;
    unit->words = net_words(kind->model);
    unit->signals = unit->words;
    unit->trigger = net_is_banged(kind->model) ? unit->signals++ : -1;
    unit->buffer = kind->has_buffer ? unit->signals++ : -1;
    unit->pushed = 0.f;
    ClearUnitOutputs(unit, 1); /* nothing is processed yet */
    SETCALC(ClearUnitOutputs);
    read_words(unit, values);
    if (draw(unit, values))
        SETCALC(next);
    else {
        unit_end(unit);
        say_short(unit, values);
    }
}

void unit_release(World *world, net *n)
{
    if (--n->hands) return;
    RTFree(world, n->core);
    RTFree(world, n);
}

void unit_end(Network *unit)
{
    buffer_end(unit);
    if (!unit->n) return;
    unit->n->unit = NULL;
    unit_release(unit->mWorld, unit->n);
    unit->n = NULL;
}
