/* State files of a net, on the thread that may wait. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "net.h"
#include "state.h"

int net_write(const object_model *model, const double *values, void *core, double samplerate,
              const char *path, char *text)
{
    char why[FILE_WHY_MAX] = "no memory for its bytes";
    object_networks *nets = calloc(1, sizeof *nets + sizeof *nets->net);
    state s = {.model = model, .samplerate = samplerate, .channels = 1, .heard = 1, .net = nets};
    size_t size;
    unsigned char *bytes = NULL;
    memcpy(s.values, values, sizeof s.values);
    if (nets) {
        nets->count = 1;
        nets->net[0] = core;
        bytes = state_write(&s, &size);
    }
    const int wrong = !bytes || file_write(path, bytes, size, why);
    free(bytes);
    free(nets);
    if (wrong) snprintf(text, WORD_TEXT_MAX, "cannot write %.600s: %.300s", path, why);
    return wrong ? -1 : 0;
}

struct net_file {
    state state;
};

/* Structures are fixed, so the file's shape must be this one. */
net_file *net_open(const object_model *model, const double *values, const char *path, char *text)
{
    char why[DEFECT_MAX] = "no memory for it";
    net_file *file = calloc(1, sizeof *file);
    if (file && !state_read_file(&file->state, model, path, why) &&
        !state_fits(&file->state, values, why))
        return file;
    net_close(file);
    snprintf(text, WORD_TEXT_MAX, "cannot read %.500s: %.400s", path, why);
    return NULL;
}

void net_fill(const net_file *file, void *core, const double *values, double samplerate)
{
    const object_model *m = file->state.model;
    m->init(core, values, samplerate, (uint64_t)values[m->seed]);
    m->put(core, file->state.words, file->state.heard);
}

void net_take(net *n, const net_file *file)
{
    n->model->put(n->core, file->state.words, 0);
}

void net_close(net_file *file)
{
    if (file) state_free(&file->state);
    free(file);
}
