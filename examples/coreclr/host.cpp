// A host that starts CoreCLR and gives it the C++ functions. The program
// exports none of them, and no library is opened for them.

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <ilbridge/import_table.h>
#include <string>

// This function is defined in imports.cpp.
extern "C" const void *GameImports(const char *library,
                                   const char *entry_point);
extern "C" const ilbridge_function Game_Native_functions[];

// These are the declarations of coreclrhost.h of .NET.
using Initialize = int(const char *program, const char *name, int count,
                       const char **keys, const char **values, void **runtime,
                       unsigned *domain);
using CreateDelegate = int(void *runtime, unsigned domain, const char *assembly,
                           const char *type, const char *method,
                           void **function);
using Shutdown = int(void *runtime, unsigned domain);

int main(int argc, char **argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s <folder of libcoreclr.so> <Game.dll>\n",
                 argv[0]);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  std::string assemblies = std::filesystem::absolute(argv[2]).string();
  for (const auto &entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".dll")
      assemblies += ":" + entry.path().string();

  void *coreclr = dlopen((folder / "libcoreclr.so").c_str(), RTLD_NOW);
  if (coreclr == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 2;
  }
  auto *initialize =
      reinterpret_cast<Initialize *>(dlsym(coreclr, "coreclr_initialize"));
  auto *createDelegate = reinterpret_cast<CreateDelegate *>(
      dlsym(coreclr, "coreclr_create_delegate"));
  auto *shutdown =
      reinterpret_cast<Shutdown *>(dlsym(coreclr, "coreclr_shutdown"));

  char imports[32];
  std::snprintf(imports, sizeof imports, "%p",
                reinterpret_cast<void *>(GameImports));
  const char *keys[] = {"TRUSTED_PLATFORM_ASSEMBLIES", "PINVOKE_OVERRIDE",
                        "System.Globalization.Invariant"};
  const char *values[] = {assemblies.c_str(), imports, "true"};
  void *runtime = nullptr;
  unsigned domain = 0;
  if (initialize(argv[0], "game", 3, keys, values, &runtime, &domain) < 0)
    return 2;
  auto Method = [&](const char *name) {
    void *function = nullptr;
    if (createDelegate(runtime, domain, "Game", "Game.Native", name,
                       &function) < 0)
      std::exit(2);
    return function;
  };

  // The table is given once, before managed code calls through the pointers.
  reinterpret_cast<void (*)(const ilbridge_function *)>(Method("Initialize"))(
      Game_Native_functions);
  int result = reinterpret_cast<int (*)()>(Method("Run"))();
  std::printf("function pointers: %d\n", result);

  // PINVOKE_OVERRIDE exists since .NET 5.
  int version = std::atoi(folder.filename().c_str());
  if (version > 0 && version < 5)
    std::printf("P/Invokes: not before .NET 5\n");
  else
    std::printf("P/Invokes: %d\n",
                reinterpret_cast<int (*)()>(Method("RunImports"))());
  shutdown(runtime, domain);
  return result == 42 ? 0 : 1;
}
