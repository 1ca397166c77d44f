/* The words of a line, and what they stand for. */
#include "driver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static EACH_THREAD char *rest; /* of the line that is being done */

void begin_line(char *text)
{
    rest = text;
}

char *next_word(void)
{
    while (*rest && strchr(" \n\r", *rest)) ++rest;
    char *word = rest;
    while (*rest && !strchr(" \n\r", *rest)) ++rest;
    if (*rest) *rest++ = 0;
    return *word ? word : NULL;
}

long next_long(void)
{
    const char *word = next_word();
    return word ? atol(word) : 0;
}

double next_double(void)
{
    const char *word = next_word();
    return word ? atof(word) : 0.0;
}

static void read_atom(const char *word, t_atom *atom)
{
    char *end;
    const double value = strtod(word, &end);
    if (*end || end == word)
        atom_setsym(atom, gensym(strcmp(word, "''") ? word : ""));
    else if (strspn(word, "-0123456789") == strlen(word) && fabs(value) < 0x1p62)
        atom_setlong(atom, (t_atom_long)value);
    else
        atom_setfloat(atom, value);
}

short read_atoms(t_atom *atoms)
{
    short count = 0;
    for (char *word = next_word(); word && count < ATOMS; word = next_word())
        read_atom(word, &atoms[count++]);
    return count;
}
