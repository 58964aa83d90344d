//===- LeanCLR.cpp - LeanCLR ----------------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The facts were found by executing 244 values with the public versions of
// January, May and July 2026 on x86-64 and wasm32, and in the files of the
// runtime that the comments name.
//
//===----------------------------------------------------------------------===//

#include "Descriptions.h"

namespace ilbridge::runtime {

/// In vm/rt_managed_types.h, every type whose name begins with Rt is an object,
/// except for these types, which begin with "None".
static constexpr HeapType HeapTypes[] = {
    {ObjectKind::Any, "leanclr::vm::RtObject"},
    {ObjectKind::String, "leanclr::vm::RtString"},
    {ObjectKind::Array, "leanclr::vm::RtArray"},
    {ObjectKind::Type, "leanclr::vm::RtReflectionType"},
    {ObjectKind::Type, "leanclr::vm::RtReflectionRuntimeType"},
    {ObjectKind::Delegate, "leanclr::vm::RtDelegate"},
    {ObjectKind::Delegate, "leanclr::vm::RtMulticastDelegate"},
    {ObjectKind::Exception, "leanclr::vm::RtException"},
    {ObjectKind::Any, "leanclr::vm::RtMarshalByRefObject"},
    {ObjectKind::None, "leanclr::vm::RtTypedReference"},
    {ObjectKind::None, "leanclr::vm::RtReadOnlySpan"},
    {ObjectKind::None, "leanclr::vm::RtMonoMethodInfo"},
    {ObjectKind::None, "leanclr::vm::RtMonoPropertyInfo"},
    {ObjectKind::None, "leanclr::vm::RtMonoAppDomain"},
    {ObjectKind::None, "leanclr::vm::RtNativeThread"},
    {ObjectKind::None, "leanclr::vm::RtThreadState"},
    {ObjectKind::None, "leanclr::vm::RtStackCrawlMark"},
};

/// In core/rt_base.h, RtResult<T> and RtResultVoid are aliases of templates of
/// leanclr::core or, since May 2026, of a class of its own.
static constexpr ResultWrapper Wrappers[] = {
    {"leanclr::core::Result", "leanclr::RtResult", true, "leanclr::core::Unit",
     "leanclr::RtResultVoid"},
    {"leanclr::core::ResultVoid", "leanclr::RtResultVoid", false, "", ""},
    {"leanclr::RtResult", "leanclr::RtResult", true, "leanclr::core::Unit",
     "leanclr::RtResultVoid"},
    {"leanclr::RtResultVoid", "leanclr::RtResultVoid", false, "", ""},
};

/// These are functions of leanclr::RuntimeApi in public/leanclr.hpp. Those for
/// `new` take an invoker and no function, so there is no function to compare.
static constexpr Registrar Registrars[] = {
    {"register_pinvoke_func", Crossing::PInvoke, 0, 1, 2},
    {"register_internal_call_func", Crossing::InternalCall, 0, 1, 2},
    {"register_intrinsic_func", Crossing::Intrinsic, 0, 1, 2},
};

static constexpr Runtime describeJanuary() {
  Runtime R;
  R.Name = "leanclr";
  R.Version = "2026-01";
  R.Title = "LeanCLR";
  R.Conversions = {Conversion::Invoked,  Conversion::Invoked,
                   Conversion::Invoked,  Conversion::Invoked,
                   Conversion::Absent,   Conversion::Absent,
                   Conversion::Unchanged};
  R.HeapTypes = HeapTypes;
  R.OwnPrefix = "leanclr::";
  R.ObjectPrefix = "leanclr::vm::Rt";
  R.ResultWrappers = Wrappers;
  R.Names.HasParameters = true;
  R.Names.HasModule = true;
  // try_handle_newobj_intrinsic in hl_transformer.cpp compares the class's
  // module first.
  R.Names.MakesCoreObjectsOnly = true;
  R.Names.RefusesFunctionPointers = true;
  R.Registrars = Registrars;
  R.Invokers = {"get_argument", "set_return_value"};
  // These are RuntimeApi::get_class_method_by_name and invoke_with_buffer.
  R.Calls = {/*TakesObject=*/true, /*ReturnsException=*/false,
             /*FindsByNameOnly=*/true, /*BoxesStructs=*/false,
             "the program ends"};
  R.Registers = {
      "A generated function calls leanclr::RuntimeApi::register_pinvoke_func "
      "and its siblings; call it once the runtime is initialised.",
      "A method is resolved when its class is initialised, and a later "
      "registration of it is ignored.",
      "A debug build of the runtime stops at an assertion, and a release build "
      "takes the second registration.",
      "A call of an import that is not registered throws "
      "NotImplementedException, which does not name the method."};
  return R;
}
static constexpr Runtime January = describeJanuary();

static constexpr Runtime describeMay() {
  Runtime R = January;
  R.Version = "2026-05";
  R.Before = &January;
  // get_function_pointer_for_delegate in vm/marshal.cpp returns the thunk that
  // the ahead-of-time compiler generated, or throws NotSupportedException.
  R.Delegates = Callbacks::MarkedIfConverted;
  return R;
}
static constexpr Runtime May = describeMay();

static constexpr Runtime describeJuly() {
  Runtime R = May;
  R.Version = "2026-07";
  R.Before = &May;
  // LeanAOT.ToCpp also generates thunks without a result. Those of May end the
  // program (MarshalParamOrRet.SetupVoid).
  R.ConvertsDelegates = true;
  // append_type_full_name in metadata_name.cpp adds the type arguments.
  R.Names.WantsInstances = true;
  return R;
}
static constexpr Runtime July = describeJuly();

llvm::ArrayRef<const Runtime *> leanclr() {
  static constexpr const Runtime *Versions[] = {&July, &May, &January};
  return Versions;
}

} // namespace ilbridge::runtime
