//===- DelegateFlow.cpp - The flow of delegates through a body ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DelegateFlow.h"
#include "ilbridge/ecma335/StackEffect.h"
#include "llvm/ADT/STLExtras.h"

using namespace ilbridge::ecma335;

namespace ilbridge::managed {

namespace {

/// A variable or a slot of the evaluation stack.
struct Slot {
  enum Kind : uint8_t { Stack, Local, Argument };
  Kind TheKind;
  uint32_t Number;
  auto operator<=>(const Slot &) const = default;
};

/// The known values of the stack, the locals and the arguments at the beginning
/// of a basic block.
struct State {
  bool IsReached = false;
  uint32_t Depth = 0;
  /// Sorted. An argument without an entry still has the value of its parameter.
  std::vector<std::pair<Slot, Sources>> Known;

  Sources &at(Slot P);
  void forget(Slot P);
  const Sources *find(Slot P) const;
  /// Merges \p Other into this state. \returns whether it has changed.
  bool join(const State &Other);
};

struct Block {
  size_t First = 0, End = 0; ///< of the block's instructions
  State Entry;
  unsigned Visits = 0;
};

class Flow {
public:
  Flow(const FileView &File, const MethodBody &Body, Token Method,
       FlowListener &L)
      : File(File), Body(Body), Method(Method), L(L) {}
  llvm::Error run();

private:
  llvm::Error decode();
  llvm::Error makeBlocks();
  Block *blockAt(int64_t Offset);
  void enter(int64_t Offset, const State &S);
  void interpret(Block &B);
  /// \returns whether the next instruction is executed.
  bool step(const Instruction &I, State &S);
  bool call(const Instruction &I, State &S);
  bool load(const Instruction &I, State &S);
  bool storeVariable(const Instruction &I, State &S);

  Sources pop(State &S);
  void push(State &S, Sources Values = {});

