// The managed side.

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Game {

public struct Vec3 { public float X, Y, Z; }

public static class Log {
  [MethodImpl(MethodImplOptions.InternalCall)]
  public static extern void Write(string text);
}

public static class Native {
  [DllImport("game")] public static extern int Add(int a, int b);
  [DllImport("game")] public static extern float Length(ref Vec3 v);
  [DllImport("game")] public static extern long Sum(int[] values);
}

public static class Program {
  static void Main() {
    var v = new Vec3 { X = 3, Y = 4 };
    Log.Write("length " + (int)Native.Length(ref v));
    Log.Write("sum " + Native.Sum(new[] { 2000000000, 2000000000, Native.Add(40, 2) }));
  }
}
}
