/* What the files of the models have in common: how a table is written, and functions of the core
 * under the types that an object knows. */
#ifndef SPECML_MODEL_H
#define SPECML_MODEL_H

#include <stdio.h>

#include "object.h"

#define IS(...) (&(const specml_control){__VA_ARGS__})
#define REAL(effect, unit, line) WORD_REAL, effect, unit, line, NULL
#define WHOLE(effect, unit, line) WORD_WHOLE, effect, unit, line, NULL
#define SWITCH(line) WORD_SWITCH, WORD_BOX_ONLY, "", line, NULL
#define CHOICE(effect, line, choices) WORD_CHOICE, effect, "", line, choices

/* the same in every model */
#define MODEL_SEED                                                                                 \
    {IS("seed", 0, WORD_INTEGER_MAX, 1), WHOLE(WORD_REDRAWS, "", "draws its weights at once.")}
#define MODEL_FADE                                                                                 \
    {IS("fade", 0, 10000, 10), REAL(WORD_AT_ONCE, "ms", "from one network to the next. 0: a cut.")}
#define MODEL_FIXED {IS("fixed", 0, 1, 0), SWITCH("leave the size of the array alone.")}
#define MODEL_KEEP {IS("keep", 0, 1, 0), SWITCH("save with the patch what was learnt.")}
#define MODEL_COMMANDS                                                                             \
    {"reset", "", "draw new weights from the seed, forget the sound."},                            \
        {"clear", "", "forget the sound, keep the weights."},                                      \
        {"weights", "[index, numbers]", "tell all weights, or set some, from an index on."},       \
        {"table", "[name]",                                                                        \
         "show the weights in this array, and take in what is drawn there. Without a name: let "   \
         "go "                                                                                     \
         "of it."},                                                                                \
        {"store", "name", "keep what was learnt, as a snapshot of this name."},                    \
        {"recall", "name [ms]",                                                                    \
         "let the weights glide to a snapshot; without ms as long as fade."},                      \
        {"morph", "a b x [ms]",                                                                    \
         "let them glide to what lies between two, x from 0 (a) to 1 (b)."},                       \
        {"snapshots", "", "tell the names of all snapshots."},                                     \
        {"forget", "name", "forget a snapshot."},                                                  \
        {"write", "file", "save everything in a state file."},                                     \
        {"read", "file [weights]", "go on from a state file, or take over its weights alone."},    \
        {"get", "name", "tell one setting."},                                                      \
        {"dump", "", "tell all settings, as messages that can be sent back."},                     \
    {                                                                                              \
        "report", "", "tell everything."                                                           \
    }

#define MODEL_FUNCTIONS(model)                                                                     \
    static void copy(void *to, const void *from)                                                   \
    {                                                                                              \
        model##_copy(to, from);                                                                    \
    }                                                                                              \
    static void keep(void *to, const void *from)                                                   \
    {                                                                                              \
        model##_keep(to, from);                                                                    \
    }                                                                                              \
    static void clear(void *net)                                                                   \
    {                                                                                              \
        model##_clear(net);                                                                        \
    }                                                                                              \
    static size_t count_weights(const void *net)                                                   \
    {                                                                                              \
        return model##_count(net);                                                                 \
    }                                                                                              \
    static double now(const void *net, int control)                                                \
    {                                                                                              \
        return model##_now(net, control);                                                          \
    }                                                                                              \
    static uint64_t clipped(const void *net)                                                       \
    {                                                                                              \
        return model##_clipped(net);                                                               \
    }

#endif