  const FileView &File;
  const MethodBody &Body;
  const Token Method;
  FlowListener &L;
  std::vector<Instruction> Code;
  std::vector<Block> Blocks;
  std::vector<size_t> Waiting;
  bool Tells = false;
};

/// Further slots or values are ignored; compilers use one or two.
constexpr size_t MaxPlaces = 32;
constexpr size_t MaxSources = 4;
/// With each visit, the state at the entry of a block contains more values.
constexpr unsigned MaxVisits = 6;

} // namespace

//===----------------------------------------------------------------------===//
// States
//===----------------------------------------------------------------------===//

static bool isBefore(const std::pair<Slot, Sources> &Known, const Slot &P) {
  return Known.first < P;
}

Sources &State::at(Slot P) {
  auto It = llvm::lower_bound(Known, P, isBefore);
  if (It == Known.end() || It->first != P)
    It = Known.insert(It, {P, {}});
  return It->second;
}

const Sources *State::find(Slot P) const {
  auto It = llvm::lower_bound(Known, P, isBefore);
  return It != Known.end() && It->first == P ? &It->second : nullptr;
}

void State::forget(Slot P) {
  auto It = llvm::lower_bound(Known, P, isBefore);
  if (It != Known.end() && It->first == P)
    Known.erase(It);
}

bool State::join(const State &Other) {
  if (!IsReached) {
    *this = Other;
    return true;
  }
  // No compiler generates paths that meet with different stack depths
  // (III.1.8.1.3).
  if (Depth != Other.Depth)
    return false;
  bool HasChanged = false;
  for (const auto &[P, Values] : Other.Known) {
    if (!find(P) && Known.size() >= MaxPlaces)
      continue;
    Sources &Mine = at(P);
    for (const Source &Value : Values) {
      auto It = llvm::lower_bound(Mine, Value);
      if ((It != Mine.end() && *It == Value) || Mine.size() >= MaxSources)
        continue;
      Mine.insert(It, Value);
      HasChanged = true;
    }
  }
  return HasChanged;
}

Sources Flow::pop(State &S) {
  if (S.Depth == 0)
    return {};
  Slot Top{Slot::Stack, --S.Depth};
  const Sources *Known = S.find(Top);
  Sources Values = Known ? *Known : Sources();
  S.forget(Top);
  return Values;
}

void Flow::push(State &S, Sources Values) {
  if (!Values.empty() && S.Known.size() < MaxPlaces)
    S.at({Slot::Stack, S.Depth}) = std::move(Values);
  ++S.Depth;
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

/// \returns the possible values of all arguments, up to the maximum number.
static Sources join(llvm::ArrayRef<Sources> Arguments) {
  Sources All;
  for (const Sources &Each : Arguments)
    llvm::append_range(All, Each);
  llvm::sort(All);
  All.erase(std::unique(All.begin(), All.end()), All.end());
  All.truncate(std::min(All.size(), MaxSources));
  return All;
}

bool Flow::call(const Instruction &I, State &S) {
  std::optional<CallShape> Shape = L.shape(I.token());
  if (!Shape)
    return false;
  bool IsNew = I.Op == Opcode::Newobj;
  if (I.Op == Opcode::Calli)
    pop(S);
  uint32_t Count = Shape->Arguments - (IsNew && Shape->HasThis);
  // A malformed body may have fewer values on the stack than the call takes.
  std::vector<Sources> Arguments(std::min(Count, S.Depth));
  for (Sources &Each : llvm::reverse(Arguments))
    Each = pop(S);
  bool IsDelegate = IsNew && Arguments.size() == 2 &&
                    llvm::any_of(Arguments[1], [](const Source &Each) {
                      return Each.TheKind == Source::Function;
                    });
  if (IsDelegate) {
    Sources Made;
    for (const Source &Each : Arguments[1])
      if (Each.TheKind == Source::Function)
        Made.push_back({Source::Delegate, Each.What, I.Offset});
    push(S, std::move(Made));
    return true;
  }
  bool IsKnown =
      llvm::any_of(Arguments, [](const Sources &A) { return !A.empty(); });
  if (Tells && IsKnown && I.Op == Opcode::Calli)
    for (const Sources &Each : Arguments)
      L.escape(Each);
  else if (Tells && IsKnown)
    L.call(I.token(), IsNew, Arguments);
  if (Shape->ReturnsArguments) {
    push(S, join(Arguments));
  } else if (IsNew || I.Op == Opcode::Calli) {
    if (IsNew || Shape->HasResult)
      push(S);
  } else if (Shape->HasResult) {
    push(S, {Source{Source::Result, I.token()}});
  }
  return true;
}

/// Returns the variable of an instruction, in its long or short form.
static std::optional<Slot> variable(const Instruction &I) {
  auto Short = [&](Slot::Kind K, Opcode First) {
    return Slot{K, static_cast<uint32_t>(I.Op) - static_cast<uint32_t>(First)};
  };
  Slot Arg{Slot::Argument, static_cast<uint32_t>(I.Value)};
  Slot Local{Slot::Local, static_cast<uint32_t>(I.Value)};
  switch (I.Op) {
  case Opcode::Ldarg_0:
  case Opcode::Ldarg_1:
  case Opcode::Ldarg_2:
  case Opcode::Ldarg_3:
    return Short(Slot::Argument, Opcode::Ldarg_0);
  case Opcode::Ldloc_0:
  case Opcode::Ldloc_1:
  case Opcode::Ldloc_2:
  case Opcode::Ldloc_3:
    return Short(Slot::Local, Opcode::Ldloc_0);
  case Opcode::Stloc_0:
  case Opcode::Stloc_1:
  case Opcode::Stloc_2:
  case Opcode::Stloc_3:
    return Short(Slot::Local, Opcode::Stloc_0);
  case Opcode::Ldarg:
  case Opcode::Ldarg_s:
  case Opcode::Starg:
  case Opcode::Starg_s:
    return Arg;
  case Opcode::Ldloc:
  case Opcode::Ldloc_s:
  case Opcode::Stloc:
  case Opcode::Stloc_s:
    return Local;
  default:
    return std::nullopt;
  }
}

bool Flow::load(const Instruction &I, State &S) {
  std::optional<Slot> From = variable(I);
  if (!From || stackEffect(I.Op)->Pushes == 0)
    return false;
  if (const Sources *Known = S.find(*From))
    push(S, *Known);
  else if (From->TheKind == Slot::Argument)
    push(S, {Source{Source::Parameter, Method, From->Number}});
  else
    push(S);
  return true;
}

bool Flow::storeVariable(const Instruction &I, State &S) {
  std::optional<Slot> To = variable(I);
  if (!To || stackEffect(I.Op)->Pops == 0)
    return false;
  Sources Values = pop(S);
  // An argument to which another value was assigned no longer has the value of
  // its parameter.
  if (To->TheKind == Slot::Local && Values.empty())
    S.forget(*To);
  else if (S.find(*To) || S.Known.size() < MaxPlaces)
    S.at(*To) = std::move(Values);
  return true;
}

bool Flow::step(const Instruction &I, State &S) {
  if (load(I, S) || storeVariable(I, S))
    return true;
  switch (I.Op) {
  case Opcode::Call:
  case Opcode::Callvirt:
  case Opcode::Newobj:
  case Opcode::Calli:
    return call(I, S);
  case Opcode::Leave:
  case Opcode::Leave_s:
    while (!S.Known.empty() && S.Known.front().first.TheKind == Slot::Stack)
      S.Known.erase(S.Known.begin());
    S.Depth = 0;
    break;
  case Opcode::Dup: {
    Sources Top = pop(S);
    push(S, Top);
    push(S, Top);
    return true;
  }
  case Opcode::Castclass:
  case Opcode::Isinst:
  case Opcode::Box: // a value of a type parameter
  case Opcode::Unbox_any:
    return true; // the same object
  case Opcode::Newarr:
    pop(S);
    push(S, L.isDelegateType(I.token())
                ? Sources{Source{Source::Array, Method, I.Offset}}
                : Sources());
    return true;
  case Opcode::Stelem:
  case Opcode::Stelem_ref: {
    Sources Value = pop(S);
    pop(S);
    Sources Arrays = pop(S);
    if (Tells && !Value.empty())
      L.element(Arrays, Value);
    return true;
  }
  case Opcode::Ldvirtftn:
    pop(S);
    [[fallthrough]];
  case Opcode::Ldftn:
    push(S, {Source{Source::Function, I.token()}});
    return true;
  case Opcode::Ldfld:
    pop(S);
    [[fallthrough]];
  case Opcode::Ldsfld:
    push(S, {Source{Source::Field, I.token()}});
    return true;
  case Opcode::Stfld:
  case Opcode::Stsfld: {
    Sources Value = pop(S);
    if (I.Op == Opcode::Stfld)
      pop(S);
    if (Tells && !Value.empty())
      L.store(I.token(), Value);
    return true;
  }
  case Opcode::Ret:
    while (S.Depth) {
      Sources Result = pop(S);
      if (Tells && !Result.empty())
        L.result(Result);
    }
    break;
  default:
    if (std::optional<StackEffect> Effect = stackEffect(I.Op)) {
      // Comparing a delegate with null does not store it.
      bool Keeps = Effect->Pushes == 0 && I.Op != Opcode::Pop &&
                   I.Operand != OperandKind::Branch8 &&
                   I.Operand != OperandKind::Branch32;
      for (unsigned N = 0; N != Effect->Pops; ++N) {
        Sources Value = pop(S);
        if (Tells && Keeps && !Value.empty())
          L.escape(Value);
      }
      for (unsigned N = 0; N != Effect->Pushes; ++N)
        push(S);
    }
    break;
  }
  return !endsFlow(I.Op);
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

llvm::Error Flow::decode() {
  InstructionReader Reader(File, Body);
  while (!Reader.atEnd()) {
    llvm::Expected<Instruction> I = Reader.next();
    if (!I)
      return I.takeError();
    Code.push_back(*I);
  }
  return llvm::Error::success();
}

/// Calls \p Visit with the IL offset, in bytes, of each branch target of an
/// instruction. The following instruction is not included.
static void visitTargets(const Instruction &I,
                         llvm::function_ref<void(int64_t)> Visit) {
  if (I.Operand == OperandKind::Branch8 || I.Operand == OperandKind::Branch32)
    Visit(static_cast<int64_t>(I.Value));
  else if (I.Operand == OperandKind::Switch)
    for (uint32_t Target = 0; Target != I.Value; ++Target)
      Visit(I.target(Target));
}

llvm::Error Flow::makeBlocks() {
  auto Clauses = readExceptionClauses(File, Body);
  if (!Clauses)
    return Clauses.takeError();
  std::vector<int64_t> Leaders = {0};
  for (const Instruction &I : Code) {
    size_t Before = Leaders.size();
    visitTargets(I, [&](int64_t Offset) { Leaders.push_back(Offset); });
    if (Leaders.size() != Before || endsFlow(I.Op))
      Leaders.push_back(I.Offset + I.Size);
  }
  for (const ExceptionClause &C : *Clauses) {
    Leaders.push_back(C.HandlerOffset);
    if (C.Flags == ExceptionClause::Filter)
      Leaders.push_back(C.FilterOffset);
  }
  llvm::sort(Leaders);
  size_t At = 0;
  auto Next = Leaders.begin();
  for (; At != Code.size(); ++At) {
    // Targets can be within an instruction, or outside of the body.
    while (Next != Leaders.end() && *Next < Code[At].Offset)
      ++Next;
    if (Next == Leaders.end() || *Next != Code[At].Offset)
      continue;
    if (!Blocks.empty())
      Blocks.back().End = At;
    Blocks.emplace_back().First = At;
  }
  if (!Blocks.empty())
    Blocks.back().End = At;

  State Start;
  Start.IsReached = true;
  enter(0, Start);
  for (const ExceptionClause &C : *Clauses) {
    // The exception object is on the stack. The values of variables are not
    // tracked across exceptions.
    Start.Depth = C.Flags == ExceptionClause::Exception ||
                  C.Flags == ExceptionClause::Filter;
    enter(C.HandlerOffset, Start);
    if (C.Flags == ExceptionClause::Filter)
      enter(C.FilterOffset, Start);
  }
  return llvm::Error::success();
}

Block *Flow::blockAt(int64_t Offset) {
  auto It = llvm::partition_point(Blocks, [&](const Block &B) {
    return int64_t(Code[B.First].Offset) < Offset;
  });
  return It != Blocks.end() && Code[It->First].Offset == Offset ? &*It
                                                                : nullptr;
}

void Flow::enter(int64_t Offset, const State &S) {
  Block *B = blockAt(Offset);
  if (B && B->Entry.join(S))
    Waiting.push_back(B - Blocks.data());
}

void Flow::interpret(Block &B) {
  State S = B.Entry;
  for (size_t At = B.First; At != B.End; ++At) {
    const Instruction &I = Code[At];
    bool GoesOn = step(I, S);
    bool IsLast = At + 1 == B.End;
    if (!Tells)
      visitTargets(I, [&](int64_t Offset) { enter(Offset, S); });
    if (!GoesOn)
      return;
    if (!Tells && IsLast)
      enter(I.Offset + I.Size, S);
  }
}

llvm::Error Flow::run() {
  if (llvm::Error E = decode())
    return E;
  if (llvm::Error E = makeBlocks())
    return E;
  while (!Waiting.empty()) {
    Block &B = Blocks[Waiting.back()];
    Waiting.pop_back();
    if (B.Visits++ < MaxVisits)
      interpret(B);
  }
  // Now the state at each entry contains the values of all paths.
  Tells = true;
  for (Block &B : Blocks)
    if (B.Entry.IsReached)
      interpret(B);
  return llvm::Error::success();
}

llvm::Error followDelegates(const FileView &File, const MethodBody &Body,
                            Token Method, FlowListener &L) {
  return Flow(File, Body, Method, L).run();
}

} // namespace ilbridge::managed
