#include "atoms.h"

#include <string.h>

typedef char number_text[32];

atoms atoms_given(int argc, const t_atom *argv)
{
    const size_t each = sizeof(word_given) + sizeof(number_text);
    atoms given = {.bytes = (size_t)argc * each};
    if (argc) given.words = getbytes(given.bytes);
    if (!given.words) return (atoms){0};
    number_text *texts = (number_text *)(given.words + argc);
    for (given.count = 0; given.count < argc; ++given.count, ++argv) {
        word_given *word = &given.words[given.count];
        word->is_number = argv->a_type == A_FLOAT;
        word->text = texts[given.count];
        if (word->is_number) word->number = (double)argv->a_w.w_float;
        if (argv->a_type == A_SYMBOL)
            word->text = argv->a_w.w_symbol->s_name;
        else
            atom_string(argv, texts[given.count], sizeof(number_text));
    }
    return given;
}

void atoms_free(atoms *given)
{
    if (given->words) freebytes(given->words, given->bytes);
}

void atoms_tell(t_outlet *outlet, const char *name, size_t count, const double *numbers,
                const char *symbol)
{
    t_atom few[2], *list = count <= 2 ? few : getbytes(count * sizeof *list);
    if (!list) return;
    if (symbol)
        SETSYMBOL(&list[0], gensym(symbol));
    else
        for (size_t i = 0; i < count; ++i) SETFLOAT(&list[i], (t_float)numbers[i]);
    if (name)
        outlet_anything(outlet, gensym(name), (int)count, list);
    else
        outlet_list(outlet, gensym("list"), (int)count, list);
    if (list != few) freebytes(list, count * sizeof *list);
}
