/* What a box is made of: attributes that the patcher has saved, which refine a preset that stands
 * in the box, and are refined by all else that does. */
#include <stdio.h>
#include <stdlib.h>

#include "atoms.h"
#include "box.h"

static void set_name(t_atom *atom, const char *name)
{
    char text[100];
    snprintf(text, sizeof text, "%c%s", box_host.mark, name);
    atom_setsym(atom, gensym(text));
}

static long read_saved(const t_dictionary *saved, const char *name, t_atom *atoms)
{
    long count = 0;
    t_atom *values = NULL;
    if (dictionary_getatoms(saved, gensym(name), &count, &values) || count != 1) return 0;
    if (atom_gettype(values) == A_SYM && !*atom_getsym(values)->s_name) return 0;
    set_name(&atoms[0], name);
    atoms[1] = values[0];
    return 2;
}

/* as if they stood in the box: returns how many atoms */
static long read_all_saved(const object_model *m, t_atom *atoms)
{
    const t_dictionary *patcher = (const t_dictionary *)gensym("#D")->s_thing;
    t_object *found = NULL;
    long count = 0;
    if (!patcher || dictionary_getdictionary(patcher, gensym("saved_object_attributes"), &found))
        return 0;
    const t_dictionary *saved = (const t_dictionary *)found;
    for (int k = 0; k < m->count; ++k)
        if (attributes_is_saved(m, k))
            count += read_saved(saved, m->words[k].is->name, atoms + count);
    return count + read_saved(saved, "table", atoms + count);
}

/* returns the name that follows table, or NULL */
static t_symbol *read(object *o, long argc, const t_atom *argv, const char *without)
{
    atoms given = atoms_given(argc, argv);
    const char *table = object_box(o, given.count, given.words, without);
    t_symbol *name = table && *table ? gensym(table) : NULL;
    atoms_free(&given);
    return name;
}

t_symbol *box_read(box *x, int multichannel, long argc, const t_atom *argv)
{
    object *o = &x->object;
    const object_model *m = o->model;
    t_atom saved[2 * (WORDS_MAX + 2)];
    char other[100];
    long count = read_all_saved(m, saved);
    if (multichannel) {
        set_name(&saved[count++], m->words[m->multichannel].is->name);
        atom_setlong(&saved[count++], 1);
    }
    snprintf(other, sizeof other, "[mc.%s~]", m->name);
    t_symbol *before = read(o, count, saved, NULL);
    t_symbol *name = read(o, argc, argv, multichannel ? NULL : other);
    return name ? name : before;
}
