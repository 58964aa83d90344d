// A host that embeds Mono. The generated function tells the runtime of the C++
// functions: the program exports none of them, and no library is opened.

#include <clocale>
#include <cstdio>
#include <mono/jit/jit.h>
#include <mono/metadata/assembly.h>
#include <mono/metadata/mono-config.h>

void RegisterGame(); // register.cpp

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s <assembly.exe>\n", argv[0]);
    return 2;
  }
  std::setlocale(LC_ALL, ""); // Mono takes the encoding from it
  mono_config_parse(nullptr);
  MonoDomain *domain = mono_jit_init("game");
  RegisterGame();
  MonoAssembly *assembly = mono_domain_assembly_open(domain, argv[1]);
  if (assembly == nullptr) {
    std::fprintf(stderr, "%s: cannot be loaded\n", argv[1]);
    return 2;
  }
  int status = mono_jit_exec(domain, assembly, argc - 1, argv + 1);
  mono_jit_cleanup(domain);
  return status;
}
