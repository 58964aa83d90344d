"""Writes projects whose size is chosen, for benchmarks/run.

    src/source_00012.cpp ──▶ common/common.h          every source includes it
                         ──▶ part/part_07.h, …        shared headers, which include each other
                         ──▶ api/api_00010.h          annotated, only where one is
                         ──▶ <algorithm>, <map>, …    the standard library

Some sources are annotated: they export functions. One in five of those declares
them in an annotated header, which twenty other sources include, too. The same
numbers give the same text.
"""

import json
import os
import re
import subprocess

EXPORTS = 4  # functions of an annotated source
SHOWN_IN_HEADER = 5  # one in this many annotated sources has an annotated header
USERS = 20  # other sources that include an annotated header
PARTS_OF_A_SOURCE = 4  # shared headers that a source includes itself

# The spelling of a value in C++ and in C#.
VALUES = [
    ("int", "int"),
    ("float", "float"),
    ("const char *", "string"),
    ("common::Vec3", "Vec3"),
    ("long long", "long"),
    ("common::Pair &", "ref Pair"),
]

COMMON = """#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace common {

struct Vec3 { float x, y, z; };
struct Pair { int a; double b; };

inline int edited() { return 0; }

template <typename Key, typename Value> class Registry {
public:
  void add(const Key &key, Value value) { entries[key] = std::make_unique<Value>(std::move(value)); }
  const Value *find(const Key &key) const {
    auto found = entries.find(key);
    return found == entries.end() ? nullptr : found->second.get();
  }
  void each(const std::function<void(const Key &, const Value &)> &visit) const {
    for (const auto &[key, value] : entries)
      visit(key, *value);
  }

private:
  std::map<Key, std::unique_ptr<Value>> entries;
};

} // namespace common
"""

PART = """#pragma once
#include "common/common.h"
{includes}
namespace part_{n:02} {{

struct Settings {{
  std::string name;
  std::vector<int> values;
  std::unordered_map<std::string, double> weights;
}};

class Component {{
public:
  explicit Component(Settings settings) : settings(std::move(settings)) {{}}
  virtual ~Component() = default;
  virtual double total() const {{
    double sum = {n};
    for (const auto &[name, weight] : settings.weights)
      sum += weight * static_cast<double>(name.size());
    return sum;
  }}
  void scale(double by) {{
    for (auto &entry : settings.weights)
      entry.second *= by;
  }}

protected:
  Settings settings;
}};

template <typename T> T sum(const std::vector<T> &values) {{
  T result{{}};
  for (const T &value : values)
    result += value;
  return result;
}}

}} // namespace part_{n:02}
"""

SOURCE = """#include "common/common.h"
{includes}
#include <algorithm>
#include <iostream>
#include <sstream>

namespace {{

int edited() {{ return 0; }}

struct Item {{
  std::string name;
  int rank = {n};
  common::Vec3 place{{}};
}};

class Store : public part_{part:02}::Component {{
public:
  using Component::Component;
  double total() const override {{ return Component::total() + static_cast<double>(items.size()); }}
  void insert(Item item) {{ items.push_back(std::move(item)); }}
  void sort() {{
    std::sort(items.begin(), items.end(), [](const Item &a, const Item &b) {{ return a.rank < b.rank; }});
  }}
  std::string print() const {{
    std::ostringstream out;
    for (const Item &item : items)
      out << item.name << ' ' << item.rank + edited() << '\\n';
    return out.str();
  }}

private:
  std::vector<Item> items;
}};

}} // namespace

namespace source_{n:05} {{

double run(const std::vector<std::string> &names) {{
  common::Registry<std::string, Item> registry;
  Store store(part_{part:02}::Settings{{"source_{n:05}", {{1, 2, {n}}}, {{{{"weight", 0.5}}}}}});
  for (const std::string &name : names) {{
    Item item{{name, static_cast<int>(name.size()), {{}}}};
    registry.add(name, item);
    store.insert(item);
  }}
  store.sort();
  int ranks = 0;
  registry.each([&](const std::string &, const Item &item) {{ ranks += item.rank; }});
  auto longest = std::max_element(names.begin(), names.end(), [](const auto &a, const auto &b) {{ return a.size() < b.size(); }});
  if (longest != names.end())
    std::cout << *longest << store.print();
  return store.total() + ranks + part_{part:02}::sum(std::vector<double>{{1.0, {n}.0}});
}}

}} // namespace source_{n:05}
"""


