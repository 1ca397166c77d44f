/* Fake: what a server has around the plugin's UGens, on whatever threads. */
#ifndef SPECML_TESTS_SC_FAKE_H
#define SPECML_TESTS_SC_FAKE_H

#include <SC_PlugIn.h>

#include <vector>

enum { BLOCK = 64, INPUTS = 32, OUTPUTS = 4 };

/* ---- what a plugin defines ---- */

struct Definition {
    const char *name;
    size_t bytes;
    UnitCtorFunc make;
    UnitDtorFunc end;
    const char *names[8];
    UnitCmdFunc commands[8];
    int commanded;
};

/* false after an error; the table gets what every server does alike */
bool fake_load(const char *path, InterfaceTable *table);

/* ---- a UGen ---- */

struct Recipe {
    int definition, outs, inputs;
    float values[INPUTS]; /* below 0: a signal */
};
enum { WITH_BUFFER = 3, RECIPES = 6 };
extern const Recipe recipes[RECIPES]; /* all kinds; the last is large */

struct Player {
    const Definition *definition;
    std::vector<unsigned char> memory;
    std::vector<float> samples = std::vector<float>((INPUTS + OUTPUTS) * BLOCK);
    float *in[INPUTS], *out[OUTPUTS];
    Wire wires[INPUTS] = {}, *wired[INPUTS];
    Unit sources[INPUTS] = {}, *unit;
    Rate rate = {};
    Graph graph = {};

    Player(World *world, const Recipe &recipe);
    void make();
    void play();
    void end();
    void tell(const char *name, const std::vector<char> &message);
};

/* what follows the name of a command */
std::vector<char> message(const char *text, const char *more = nullptr);
std::vector<char> message(int number);

#endif
