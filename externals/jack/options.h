/* Options: what stands on the command line. */
#ifndef SPECML_JACK_OPTIONS_H
#define SPECML_JACK_OPTIONS_H

#include "object.h"

typedef struct {
    const object_model *model;
    const char *read, *write, *name; /* NULL: it was not said */
    int channels;                    /* 0: it was not said */
    int connect, until_eof, help;
    int count; /* of what is for the object, as a box has it */
    word_given *words;
    char *texts; /* those that were put together */
} options;

/* 0, or -1 after an error */
int options_read(options *o, int argc, char **argv);
void options_free(options *o);
const object_model *options_model(const char *name); /* NULL if there is none */

void help_print(const object_model *model); /* NULL: of all */

#endif
