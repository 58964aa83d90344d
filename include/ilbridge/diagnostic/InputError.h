//===- InputError.h - An input that cannot be read --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_DIAGNOSTIC_INPUTERROR_H
#define ILBRIDGE_DIAGNOSTIC_INPUTERROR_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "llvm/Support/Error.h"

namespace ilbridge {

/// A file that cannot be read, or whose content is invalid. Unlike after a
/// Diagnostic, there is no partial result; hosts exit with status 2.
class InputError : public llvm::ErrorInfo<InputError> {
public:
  static char ID;
  InputError(Location Where, std::string Message)
      : Where(std::move(Where)), Message(std::move(Message)) {}

  const Location &where() const { return Where; }
  llvm::StringRef what() const { return Message; }

  /// Prints "file:line:column: message".
  void log(llvm::raw_ostream &OS) const override;
  std::error_code convertToErrorCode() const override;

private:
  Location Where;
  std::string Message;
};

inline llvm::Error inputError(Location Where, const llvm::Twine &Message) {
  return llvm::make_error<InputError>(std::move(Where), Message.str());
}

} // namespace ilbridge

#endif // ILBRIDGE_DIAGNOSTIC_INPUTERROR_H
