//===- Describe.cpp - Prints the description of a runtime -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::runtime {

static llvm::StringRef explain(Conversion C) {
  switch (C) {
  case Conversion::Absent:
    return "not available to a host";
  case Conversion::Marshalled:
    return "values are marshalled by the rules of platform invoke";
  case Conversion::Unchanged:
    return "values are passed as managed code holds them";
  case Conversion::Invoked:
    return "a generated invoker reads the values from stack slots and converts "
           "them";
  case Conversion::Shimmed:
    return "a generated shim converts the values";
  }
  llvm_unreachable("not a conversion");
}

static void describeNames(llvm::raw_ostream &OS, const Runtime &R) {
  if (R.conversion(Crossing::InternalCall) == Conversion::Absent)
    return;
  bool IsMono = R.Names.Words == TypeSpelling::Mono;
  OS << "\nNames of internal calls:\n";
  if (R.Names.HasParameters)
    OS << "  \"Ns.Type::Method("
       << (IsMono ? "int,string" : "System.Int32,System.String")
       << ")\", and then ";
  else
    OS << "  ";
  OS << "\"Ns.Type::Method\"\n";
  if (R.Names.WantsInstances)
    OS << "  a method of a generic class is found by the name of the instance "
          "only:\n  \"Ns.Type`1<System.Int32>::Method\"\n";
  if (R.Names.MakesCoreObjectsOnly)
    OS << "  constructor replacements are found for classes of the core "
          "library "
          "only\n";
  if (R.Names.RefusesFunctionPointers)
    OS << "  a class that has a P/Invoke with a function pointer parameter "
          "cannot be loaded\n";
}

void describe(llvm::raw_ostream &OS, const Runtime &R) {
  OS << R.versionedTitle() << ", in a configuration \"runtime: " << R.fullName()
     << "\"\n\nCalls:\n";
  for (size_t I = 0; I != CrossingCount; ++I) {
    auto C = static_cast<Crossing>(I);
    OS << llvm::formatv("  {0,-26}  {1}\n", name(C), explain(R.conversion(C)));
  }
  if (R.Delegates == Callbacks::MarkedIfConverted)
    OS << "  Marshal.GetFunctionPointerForDelegate takes delegates of static "
          "methods with a\n  MonoPInvokeCallback attribute only.\n";
  else if (R.Delegates != Callbacks::Any)
    OS << "  Native code can be given delegates of static methods with a "
          "MonoPInvokeCallback\n  attribute only"
       << (R.Delegates == Callbacks::MarkedOnWebAssembly ? ", on WebAssembly"
                                                         : "")
       << ".\n";
  if (R.ConvertsDelegates)
    OS << "  An invoker can ask for a function pointer of such a delegate, "
          "whose method was\n  compiled ahead of time.\n";
  if (R.Compiled)
    OS << "  Assemblies that it does not interpret are executed by "
       << R.Compiled->Title << ".\n";

  if (R.conversion(Crossing::ManagedCall) != Conversion::Absent) {
    const ManagedCalls &Calls = R.Calls;
    OS << "  Native code calls "
       << (Calls.TakesObject ? "static and instance methods"
                             : "static methods only")
       << (Calls.FindsByNameOnly ? ", but none with overloads" : "")
       << ".\n  If it has no place for an exception, " << Calls.Unhandled
       << ".\n";
  }

  bool Marshals = R.conversion(Crossing::PInvoke) == Conversion::Marshalled;
  if (Marshals)
    OS << "\nMarshalling:\n";
  for (size_t I = 0; Marshals && I != RuleCount; ++I) {
    auto Which = static_cast<Rule>(I);
    std::vector<const RuleValue *> Given;
    for (Platform P : {Platform::Windows, Platform::UnixX64, Platform::Other})
      if (const RuleValue &A = R.ruleValue(Which, P);
          !llvm::is_contained(Given, &A))
        Given.push_back(&A);
    llvm::stable_sort(Given, [](const RuleValue *A, const RuleValue *B) {
      return A->Where != PlatformSet::All && B->Where == PlatformSet::All;
    });
    for (const RuleValue *A : Given) {
      llvm::StringRef Where = A->Where == PlatformSet::All && Given.size() > 1
                                  ? "elsewhere"
                                  : words(A->Where);
      OS << "  " << (A->Holds ? "yes" : "no ") << "  " << text(Which)
         << (Where.empty() ? "" : ", ") << Where << " (" << A->Source << ")\n";
    }
  }

  if (!R.HeapTypes.empty())
    OS << "\nC++ types for objects:\n";
  for (const HeapType &T : R.HeapTypes)
    if (T.Kind != ObjectKind::None)
      OS << llvm::formatv("  {0,-14}  {1} *\n", words(T.Kind), T.Name);
  if (!R.ResultWrappers.empty()) {
    const ResultWrapper &W = R.ResultWrappers.front();
    OS << "\nA function reports an exception by returning " << W.Spelling
       << "<T> or " << W.VoidSpelling << ".\n";
  }
  describeNames(OS, R);
  OS << "\nRegistration:\n";
  for (llvm::StringRef Sentence : {R.Registers.How, R.Registers.Late,
                                   R.Registers.Twice, R.Registers.Missing})
    OS << "  " << Sentence << "\n";
}

} // namespace ilbridge::runtime
