/* Instruction sets: each *_process.c is compiled once for each, and dispatch.c chooses at load. */
#ifndef SPECML_ISA_H
#define SPECML_ISA_H

#ifndef SPECML_ISA
#define SPECML_ISA baseline /* SSE2 on x86-64, NEON on arm64 */
#endif

#define ISA_JOIN(name, isa) name##_##isa
#define ISA_EXPAND(name, isa) ISA_JOIN(name, isa)
#define ISA(name) ISA_EXPAND(name, SPECML_ISA)

/* The one that runs: "baseline", "avx2" or "avx512". At load it is the best this processor has, or
 * the one that the environment variable SPECML_ISA names. */
const char *isa_name(void);
/* 0, or -1 and nothing changed if this build or this processor does not have it. */
int isa_select(const char *name);

#endif
