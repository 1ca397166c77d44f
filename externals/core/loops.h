/* The sample loops that dispatch.c chooses from: one set in plain C, "portable", and one for each
 * instruction set, which is one source compiled several times. */
#ifndef SPECML_LOOPS_H
#define SPECML_LOOPS_H

#include "autoregnn.h"
#include "autoregnn2.h"
#include "isa.h"
#include "unlearn.h"

#ifndef SPECML_ISA
#define SPECML_ISA baseline /* SSE2 on x86-64, NEON on arm64 */
#endif

#define ISA_JOIN(name, isa) name##_##isa
#define ISA_EXPAND(name, isa) ISA_JOIN(name, isa)
#define ISA(name) ISA_EXPAND(name, SPECML_ISA) /* of the set that this file is compiled for */

typedef int loops_probe(void);
typedef void loops_array(size_t, const double *, double *);
typedef void loops_autoregnn(const autoregnn_stream *, size_t, size_t);
typedef void loops_autoregnn2(autoregnn2 *, size_t, const double *, const double *,
                              const double *const *, double *, double *, double *);
typedef void loops_unlearn(unlearn *, size_t, const double *const *, const double *const *,
                           double *const *, int);

#ifndef _WIN32
#pragma GCC visibility push(hidden) /* no name for hosts */
#endif

#define LOOPS_DECLARE(isa)                                                                         \
    loops_probe isa_contracts_##isa;                                                               \
    loops_array elementary_tanh_array_##isa, elementary_cosine_array_##isa,                        \
        elementary_cosine_derivative_array_##isa;                                                  \
    loops_autoregnn autoregnn_process_many_##isa;                                                  \
    loops_autoregnn2 autoregnn2_process_##isa;                                                     \
    loops_unlearn unlearn_process_##isa;
LOOPS_DECLARE(portable)
LOOPS_DECLARE(baseline)
#ifdef SPECML_X86
LOOPS_DECLARE(avx2)
LOOPS_DECLARE(avx512)
#endif

#ifndef _WIN32
#pragma GCC visibility pop
#endif

#endif
