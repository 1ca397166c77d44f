/* The smallest host: what Python needs to drive an object through ctypes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drawn.h"
#include "handover.h"

typedef struct {
    object object;
    drawn drawn;
    handover handover;
    int later;      /* as if there were another thread: what it is told waits for the next block */
    double swapped; /* seconds that the last message took of the audio thread */
    char said[1 << 18];
} host;

static void note(host *h, const char *text)
{
    const size_t used = strlen(h->said);
    snprintf(h->said + used, sizeof h->said - used, "%s\n", text);
}

static void say(void *owner, object_level level, const char *text)
{
    char line[WORD_TEXT_MAX + 16];
    snprintf(line, sizeof line, "%s: %s", level == OBJECT_ERROR ? "error" : "warning", text);
    note(owner, line);
}

static void tell(void *owner, const char *name, size_t count, const double *numbers,
                 const char *symbol)
{
    char line[1 << 17];
    int used = snprintf(line, sizeof line, "%s", name ? name : "list");
    if (symbol) used += snprintf(line + used, sizeof line - (size_t)used, " %s", symbol);
    for (size_t i = 0; !symbol && i < count && used < (int)sizeof line - 32; ++i)
        used += snprintf(line + used, sizeof line - (size_t)used, " %.17g", numbers[i]);
    note(owner, line);
}

static const object_host this_host = {say, tell, NULL, WORD_INTEGER_MAX, '-'};

static void carry_out(host *h, object_task *task)
{
    if (h->later) {
        handover_give(&h->handover, task, 0);
        return;
    }
    h->swapped = 0.0;
    while (task) {
        const double begin = object_seconds();
        object_run(&h->object, task);
        h->swapped += object_seconds() - begin;
        task = object_end(&h->object, task);
    }
    object_collect(&h->object);
}

const object_model *host_model(int which)
{
    const object_model *models[] = {&object_autoregnn, &object_autoregnn2, &object_unlearn};
    return models[which];
}

/* the k-th word or, after the last, command: 0 if there is none */
int host_word(int model, int k, const char **name, const char **line, const char **unit,
              double *range, int *kind, int *effect)
{
    const object_model *m = host_model(model);
    if (k >= m->count + m->command_count) return 0;
    if (k >= m->count) {
        const command *c = &m->commands[k - m->count];
        *name = c->name;
        *line = c->line;
        *unit = c->takes;
        *kind = *effect = -1;
        return 1;
    }
    const word *w = &m->words[k];
    *name = w->is->name;
    *line = w->line;
    *unit = w->unit;
    range[0] = w->is->low;
    range[1] = w->is->high;
    range[2] = w->is->initial;
    *kind = w->kind;
    *effect = w->effect;
    return 1;
}

const char *host_choice(int model, int k, int choice)
{
    return host_model(model)->words[k].choices[choice];
}

/* the k-th argument of a box: NULL if there is none */
const char *host_argument(int model, int k)
{
    const object_model *m = host_model(model);
    return k < m->argument_count ? m->words[m->arguments[k]].is->name : NULL;
}

int host_inlets(int model)
{
    const object_model *m = host_model(model);
    return (m->sources ? m->sources : 1) + m->inlets;
}

/* .. of which so many are of controls, the first of its words */
int host_controls(int model)
{
    return host_model(model)->inlets;
}

/* signal outlets; 0: as many as are asked for */
int host_outs(int model)
{
    return host_model(model)->outs;
}

static word_given *split(char *text, word_given *given, int *count)
{
    *count = 0;
    for (char *word = strtok(text, " "); word && *count < 4096; word = strtok(NULL, " ")) {
        char *end;
        const double number = strtod(word, &end);
        given[(*count)++] = (word_given){*end == 0, number, word};
    }
    return given;
}

host *host_new(int model, const char *box, int channels, double samplerate)
{
    static word_given given[4096];
    char text[1 << 12];
    int count;
    host *h = calloc(1, sizeof *h);
    handover_init(&h->handover, &h->object);
    object_init(&h->object, host_model(model), &this_host, h, samplerate);
    snprintf(text, sizeof text, "%s", box);
    split(text, given, &count);
    object_box(&h->object, count, given, NULL);
    carry_out(h, object_channels(&h->object, channels));
    h->object.sounding = 1;
    return h;
}

void host_free(host *h)
{
    handover_free(&h->handover);
    drawn_free(&h->drawn);
    object_exit(&h->object);
    free(h);
}

double host_swapped(const host *h)
{
    return h->swapped;
}

