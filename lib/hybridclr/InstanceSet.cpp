//===- InstanceSet.cpp - A bounded set of method instances ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/InstanceSet.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::hybridclr {

bool InstanceSet::isTooLong(ABIClassList Args) const {
  return llvm::any_of(Types.classes(Args), [&](ABIClass V) {
    return Types.fullNameLength(V) > MaxFullName;
  });
}

bool InstanceSet::isOverLimit(const MethodInstance &I) {
  if (isTooLong(I.ClassArgs) || isTooLong(I.MethodArgs)) {
    if (!TooLong)
      TooLong = I;
    return true;
  }
  if (FollowedOf.size() <= I.Method)
    FollowedOf.resize(Numbers.size());
  if (++FollowedOf[I.Method] <= L.OfOneMethod)
    return false;
  if (!TooMany)
    TooMany = I;
  return true;
}

void InstanceSet::append(const MethodInstance &I) {
  Instances.push_back(I);
  if (L.KeepsOrigins)
    Origins.push_back(Current);
}

void InstanceSet::add(const MethodInstance &I, bool MayHaveBody,
                      bool WasFollowed) {
  if (Instances.size() >= L.Instances ||
      !Known
           .insert({I.Method, static_cast<uint32_t>(I.ClassArgs),
                    static_cast<uint32_t>(I.MethodArgs)})
           .second)
    return;
  if (WasFollowed && isOverLimit(I))
    return;
  append(I);
  if (MayHaveBody)
    Unread.push_back(Instances.size() - 1);
}

bool InstanceSet::add(const managed::TypeDef &D, ABIClassList Args) {
  return KnownTypes.size() < L.Instances &&
         KnownTypes.insert({&D, static_cast<uint32_t>(Args)}).second;
}

void InstanceSet::report(DiagnosticList &Findings, const MethodInstance &I,
                         const llvm::Twine &Where) const {
  MethodNumbers::MethodRow P = Numbers.locate(I.Method);
  Findings.add(
      diagnose(DiagnosticID::GrowingGenerics,
               Location{P.Assembly->path(), {}, Numbers.name({I.Method})},
               Where.str(), Numbers.name(I)));
}

/// Returns an instance of the method that has the most unread instances, or
/// null if there are none. After the last round, that method is the one which
/// creates new instances of itself.
const MethodInstance *InstanceSet::mostFrequentUnread() const {
  llvm::DenseMap<uint32_t, size_t> Count;
  for (uint32_t I : Unread)
    ++Count[Instances[I].Method];
  const MethodInstance *Most = nullptr;
  for (uint32_t Index : Unread) {
    const MethodInstance &I = Instances[Index];
    if (!Most || Count[I.Method] > Count[Most->Method] ||
        (Count[I.Method] == Count[Most->Method] && I.Method < Most->Method))
      Most = &I;
  }
  return Most;
}

void InstanceSet::reportGrowth(DiagnosticList &Findings) const {
  if (Instances.empty())
    return; // there are only types without methods
  if (TooMany)
    report(Findings, *TooMany,
           "after " + llvm::Twine(L.OfOneMethod) + " instances of this method");
  if (TooLong)
    report(Findings, *TooLong,
           "at names of more than " + llvm::Twine(MaxFullName) +
               " bytes, which the runtime cannot hold");
  const MethodInstance *Most = mostFrequentUnread();
  if (Instances.size() >= L.Instances || KnownTypes.size() >= L.Instances)
    report(Findings, Most ? *Most : Instances.back(),
           "after " + llvm::Twine(L.Instances) + " instances in total");
  else if (Most)
    report(Findings, *Most, "after " + llvm::Twine(L.Rounds) + " rounds");
  else if (Types.wasCut())
    report(Findings, Instances.back(),
           "at the deepest level of type arguments that is followed");
}

void InstanceSet::shrink() {
  Known = {};
  KnownTypes = {};
  FollowedOf = {};
  Unread = {};
}

} // namespace ilbridge::hybridclr
