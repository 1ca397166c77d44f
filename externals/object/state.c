/* States as they are written; state_read.c reads them. */
#include "state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

void state_prefix(char *prefix, const char *first, int channel)
{
    if (channel)
        snprintf(prefix, PREFIX_MAX, "%.40schannel%d.", first, channel + 1);
    else
        snprintf(prefix, PREFIX_MAX, "%.40s", first);
}

int state_is_told(const object_model *m, int which)
{
    const word_effect effect = m->words[which].effect;
    return effect != WORD_PRESETS && effect != WORD_BOX_ONLY && which != m->fade;
}

void state_free(state *s)
{
    snapshots_free(&s->snapshots);
    free(s->words);
    free(s->target);
    *s = (state){0};
}

/* ---- header ---- */

static void write_number(header *h, const char *key, double number)
{
    char text[NUMBER_TEXT];
    number_write(number, text);
    header_fact(h, key, text);
}

static void write_settings(header *h, const state *s)
{
    const object_model *m = s->model;
    for (int k = 0; k < m->count; ++k) {
        const word *w = &m->words[k];
        const double high = m->high(s->values, k), value = s->values[k];
        if (!state_is_told(m, k)) continue;
        if (w->kind == WORD_CHOICE)
            header_fact(h, w->is->name, w->choices[(int)value]);
        else
            write_number(h, w->is->name, value > high ? high : value);
    }
    if (m->set_samplerate) write_number(h, "samplerate", s->samplerate);
}

/* 1 if the file has it */
static int has(const state *s, const snapshot *snapshot)
{
    return state_same_shape(s->model, s->values, snapshot->values);
}

static void write_facts(header *h, const state *s)
{
    char key[32], glide[64];
    int number = 0;
    header_fact(h, "format", "specml 1");
    header_fact(h, "model", s->model->name);
    header_fact(h, "version", SPECML_VERSION);
    write_number(h, "channels", s->channels);
    write_settings(h, s);
    for (int k = 0; k < s->snapshots.count; ++k) {
        if (!has(s, s->snapshots.list[k])) continue;
        snprintf(key, sizeof key, "snapshot%d", ++number);
        header_fact(h, key, s->snapshots.list[k]->name);
    }
    if (!s->target) return;
    snprintf(glide, sizeof glide, "%" PRIu64 " %" PRIu64, s->steps, s->wait);
    header_fact(h, "glide", glide);
}

/* the tensors of so many channels, their first ones */
static void write_names(header *h, const tensors *t, int count, const char *first, int channels)
{
    char prefix[PREFIX_MAX], name[PREFIX_MAX + TENSOR_NAME_MAX];
    for (int c = 0; c < channels; ++c) {
        state_prefix(prefix, first, c);
        for (int k = 0; k < count; ++k) {
            const tensor *named = &t->list[k];
            snprintf(name, sizeof name, "%s%s", prefix, named->name);
            header_tensor(h, name, named->type, named->rank, named->shape);
        }
    }
}

static void write_tensors(header *h, const state *s, const tensors *t)
{
    char prefix[PREFIX_MAX];
    int number = 0;
    write_names(h, t, s->heard ? t->count : t->learnt, "", s->channels);
    for (int k = 0; k < s->snapshots.count; ++k) {
        if (!has(s, s->snapshots.list[k])) continue;
        snprintf(prefix, sizeof prefix, "snapshot%d.", ++number);
        write_names(h, t, t->learnt, prefix, s->snapshots.list[k]->channels);
    }
    if (s->target) write_names(h, t, t->learnt, "glide.", s->channels);
}

/* ---- data ---- */

static unsigned char *write_words(unsigned char *to, const double *words, size_t count)
{
    memcpy(to, words, count * sizeof *words);
    return to + count * sizeof *words;
}

/* The data begin at a multiple of 8, so networks write their words where they belong. */
static void write_data(unsigned char *to, const state *s, const tensors *t)
{
    const size_t words = s->heard ? t->words : t->learnt_words;
    for (int c = 0; c < s->channels; ++c) {
        s->model->take(s->net->net[c], (double *)(void *)to, s->heard);
        to += words * sizeof(double);
    }
    for (int k = 0; k < s->snapshots.count; ++k) {
        const snapshot *kept = s->snapshots.list[k];
        if (has(s, kept))
            to = write_words(to, kept->words, t->learnt_words * (size_t)kept->channels);
    }
    if (s->target) write_words(to, s->target, t->learnt_words * (size_t)s->channels);
}

unsigned char *state_write(const state *s, size_t *size)
{
    header h = {0};
    tensors t = {0};
    unsigned char *data;
    s->model->tensors(s->values, &t);
    write_facts(&h, s);
    write_tensors(&h, s, &t);
    unsigned char *file = header_close(&h, size, &data);
    if (file) write_data(data, s, &t);
    free(h.text);
    return file;
}
