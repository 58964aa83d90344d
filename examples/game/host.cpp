// A host that embeds Mono. The runtime finds the C++ functions in the generated
// table: the program exports none of them, and no library is opened.

#include <clocale>
#include <cstdio>
#include <ilbridge/import_table.h>
#include <mono/jit/jit.h>
#include <mono/metadata/assembly.h>
#include <mono/metadata/mono-config.h>
#include <mono/utils/mono-dl-fallback.h>

extern "C" const ilbridge_import_table game_imports; // imports.cpp

// Mono asks for a library by the name in [DllImport] and variants of it. The
// handle is the library's first row, from which its name is taken again.
static void *open_library(const char *name, int, char **, void *) {
  return const_cast<ilbridge_import *>(
      ilbridge_find_library(&game_imports, name));
}

static void *find_symbol(void *library, const char *name, char **, void *) {
  return reinterpret_cast<void *>(ilbridge_find_import(
      &game_imports, static_cast<ilbridge_import *>(library)->library, name));
}

static void *close_library(void *, void *) { return nullptr; }

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s <assembly.exe>\n", argv[0]);
    return 2;
  }
  std::setlocale(LC_ALL, ""); // from which Mono takes the console's encoding
  mono_config_parse(nullptr);
  MonoDomain *domain = mono_jit_init("game");
  mono_dl_fallback_register(open_library, find_symbol, close_library, nullptr);
  MonoAssembly *assembly = mono_domain_assembly_open(domain, argv[1]);
  if (assembly == nullptr) {
    std::fprintf(stderr, "%s: cannot be loaded\n", argv[1]);
    return 2;
  }
  int status = mono_jit_exec(domain, assembly, argc - 1, argv + 1);
  mono_jit_cleanup(domain);
  return status;
}
