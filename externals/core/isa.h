/* What the core runs on: plain C, or the instruction set that dispatch.c chose at load. */
#ifndef SPECML_ISA_H
#define SPECML_ISA_H

#ifdef __cplusplus
extern "C" {
#endif

/* [any] The one that runs: "portable" (plain C), "baseline" (SSE2, NEON), "avx2" or "avx512";
 * "none" if the core refuses to run. At load it is the best that this processor has, or the one
 * that the environment variable SPECML_ISA names. */
const char *isa_name(void);
/* [message] 0, or -1 and nothing changed: this build or this processor does not have it, or it
 * would not say the promised bits. Not while anything is processed. */
int isa_select(const char *name);
/* [any] NULL, or why the core refuses to run: nothing can be made then, every size is 0. SPECML_ISA
 * names what is not here, or the compiler has fused multiplications with additions. */
const char *isa_refusal(void);

#ifdef __cplusplus
}
#endif

#endif
