// This is a stand-in for the part of HybridCLR's package that ilbridge's package uses.
// Each step prints that it runs.
using System;
using UnityEditor;

namespace HybridCLR.Editor {
  public static class SettingsUtil {
    public static string ProjectDir { get; set; }
    public static string GeneratedCppDir { get { return ProjectDir + "/HybridCLRData/LocalIl2CppData-LinuxEditor/il2cpp/libil2cpp/hybridclr/generated"; } }
  }
}

namespace HybridCLR.Editor.Commands {
  public static class CompileDllCommand { public static void CompileDll(BuildTarget target) { Console.WriteLine("step: CompileDll " + target); } }
  public static class Il2CppDefGeneratorCommand { public static void GenerateIl2CppDef() { Console.WriteLine("step: Il2CppDef"); } }
  public static class LinkGeneratorCommand { public static void GenerateLinkXml(BuildTarget target) { Console.WriteLine("step: LinkXml " + target); } }
  public static class StripAOTDllCommand { public static void GenerateStripedAOTDlls(BuildTarget target) { Console.WriteLine("step: AOTDlls " + target); } }
  public static class AOTReferenceGeneratorCommand { public static void GenerateAOTGenericReference(BuildTarget target) { Console.WriteLine("step: AOTGenericReference " + target); } }
  public static class MethodBridgeGeneratorCommand { public static void CleanIl2CppBuildCache() { Console.WriteLine("step: CleanIl2CppBuildCache"); } }
}
