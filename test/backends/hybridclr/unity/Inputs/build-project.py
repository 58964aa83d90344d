"""Compiles what Unity and HybridCLR's steps leave in a project: stripped assemblies of two
build targets, hot-update assemblies in all places where they can be, and a libil2cpp."""

import os
import shutil
import subprocess

CALLBACK = """
public class MonoPInvokeCallbackAttribute : System.Attribute { public MonoPInvokeCallbackAttribute(System.Type t) {} }
public delegate int D(%(type)s a);
public static class %(name)s { [MonoPInvokeCallback(typeof(D))] public static int Called(%(type)s a) { return 0; } }
"""


def compile(source, output):
    os.makedirs(os.path.dirname(output), exist_ok=True)
    with open("source.cs", "w") as file:
        file.write(source)
    library = os.path.basename(output).replace(".bytes", "")
    subprocess.run(["mcs", "-nologo", "-target:library", "-out:" + library, "source.cs"], check=True)
    shutil.move(library, output)


DATA = "project/HybridCLRData/"
compile("public static class App { public static void Fine(sbyte a, char b) {} }", DATA + "AssembliesPostIl2CppStrip/Android/App.dll")
compile("public static class App { public static void Web(long a) {} }", DATA + "AssembliesPostIl2CppStrip/iOS/App.dll")
compile(CALLBACK % {"type": "int", "name": "Game"}, DATA + "HotUpdateDlls/Android/Game.dll")
compile(CALLBACK % {"type": "long", "name": "Hot"}, DATA + "HotUpdateDlls/Android/Main.Hot.dll.bytes")
compile(CALLBACK % {"type": "byte", "name": "Unlisted"}, DATA + "HotUpdateDlls/Android/Unlisted.dll")
# External folders are searched first, and in each of them the subfolder of the build target.
compile(CALLBACK % {"type": "float", "name": "First"}, "project/Plugins/Android/First.dll")
compile(CALLBACK % {"type": "short", "name": "First"}, "project/Plugins/First.dll")
compile(CALLBACK % {"type": "double", "name": "Second"}, "project/Plugins/Second.dll")
compile(CALLBACK % {"type": "sbyte", "name": "Second"}, DATA + "HotUpdateDlls/Android/Second.dll")
generated = DATA + "LocalIl2CppData-LinuxEditor/il2cpp/libil2cpp/hybridclr/generated/"
os.makedirs(generated)
shutil.copy("before.cpp", generated + "MethodBridge.cpp")
with open(generated + "libil2cpp-version.txt", "w", encoding="utf-8-sig") as file:
    file.write("7.9.0\n")
