// Hot-update code passes these values to native code, and calls these functions.
using System;
using System.Runtime.InteropServices;
using Shapes;

public sealed class MonoPInvokeCallbackAttribute : Attribute {
  public MonoPInvokeCallbackAttribute(Type type) {}
}
namespace HybridCLR {
  public sealed class ReversePInvokeWrapperGenerationAttribute : Attribute {
    public ReversePInvokeWrapperGenerationAttribute(int count) {}
  }
}

public delegate int OnEvent(IntPtr state, sbyte kind);
[UnmanagedFunctionPointer(CallingConvention.StdCall)]
public delegate Float3 OnMove(Float3 from, byte how, Nested with);
[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
public delegate void OnEnd();

public static class Update {
  [MonoPInvokeCallback(typeof(OnEvent))]
  [HybridCLR.ReversePInvokeWrapperGeneration(3)]
  public static int Event(IntPtr state, sbyte kind) { return 0; }
  [MonoPInvokeCallback(typeof(OnEvent))]
  public static int OtherEvent(IntPtr state, sbyte kind) { return 0; }
  [MonoPInvokeCallback(typeof(OnMove))]
  public static Float3 Move(Float3 from, byte how, Nested with) { return from; }
  [MonoPInvokeCallback(typeof(OnEnd))]
  public static void End() {}

  [DllImport("native")] public static extern int Add(int a, short b);
  [DllImport("native", CallingConvention = CallingConvention.StdCall)]
  public static extern Big24 Grow(Byte3 a, Big24 b, double c);
  [DllImport("native", CallingConvention = CallingConvention.FastCall)]
  public static extern byte Narrow(sbyte a, Packed1 b);
}
