/* Drives objects of Max through a script on stdin:
 *
 *     driver FOLDER SUFFIX [threads]
 *
 * loads FOLDER/NAMESUFFIX for a box NAME and does, line after line:
 *
 *     new SLOT NAME ATOMS..       a box; `restore` the same, with what was frozen or saved last
 *     free SLOT
 *     cords SLOT N..              channels that come into each inlet, 0: no cord
 *     dsp RATE VECTOR             sound on, or anew; `redsp`: while the old chain plays on; `off`
 *     hear N                      N vectors, whose samples follow as bytes; what is said, to stdout
 *     noise N SEED                N vectors of noise and worse; what is said must be finite
 *     pass MS                     time without sound
 *     send SLOT WORD ATOMS..      on the main thread, `late` on the scheduler's
 *     into SLOT INLET WORD ATOMS..  through another inlet, `lateinto`
 *     buffer NAME FRAMES CHANNELS, release NAME, rename NAME OTHER, draw NAME INDEX NUMBERS..
 *     show NAME, ask SLOT ATTRIBUTE, facts NAME, assist SLOT, dblclick SLOT
 *     freeze SLOT ATTRIBUTES..    with their values; `save` with what its patcher would keep
 *     tear LENGTH [LETTER]        of the text that was kept: cut there, or another letter
 *     folder PATH                 the patcher's, then those of the search path
 *     choose PATH                 in the next dialog; without: cancelled
 *
 * A number with a point or an exponent is a float, another an int; '' is the empty symbol. With
 * `threads`, sound is computed and clocks and late messages run on threads of their own; there is
 * no `hear`. */
#include "driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

int threaded;

static const struct {
    const char *name;
    void (*act)(void);
} deeds[] = {
    {"new", deed_new},         {"restore", deed_restore},   {"free", deed_free},
    {"cords", deed_cords},     {"dsp", deed_dsp},           {"redsp", deed_redsp},
    {"off", deed_off},         {"hear", deed_hear},         {"noise", deed_noise},
    {"pass", deed_pass},       {"send", deed_send},         {"late", deed_late},
    {"into", deed_into},       {"lateinto", deed_lateinto}, {"buffer", deed_buffer},
    {"release", deed_release}, {"rename", deed_rename},     {"draw", deed_draw},
    {"show", deed_show},       {"ask", deed_ask},           {"facts", deed_facts},
    {"assist", deed_assist},   {"freeze", deed_freeze},     {"dblclick", deed_dblclick},
    {"save", deed_save},       {"tear", deed_tear},         {"folder", deed_folder},
    {"choose", deed_choose},
};

void act(char *text)
{
    begin_line(text);
    const char *name = next_word();
    const size_t count = sizeof deeds / sizeof *deeds;
    size_t k = 0;
    if (!name) return;
    while (k < count && strcmp(deeds[k].name, name)) ++k;
    if (k == count) exit(4);
    deeds[k].act();
    if (!stub_is_main()) return;
    stub_drain();
    if (stub_broken()) stub_compile_again(NULL);
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
#ifdef _WIN32
    _setmode(0, _O_BINARY), _setmode(1, _O_BINARY), _setmode(2, _O_BINARY);
    fputs("here\n", stderr); /* so that it is known whether Wine came so far */
#endif
    load_from(argv[1], argv[2]);
    threaded = argc > 3;
    stub_sleep_for_real(threaded);
    char *line = malloc(LINE);
#ifndef _WIN32
    if (threaded) act_in_threads(line);
#endif
    while (fgets(line, LINE, stdin)) act(line);
    free_boxes();
    deed_off();
    stub_release_all();
    stub_free_paths();
    stub_free_classes();
    stub_free_symbols();
    free(line);
    return sound_status();
}
