//===- Diff.cpp - Differences between texts -------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements E. Myers, "An O(ND) Difference Algorithm and Its Variations"
// (1986), for the lines between the common prefix and suffix of both texts.
// LLVM has no such function.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/rewrite/Rewrite.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::rewrite {
namespace {

using Lines = llvm::ArrayRef<llvm::StringRef>;

/// A removed line of the old text, an added line of the new text, or both.
struct LineEdit {
  enum Kind : char { Keep = ' ', Remove = '-', Add = '+' } TheKind;
  llvm::StringRef Line;
};

/// The maximum number of differences. If there are more, all lines are
/// replaced.
constexpr int MaxDistance = 1000;

std::vector<LineEdit> replaceAll(Lines Old, Lines New) {
  std::vector<LineEdit> Result;
  for (llvm::StringRef Line : Old)
    Result.push_back({LineEdit::Remove, Line});
  for (llvm::StringRef Line : New)
    Result.push_back({LineEdit::Add, Line});
  return Result;
}

/// Returns the shortest sequence of edits from one text to the other.
std::vector<LineEdit> shortest(Lines Old, Lines New) {
  const int N = Old.size(), M = New.size();
  const int Limit = std::min(N + M, MaxDistance);
  // Furthest[K] is the furthest position in Old of a path on diagonal K.
  std::vector<int> Furthest(2 * Limit + 3, 0);
  auto At = [&](int K) -> int & { return Furthest[K + Limit + 1]; };
  auto GoesDown = [&](int K, int D) {
    return K == -D || (K != D && At(K - 1) < At(K + 1));
  };
  std::vector<std::vector<int>> History;
  int Distance = -1;
  for (int D = 0; D <= Limit && Distance < 0; ++D) {
    History.push_back(Furthest);
    for (int K = -D; K <= D; K += 2) {
      int X = GoesDown(K, D) ? At(K + 1) : At(K - 1) + 1;
      while (X < N && X - K < M && Old[X] == New[X - K])
        ++X;
      At(K) = X;
      if (X >= N && X - K >= M) {
        Distance = D;
        break;
      }
    }
  }
  if (Distance < 0)
    return replaceAll(Old, New);

  std::vector<LineEdit> Reversed;
  int X = N, Y = M;
  for (int D = Distance; D >= 0; --D) {
    Furthest = History[D];
    int K = X - Y;
    bool Down = GoesDown(K, D);
    int FromX = D == 0 ? 0 : Down ? At(K + 1) : At(K - 1);
    int FromY = D == 0 ? 0 : FromX - (Down ? K + 1 : K - 1);
    while (X > FromX && Y > FromY) {
      Reversed.push_back({LineEdit::Keep, Old[X - 1]});
      --X;
      --Y;
    }
    if (D == 0)
      break;
    if (Down)
      Reversed.push_back({LineEdit::Add, New[--Y]});
    else
      Reversed.push_back({LineEdit::Remove, Old[--X]});
  }
  std::reverse(Reversed.begin(), Reversed.end());
  return Reversed;
}

/// Splits a text into lines with their line ends, which the last line may lack.
std::vector<llvm::StringRef> split(llvm::StringRef Text) {
  std::vector<llvm::StringRef> Result;
  while (!Text.empty()) {
    size_t End = Text.find('\n');
    Result.push_back(Text.substr(0, End == Text.npos ? End : End + 1));
    Text = Text.drop_front(Result.back().size());
  }
  return Result;
}

constexpr size_t Context = 3;

/// Prints the edits [Begin, End), which begin at these lines, counted from 0.
void printHunk(llvm::raw_ostream &OS, llvm::ArrayRef<LineEdit> Edits,
               size_t OldLine, size_t NewLine) {
  size_t OldCount = llvm::count_if(
      Edits, [](const LineEdit &E) { return E.TheKind != LineEdit::Add; });
  size_t NewCount = llvm::count_if(
      Edits, [](const LineEdit &E) { return E.TheKind != LineEdit::Remove; });
  // The position of an empty side is the line before it.
  OS << "@@ -" << OldLine + (OldCount != 0) << ',' << OldCount << " +"
     << NewLine + (NewCount != 0) << ',' << NewCount << " @@\n";
  for (const LineEdit &E : Edits) {
    OS << static_cast<char>(E.TheKind) << E.Line;
    if (!E.Line.ends_with("\n"))
      OS << "\n\\ No newline at end of file\n";
  }
}

} // namespace

std::string unifiedDiff(llvm::StringRef Old, llvm::StringRef New,
                        llvm::StringRef OldName, llvm::StringRef NewName) {
  if (Old == New)
    return "";
  std::vector<llvm::StringRef> OldLines = split(Old), NewLines = split(New);
  Lines A = OldLines, B = NewLines;
  size_t Prefix = 0;
  while (Prefix < A.size() && Prefix < B.size() && A[Prefix] == B[Prefix])
    ++Prefix;
  size_t Suffix = 0;
  while (Suffix < A.size() - Prefix && Suffix < B.size() - Prefix &&
         A[A.size() - 1 - Suffix] == B[B.size() - 1 - Suffix])
    ++Suffix;

  // Only the context lines of the equal beginning and end are required.
  size_t Lead = std::min(Prefix, Context), Tail = std::min(Suffix, Context);
  std::vector<LineEdit> Edits;
  for (llvm::StringRef Line : A.slice(Prefix - Lead, Lead))
    Edits.push_back({LineEdit::Keep, Line});
  llvm::append_range(Edits, shortest(A.drop_front(Prefix).drop_back(Suffix),
                                     B.drop_front(Prefix).drop_back(Suffix)));
  for (llvm::StringRef Line : A.slice(A.size() - Suffix, Tail))
    Edits.push_back({LineEdit::Keep, Line});

  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << "--- " << OldName << "\n+++ " << NewName << '\n';
  size_t OldLine = Prefix - Lead, NewLine = Prefix - Lead;
  for (size_t Begin = 0; Begin != Edits.size();) {
    auto Advance = [&](size_t To) {
      for (; Begin != To; ++Begin) {
        OldLine += Edits[Begin].TheKind != LineEdit::Add;
        NewLine += Edits[Begin].TheKind != LineEdit::Remove;
      }
    };
    size_t First = Begin;
    while (First != Edits.size() && Edits[First].TheKind == LineEdit::Keep)
      ++First;
    if (First == Edits.size())
      break;
    Advance(First - std::min(First - Begin, Context));
    // A hunk ends before more than twice the context of equal lines.
    size_t End = First, Equal = 0;
    for (size_t I = First; I != Edits.size() && Equal <= 2 * Context; ++I) {
      Equal = Edits[I].TheKind == LineEdit::Keep ? Equal + 1 : 0;
      if (!Equal)
        End = I + 1;
    }
    End = std::min(End + Context, Edits.size());
    printHunk(OS, llvm::ArrayRef(Edits).slice(Begin, End - Begin), OldLine,
              NewLine);
    Advance(End);
  }
  return Text;
}

} // namespace ilbridge::rewrite
