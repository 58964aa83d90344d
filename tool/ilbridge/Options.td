//===- Options.td - The command line of ilbridge --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lists every option of every verb, and the help text. A verb understands the
// options that have its flag. OptionTable.cpp has the texts that differ between
// verbs.
//
//===----------------------------------------------------------------------===//

include "llvm/Option/OptParser.td"

def Generate : OptionFlag;
def Check    : OptionFlag;
def Diff     : OptionFlag;
def Manifest : OptionFlag;
def Scan     : OptionFlag;
def List     : OptionFlag;
def Explain  : OptionFlag;
def Database : OptionFlag;
def Report   : OptionFlag;
def Adopt    : OptionFlag;
def Stub     : OptionFlag;

defvar AllVerbs  = [Generate, Check, Diff, Manifest, Scan, List, Explain,
                    Database, Report, Adopt, Stub];
defvar Readers   = [Generate, Check, Diff, Manifest, Scan, List, Database,
                    Report, Adopt, Stub];
defvar Managed   = [Generate, Check, Diff, Manifest, List, Report, Adopt, Stub];
defvar Native    = [Generate, Check, Diff, Scan, List, Report, Adopt, Stub];
defvar Matchers  = [Generate, Check, Diff, List, Report, Adopt, Stub];
defvar Reporters = [Generate, Check, Diff, Report, Stub];
defvar Emitters  = [Generate, Check, Diff];
defvar Declarers = [Generate, Check, Diff, Stub];
defvar Bridgers  = [Generate, Check, Diff, List, Report];

// An option with one value, after the name or after "=". Completion offers the
// possible values if there are few.
multiclass Value<string name, list<OptionFlag> verbs, string meta,
                 string help, string words = ""> {
  def NAME : Separate<["--"], name>, Flags<verbs>, MetaVarName<meta>,
             HelpText<help>, Values<words>;
  def NAME # _eq : Joined<["--"], name # "=">, Flags<verbs>,
                   Alias<!cast<Option>(NAME)>;
}

def help : Flag<["--"], "help">, Flags<AllVerbs>, HelpText<"Show this text">;
def help_short : Flag<["-"], "h">, Alias<help>, Flags<AllVerbs>;
def version : Flag<["--"], "version">, HelpText<"Show the version">;

// Options for the locations of inputs.
def config : Separate<["-"], "c">, Flags<Readers>, MetaVarName<"<file>">,
             HelpText<"Configuration (default: the nearest ilbridge.yaml)">;
def no_config : Flag<["--"], "no-config">, Flags<Readers>,
                HelpText<"Read no configuration">;
defm root : Value<"root", Readers, "<folder>",
                  "Folder that printed paths are relative to (default: the configuration's folder, or this one)">;
def build : JoinedOrSeparate<["-"], "p">,
            Flags<!listconcat(Native, [Database])>,
            MetaVarName<"<folder>">,
            HelpText<"Build folder, with compile_commands.json">;
defm assembly : Value<"assembly", Managed, "<file>",
                      "Assembly or manifest to read; may be repeated">;
defm reference : Value<"reference", Managed, "<folder>",
                       "Folder with referenced assemblies; may be repeated">;
defm facts : Value<"facts", Matchers, "<file>",
                   "Read facts of 'scan', or objects with facts, instead of C++; may be repeated">;
defm library : Value<"library", Matchers, "<name>",
                     "Take only the imports of this DllImport library; may be repeated">;

defm target : Value<"target", Matchers, "<target>",
                    "Platform that the program runs on: a preset or a triple; may be repeated">;

// An entry of `exports`. It has no help text, so that help fits on a screen.
multiclass Untold<string name, list<OptionFlag> verbs> {
  def NAME : Separate<["--"], name>, Flags<verbs>;
  def NAME # _eq : Joined<["--"], name # "=">, Flags<verbs>,
                   Alias<!cast<Option>(NAME)>;
}
defm export_header : Untold<"export-header", Native>;
defm export_source : Untold<"export-source", Native>;
defm export_function : Untold<"export-function", Native>;
defm export_library : Untold<"export-library", Native>;
defm export_arg : Untold<"export-arg", Native>;
defm export_package : Untold<"export-package", Native>;
def no_exports : Flag<["--"], "no-exports">, Flags<[Scan]>;

defm watch : Untold<"watch", Matchers>;
defm csharp_source : Untold<"csharp-source", Reporters>;

// Options that select compile commands.
defm objects : Value<"objects", [Database], "<folder>",
                     "Only sources that are compiled into this folder; may be repeated">;
defm except : Value<"except", [Database], "<source>",
                    "Leave this source out; may be repeated">;

defm each : Value<"each", [Database], "<folder>",
                  "Give each named source a database of its own below this folder">;

// Options for reading C++.
def every_source : Flag<["--"], "every-source">, Flags<Native>;
def scan_all : Flag<["--"], "scan-all">, Flags<Native>;
defm extra_arg : Value<"extra-arg", Native, "<arg>",
                       "Append to every compile command; may be repeated">;
defm resource_dir : Untold<"resource-dir", Native>;
defm query_driver : Untold<"query-driver", Native>;
def no_query_driver : Flag<["--"], "no-query-driver">, Flags<Native>;
defm path_map : Value<"path-map", [Scan], "<old>=<new>",
                      "Name in facts for a folder outside of the root; may be repeated">;
def jobs : JoinedOrSeparate<["-"], "j">, Flags<Native>, MetaVarName<"<n>">,
           HelpText<"Threads that work at a time (default: one per core)">;
