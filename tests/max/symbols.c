/* Symbols and atoms. */
#include "stub.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SYMBOLS = 4000 };
static t_symbol *symbols[SYMBOLS];
static int symbol_count;
STUB_LOCK(names);

t_symbol *gensym(const char *name)
{
    stub_only(MAIN | SCHEDULER, "gensym");
    LOCK(names);
    int i = 0;
    while (i < symbol_count && strcmp(symbols[i]->s_name, name)) ++i;
    if (i == SYMBOLS) abort();
    if (i == symbol_count) {
        symbols[symbol_count++] = calloc(1, sizeof(t_symbol));
        symbols[i]->s_name = strdup(name);
    }
    UNLOCK(names);
    return symbols[i];
}

long atom_gettype(const t_atom *a)
{
    return a->a_type;
}

t_atom_long atom_getlong(const t_atom *a)
{
    if (a->a_type == A_FLOAT) return (t_atom_long)a->a_w.w_float;
    return a->a_type == A_LONG ? a->a_w.w_long : 0;
}

t_atom_float atom_getfloat(const t_atom *a)
{
    if (a->a_type == A_LONG) return (double)a->a_w.w_long;
    return a->a_type == A_FLOAT ? a->a_w.w_float : 0.0;
}

t_symbol *atom_getsym(const t_atom *a)
{
    return a->a_type == A_SYM ? a->a_w.w_sym : gensym("");
}

t_max_err atom_setlong(t_atom *a, t_atom_long value)
{
    *a = (t_atom){.a_type = A_LONG, .a_w.w_long = value};
    return MAX_ERR_NONE;
}

t_max_err atom_setfloat(t_atom *a, double value)
{
    *a = (t_atom){.a_type = A_FLOAT, .a_w.w_float = value};
    return MAX_ERR_NONE;
}

t_max_err atom_setsym(t_atom *a, t_symbol *value)
{
    *a = (t_atom){.a_type = A_SYM, .a_w.w_sym = value};
    return MAX_ERR_NONE;
}

t_max_err atom_alloc(long *count, t_atom **atoms, char *allocated)
{
    *allocated = !*count || !*atoms;
    if (*allocated) *atoms = calloc(1, sizeof **atoms);
    *count = 1;
    return MAX_ERR_NONE;
}

void stub_print_atoms(long count, const t_atom *atoms)
{
    for (; count > 0; --count, ++atoms) {
        if (atoms->a_type == A_SYM)
            fprintf(stderr, " %s", atoms->a_w.w_sym->s_name);
        else
            fprintf(stderr, " %.17g", atom_getfloat(atoms));
    }
    fprintf(stderr, "\n");
}

void stub_free_symbols(void)
{
    for (int i = 0; i < symbol_count; ++i) {
        free(symbols[i]->s_name);
        free(symbols[i]);
    }
}
