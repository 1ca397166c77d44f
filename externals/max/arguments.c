/* What a box is made of: attributes that the patcher has frozen or saved, which count as if they
 * had been typed into the box, and what was typed there, which comes after them. */
#include <stdio.h>
#include <stdlib.h>

#include "box.h"
#include "files.h"

static void set_name(t_atom *atom, const char *name)
{
    char text[100];
    snprintf(text, sizeof text, "%c%s", box_host.mark, name);
    atom_setsym(atom, gensym(text));
}

static long read_one(const t_dictionary *d, const char *name, t_atom *atoms)
{
    long count = 0;
    t_atom *values = NULL;
    if (dictionary_getatoms(d, gensym(name), &count, &values) || count != 1) return 0;
    if (atom_gettype(values) == A_SYM && !*atom_getsym(values)->s_name) return 0;
    set_name(&atoms[0], name);
    atoms[1] = values[0];
    return 2;
}

/* of the box that Max is making: returns how many atoms */
static long read_all(const object_model *m, const char *which, t_atom *atoms)
{
    const t_dictionary *patcher = (const t_dictionary *)gensym("#D")->s_thing;
    t_object *found = NULL;
    long count = 0;
    if (!patcher || dictionary_getdictionary(patcher, gensym(which), &found) || !found) return 0;
    const t_dictionary *d = (const t_dictionary *)found;
    for (int k = 0; k < m->count; ++k)
        if (k != m->multichannel) count += read_one(d, m->words[k].is->name, atoms + count);
    return count + read_one(d, "table", atoms + count);
}

box_names box_read(box *x, int multichannel, long argc, const t_atom *argv)
{
    enum { EACH = 2 * (WORDS_MAX + 1) };
    object *o = &x->object;
    const object_model *m = o->model;
    char other[100];
    long count = 0;
    t_atom *all = calloc(2 + 2 * EACH + (size_t)argc, sizeof *all);
    if (!all) return (box_names){NULL, NULL};
    if (multichannel) {
        set_name(&all[count++], m->words[m->multichannel].is->name);
        atom_setlong(&all[count++], 1);
    }
    count += read_all(m, "saved_object_attributes", all + count);
    count += read_all(m, "frozen_object_attributes", all + count);
    for (long i = 0; i < argc; ++i) all[count++] = argv[i];
    atoms given = atoms_given(count, all);
    snprintf(other, sizeof other, "[mc.%s~]", m->name);
    const object_names names = object_box(o, given.count, given.words, multichannel ? NULL : other);
    const box_names found = {names.table && *names.table ? gensym(names.table) : NULL,
                             names.file ? gensym(names.file) : NULL};
    atoms_free(&given);
    free(all);
    return found;
}

/* What is newer comes later: a file that the box names, then what the patcher has kept. */
void box_begin(box *x, const box_names *names)
{
    const object *o = &x->object;
    buffer_bind(&x->buffer, names->table);
    if (names->file) files_begin_with(x, names->file->s_name);
    keep_begin_with(x);
    for (int k = 0; k < o->model->count; ++k) atomic_store(&x->values[k], o->values[k]);
    box_wake(x);
}