static void send_file(host *h, const char *name, int count, const word_given *given)
{
    int weights = 0;
    const int reads = !strcmp(name, "read");
    const char *path = object_read_file(&h->object, name, count, given, reads ? &weights : NULL);
    if (path)
        carry_out(h,
                  reads ? object_load(&h->object, path, weights) : object_save(&h->object, path));
}

static void send_states(host *h, const char *name, int count, const word_given *given)
{
    object *o = &h->object;
    if (!strcmp(name, "write") || !strcmp(name, "read"))
        send_file(h, name, count, given);
    else if (!strcmp(name, "store"))
        carry_out(h, object_store(o, count, given));
    else if (!strcmp(name, "recall"))
        carry_out(h, object_recall(o, count, given));
    else if (!strcmp(name, "morph"))
        carry_out(h, object_morph(o, count, given));
    else if (!strcmp(name, "snapshots"))
        object_snapshots(o);
    else if (!strcmp(name, "forget"))
        object_forget(o, count, given);
}

/* what it learnt as a host keeps it with a patch: how many bytes */
size_t host_pack(host *h, unsigned char *bytes, size_t room)
{
    unsigned char *packed;
    size_t count = 0;
    carry_out(h, object_pack(&h->object, &packed, &count));
    if (packed && count <= room) memcpy(bytes, packed, count);
    free(packed);
    return packed ? count : 0;
}

void host_unpack(host *h, const unsigned char *bytes, size_t count)
{
    carry_out(h, object_unpack(&h->object, bytes, count));
}

/* a message: a word and what follows it */
void host_send(host *h, const char *message)
{
    static word_given given[4096];
    static char text[1 << 18];
    int count;
    snprintf(text, sizeof text, "%s", message);
    split(text, given, &count);
    const char *name = given[0].text;
    object *o = &h->object;
    const int which = word_find(o->model->words, o->model->count, name);
    if (which >= 0)
        carry_out(h, object_set(o, which, count - 1, given + 1));
    else if (!strcmp(name, "reset"))
        carry_out(h, object_reset(o));
    else if (!strcmp(name, "clear"))
        carry_out(h, object_clear(o));
    else if (!strcmp(name, "weights") && count > 1)
        carry_out(h, object_set_weights(o, count - 1, given + 1));
    else if (!strcmp(name, "weights"))
        carry_out(h, object_tell_weights(o));
    else if (!strcmp(name, "get"))
        object_get(o, count > 1 ? given + 1 : &WORD_NOTHING);
    else if (!strcmp(name, "dump"))
        object_dump(o);
    else if (!strcmp(name, "report"))
        carry_out(h, object_report(o, NULL));
    else
        send_states(h, name, count - 1, given + 1);
}

const char *host_said(host *h)
{
    static char said[sizeof h->said];
    memcpy(said, h->said, sizeof said);
    h->said[0] = 0;
    return said;
}

void host_sounding(host *h, int sounding)
{
    h->object.sounding = sounding;
}

void host_later(host *h)
{
    h->later = 1;
}

int host_look_around(host *h)
{
    return handover_look(&h->handover);
}

int host_layers(const host *h)
{
    return h->object.layered;
}

/* in: one row after the other, of each inlet as many as it has channels; out: (rows, n) */
int host_process(host *h, const int *channels, size_t n, const double *in, double *out)
{
    object *o = &h->object;
    object_task *form = object_open(o, channels, n, o->samplerate);
    if (!form) return -1;
    carry_out(h, form);
    carry_out(h, object_channels(o, o->wide));
    if (!handover_enter(&h->handover)) return -1;
    for (int k = 0; k < object_inlets(o); in += (size_t)channels[k++] * n)
        if (o->in[k].channels == channels[k])
            memcpy(o->in[k].samples, in, (size_t)channels[k] * n * sizeof *in);
    object_process(o, n);
    const int rows = object_outs(o) * o->wide;
    memset(out, 0, (size_t)rows * n * sizeof *out);
    if (o->rows == rows) memcpy(out, o->out, (size_t)rows * n * sizeof *out);
    handover_leave(&h->handover);
    return rows;
}

size_t host_weights(host *h, double *weights)
{
    if (weights) object_get_weights(&h->object, object_weights(&h->object), weights);
    return object_weights(&h->object);
}

/* as a host looks at an array */
void host_look(host *h, float *points, size_t count, int fresh, int met)
{
    const drawn_array array = {points, sizeof *points, count, 1};
    if (!met) drawn_meet(&h->drawn, &array);
    carry_out(h, drawn_look(&h->drawn, &h->object, &array, fresh));
    drawn_show(&h->drawn, &array);
}
