// The managed side of the benchmarks.

using System;
using System.Runtime.InteropServices;

public struct Vec3 { public float X, Y, Z; }

public struct Segment { public double Begin, End, Speed; }

public enum Mode : byte { Off, On }

public static class Native {
  [DllImport("bench")] public static extern int Add(int a, int b);
  [DllImport("bench")] public static extern float Dot(Vec3 a, Vec3 b);
  [DllImport("bench")] public static extern Segment Advance(Segment s, double seconds);
  [DllImport("bench")] public static extern int Count(string text);
  [DllImport("bench", CharSet = CharSet.Unicode)]
  public static extern int Units(string text);
  [DllImport("bench")] public static extern double Mix(
      sbyte a, ushort b, int c, long d, float e, double f, IntPtr g, Mode h);
}
