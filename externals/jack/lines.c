#include "lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 65536, LONGEST = 1 << 24 /* characters: a million weights */ };

word_given lines_word(const char *text)
{
    char *end;
    const double number = strtod(text, &end);
    const int is_number = *text && !*end && !text[strspn(text, "+-.0123456789eE")];
    return (word_given){is_number, is_number ? number : 0.0, text};
}

/* ---- what comes ---- */

/* what has been read makes room */
static void shift(lines *l)
{
    memmove(l->text, l->text + l->read, l->used - l->read);
    l->used -= l->read;
    l->read = 0;
}

static int make_room(lines *l)
{
    if (l->read) shift(l);
    if (l->room - l->used > PIECE) return 0;
    char *text = l->room < LONGEST ? realloc(l->text, 2 * l->room + 2 * PIECE) : NULL;
    if (!text) return -1;
    l->text = text;
    l->room = 2 * l->room + 2 * PIECE;
    return 0;
}

void lines_take(lines *l, int file)
{
    if (make_room(l)) {
        l->used = 0;
        l->too_long = 1;
    }
    const ssize_t n = l->room ? read(file, l->text + l->used, PIECE) : 0;
    if (n > 0)
        l->used += (size_t)n;
    else if (n == 0 || (errno != EINTR && errno != EAGAIN))
        l->ended = 1;
}

/* ---- what is read ---- */

/* the next line, which now ends in 0; NULL if it has not come whole */
static char *cut(lines *l)
{
    char *line = l->text ? l->text + l->read : NULL;
    const size_t left = l->used - l->read;
    char *end = left ? memchr(line, '\n', left) : NULL;
    if (!end && !(l->ended && left)) return NULL;
    if (!end) end = l->text + l->used++; /* the last one: room is left for this */
    *end = 0;
    l->read = (size_t)(end - l->text) + 1;
    return line;
}

static int make_room_for_words(lines *l, int count)
{
    if (count < l->words_room) return 0;
    word_given *words = realloc(l->words, 2 * ((size_t)count + 32) * sizeof *words);
    if (!words) return -1;
    l->words = words;
    l->words_room = 2 * (count + 32);
    return 0;
}

static int is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* A word ends where space begins, but for what stands behind a backslash, as in Pd. It is written
 * over itself; *at: behind it. */
static char *next_word(char **at)
{
    char *from = *at;
    while (is_space(*from)) ++from;
    char *word = from, *to = from;
    if (!*from) return NULL;
    while (*from && !is_space(*from)) {
        if (*from == '\\' && from[1]) ++from;
        *to++ = *from++;
    }
    *at = from + (*from != 0);
    *to = 0;
    return word;
}

int lines_next(lines *l)
{
    char *at = cut(l), *word;
    int count = 0;
    if (!at) return -1;
    if (l->too_long) { /* this is the rest of it */
        l->too_long = 0;
        return -2;
    }
    while ((word = next_word(&at))) {
        if (make_room_for_words(l, count)) return -2;
        l->words[count++] = lines_word(word);
    }
    return count;
}

void lines_free(lines *l)
{
    free(l->text);
    free(l->words);
}
