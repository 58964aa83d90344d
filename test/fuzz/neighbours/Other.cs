// Types and methods to which inputs refer in another assembly.
using System;
using System.Runtime.InteropServices;

namespace Other {
  public struct Vec { public float X, Y, Z; }
  public struct Pair<A, B> { public A First; public B Second; }
  public struct Managed { public string Text; public object Any; public Vec[] Many; }
  [StructLayout(LayoutKind.Explicit, Size = 16)]
  public struct Overlapping { [FieldOffset(0)] public int I; [FieldOffset(0)] public double D; }
  public enum Color : byte { Red, Green = 5 }
  [Flags] public enum Wide : long { None, All = -1 }
  public delegate int Done(int code, string text);
  public delegate T Make<T>(T from);
  [StructLayout(LayoutKind.Sequential)] public class Base { public int A; }
  [StructLayout(LayoutKind.Sequential)] public class Derived : Base { public short B; }
  public class Entity { public IntPtr Handle; }
  public class Player : Entity { public int Score; }
  public interface INamed { string Name { get; } }
  public class Outer { public struct Inner { public byte B; } public enum Kind { One } }
  public class List<T> : INamed {
    T[] Items;
    public string Name { get { return null; } }
    public void Add(T item) { Add<Pair<T, int>>(default(Pair<T, int>)); }
    public U Add<U>(U other) { return other; }
    public virtual T this[int i] { get { return Items[i]; } }
  }
  public static class Code {
    public static T Same<T>(T value) { return new List<T>()[0]; }
    public static void Call(Done done) { done(1, "x"); }
    [DllImport("other")] public static extern int Import(Vec v);
  }
}
