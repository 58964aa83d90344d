/*===- ilbridge/import_table.h - Functions by library and name -----*- C -*-===
 *
 * Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 *===----------------------------------------------------------------------===
 *
 * The types of the tables that the `table` backend generates, and functions
 * with which a runtime's resolver searches them: mono_dl_fallback_register,
 * CoreCLR's P/Invoke override, or HybridCLR on systems that cannot look up
 * native functions by name. docs/table.md shows each.
 *
 * The tables are constant data, so they require no initialization and no
 * static constructors.
 *
 *===----------------------------------------------------------------------===*/

#ifndef ILBRIDGE_IMPORT_TABLE_H
#define ILBRIDGE_IMPORT_TABLE_H

#include <stddef.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*ilbridge_function)(void);

/* A P/Invoke: [DllImport(library, EntryPoint = entry_point)]. */
typedef struct ilbridge_import {
  const char *library;
  const char *entry_point;
  ilbridge_function function;
} ilbridge_import;

/* An internal call: "Ns.Type::Method". */
typedef struct ilbridge_internal_call {
  const char *name;
  ilbridge_function function;
} ilbridge_internal_call;

typedef struct ilbridge_import_table {
  const ilbridge_import *imports; /* sorted by library and entry point */
  size_t import_count;
  const ilbridge_internal_call *internal_calls; /* sorted by name */
  size_t internal_call_count;
} ilbridge_import_table;

/* Returns the function of an import with this library and entry point; null if
 * the table has none. Takes logarithmic time. */
static inline ilbridge_function
ilbridge_find_import(const ilbridge_import_table *table, const char *library,
                     const char *entry_point) {
  size_t begin = 0;
  size_t end = table->import_count;
  while (begin < end) {
    size_t middle = begin + (end - begin) / 2;
    const ilbridge_import *import = &table->imports[middle];
    int order = strcmp(library, import->library);
    if (order == 0)
      order = strcmp(entry_point, import->entry_point);
    if (order == 0)
      return import->function;
    if (order < 0)
      end = middle;
    else
      begin = middle + 1;
  }
  return (ilbridge_function)0;
}

/* Returns the first import of a library; the other imports of the library
 * follow it. Null if the table has none. */
static inline const ilbridge_import *
ilbridge_find_library(const ilbridge_import_table *table, const char *library) {
  size_t begin = 0;
  size_t end = table->import_count;
  while (begin < end) {
    size_t middle = begin + (end - begin) / 2;
    if (strcmp(table->imports[middle].library, library) < 0)
      begin = middle + 1;
    else
      end = middle;
  }
  if (begin < table->import_count &&
      strcmp(table->imports[begin].library, library) == 0)
    return &table->imports[begin];
  return (const ilbridge_import *)0;
}

#ifdef __cplusplus
}
#endif

#endif /* ILBRIDGE_IMPORT_TABLE_H */
