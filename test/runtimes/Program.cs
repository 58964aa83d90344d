// Runs the cases whose names a file lists, and prints what happened in each.

using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;

public static class Program {
  [DllImport("rows")] static extern void runtimes_begin();
  [DllImport("rows")] static extern int runtimes_wanted();
  [DllImport("rows")] static extern int runtimes_missed();
  static int wanted, missed;

  /// Records whether a value is the expected one.
  public static void Want(bool isRight) {
    ++wanted;
    if (!isRight) ++missed;
  }

  public static int Main(string[] arguments) {
    foreach (string name in File.ReadAllLines(arguments[0])) {
      // If a case ends the process, it is the one that began last.
      Console.WriteLine("begin " + name);
      Console.Out.Flush();
      wanted = missed = 0;
      runtimes_begin();
      string thrown = "";
      try {
        typeof(Program).Assembly.GetType(name).GetMethod("Run").Invoke(null, null);
      } catch (Exception e) {
        while (e is TargetInvocationException) e = e.InnerException;
        thrown = e.GetType().Name + ": " + e.Message.Replace("\r", "").Replace("\n", " ");
      }
      Console.WriteLine("end " + wanted + " " + missed + " " + runtimes_wanted() + " " + runtimes_missed() + " " + thrown);
      Console.Out.Flush();
    }
    Console.WriteLine("finished");
    Console.Out.Flush();
    return 0;
  }
}
