// These structs have every shape for which a token or a structure is generated.
using System;
using System.Runtime.InteropServices;

namespace Shapes {
  public enum Tiny : sbyte { A }
  public enum Wide : ulong { A }

  public struct Empty {}
  public struct Byte1 { public byte A; }
  public struct Byte3 { public byte A, B, C; }
  public struct Mixed8 { public byte A; public short B; public int C; }
  public struct Int12 { public int A, B, C; }
  public struct Long16 { public long A; public byte B; }
  public struct Big24 { public long A, B, C; }
  public struct Big40 { public long A, B, C, D, E; }
  public struct Float1 { public float X; }
  public struct Float2 { public float X, Y; }
  public struct Float3 { public float X, Y, Z; }
  public struct Float4 { public float X, Y, Z, W; }
  public struct Double1 { public double X; }
  public struct Double2 { public double X, Y; }
  public struct Double3 { public double X, Y, Z; }
  public struct Double4 { public double X, Y, Z, W; }
  public struct FloatInt { public float X; public int N; }
  public struct FloatDouble { public float X; public double Y; }
  public struct Nested { public Byte3 A; public Float2 B; public Mixed8 C; }
  public struct NestedFloats { public Float1 A; public Float2 B; }
  public struct Inner1 { public Byte1 A; }
  public struct Inner2 { public Inner1 A; }
  public struct HasReference { public string A; public int B; }
  public struct HasPointer { public IntPtr A; public UIntPtr B; }
  public unsafe struct HasFixed { public fixed byte A[7]; public byte B; }
  public struct Pair<A, B> { public A First; public B Second; }

  [StructLayout(LayoutKind.Sequential, Pack = 1)]
  public struct Packed1 { public byte A; public int B; public long C; }
  [StructLayout(LayoutKind.Sequential, Pack = 2)]
  public struct Packed2 { public byte A; public int B; public long C; }
  [StructLayout(LayoutKind.Sequential, Size = 32)]
  public struct Sized32 { public int A; }
  [StructLayout(LayoutKind.Sequential, Size = 2)]
  public struct SizeTooSmall { public int A; public int B; }
  [StructLayout(LayoutKind.Explicit)]
  public struct Union8 { [FieldOffset(0)] public long A; [FieldOffset(0)] public double B; }
  [StructLayout(LayoutKind.Explicit)]
  public struct Overlapping {
    [FieldOffset(0)] public int A;
    [FieldOffset(2)] public short B;
    [FieldOffset(8)] public float C;
  }
  [StructLayout(LayoutKind.Explicit, Pack = 1)]
  public struct ExplicitPacked { [FieldOffset(0)] public byte A; [FieldOffset(1)] public int B; }
  [StructLayout(LayoutKind.Explicit, Size = 12)]
  public struct ExplicitSized { [FieldOffset(4)] public int A; }
  [StructLayout(LayoutKind.Explicit)]
  public struct ExplicitOne { [FieldOffset(0)] public float A; }
  [StructLayout(LayoutKind.Auto)]
  public struct AutoLayout { public byte A; public int B; }
}
