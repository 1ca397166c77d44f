/* The buffer in which a UGen shows its weights. */
#include "unit.h"

#include <stdio.h>

bool buffer_make(Network *unit)
{
    const size_t count = net_count(unit->n);
    void *memory = RTAlloc(unit->mWorld, shown_bytes(count));
    if (memory) unit->drawing = shown_init(memory, count);
    unit->unseen = NET_CHUNK;
    unit->told = -1.f;
    return memory != NULL;
}

void buffer_end(Network *unit)
{
    if (unit->drawing) RTFree(unit->mWorld, unit->drawing);
    unit->drawing = NULL;
}

SndBuf *buffer_find(const Network *unit, float number)
{
    const World *world = unit->mWorld;
    const Graph *graph = unit->mParent;
    if (!(number >= 0.f && number < 0x1p24f)) return NULL;
    const uint32 index = (uint32)number;
    if (index < world->mNumSndBufs) return world->mSndBufs + index;
    const uint32 local = index - world->mNumSndBufs;
    return local < (uint32)graph->localBufNum ? graph->mLocalSndBufs + local : NULL;
}

/* each new trouble once */
static void tell(Network *unit, float number, int frames)
{
    char text[WORD_TEXT_MAX];
    if (unit->told == number) return;
    unit->told = number;
    snprintf(text, sizeof text, "buffer %g has %d frames, needs %lu", (double)number, frames,
             (unsigned long)unit->drawing->count);
    say(unit, text);
}

/* A look passes over all weights, as learning a sample does, so there is one for each chunk, not
 * for each block: blocks may be single samples. */
void buffer_look(Network *unit, int samples)
{
    const bool soon = unit->unseen < NET_CHUNK;
    unit->unseen = soon ? unit->unseen + samples : samples;
    if (soon) return;
    const float number = IN0(unit->buffer);
    SndBuf *buffer = buffer_find(unit, number);
    if (!buffer || !buffer->data || (size_t)buffer->frames < unit->drawing->count) {
        tell(unit, number, buffer && buffer->data ? buffer->frames : 0);
        return;
    }
    unit->told = -1.f;
    LOCK_SNDBUF(buffer);
    shown_look(unit->drawing, unit->n, buffer->data, (size_t)buffer->channels,
               (size_t)buffer->samples);
}

void buffer_command(Network *unit, sc_msg_iter *args)
{
    char text[WORD_TEXT_MAX];
    const float number = (float)args->geti(-1);
    if (!unit->n) return;
    const size_t count = net_count(unit->n);
    SndBuf *buffer = buffer_find(unit, number);
    if (!buffer || !buffer->data || (size_t)buffer->frames < count) {
        snprintf(text, sizeof text, "weights: buffer %g has %d frames, needs %lu", (double)number,
                 buffer && buffer->data ? buffer->frames : 0, (unsigned long)count);
        say(unit, text);
        return;
    }
    double *weights = (double *)RTAlloc(unit->mWorld, count * sizeof *weights);
    if (!weights) {
        say(unit, "the server's memory is short for a copy, see ServerOptions.memSize");
        return;
    }
    {
        LOCK_SNDBUF(buffer);
        shown_write(weights, unit->n, buffer->data, (size_t)buffer->channels);
    }
    RTFree(unit->mWorld, weights);
}
