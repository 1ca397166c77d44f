/* A word: what a box may be told, whatever the host. Each model has one table of them, and the same
 * line stands in every host's reference. Texts of errors are made here, so that they are the same
 * everywhere. */
#ifndef SPECML_WORD_H
#define SPECML_WORD_H

#include "specml.h"

enum { WORDS_MAX = 32 /* of a model */, WORD_TEXT_MAX = 1000 /* characters of an error */ };
#define WORD_INTEGER_MAX 0x1p53 /* doubles name every integer up to here */

typedef enum { WORD_REAL, WORD_WHOLE, WORD_CHOICE, WORD_SWITCH } word_kind;

typedef enum {
    WORD_MOVES,    /* a control: it is so at once, and a signal may move it */
    WORD_REBUILDS, /* another shape: a new network, which keeps what it can */
    WORD_CHANGES,  /* another function: the same network goes on with it */
    WORD_AT_RESET, /* it counts from the next draw on */
    WORD_REDRAWS,  /* new weights at once */
    WORD_AT_ONCE,
    WORD_PRESETS, /* it sets other words, and has no value of its own */
    WORD_BOX_ONLY /* only where the box is made */
} word_effect;

typedef struct {
    const specml_control *is; /* name, range, initial value */
    word_kind kind;
    word_effect effect;
    const char *unit;           /* "" if it has none */
    const char *line;           /* what it does, for a reference */
    const char *const *choices; /* (high + 1,) the words for 0, 1, ..; only for WORD_CHOICE */
} word;

/* A message without a value of its own, or with a list. */
typedef struct {
    const char *name, *takes; /* what follows it, "" if nothing does */
    const char *line;
} command;

/* What a host was given: a number, or else a symbol; text says it as the host would. */
typedef struct {
    int is_number;
    double number;
    const char *text;
} word_given;
extern const word_given WORD_NOTHING;

/* [any] -1 if there is none */
int word_find(const word *words, int count, const char *name);
/* [any] 1 and the value, which is at most `high`; or 0 and in refusal, (WORD_TEXT_MAX,), what would
 * have been accepted */
int word_read(const word *w, double high, const word_given *given, double *value, char *refusal);
/* [any] text, (WORD_TEXT_MAX,), becomes text, a space and another, cut where it ends */
void word_append(char *text, const char *another);
void word_append_names(char *text, const word *words, int count); /* [any] of all of them */

#endif
