/* What reads a state file, for a fuzzer that is guided by coverage (libFuzzer): any bytes are
 * either refused with a reason, or a state that sounds, is written again, and read again is the
 * same.
 *
 * Built with FUZZ_REPLAY it reads the files that are named instead, and says for each and each
 * model what is wrong, or that it was read. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"
#include "state.h"
#include "utf8.h"

enum { BLOCK = 16, SOUNDS_MAX = 1 << 22 /* bytes of a network that is worth to sound */ };

static int said; /* errors */

static void note(const char *verdict)
{
#ifdef FUZZ_REPLAY
    puts(verdict);
#else
    (void)verdict;
#endif
}

static void say(void *owner, object_level level, const char *text)
{
    (void)owner;
    if (!*text || strlen(text) >= WORD_TEXT_MAX) abort();
    said += level == OBJECT_ERROR;
}

static void tell(void *owner, const char *name, size_t count, const double *numbers,
                 const char *symbol)
{
    (void)owner, (void)name, (void)count, (void)numbers, (void)symbol;
}

static const object_host host = {say, tell, NULL, WORD_INTEGER_MAX, '-'};

static void carry_out(object *o, object_task *task)
{
    while (task) {
        object_run(o, task);
        task = object_end(o, task);
    }
}

static unsigned char *pack(object *o, size_t *count)
{
    unsigned char *bytes = NULL;
    carry_out(o, object_pack(o, &bytes, count));
    return bytes;
}

static void sound(object *o)
{
    const int channels[OBJECT_INLETS_MAX] = {1, 1};
    carry_out(o, object_open(o, channels, BLOCK, 48000.0));
    if (!o->rows) return;
    for (int k = 0; k < object_inlets(o); ++k)
        for (int i = 0; i < o->in[k].channels * BLOCK; ++i) o->in[k].samples[i] = 0.5;
    for (int k = 0; k < 6; ++k) object_process(o, BLOCK);
    for (int i = 0; i < o->rows * BLOCK; ++i)
        if (!isfinite(o->out[i])) abort();
}

static void read_again(object *o)
{
    size_t count, other_count;
    unsigned char *bytes = pack(o, &count);
    if (!bytes) abort();
    carry_out(o, object_unpack(o, bytes, count));
    unsigned char *others = pack(o, &other_count);
    if (!others || count != other_count || memcmp(bytes, others, count)) abort();
    free(bytes);
    free(others);
}

static void try_model(const object_model *model, const unsigned char *bytes, size_t count)
{
    char defect[DEFECT_MAX] = "";
    source from = {NULL, bytes, count};
    state s;
    if (state_read(&s, model, &from, defect)) {
        if (!*defect || strlen(defect) >= DEFECT_MAX) abort();
        if (utf8_valid(defect, strlen(defect)) < strlen(defect) || strchr(defect, '\n')) abort();
        note(defect);
        return;
    }
    note("read");
    const int is_small = model->bytes(s.values) * (size_t)s.channels <= SOUNDS_MAX;
    state_free(&s);
    if (!is_small) return;
    object o;
    object_init(&o, model, &host, NULL, 48000.0);
    carry_out(&o, object_channels(&o, 1));
    said = 0;
    carry_out(&o, object_unpack(&o, bytes, count));
    if (said) abort();
    read_again(&o);
    sound(&o);
    object_exit(&o);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t count)
{
    try_model(&object_autoregnn, bytes, count);
    try_model(&object_autoregnn2, bytes, count);
    try_model(&object_unlearn, bytes, count);
    return 0;
}

#ifdef FUZZ_REPLAY
int main(int argc, char **argv)
{
    static unsigned char bytes[1 << 24];
    for (int k = 1; k < argc; ++k) {
        FILE *file = fopen(argv[k], "rb");
        if (!file) return 2;
        const size_t count = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        unsigned char *exact = malloc(count + !count); /* a byte further is no byte of it */
        memcpy(exact, bytes, count);
        LLVMFuzzerTestOneInput(exact, count);
        free(exact);
    }
    return 0;
}
#endif