defm cache : Untold<"cache", Native>;
defm cache_size : Untold<"cache-size", Native>;
def no_cache : Flag<["--"], "no-cache">, Flags<Native>;
def keep_going : Flag<["--"], "keep-going">, Flags<Readers>,
                 HelpText<"Continue after errors where possible">;

// Options for outputs.
defm backend : Value<"backend", Emitters, "<name>",
                     "">; // OptionTable.cpp lists the backends
def output : JoinedOrSeparate<["-"], "o">,
             Flags<[Generate, Check, Diff, Manifest, Scan, Database, Report,
                         Stub]>,
             MetaVarName<"<file>">, HelpText<"File to write; - is standard output">;
// Options of outputs. OutputOptions.def contains their texts.
defm name : Untold<"name", Emitters>;
defm region : Untold<"region", Declarers>;
def short_names : Flag<["--"], "short-names">, Flags<Emitters>;
def in_source : Flag<["--"], "in-source">, Flags<Emitters>;
defm abi : Untold<"abi", Bridgers>;
defm dialect : Untold<"dialect", Bridgers>;
defm hybridclr : Untold<"hybridclr", Bridgers>;
def development : Flag<["--"], "development">, Flags<Emitters>;
def marshal : Flag<["--"], "marshal">, Flags<Emitters>;
// OptionTable.cpp has texts for `stub` only, so that the help of `generate` fits on
// a screen.
defm style : Untold<"style", Declarers>;
defm class_ : Untold<"class", Declarers>;
def bodies : Flag<["--"], "bodies">, Flags<Declarers>;
def all : Flag<["--"], "all">, Flags<Declarers>;
defm to : Value<"to", [Stub], "<language>",
                "csharp: declare what C++ exports; cpp: declare what C# imports",
                "csharp,cpp">;
defm runtime : Value<"runtime", Matchers, "<name>",
                     "Runtime that the program runs in, or a version of it: <name>@<version>">;
defm aot : Value<"aot", Bridgers, "<path>",
                 "hybridclr: assemblies compiled ahead of time, or folders; may be repeated">;
defm hot_update : Value<"hot-update", Bridgers, "<path>",
                        "hybridclr: assemblies that are interpreted; may be repeated">;
defm unity_project : Value<"unity-project", Bridgers, "<dir>",
                           "hybridclr: Unity project whose settings name the assemblies; with --platform <name>">;
// docs/configuration.md describes these options. They have no help text, so
// that help fits on a screen.
defm platform : Untold<"platform", Bridgers>;
defm iterations : Untold<"iterations", Bridgers>;
defm reserve : Untold<"reserve", Bridgers>;
def check : Flag<["--"], "check">, Flags<[Generate]>,
            HelpText<"Write nothing; fail if something would change">;
defm depfile : Value<"depfile", [Generate, Check, Scan], "<file>",
                     "Write the names of the files that were read, for make and ninja">;
defm stamp : Untold<"stamp", [Generate, Check]>;
defm method : Value<"method", [Manifest], "<name>",
                    "Also describe this method, for an intrinsic; may be repeated">;

// Options for messages. This one is a flag. The option of `list` takes a value,
// and two options with one name must have different kinds.
def explain_sources : Joined<["--"], "explain">, Flags<[Scan]>,
                      MetaVarName<"">,
                      HelpText<"Only print which sources are parsed, and why">;
defm explain_method : Value<"explain", [List], "<method>",
                            "bridges: why a method has a bridge, or why not">;
// The other formats of findings do not apply to a list.
def format : Separate<["--"], "format">,
             Flags<[Generate, Check, Diff, List]>,
             MetaVarName<"<format>">,
             HelpText<"text, json, sarif, github or msbuild">,
             Values<"text,json,sarif,github,msbuild">;
def format_eq : Joined<["--"], "format=">,
                Flags<[Generate, Check, Diff, List]>, Alias<format>;
defm severity : Value<"severity", Reporters, "<id>=<level>",
                      "Make a diagnostic an error, a warning, or ignore it">;
defm baseline : Untold<"baseline", Reporters>;
// It has no help text, so that help fits on a screen.
def strict : Flag<["--"], "strict">, Flags<Reporters>;
def growth : Flag<["--"], "growth">, Flags<[List]>,
             HelpText<"bridges: how many rows each round adds, and for which methods">;
def core_library : Flag<["--"], "core-library">, Flags<Reporters>;
def coverage : Flag<["--"], "coverage">, Flags<[List]>,
               HelpText<"imports: on which targets each was compared, and why not on others">;
defm layout : Value<"layout", [List], "<struct>",
                    "types: print the layout of a struct in C# and in C++; may be repeated">;
def write : Flag<["--"], "write">, Flags<[Adopt]>,
            HelpText<"Edit the sources (default: show a diff)">;
defm call : Value<"call", [Adopt], "<function>",
                  "Function that an output generates and the sources call (default: RegisterNativeMethods)">;
defm write_baseline : Value<"write-baseline", [Check], "<file>",
                            "Write the findings as a baseline, to be given reasons">;
def verbose : Flag<["--"], "verbose">, Flags<Native>;
def color : Flag<["--"], "color">, Flags<Readers>,
            HelpText<"Color messages everywhere (--no-color: nowhere)">;
// It has no help text, so that help fits on a screen.
def no_color : Flag<["--"], "no-color">, Flags<Readers>;
