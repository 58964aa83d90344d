// Runs an assembly in Mono, which finds the functions of shapes.cpp in the
// table that the build generated.

#include <cstdio>
#include <ilbridge/import_table.h>
#include <mono/jit/jit.h>
#include <mono/metadata/assembly.h>
#include <mono/metadata/environment.h>
#include <mono/metadata/mono-config.h>
#include <mono/utils/mono-dl-fallback.h>

extern "C" const ilbridge_import_table shapes_imports; // imports.cpp

static void *open_library(const char *name, int, char **, void *) {
  return const_cast<ilbridge_import *>(
      ilbridge_find_library(&shapes_imports, name));
}

static void *find_symbol(void *library, const char *name, char **, void *) {
  return reinterpret_cast<void *>(ilbridge_find_import(
      &shapes_imports, static_cast<ilbridge_import *>(library)->library, name));
}

static void *close_library(void *, void *) { return nullptr; }

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s <assembly.exe>\n", argv[0]);
    return 2;
  }
  mono_config_parse(nullptr);
  MonoDomain *domain = mono_jit_init("shapes");
  mono_dl_fallback_register(open_library, find_symbol, close_library, nullptr);
  MonoAssembly *assembly = mono_domain_assembly_open(domain, argv[1]);
  if (assembly == nullptr)
    return 1;
  mono_jit_exec(domain, assembly, 1, argv + 1);
  int status = mono_environment_exitcode_get();
  mono_jit_cleanup(domain);
  return status;
}
