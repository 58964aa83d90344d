// Runs a program in embedded Mono.

#include <csignal>
#include <cstdio>
#include <mono/jit/jit.h>
#include <mono/metadata/assembly.h>
#include <mono/metadata/mono-config.h>
#include <unistd.h>

struct InternalCall {
  const char *Name;
  const void *Function;
};
extern const InternalCall InternalCalls[];

int main(int Count, char **Arguments) {
  mono_config_parse(nullptr);
  MonoDomain *Domain = mono_jit_init(Arguments[1]);
  // An abort is a valid result of a case and needs no crash report.
  std::signal(SIGABRT, SIG_DFL);
  for (const InternalCall *Call = InternalCalls; Call->Name; ++Call)
    mono_add_internal_call(Call->Name, Call->Function);
  MonoAssembly *Assembly = mono_domain_assembly_open(Domain, Arguments[1]);
  if (!Assembly)
    return 1;
  int Status = mono_jit_exec(Domain, Assembly, Count - 1, Arguments + 1);
  std::fflush(stdout);
  // State that wrong functions left must not make the shutdown of Mono fail.
  _exit(Status);
}
