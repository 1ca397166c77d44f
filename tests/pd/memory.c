/* To be preloaded: a machine of so many bytes of memory as MEMORY in the environment says. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

long sysconf(int name)
{
    typedef long function(int);
    static function *next;
    if (!next) next = (function *)(void (*)(void))dlsym(RTLD_NEXT, "sysconf");
    const char *memory = getenv("MEMORY");
    if (name == _SC_PHYS_PAGES && memory) return atol(memory) / next(_SC_PAGE_SIZE);
    return next(name);
}
