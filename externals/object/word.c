#include "word.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const word_given WORD_NOTHING = {0, 0.0, "nothing"};

int word_find(const word *words, int count, const char *name)
{
    for (int k = 0; k < count; ++k)
        if (!strcmp(words[k].is->name, name)) return k;
    return -1;
}

void word_append(char *text, const char *another)
{
    const size_t used = strlen(text);
    snprintf(text + used, WORD_TEXT_MAX - used, " %s", another);
}

void word_append_names(char *text, const word *words, int count)
{
    for (int k = 0; k < count; ++k) word_append(text, words[k].is->name);
}

static int read_choice(const word *w, const word_given *given, double *value)
{
    if (given->is_number) return 0;
    for (int k = 0; k <= (int)w->is->high; ++k)
        if (!strcmp(w->choices[k], given->text)) {
            *value = k;
            return 1;
        }
    return 0;
}

static int read_number(const word *w, double high, const word_given *given, double *value)
{
    if (!given->is_number || !(given->number >= w->is->low && given->number <= high)) return 0;
    if (w->kind != WORD_REAL && given->number != floor(given->number)) return 0;
    *value = given->number;
    return 1;
}

int word_read(const word *w, double high, const word_given *given, double *value, char *refusal)
{
    char accepted[WORD_TEXT_MAX] = "one of";
    if (w->kind == WORD_CHOICE ? read_choice(w, given, value) : read_number(w, high, given, value))
        return 1;
    if (w->kind == WORD_CHOICE)
        for (int k = 0; k <= (int)w->is->high; ++k) word_append(accepted, w->choices[k]);
    else
        snprintf(accepted, sizeof accepted, "%s within %.16g..%.16g",
                 w->kind == WORD_REAL ? "a number" : "an integer", w->is->low, high);
    snprintf(refusal, WORD_TEXT_MAX, "%s must be %.800s, not %.100s", w->is->name, accepted,
             given->text);
    return 0;
}
