// The managed side: a program that calls C++ in every usual way.

using System;
using System.Runtime.InteropServices;

namespace Game {

public struct Vec3 {
  public float X, Y, Z;
}

public enum Level : byte { Easy, Normal, Hard }

public struct Enemy {
  public Vec3 Position;
  public int Health;
  public Level Level;
}

public static class Native {
  // A struct is passed and returned by value.
  [DllImport("game")]
  public static extern Vec3 Move(Vec3 position, Vec3 velocity, float seconds);

  // A string is passed, and a string is returned.
  [DllImport("game")]
  public static extern string Greet(string name);

  // An array is passed with its length.
  [DllImport("game")]
  public static extern long Total(int[] scores, int count);

  // Enums are passed and returned.
  [DllImport("game")]
  public static extern Level Harder(Level level);

  // The callee changes a struct, and returns a second result.
  [DllImport("game")]
  [return: MarshalAs(UnmanagedType.I1)]
  public static extern bool Hit(ref Enemy enemy, int damage, out int overkill);

  // C++ calls a delegate before the call returns.
  [DllImport("game", EntryPoint = "ForEachPrime")]
  public static extern int ForEachPrime(int limit, IntPtr visit);
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class MonoPInvokeCallbackAttribute : Attribute {
  public MonoPInvokeCallbackAttribute(Type type) {}
}

public static class Program {
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  delegate void Visit(int prime);

  static int sum;

  [MonoPInvokeCallback(typeof(Visit))]
  static void AddUp(int prime) { sum += prime; }

  static void Check(string what, object expected, object actual) {
    bool same = Equals(expected, actual);
    Console.WriteLine("{0} {1}: {2}", same ? "ok  " : "FAIL", what, actual);
    if (!same)
      Environment.ExitCode = 1;
  }

  public static int Main() {
    var moved = Native.Move(new Vec3 { X = 1, Y = 2, Z = 3 },
                            new Vec3 { X = 10, Y = 0, Z = -10 }, 0.5f);
    Check("Move", "6 2 -2", moved.X + " " + moved.Y + " " + moved.Z);
    Check("Greet", "Grüß Gott, Zoë!", Native.Greet("Zoë"));
    Check("Total", 6000000000L,
          Native.Total(new[] { 2000000000, 2000000000, 2000000000 }, 3));
    Check("Harder", Level.Hard, Native.Harder(Level.Normal));

    var enemy = new Enemy { Health = 7, Level = Level.Hard };
    int overkill;
    Check("Hit", true, Native.Hit(ref enemy, 10, out overkill));
    Check("Hit: overkill", 3, overkill);
    Check("Hit: health", 0, enemy.Health);

    Visit visit = AddUp;
    Check("ForEachPrime", 4, Native.ForEachPrime(
        10, Marshal.GetFunctionPointerForDelegate(visit)));
    Check("ForEachPrime: sum", 17, sum);
    GC.KeepAlive(visit);
    return Environment.ExitCode;
  }
}

}
