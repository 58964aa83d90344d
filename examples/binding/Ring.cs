// A binding of ring.h with three mistakes, which the README shows.
using System;
using System.Runtime.InteropServices;

[StructLayout(LayoutKind.Sequential)]
public struct RingState {
  public UIntPtr Used;
  public UIntPtr Capacity;
  public bool Overflowed;
}

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
public delegate void RingLogger(IntPtr user, string text);

public static class Ring {
  const string Library = "ring";

  [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
  public static extern IntPtr ring_create(UIntPtr capacity);
  [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
  public static extern void ring_destroy(IntPtr ring);

  [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
  public static extern UIntPtr ring_write(IntPtr ring, byte[] data, uint size);
  [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
  public static extern UIntPtr ring_read(IntPtr ring, byte[] data, UIntPtr size);

  [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
  [return: MarshalAs(UnmanagedType.U1)]
  public static extern bool ring_get_state(IntPtr ring, out RingState state);
  [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
  public static extern void ring_on_overflow(IntPtr ring, RingLogger logger);
}
