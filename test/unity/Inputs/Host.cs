// Takes the role of the editor: Host.exe PROJECT TARGET [development] COMMAND... calls
// commands of the menu, or "preferences PROGRAM", or "parse" for standard input.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using UnityEditor;

static class Host {
  static void Main(string[] args) {
    HybridCLR.Editor.SettingsUtil.ProjectDir = args[0];
    EditorUserBuildSettings.activeBuildTarget = (BuildTarget)Enum.Parse(typeof(BuildTarget), args[1]);
    for (int i = 2; i != args.Length; ++i)
      if (args[i] == "development")
        EditorUserBuildSettings.development = true;
      else if (args[i] == "parse")
        Parse();
      else if (args[i] == "preferences") {
        EditorGUILayout.Typed = args[++i];
        Methods<SettingsProviderAttribute>(_ => true)[0].Invoke<SettingsProvider>().guiHandler("");
      } else {
        string path = args[i];
        try {
          Methods<MenuItem>(item => item.Path == path)[0].Invoke<object>();
        } catch (TargetInvocationException e) {
          Console.WriteLine("failed: " + e.InnerException.GetType().Name + ": " + e.InnerException.Message);
        }
      }
  }

  static void Parse() {
    var lines = new List<string>();
    for (string line; (line = Console.In.ReadLine()) != null;)
      lines.Add(line);
    foreach (var message in Ilbridge.HybridCLR.Message.Parse(lines))
      Console.WriteLine(message.TheKind + ": " + message.Text);
  }

  static MethodInfo[] Methods<T>(Func<T, bool> fits) where T : Attribute {
    return typeof(Ilbridge.HybridCLR.Commands).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
        .Where(method => method.GetCustomAttributes(typeof(T), false).Cast<T>().Any(fits)).ToArray();
  }
  static T Invoke<T>(this MethodInfo method) { return (T)method.Invoke(null, null); }
}
