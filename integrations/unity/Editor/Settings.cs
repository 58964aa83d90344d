// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

using System;
using UnityEditor;
using UnityEngine;

namespace Ilbridge.HybridCLR
{
    /// <summary>
    /// The path of the program. It differs between machines, so it is stored in the editor's preferences and not in the
    /// project. The environment variable ILBRIDGE, which build servers set, takes precedence.
    /// </summary>
    public static class Settings
    {
        const string Key = "Ilbridge.Program";

        /// <summary>The program: a path, or a name that is searched in PATH.</summary>
        public static string ProgramPath
        {
            get
            {
                string path = Environment.GetEnvironmentVariable("ILBRIDGE");
                return string.IsNullOrEmpty(path) ? EditorPrefs.GetString(Key, "ilbridge") : path;
            }
            set { EditorPrefs.SetString(Key, value); }
        }

        [SettingsProvider]
        public static SettingsProvider Create()
        {
            return new SettingsProvider("Preferences/ilbridge", SettingsScope.User)
            {
                label = "ilbridge",
                keywords = new[] { "ilbridge", "HybridCLR", "bridge" },
                guiHandler = search => Draw(),
            };
        }

        static void Draw()
        {
            string path = EditorPrefs.GetString(Key, "ilbridge");
            EditorGUILayout.BeginHorizontal();
            string changed = EditorGUILayout.TextField("Program", path);
            if (GUILayout.Button("...", GUILayout.Width(30)))
            {
                string chosen = EditorUtility.OpenFilePanel("ilbridge", "", "");
                if (!string.IsNullOrEmpty(chosen))
                    changed = chosen;
            }
            EditorGUILayout.EndHorizontal();
            if (changed != path)
                EditorPrefs.SetString(Key, changed);
            if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ILBRIDGE")))
                EditorGUILayout.HelpBox("The environment variable ILBRIDGE takes the place of this setting.", MessageType.Info);
        }
    }
}
