/* Ports: their names stay, whatever the object is told. */
#include <stdio.h>
#include <stdlib.h>

#include "box.h"

static jack_port_t *add(box *x, const char *name, unsigned long flags)
{
    jack_port_t *port = jack_port_register(x->client, name, JACK_DEFAULT_AUDIO_TYPE, flags, 0);
    if (!port) box_say("JACK gives no port %s", name);
    return port;
}

/* ---- what comes in ---- */

static int sources(const box *x)
{
    return object_inlets(&x->object) - x->object.model->inlets;
}

/* channel after channel of the first source, then of the second: their numbers are those of pairs
 */
static int add_ins(box *x)
{
    const object_model *m = x->object.model;
    char name[32];
    const int count = sources(x);
    for (int k = 0; k < x->ins; ++k) {
        const int control = k - count * x->channels, c = k % x->channels;
        const char *word = m->words[control < 0 ? 0 : control].is->name;
        snprintf(name, sizeof name, "in_%d", c * count + k / x->channels + 1);
        x->in[k] = add(x, control < 0 ? name : word, JackPortIsInput);
        if (!x->in[k]) return -1;
    }
    return 0;
}

/* ---- what goes out ---- */

static void name_out(const box *x, int row, char *name, size_t size)
{
    const object_model *m = x->object.model;
    const int j = row / x->channels, c = row % x->channels, first = m->outs - m->errors;
    const int mixed = m->multichannel < 0 || x->object.values[m->multichannel] == 0.0;
    if (!m->outs)
        snprintf(name, size, mixed ? "out_%d" : "neuron_%d", row + 1);
    else if (j < first)
        snprintf(name, size, "out_%d", c * first + j + 1);
    else
        snprintf(name, size, "error_%d", c * m->errors + j - first + 1);
}

static int rows(const box *x)
{
    return object_outs(&x->object) * (x->object.model->outs ? x->channels : 1);
}

/* as many as the object says; those beyond stay, and are silent */
static int add_outs(box *x)
{
    char name[32];
    for (int j = atomic_load(&x->outs); j < rows(x) && j < x->room; ++j) {
        name_out(x, j, name, sizeof name);
        x->out[j] = add(x, name, JackPortIsOutput);
        if (!x->out[j]) return -1;
        atomic_store(&x->outs, j + 1);
    }
    return 0;
}

int box_add_ports(box *x)
{
    x->ins = sources(x) * x->channels + x->object.model->inlets;
    x->room = rows(x) > OBJECT_SOURCES_MAX ? rows(x) : OBJECT_SOURCES_MAX;
    x->in = calloc((size_t)x->ins, sizeof *x->in);
    x->heard = calloc((size_t)x->ins, sizeof *x->heard);
    x->out = calloc((size_t)x->room, sizeof *x->out);
    x->said = calloc((size_t)x->room, sizeof *x->said);
    if (x->in && x->out && x->heard && x->said) return add_ins(x) || add_outs(x) ? -1 : 0;
    box_say("no memory for its ports");
    return -1;
}

/* ---- what is connected ---- */

void box_fit(box *x)
{
    object *o = &x->object;
    const int first = sources(x), signals = rows(x);
    const double rate = jack_get_sample_rate(x->client);
    int channels[OBJECT_INLETS_MAX], others = signals != x->opened || rate != o->samplerate;
    for (int k = 0; k < object_inlets(o); ++k) {
        const int port = first * x->channels + k - first;
        channels[k] = k < first ? x->channels : jack_port_connected(x->in[port]) > 0;
        others |= channels[k] != x->fed[k];
    }
    if (!others) return;
    object_task *form = object_open(o, channels, BOX_CHUNK, rate);
    if (!form) return;
    for (int k = 0; k < object_inlets(o); ++k) x->fed[k] = channels[k];
    x->opened = signals;
    if (x->active) add_outs(x);
    box_do(x, form);
    box_do(x, object_channels(o, o->wide));
}

/* signals in their order; a single one to both ears */
void box_connect(box *x)
{
    const unsigned long physical = JackPortIsPhysical;
    const char **ears = jack_get_ports(x->client, NULL, JACK_DEFAULT_AUDIO_TYPE,
                                       physical | JackPortIsInput),
               **microphones = jack_get_ports(x->client, NULL, JACK_DEFAULT_AUDIO_TYPE,
                                              physical | JackPortIsOutput);
    const object_model *m = x->object.model;
    const int says = m->outs ? (m->outs - m->errors) * x->channels : atomic_load(&x->outs);
    const int count = sources(x);
    if (!ears) box_say("there is nothing to hear it with: no physical port takes sound");
    for (int k = 0; ears && ears[k] && k < (says == 1 ? 2 : says); ++k)
        jack_connect(x->client, jack_port_name(x->out[says == 1 ? 0 : k]), ears[k]);
    for (int k = 0; microphones && microphones[k] && k < count * x->channels; ++k)
        jack_connect(x->client, microphones[k],
                     jack_port_name(x->in[k % count * x->channels + k / count]));
    jack_free(ears);
    jack_free(microphones);
}
