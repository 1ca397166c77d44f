#include "atoms.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef char number_text[32];

atoms atoms_given(long argc, const t_atom *argv)
{
    const size_t each = sizeof(word_given) + sizeof(number_text);
    atoms given = {0};
    if (argc > 0) given.words = calloc((size_t)argc, each);
    if (!given.words) return given;
    number_text *texts = (number_text *)(given.words + argc);
    for (; given.count < argc; ++given.count, ++argv) {
        word_given *word = &given.words[given.count];
        const long type = atom_gettype(argv);
        word->is_number = type == A_LONG || type == A_FLOAT;
        word->text = texts[given.count];
        if (type == A_SYM)
            word->text = atom_getsym(argv)->s_name;
        else if (type == A_LONG)
            word->number = (double)atom_getlong(argv);
        else if (type == A_FLOAT)
            word->number = atom_getfloat(argv);
        if (word->is_number)
            snprintf(texts[given.count], sizeof(number_text), "%g", word->number);
        else if (type != A_SYM)
            snprintf(texts[given.count], sizeof(number_text), "(an object)");
    }
    return given;
}

void atoms_free(atoms *given)
{
    free(given->words);
    *given = (atoms){0};
}

/* whole numbers are Max's ints */
static void set_number(t_atom *atom, double number)
{
    if (number == floor(number) && fabs(number) < 0x1p53)
        atom_setlong(atom, (t_atom_long)number);
    else
        atom_setfloat(atom, number);
}

int atoms_tell(t_outlet *outlet, const char *name, size_t count, const double *numbers,
               const char *symbol)
{
    if (count > SHRT_MAX) return -1;
    t_atom *list = calloc(count ? count : 1, sizeof *list);
    if (!list) return 0;
    if (symbol)
        atom_setsym(&list[0], gensym(symbol));
    else
        for (size_t i = 0; i < count; ++i) set_number(&list[i], numbers[i]);
    if (name)
        outlet_anything(outlet, gensym(name), (short)count, list);
    else
        outlet_list(outlet, NULL, (short)count, list);
    free(list);
    return 0;
}
