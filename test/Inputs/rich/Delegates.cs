// Only a runtime that marshals can pass these types.

using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Delegates {

public delegate void Log(int level, [MarshalAs(UnmanagedType.LPStr)] string text);

[UnmanagedFunctionPointer(CallingConvention.Cdecl, CharSet = CharSet.Unicode)]
public delegate int Visit(ref Item item, char letter);

public struct Item {
  [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 8)] public string Name;
  [MarshalAs(UnmanagedType.ByValArray, SizeConst = 3)] public int[] Values;
  public bool Active;
}

[StructLayout(LayoutKind.Sequential)]
public class Options {
  public int Width, Height;
}

public sealed class Handle : SafeHandle {
  public Handle() : base(IntPtr.Zero, true) {}
  public override bool IsInvalid { get { return true; } }
  protected override bool ReleaseHandle() { return true; }
}

public static class Native {
  [DllImport("delegates")] public static extern void SetLog(Log log);
  [DllImport("delegates")] public static extern int Each(Visit visit, ref Item item);
  [DllImport("delegates")] public static extern void Configure(Options options);
  [DllImport("delegates")] public static extern void Close(Handle handle);
  [DllImport("delegates")] public static extern int Describe(StringBuilder text, int capacity);
  [DllImport("delegates")] public static extern bool Enable(bool on);
}

}
