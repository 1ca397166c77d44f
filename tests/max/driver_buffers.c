/* buffer~ objects: made, released, drawn in, shown. */
#include "driver.h"

#include <stdio.h>
#include <stdlib.h>

void deed_buffer(void)
{
    const char *name = next_word();
    const long frames = next_long(), channels = next_long();
    stub_buffer(name, frames, channels > 0 ? channels : 1);
}

void deed_rename(void)
{
    const char *name = next_word(), *other = next_word();
    stub_rename(name, other);
}

void deed_release(void)
{
    stub_release(next_word());
}

void deed_draw(void)
{
    const char *name = next_word();
    long index = next_long(), count = 0;
    float *samples = stub_samples(name, &count, NULL);
    for (char *word = next_word(); samples && word; word = next_word(), ++index)
        if (index >= 0 && index < count) samples[index] = (float)atof(word);
    stub_modified(name);
}

void deed_show(void)
{
    const char *name = next_word();
    long count = 0;
    int dirty = 0;
    const float *samples = stub_samples(name, &count, &dirty);
    fprintf(stderr, "%s: %d", name, dirty);
    for (long i = 0; samples && i < count; ++i) fprintf(stderr, " %.9g", (double)samples[i]);
    fprintf(stderr, "\n");
}
