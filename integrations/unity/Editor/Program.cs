// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;

namespace Ilbridge.HybridCLR
{
    /// <summary>A run of the program ilbridge.</summary>
    public static class Program
    {
        /// <summary>The exit statuses that ilbridge documents.</summary>
        public const int Clean = 0, HasFindings = 1;

        /// <summary>
        /// Runs the program and waits for it. <paramref name="lines"/> receives its output: standard output, and then
        /// standard error.
        /// </summary>
        /// <exception cref="Win32Exception">The program cannot be started.</exception>
        public static int Run(string program, IEnumerable<string> arguments, string folder, out List<string> lines)
        {
            var quoted = new List<string>();
            foreach (string argument in arguments)
                quoted.Add(Quote(argument));
            var start = new ProcessStartInfo(program, string.Join(" ", quoted.ToArray()))
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
                StandardErrorEncoding = System.Text.Encoding.UTF8,
            };
            var said = new List<string>();
            var reported = new List<string>();
            using (Process process = Process.Start(start))
            {
                // Both streams are read at once, so that neither fills up.
                process.OutputDataReceived += (sender, line) => { if (line.Data != null) said.Add(line.Data); };
                process.ErrorDataReceived += (sender, line) => { if (line.Data != null) reported.Add(line.Data); };
                process.BeginOutputReadLine();
                process.BeginErrorReadLine();
                process.WaitForExit();
                said.AddRange(reported);
                lines = said;
                return process.ExitCode;
            }
        }

        /// <summary>Quotes one argument for the runtime's parser of command lines.</summary>
        public static string Quote(string argument)
        {
            var text = new System.Text.StringBuilder("\"");
            int backslashes = 0;
            foreach (char c in argument)
            {
                if (c == '\\')
                {
                    ++backslashes;
                    continue;
                }
                // Backslashes are literal unless a quotation mark follows.
                text.Append('\\', c == '"' ? 2 * backslashes + 1 : backslashes);
                text.Append(c);
                backslashes = 0;
            }
            text.Append('\\', 2 * backslashes);
            return text.Append('"').ToString();
        }
    }
}
