#include "settings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 1000 /* characters of an error */ };

void settings_from_controls(setting *table, const specml_control *controls, int count)
{
    for (int k = 0; k < count; ++k)
        table[k] = (setting){.name = controls[k].name,
                             .kind = SETTING_REAL,
                             .low = controls[k].low,
                             .high = controls[k].high,
                             .initial = controls[k].initial};
}

void settings_initial(double *values, const setting *table, int count)
{
    for (int k = 0; k < count; ++k) values[k] = table[k].initial;
}

int settings_find(const setting *table, int count, const char *name)
{
    for (int k = 0; k < count; ++k)
        if (!strcmp(table[k].name, name)) return k;
    return -1;
}

/* text = text, a space and word, cut where the text ends */
static void append(char *text, const char *word)
{
    const size_t used = strlen(text);
    snprintf(text + used, TEXT_MAX - used, " %s", word);
}

static const char *name_of(const t_object *owner)
{
    return class_getname(pd_class(&owner->ob_pd));
}

/* says what the setting accepts, and what it was given */
static void refuse(t_object *owner, const setting *s, int argc, const t_atom *argv)
{
    char given[MAXPDSTRING] = "nothing", accepted[TEXT_MAX] = "one of";
    if (argc) atom_string(argv, given, sizeof given);
    if (s->kind == SETTING_CHOICE)
        for (int k = 0; k <= (int)s->high; ++k) append(accepted, s->choices[k]);
    else
        snprintf(accepted, sizeof accepted, "%s within %.16g..%.16g",
                 s->kind == SETTING_WHOLE ? "an integer" : "a number", s->low, s->high);
    pd_error(owner, "%s: %s must be %s, not %s", name_of(owner), s->name, accepted, given);
}

static int read_choice(const setting *s, const t_atom *atom, double *value)
{
    if (atom->a_type != A_SYMBOL) return 0;
    for (int k = 0; k <= (int)s->high; ++k)
        if (!strcmp(s->choices[k], atom->a_w.w_symbol->s_name)) {
            *value = k;
            return 1;
        }
    return 0;
}

static int read_number(const setting *s, const t_atom *atom, double *value)
{
    if (atom->a_type != A_FLOAT) return 0;
    const double given = (double)atom->a_w.w_float;
    if (!(given >= s->low && given <= s->high)) return 0;
    if (s->kind == SETTING_WHOLE && given != floor(given)) return 0;
    *value = given;
    return 1;
}

int settings_read(t_object *owner, const setting *s, int argc, const t_atom *argv, double *value)
{
    const int read = argc > 0 && (s->kind == SETTING_CHOICE ? read_choice(s, argv, value)
                                                            : read_number(s, argv, value));
    if (!read) refuse(owner, s, argc, argv);
    return read;
}

t_symbol *settings_read_table(t_object *owner, int argc, const t_atom *argv)
{
    char given[MAXPDSTRING] = "nothing";
    if (argc > 0 && argv->a_type == A_SYMBOL) return argv->a_w.w_symbol;
    if (argc > 0) atom_string(argv, given, sizeof given);
    pd_error(owner, "%s: table must be the name of an array, not %s", name_of(owner), given);
    return NULL;
}

static int is_flag(const t_atom *atom)
{
    return atom->a_type == A_SYMBOL && atom->a_w.w_symbol->s_name[0] == '-';
}

/* how many atoms the flag took */
static int read_flag(settings_box *box, int argc, const t_atom *argv)
{
    const char *name = argv->a_w.w_symbol->s_name + 1;
    const int which = settings_find(box->table, box->count, name);
    const int follows = argc > 1 && !is_flag(argv + 1); /* a value */
    if (!strcmp(name, "table")) {
        t_symbol *bound = settings_read_table(box->owner, follows, argv + 1);
        if (bound) box->bound = bound;
    } else if (which < 0) {
        char flags[TEXT_MAX] = "";
        for (int k = 0; k < box->count; ++k) append(flags, box->table[k].name);
        pd_error(box->owner, "%s: there is no flag -%s; flags are, with a dash:%s table",
                 name_of(box->owner), name, flags);
    } else if (box->table[which].kind == SETTING_SWITCH) {
        box->values[which] = 1;
        return 1;
    } else
        settings_read(box->owner, &box->table[which], follows, argv + 1, &box->values[which]);
    return 1 + follows;
}

static void read_argument(settings_box *box, int position, const t_atom *atom)
{
    if (position < box->arguments) {
        const int which = box->positions[position];
        settings_read(box->owner, &box->table[which], 1, atom, &box->values[which]);
        return;
    }
    char given[MAXPDSTRING], names[TEXT_MAX] = "";
    atom_string(atom, given, sizeof given);
    for (int k = 0; k < box->arguments; ++k) append(names, box->table[box->positions[k]].name);
    pd_error(box->owner, "%s: argument %d, %s, is one too many; arguments are%s",
             name_of(box->owner), position + 1, given, names);
}

void settings_read_box(settings_box *box, int argc, const t_atom *argv)
{
    int position = 0;
    while (argc > 0) {
        int taken = 1;
        if (is_flag(argv))
            taken = read_flag(box, argc, argv);
        else
            read_argument(box, position++, argv);
        argc -= taken;
        argv += taken;
    }
}
