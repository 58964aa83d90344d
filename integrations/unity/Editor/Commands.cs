// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using HybridCLR.Editor;
using HybridCLR.Editor.Commands;
using UnityEditor;
using UnityEditor.Build;
using UnityEngine;

namespace Ilbridge.HybridCLR
{
    /// <summary>
    /// The commands of HybridCLR's menu, with ilbridge instead of HybridCLR's own generator. Methods of the same name
    /// take a build target, for scripts that build a player.
    /// </summary>
    public static class Commands
    {
        [MenuItem("HybridCLR/Generate/MethodBridge by ilbridge", priority = 102)]
        public static void Generate()
        {
            Generate(EditorUserBuildSettings.activeBuildTarget);
        }

        /// <summary>Writes the bridge functions. Run HybridCLR/Generate/AOTDlls first.</summary>
        /// <exception cref="BuildFailedException">An error occurred. It is logged to the console.</exception>
        public static void Generate(BuildTarget target)
        {
            string file = SettingsUtil.GeneratedCppDir + "/MethodBridge.cpp";
            DateTime before = File.GetLastWriteTimeUtc(file);
            var more = new List<string>();
            if (EditorUserBuildSettings.development)
                more.Add("--development");
            try
            {
                Run("generate", target, more);
            }
            finally
            {
                // Unity may not notice that libil2cpp has changed. A file whose contents stay the same is not written.
                if (File.GetLastWriteTimeUtc(file) != before)
                    MethodBridgeGeneratorCommand.CleanIl2CppBuildCache();
            }
        }

        [MenuItem("HybridCLR/Generate/All by ilbridge", priority = 201)]
        public static void GenerateAll()
        {
            GenerateAll(EditorUserBuildSettings.activeBuildTarget);
        }

        /// <summary>Runs all steps of HybridCLR/Generate/All in their order.</summary>
        /// <exception cref="BuildFailedException">An error occurred. It is logged to the console.</exception>
        public static void GenerateAll(BuildTarget target)
        {
            CompileDllCommand.CompileDll(target);
            Il2CppDefGeneratorCommand.GenerateIl2CppDef();
            LinkGeneratorCommand.GenerateLinkXml(target);
            StripAOTDllCommand.GenerateStripedAOTDlls(target);
            Generate(target);
            AOTReferenceGeneratorCommand.GenerateAOTGenericReference(target);
        }

        [MenuItem("HybridCLR/Check by ilbridge", priority = 202)]
        public static void Check()
        {
            Check(EditorUserBuildSettings.activeBuildTarget);
        }

        /// <summary>Reports what Generate would report, and writes nothing.</summary>
        /// <exception cref="BuildFailedException">An error occurred. It is logged to the console.</exception>
        public static void Check(BuildTarget target)
        {
            Run("check", target, new List<string>());
        }

        static void Run(string verb, BuildTarget target, List<string> more)
        {
            var arguments = new List<string>
            {
                verb, "--format=msbuild", "--backend", "hybridclr",
                "--unity-project", ".", "--platform", target.ToString(),
            };
            arguments.AddRange(more);
            string program = Settings.ProgramPath;
            List<string> lines;
            int status;
            try
            {
                status = Program.Run(program, arguments, SettingsUtil.ProjectDir, out lines);
            }
            catch (Win32Exception e)
            {
                throw new BuildFailedException(
                    "ilbridge cannot be started as '" + program + "': " + e.Message.TrimEnd('.') +
                    ". Say where it is in Preferences > ilbridge, or in the environment variable ILBRIDGE.");
            }
            foreach (Message message in Message.Parse(lines))
            {
                if (message.TheKind == Message.Kind.Error)
                    Debug.LogError(message.Text);
                else if (message.TheKind == Message.Kind.Warning)
                    Debug.LogWarning(message.Text);
                else
                    Debug.Log(message.Text);
            }
            if (status == Program.HasFindings)
                throw new BuildFailedException("ilbridge has found errors, which the console shows.");
            if (status != Program.Clean)
                throw new BuildFailedException("ilbridge " + verb + " ended with status " + status + "; the console says why.");
            Debug.Log("ilbridge " + verb + ": no errors for " + target + ".");
        }
    }
}
