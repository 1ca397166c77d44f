/* What the program says of itself; of the models what stands in their tables. */
#include <stdio.h>
#include <string.h>

#include "options.h"

static const char usage[] =
    "specml-jack MODEL [ARGUMENTS] [OPTIONS]: a model as a client of JACK\n"
    "\n"
    "MODEL is autoregnn, autoregnn2 or unlearn; specml-jack MODEL --help says what it may be "
    "told.\n"
    "\n"
    "  --NAME VALUE      a setting of the model; also --set NAME=VALUE, or -NAME VALUE as in a "
    "box\n"
    "                    of Pure Data, whose arguments may come first\n"
    "  --read FILE       begin with this state file; what it says goes before what is said here\n"
    "  --write FILE      write one at the end\n"
    "  --channels N      networks, each with ports of its own; of unlearn, external inputs\n"
    "  --name CLIENT     in JACK, at first that of the model\n"
    "  --connect         to the physical ports; otherwise nothing is connected\n"
    "  --until-eof       end where standard input ends; otherwise the sound goes on without it\n"
    "  --help\n"
    "\n"
    "Lines on standard input are messages, as boxes in Pure Data hear them; answers stand on\n"
    "standard output, errors on standard error. A backslash takes the next character as it is:\n"
    "write my\\ state.safetensors. `quit` ends, and SIGINT and SIGTERM do: 0 is returned; 1 if "
    "the\n"
    "server goes away or a file cannot be read or written; 2 if this line is not understood.\n"
    "\n"
    "Ports: in_1 .. and out_1 .., with error_1 .. where there are errors, or with --mc neuron_1 "
    "..;\n"
    "and one for each control, which moves it while something is connected to it. A control that\n"
    "has been disconnected hears silence for a block or two before its own value counts again.\n";

static void print_range(const word *w)
{
    char range[WORD_TEXT_MAX] = "";
    if (w->kind == WORD_CHOICE)
        for (int k = 0; k <= (int)w->is->high; ++k) word_append(range, w->choices[k]);
    else if (w->kind != WORD_SWITCH)
        snprintf(range, sizeof range, " %.16g..%.16g%s%s", w->is->low, w->is->high,
                 *w->unit ? " " : "", w->unit);
    printf("  --%-12s%s\n      %s\n", w->is->name, range, w->line);
}

static void print_model(const object_model *m)
{
    printf("specml-jack %s [", m->name);
    for (int k = 0; k < m->argument_count; ++k)
        printf("%s%s", k ? " " : "", m->words[m->arguments[k]].is->name);
    printf("] [OPTIONS]; for the program's own: specml-jack --help\n\n");
    for (int k = 0; k < m->count; ++k)
        if (k != m->fixed && k != m->kept) print_range(&m->words[k]);
    printf("\nThe same without -- are messages on standard input, and:\n\n");
    for (int k = 0; k < m->command_count; ++k) {
        const command *c = &m->commands[k];
        if (strcmp(c->name, "table")) printf("  %s %s\n      %s\n", c->name, c->takes, c->line);
    }
    printf("  quit\n      end.\n");
}

void help_print(const object_model *model)
{
    if (model)
        print_model(model);
    else
        fputs(usage, stdout);
}