def write(folder, path, text):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def edit(path, turn):
    """Changes one constant in a function body of a source or a header. The number of lines does not change."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text, count = re.subn(r"(edited\w*\(\) \{ return )\d+; \}", rf"\g<1>{turn}; }}", text)
    assert count == 1, path
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def evenly(items, count):
    """Returns that many elements that are spread evenly over the list, or all elements."""
    count = min(count, len(items))
    return [items[i * len(items) // count] for i in range(count)]


class Export:
    """A function in C++ and in C#."""

    def __init__(self, number):
        self.name = f"Act{number}"
        kinds = [VALUES[number // len(VALUES) ** p % len(VALUES)] for p in range(2 + number % 3)]
        self.parameters = ", ".join(f"{cxx} p{p}" for p, (cxx, _) in enumerate(kinds))
        self.csharp = ", ".join(f"{csharp} p{p}" for p, (_, csharp) in enumerate(kinds))

    def declaration(self):
        return f"ILBRIDGE_EXPORT int {self.name}({self.parameters});\n"

    def definition(self, annotated):
        mark = "ILBRIDGE_EXPORT " if annotated else ""
        return f"{mark}int {self.name}({self.parameters}) {{ return edited(); }}\n"

    def method(self, renamed):
        if not renamed:
            return f'  [DllImport("game")] public static extern int {self.name}({self.csharp});\n'
        return f'  [DllImport("game", EntryPoint = "{self.name}")] public static extern int Renamed{self.name}({self.csharp});\n'


def write_assemblies(folder, exports):
    """Writes two assemblies that import the same functions. One method has a different name in the second one."""
    structs = (
        "using System.Runtime.InteropServices;\n"
        "public struct Vec3 { public float X, Y, Z; }\n"
        "public struct Pair { public int A; public double B; }\n"
    )
    assemblies = []
    for number, version in enumerate(["first", "second"]):
        methods = "".join(e.method(renamed=number == 1 and i == 0) for i, e in enumerate(exports))
        source = write(folder, f"{version}/Game.cs", structs + "public static class Native {\n" + methods + "}\n")
        assembly = os.path.join(folder, version, "Game.dll")
        subprocess.run(["mcs", "-nologo", "-target:library", f"-out:{assembly}", source], check=True)
        assemblies.append(assembly)
    return assemblies


class Project:
    """What benchmarks/run needs to know of one: files to edit, commands to compare with.

    commands: of every source, in the order of the database.
    annotated_source, plain_source: None where there is none.
    reached: the commands whose source includes central_header.
    """

    def __init__(self, name, folder, commands, annotated):
        self.name = name
        self.folder = folder
        self.commands = commands
        self.reached = commands
        self.annotated = annotated
        self.build = os.path.join(folder, "build")
        self.annotated_source = self.plain_source = self.central_header = None
        self.assemblies = []

    def command_of(self, source):
        return next(command for command in self.commands if command["file"] == source)

    def write_database(self):
        write(self.build, "compile_commands.json", json.dumps(self.commands, indent=1))


def synthetic(folder, sources, annotated, headers, export_include, compiler):
    """Creates a project with that many sources, annotated sources and shared headers."""
    write(folder, "include/common/common.h", COMMON)
    for n in range(headers):
        others = sorted({(n - 1) // 2, (n - 1) // 3}) if n else []
        includes = "".join(f'#include "part/part_{other:02}.h"\n' for other in others)
        write(folder, f"include/part/part_{n:02}.h", PART.format(n=n, includes=includes))

    is_annotated = [n for n in range(sources) if n * annotated // sources != (n + 1) * annotated // sources]
    with_header = set(is_annotated[::SHOWN_IN_HEADER])
    exports = {n: [Export(EXPORTS * i + e) for e in range(EXPORTS)] for i, n in enumerate(is_annotated)}
    shown = {n: [] for n in range(sources)}  # by a source: annotated headers
    for n in sorted(with_header):
        declarations = "".join(export.declaration() for export in exports[n])
        write(folder, f"include/api/api_{n:05}.h", f'#pragma once\n#include "common/common.h"\n#include <ilbridge/export.h>\n\n{declarations}')
        for user in range(min(USERS + 1, sources)):
            shown[(n + user) % sources].append(n)

    commands = []
    flags = f"-O2 -std=c++20 -Wall -I{folder}/include -I{export_include}"
    for n in range(sources):
        parts = sorted({(7 * n + 11 * p) % headers for p in range(PARTS_OF_A_SOURCE)})
        includes = "".join(f'#include "part/part_{part:02}.h"\n' for part in parts)
        includes += "".join(f'#include "api/api_{other:05}.h"\n' for other in shown[n])
        text = SOURCE.format(n=n, part=parts[0], includes=includes)
        if n in exports:
            if n not in with_header:
                text = text.replace("#include <algorithm>", "#include <ilbridge/export.h>\n\n#include <algorithm>")
            text += "\n" + "".join(export.definition(n not in with_header) for export in exports[n])
        source = write(folder, f"src/source_{n:05}.cpp", text)
        commands.append({"directory": folder, "file": source, "command": f"{compiler} {flags} -o build/source_{n:05}.o -c {source}"})

    result = Project("synthetic", folder, commands, annotated)
    result.write_database()
    result.central_header = os.path.join(folder, "include/common/common.h")
    # One of the sources whose functions no header declares.
    owners = [n for n in is_annotated if n not in with_header] or is_annotated
    result.annotated_source = commands[owners[len(owners) // 2]]["file"] if owners else None
    plain = [n for n in range(sources) if n not in exports and not shown[n]]
    result.plain_source = commands[plain[len(plain) // 2]]["file"] if plain else None
    result.assemblies = write_assemblies(folder, [export for n in is_annotated for export in exports[n]])
    return result
