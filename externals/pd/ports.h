/* Ports: an object's signals as doubles. Pd lets outputs lie in the memory of inputs, also of other
 * inlets, so all inlets are copied before anything is written. The only arithmetic on samples is
 * the conversion of their type. */
#ifndef SPECML_PD_PORTS_H
#define SPECML_PD_PORTS_H

#include <m_pd.h>

enum { PORTS_MAX = 9 /* signal inlets */ };

typedef struct {
    const t_sample *signal; /* (channels, n) of Pd */
    int channels;
    double *samples; /* (channels, n) */
} port;

typedef struct {
    int inlets;
    port in[PORTS_MAX];
    size_t n;    /* samples in a block */
    double *out; /* (outs, n) scratch for a model's outputs */
    double *memory;
    size_t bytes;
} ports;

/* In the dsp method, before outputs are made: 0, or -1 after an error if memory is short. */
int ports_open(ports *p, t_object *owner, t_signal **sp, int inlets, int outs);
void ports_close(ports *p);

/* In perform. */
void ports_read(ports *p);
void ports_write(t_sample *signal, const double *samples, size_t n);

/* (n,) one channel of an inlet; one with fewer channels begins again */
static inline const double *ports_channel(const ports *p, int inlet, int channel)
{
    const port *in = &p->in[inlet];
    return in->samples + (size_t)(channel % in->channels) * p->n;
}

#endif
