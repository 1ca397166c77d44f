/* To load a library and find a function in it, on Windows too; and there to read and write bytes,
 * and to greet, so that it is known whether Wine came so far. */
#ifndef SPECML_TESTS_DLOPEN_H
#define SPECML_TESTS_DLOPEN_H

#ifdef _WIN32

#define WIN32_LEAN_AND_MEAN
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <windows.h>

#define RTLD_NOW 0
#define dlopen(path, flags) ((void)(flags), (void *)LoadLibraryA(path))
#define dlsym(file, name) ((void *)GetProcAddress((HMODULE)(file), name))
#define dlerror() "LoadLibrary"

static inline void greet(void)
{
    _setmode(0, _O_BINARY), _setmode(1, _O_BINARY), _setmode(2, _O_BINARY);
    fputs("here\n", stderr);
}

#else

#include <dlfcn.h>

#define greet() (void)0

#endif

#endif
