// This assembly has one of each kind of declaration. The code that is generated
// from it must equal the code that is generated from its manifest.

using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Shared;

[AttributeUsage(AttributeTargets.Method)]
public sealed class MonoPInvokeCallbackAttribute : Attribute {
  public MonoPInvokeCallbackAttribute(Type type) {}
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class ReversePInvokeWrapperGenerationAttribute : Attribute {
  public ReversePInvokeWrapperGenerationAttribute(int count) {}
}

namespace Rich {

public struct Vec3 {
  public float X, Y, Z;
}

[Flags]
public enum Access : uint { None, Read, Write = 0x80000000 }

[StructLayout(LayoutKind.Explicit, Size = 16)]
public struct Either {
  [FieldOffset(0)] public int Integer;
  [FieldOffset(0)] public float Real;
  [FieldOffset(8)] public double Wide;
}

public struct Body {
  public Vec3 Position;
  public Point Cell;
  public Access Access;
  public Packed Extra;
}

public unsafe struct Buffer {
  public int Length;
  public fixed byte Data[12];
}

public class Outer {
  public struct Inner {
    public short A;
    public byte B;
  }

  public static class Deep {
    [DllImport("rich")] public static extern int Nested(Inner i, ref Inner r);
  }
}

public static class Numbers {
  [DllImport("rich")] public static extern int Add(int a, int b);
  [DllImport("rich", EntryPoint = "AddFloats")]
  public static extern float Add(float a, float b);
  [DllImport("rich.dll", EntryPoint = "rich_sub", ExactSpelling = true,
             CallingConvention = CallingConvention.Cdecl, SetLastError = true)]
  public static extern long Sub(long a, long b);
  [DllImport("rich")] public static extern void Divide(int a, int b, out int q, out int r);
  [DllImport("rich")] public static extern double Mean([In] double[] values, int count);
  [DllImport("rich")] public static extern unsafe void Fill(byte *data, UIntPtr size);
  [DllImport("rich")] public static extern IntPtr Open(int id);
  [DllImport("rich")]
  [return: MarshalAs(UnmanagedType.I1)]
  public static extern bool Flip([MarshalAs(UnmanagedType.U1)] bool value);
}

public static class Structs {
  [DllImport("rich")] public static extern Vec3 Scale(Vec3 v, float by);
  [DllImport("rich")] public static extern Body Step(ref Body b, Access a);
  [DllImport("rich")] public static extern Either Choose(Either e);
  [DllImport("rich")] public static extern Side Turn(Side s, Point p);
  [DllImport("rich")] public static extern void Pack(ref Packed p);
  [DllImport("rich")] public static extern void Load(ref Buffer b);
}

public static class Text {
  [DllImport("rich", CharSet = CharSet.Ansi)]
  public static extern int Length(string text);
  [DllImport("rich", CharSet = CharSet.Unicode)]
  public static extern int WideLength(string text);
  [DllImport("rich")]
  public static extern string Name([MarshalAs(UnmanagedType.LPWStr)] string text);
}

public class Engine<T> {
  [MethodImpl(MethodImplOptions.InternalCall)]
  public static extern int Count();
}

public class Clock {
  public static extern long Now {
    [MethodImpl(MethodImplOptions.InternalCall)]
    get;
  }
  [MethodImpl(MethodImplOptions.InternalCall)]
  public static extern float Mix(Pair<int, float> pair, int[] weights);
  [MethodImpl(MethodImplOptions.InternalCall)]
  public extern int Ticks(int scale);

  public Clock(int start) {}

  public static int Clamp(int value, int low, int high) {
    return value < low ? low : value > high ? high : value;
  }
  public static int Clamp(int value) { return Clamp(value, 0, 1); }
}

public delegate void Log(int level, [MarshalAs(UnmanagedType.LPStr)] string text);

[UnmanagedFunctionPointer(CallingConvention.Cdecl, CharSet = CharSet.Unicode)]
public delegate int Visit(ref Vec3 at, char letter);

public static class Callbacks {
  [MonoPInvokeCallback(typeof(Log))]
  [ReversePInvokeWrapperGeneration(3)]
  static void OnLog(int level, string text) {}

  [MonoPInvokeCallback(typeof(Visit))]
  static int OnVisit(ref Vec3 at, char letter) { return 0; }
}

}
