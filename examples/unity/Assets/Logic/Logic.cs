// HybridCLR interprets this assembly: a tile for the engine, and a callback for a library in C.
using System;
using System.Runtime.InteropServices;

namespace AOT {
  public class MonoPInvokeCallbackAttribute : Attribute {
    public MonoPInvokeCallbackAttribute(Type type) {}
  }
}

public class Swamp : ITile {
  public int Cost(Cell from, Cell to) { return Board.Next(from, 1).Column == to.Column ? 3 : 5; }
}

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
public delegate void Progress(float part);

public static class Loader {
  [DllImport("archive", CallingConvention = CallingConvention.Cdecl)]
  public static extern int archive_open([MarshalAs(UnmanagedType.LPStr)] string path, IntPtr progress);

  [AOT.MonoPInvokeCallback(typeof(Progress))]
  public static void Show(float part) {}
}
