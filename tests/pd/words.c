/* The tables of words as text, a line each: what test_pd_reference.py compares help patches with.
 */
#include <stdio.h>

#include "object.h"

static const char *const kinds[] = {"real", "whole", "choice", "switch"};

static void tell_word(const object_model *m, const double *values, int which)
{
    const word *w = &m->words[which];
    printf("%s\t%s\t%s\t%s\t%.16g..%.16g", m->name, w->is->name, w->line, kinds[w->kind],
           w->is->low, w->is->high);
    if (w->unit[0]) printf(" %s", w->unit);
    if (w->kind == WORD_CHOICE) {
        printf("\t%s", w->choices[(int)values[which]]);
        for (int k = 0; k <= (int)w->is->high; ++k) printf("\t%s", w->choices[k]);
    } else {
        printf("\t%.16g", values[which]);
    }
    printf("\n");
}

static void tell_model(const object_model *m)
{
    double values[WORDS_MAX];
    object_initial(m, values);
    for (int k = 0; k < m->count; ++k) tell_word(m, values, k);
    for (int k = 0; k < m->command_count; ++k)
        printf("%s\t%s\t%s\tcommand\t%s\n", m->name, m->commands[k].name, m->commands[k].line,
               m->commands[k].takes);
    for (int k = 0; k < m->argument_count; ++k)
        printf("%s\t%s\t%d) %s\targument\n", m->name, m->words[m->arguments[k]].is->name, k + 1,
               m->words[m->arguments[k]].is->name);
}

int main(void)
{
    tell_model(&object_autoregnn);
    tell_model(&object_autoregnn2);
    tell_model(&object_unlearn);
    return 0;
}
