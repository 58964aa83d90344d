// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Ilbridge.HybridCLR
{
    /// <summary>A message of ilbridge: a finding with its notes, or an error in the input.</summary>
    public sealed class Message
    {
        public enum Kind { Log, Warning, Error }

        public Kind TheKind;
        public string Text;

        // A finding is "place: error ID: text"; anything else is "place: error: text".
        static readonly Regex Head = new Regex(@"^(?:\S.*?:? ?)?\b(error|warning)(?: ilbridge-[\w-]+)?: ");

        /// <summary>
        /// Parses what ilbridge prints with --format=msbuild: one line for a finding, followed by its notes,
        /// which are indented.
        /// </summary>
        public static List<Message> Parse(IEnumerable<string> lines)
        {
            var messages = new List<Message>();
            foreach (string line in lines)
            {
                if (line.Length == 0)
                    continue;
                if (line[0] == ' ' && messages.Count > 0)
                {
                    messages[messages.Count - 1].Text += "\n" + line.Trim();
                    continue;
                }
                Match head = Head.Match(line);
                Kind kind = !head.Success ? Kind.Log : head.Groups[1].Value == "error" ? Kind.Error : Kind.Warning;
                messages.Add(new Message { TheKind = kind, Text = line });
            }
            return messages;
        }
    }
}
