// A host of LeanCLR, for its versions since January 2026.
//
//   host <folder of mscorlib.dll> <folder of Game.dll>

#include "alloc/general_allocation.h"
#include "metadata/module_def.h"
#include "public/leanclr.hpp"
#include "vm/assembly.h"
#include "vm/runtime.h"
#include "vm/settings.h"
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

// This function is defined in invokers.cpp.
void RegisterGame();

using namespace leanclr;

/// The folders of assemblies. The runtime asks in one of two ways, which
/// depends on its version.
struct Folders {
  static std::vector<std::string> all;

  static bool load(const char *assembly, const char *extension,
                   vm::FileData &data) {
    for (const std::string &folder : all) {
      std::ifstream file(folder + "/" + assembly + "." + extension,
                         std::ios::binary | std::ios::ate);
      if (!file)
        continue;
      const std::streamsize size = file.tellg();
      auto *bytes = static_cast<std::uint8_t *>(
          alloc::GeneralAllocation::malloc(static_cast<std::size_t>(size)));
      file.seekg(0);
      file.read(reinterpret_cast<char *>(bytes), size);
      data = vm::FileData{bytes, static_cast<std::size_t>(size)};
      return true;
    }
    return false;
  }
  static RtResult<vm::FileData> load(const char *assembly,
                                     const char *extension) {
    vm::FileData data = {};
    if (!load(assembly, extension, data))
      return RtErr::FileNotFound;
    return data;
  }
};
std::vector<std::string> Folders::all;

static RtResultVoid run() {
  RET_ERR_ON_FAIL(vm::Runtime::initialize());
  RegisterGame(); // before their classes are used
  DECLARING_AND_UNWRAP_OR_RET_ERR_ON_FAIL(metadata::RtAssembly *, assembly,
                                          vm::Assembly::load_by_name("Game"));
  metadata::RtModuleDef *module = assembly->mod;
  DECLARING_AND_UNWRAP_OR_RET_ERR_ON_FAIL(
      const metadata::RtMethodInfo *, entry,
      module->get_method_by_rid(
          metadata::RtToken::decode_rid(module->get_entrypoint_token())));
  RET_ERR_ON_FAIL(vm::Runtime::invoke_array_arguments_with_run_cctor(
      entry, nullptr, nullptr));
  RET_VOID_OK();
}

int main(int count, char **arguments) {
  Folders::all.assign(arguments + 1, arguments + count);
  vm::Settings::set_file_loader(Folders::load);
  RtResultVoid result = run();
  if (result.is_ok())
    return 0;
  std::fprintf(stderr, "error %d of LeanCLR\n",
               static_cast<int>(result.unwrap_err()));
  return 1;
}
