using System;
namespace Game.Interop;
#if IOS
[assembly: A]
#else
using Handle = System.IntPtr;
#endif
/* } */ // {
public static unsafe partial class Native<T> where T : new() {
  const string Lib = @"ga""me", Other = $"{Lib}{{}}{"x"}", Raw = """ " """;
  [DllImport(Lib, EntryPoint = "add"), Obsolete] [return: MarshalAs(UnmanagedType.U1)]
  public static extern bool Add([In] ref int a, out Vec3[] b, delegate* unmanaged[Cdecl]<int, void> c, char d = '\'');
  static partial (int, T) Make<U>(Dictionary<int, U> a);
  delegate void Callback(params object?[] a);
  [StructLayout(LayoutKind.Sequential)] struct Vec3 { public float X, Y, Z; fixed byte Pad[4]; int P { get; } = 3; }
  enum E : byte { A = 1, B }
  public static Native<T> operator +(Native<T> a, int b) => a;
}
