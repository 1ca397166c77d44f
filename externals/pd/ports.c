#include "ports.h"

#include "multichannel.h"

int ports_open(ports *p, t_object *owner, t_signal **sp, int inlets, int outs)
{
    p->inlets = inlets;
    p->n = (size_t)sp[0]->s_n;
    size_t rows = (size_t)outs;
    for (int k = 0; k < inlets; ++k) {
        p->in[k].signal = sp[k]->s_vec;
        p->in[k].channels = multichannel_count(sp[k]);
        rows += (size_t)p->in[k].channels;
    }
    const size_t bytes = rows * p->n * sizeof(double);
    if (bytes > p->bytes) {
        ports_close(p);
        p->memory = getbytes(bytes);
        if (!p->memory) {
            pd_error(owner, "%s: no memory for blocks of %d samples",
                     class_getname(pd_class(&owner->ob_pd)), sp[0]->s_n);
            return -1;
        }
        p->bytes = bytes;
    }
    double *next = p->memory;
    for (int k = 0; k < inlets; ++k) {
        p->in[k].samples = next;
        next += (size_t)p->in[k].channels * p->n;
    }
    p->out = next;
    return 0;
}

void ports_close(ports *p)
{
    if (p->memory) freebytes(p->memory, p->bytes);
    p->memory = NULL;
    p->bytes = 0;
}

void ports_read(ports *p)
{
    for (int k = 0; k < p->inlets; ++k) {
        const port *in = &p->in[k];
        const size_t count = (size_t)in->channels * p->n;
        for (size_t i = 0; i < count; ++i) in->samples[i] = (double)in->signal[i];
    }
}

void ports_write(t_sample *signal, const double *samples, size_t n)
{
    for (size_t i = 0; i < n; ++i) signal[i] = (t_sample)samples[i];
}
