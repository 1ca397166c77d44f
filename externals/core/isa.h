/* Instruction sets: each *_process.c is compiled once for each, and dispatch.c chooses at load. */
#ifndef SPECML_ISA_H
#define SPECML_ISA_H

#ifndef SPECML_ISA
#define SPECML_ISA baseline /* SSE2 on x86-64, NEON on arm64 */
#endif

#define ISA_JOIN(name, isa) name##_##isa
#define ISA_EXPAND(name, isa) ISA_JOIN(name, isa)
#define ISA(name) ISA_EXPAND(name, SPECML_ISA)

/* The one that runs: "baseline", "avx2" or "avx512"; "none" if the core refuses to run. At load it
 * is the best that this processor has, or the one that the environment variable SPECML_ISA names.
 */
const char *isa_name(void);
/* 0, or -1 and nothing changed: this build or this processor does not have it, or it would not say
 * the promised bits. */
int isa_select(const char *name);
/* NULL, or why the core refuses to run: nothing can be made then, every size is 0. SPECML_ISA names
 * what is not here, or the compiler has fused multiplications with additions. */
const char *isa_refusal(void);

#endif
