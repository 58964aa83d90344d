//===- ConfigurationReader.h - Reads ilbridge.yaml --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Configuration.cpp reads the file and its targets, NativeConfiguration.cpp
// what describes the native side, and OutputConfiguration.cpp what describes
// outputs.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_CONFIGURATIONREADER_H
#define ILBRIDGE_LIB_DRIVER_CONFIGURATIONREADER_H

#include "ilbridge/driver/Project.h"
#include "ilbridge/yaml/Reader.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ilbridge::driver {

/// Reads one configuration into a project. An Error names the location of the
/// value that it is about.
class ConfigurationReader {
public:
  ConfigurationReader(Project &P, llvm::StringRef Folder)
      : P(P), Folder(Folder) {}
  llvm::Error read(const yaml::Node &Root);

private:
  // Keys of any mapping.
  llvm::Error path(yaml::Mapping &Map, llvm::StringRef Key, std::string &Out);
  llvm::Error paths(yaml::Mapping &Map, llvm::StringRef Key,
                    std::vector<std::string> &Out);
  std::string absolute(llvm::StringRef Path) const;

  // Keys of the configuration, and entries of its lists.
  llvm::Error queryDrivers(yaml::Mapping &Map);
  llvm::Error targets(yaml::Mapping &Map);
  llvm::Error watched(yaml::Mapping &Map);
  llvm::Error target(const yaml::Node &N);
  llvm::Error exportsEntry(const yaml::Node &N);
  llvm::Error registration(const yaml::Node &N);
  llvm::Error object(const yaml::Node &N);
  llvm::Error output(const yaml::Node &N);
  llvm::Error
  runtime(yaml::Mapping &Map,
          llvm::function_ref<llvm::Error(const runtime::Runtime &)> Choose);
  llvm::Error options(yaml::Mapping &Map, OutputSpec &Spec);
  llvm::Error reservation(const yaml::Node &N);
  llvm::Error severities(yaml::Mapping &Map);

  Project &P;
  std::string Folder;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_CONFIGURATIONREADER_H
