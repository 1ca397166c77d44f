/* [audio] What JACK asks for: its samples to the object, and the object's to its ports. */
#include <string.h>

#include "box.h"

/* how many ports bring the samples of an inlet */
static int ports_of(const box *x, int inlet)
{
    const int controls = x->object.model->inlets;
    return inlet < object_inlets(&x->object) - controls ? x->channels : 1;
}

static void part(box *x, int outs, size_t from, size_t n)
{
    object *o = &x->object;
    jack_default_audio_sample_t *const *heard = x->heard;
    for (int k = 0; k < object_inlets(o); heard += ports_of(x, k++))
        for (int c = 0; c < o->in[k].channels; ++c) {
            double *to = o->in[k].samples + (size_t)c * n;
            for (size_t i = 0; i < n; ++i) to[i] = (double)heard[c][from + i];
        }
    object_process(o, n);
    for (int j = 0; j < outs && j < o->rows; ++j) {
        const double *said = o->out + (size_t)j * n;
        jack_default_audio_sample_t *to = x->said[j] + from;
        for (size_t i = 0; i < n; ++i) to[i] = (jack_default_audio_sample_t)said[i];
    }
}

int box_process(jack_nframes_t frames, void *owner)
{
    box *x = owner;
    const int outs = atomic_load(&x->outs);
    const size_t n = frames;
    for (int k = 0; k < x->ins; ++k) x->heard[k] = jack_port_get_buffer(x->in[k], frames);
    for (int j = 0; j < outs; ++j) {
        x->said[j] = jack_port_get_buffer(x->out[j], frames);
        memset(x->said[j], 0, n * sizeof **x->said);
    }
    if (!handover_enter(&x->handover)) return 0;
    for (size_t done = 0; done < n; done += BOX_CHUNK)
        part(x, outs, done, n - done < BOX_CHUNK ? n - done : BOX_CHUNK);
    handover_leave(&x->handover);
    return 0;
}
