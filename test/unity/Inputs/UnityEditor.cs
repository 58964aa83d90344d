// This is a stand-in for the part of the editor that ilbridge's package uses. Its
// console is the standard output.
using System;
using System.Collections.Generic;

namespace UnityEngine {
  public static class Debug {
    public static void Log(object message) { Console.WriteLine("log: " + message); }
    public static void LogWarning(object message) { Console.WriteLine("warning: " + message); }
    public static void LogError(object message) { Console.WriteLine("error: " + message); }
  }
  public sealed class GUILayoutOption {}
  public static class GUILayout {
    public static bool Button(string text, params GUILayoutOption[] options) { return false; }
    public static GUILayoutOption Width(float width) { return null; }
  }
}

namespace UnityEditor {
  [AttributeUsage(AttributeTargets.Method)]
  public sealed class MenuItem : Attribute {
    public readonly string Path;
    public int priority;
    public MenuItem(string path) { Path = path; }
  }
  public enum BuildTarget { Android, iOS, WebGL, StandaloneLinux64 }
  public static class EditorUserBuildSettings {
    public static BuildTarget activeBuildTarget;
    public static bool development;
  }
  public static class EditorPrefs {
    static readonly Dictionary<string, string> Values = new Dictionary<string, string>();
    public static string GetString(string key, string other) { string value; return Values.TryGetValue(key, out value) ? value : other; }
    public static void SetString(string key, string value) { Values[key] = value; }
  }
  public enum SettingsScope { User, Project }
  [AttributeUsage(AttributeTargets.Method)] public sealed class SettingsProviderAttribute : Attribute {}
  public class SettingsProvider {
    public readonly string settingsPath;
    public SettingsProvider(string path, SettingsScope scopes, IEnumerable<string> keywords = null) { settingsPath = path; }
    public string label { get; set; }
    public IEnumerable<string> keywords { get; set; }
    public Action<string> guiHandler { get; set; }
  }
  public enum MessageType { None, Info }
  public static class EditorGUILayout {
    /// The text that the user types next.
    public static string Typed;
    public static void BeginHorizontal() {}
    public static void EndHorizontal() {}
    public static string TextField(string label, string text) { return Typed ?? text; }
    public static void HelpBox(string message, MessageType type) { Console.WriteLine("help: " + message); }
  }
  public static class EditorUtility {
    public static string OpenFilePanel(string title, string directory, string extension) { return ""; }
  }
}

namespace UnityEditor.Build {
  public class BuildFailedException : Exception {
    public BuildFailedException(string message) : base(message) {}
  }
}
