#include "unit.h"

#include "isa.h"

InterfaceTable *ft;

static const Kind kinds[] = {
    {"AutoRegNNFilter", &object_autoregnn, false},
    {"AutoRegNNFilter2", &object_autoregnn2, false},
    {"AutoRegNNFilterBuffer", &object_autoregnn, true},
    {"Unlearn", &object_unlearn, false},
};

/* the server hands a UGen no data of its class */
template <int kind> static void make(Network *unit)
{
    unit_make(unit, &kinds[kind]);
}

template <int kind> static void define()
{
    const char *name = kinds[kind].name;
    (*ft->fDefineUnit)(name, sizeof(Network), (UnitCtorFunc)make<kind>, (UnitDtorFunc)unit_end, 0);
    commands_define(name);
}

PluginLoad(specml)
{
    ft = inTable;
    const char *why = isa_refusal();
    if (why) {
        Print("specml refuses to run: %s\n", why);
        return;
    }
    define<0>();
    define<1>();
    define<2>();
    define<3>();
}
