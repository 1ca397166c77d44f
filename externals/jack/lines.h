/* Lines that come in pieces, and their words. */
#ifndef SPECML_JACK_LINES_H
#define SPECML_JACK_LINES_H

#include "word.h"

typedef struct {
    char *text; /* (used,) what has come and was not read */
    size_t used, room, read;
    int ended;         /* nothing else will come */
    int too_long;      /* a line was, and the rest of it is skipped */
    word_given *words; /* (words_room,) of the line that was read last */
    int words_room;
} lines;

/* Takes what has come, without waiting for more. */
void lines_take(lines *l, int file);
/* The words of the next line that has come whole: how many, 0 perhaps; or -1 if there is none yet,
 * -2 if memory does not hold it. They last until the next call. */
int lines_next(lines *l);
void lines_free(lines *l);

/* a word as a host is given it: text lasts as long as it is used */
word_given lines_word(const char *text);

#endif
