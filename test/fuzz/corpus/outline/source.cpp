#ifndef A_H
#define A_H
#include <ilbridge/export.h> // a comment
#include "b.h" /* another
one */
# include_next <c.h>
#if defined(X) && \
    __has_include("d.h")
#define EXPORT ILBRIDGE_EXPORT __attribute__((annotate("ilbridge.export")))
#define CAT(a, b) a##b
#elif Y > 2 || !defined Z
#include MACRO
#else
#undef X
#endif
#ifdef __cplusplus
import m;
#endif
#pragma once
EXPORT int f(const char *s = R"x(#include "no.h")x", char c = '"');
??=define T 1
%:define U 'a\''
#endif
