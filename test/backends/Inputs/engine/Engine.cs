// This is the managed side of a small engine. Its functions are P/Invokes, which
// have the same meaning in every runtime that marshals.

using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Engine {

public struct Vector3 {
  public float X, Y, Z;
  public Vector3(float x, float y, float z) { X = x; Y = y; Z = z; }
  public override string ToString() { return X + " " + Y + " " + Z; }
}

public struct Transform {
  public Vector3 Position, Scale;
  public double Angle;
}

public enum Space : byte { World, Local }

public struct Hit {
  [MarshalAs(UnmanagedType.U1)] public bool Solid;
  public Space Space;
  public float Distance;
  public Vector3 Point;
  public long Entity;
}

[StructLayout(LayoutKind.Explicit)]
public struct Scalar {
  [FieldOffset(0)] public int Integer;
  [FieldOffset(0)] public float Real;
}

[StructLayout(LayoutKind.Sequential, CharSet = CharSet.Ansi)]
public struct Device {
  [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 16)] public string Name;
  [MarshalAs(UnmanagedType.ByValArray, SizeConst = 3)] public int[] Version;
}

public static class Log {
  [DllImport("engine", EntryPoint = "LogText", CharSet = CharSet.Ansi)]
  public static extern int Write(string text);
  [DllImport("engine", EntryPoint = "LogLevel", CharSet = CharSet.Unicode)]
  public static extern int Write(string text, int level);
  [DllImport("engine", EntryPoint = "LogTitle")]
  [return: MarshalAs(UnmanagedType.LPStr)]
  public static extern string Title([MarshalAs(UnmanagedType.LPStr)] string of);
  [DllImport("engine", EntryPoint = "LogCopy", CharSet = CharSet.Ansi)]
  public static extern int Copy(StringBuilder into, int size);
}

public static class World {
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int Visitor(int entity, ref Vector3 position);

  [DllImport("engine")] public static extern Vector3 Add(Vector3 a, Vector3 b);
  [DllImport("engine")] public static extern void Move(ref Transform transform, Vector3 by);
  [DllImport("engine")] public static extern Transform Identity();
  [DllImport("engine")] public static extern float Length(Scalar scalar, [MarshalAs(UnmanagedType.U1)] bool real);
  [DllImport("engine")] public static extern long Sum(int[] values, int count);
  [DllImport("engine")] public static extern void Scale([In, Out] Vector3[] values, int count, double by);
  [DllImport("engine")] public static extern int Join(string[] names, int count);
  [DllImport("engine")] public static extern int Visit(int count, Visitor visitor);
  [DllImport("engine")] public static extern ulong Widen(sbyte a, byte b, short c, ushort d, int e, uint f, long g);
  [DllImport("engine")] public static extern IntPtr Handle(IntPtr handle, UIntPtr bits);

  public static class Physics {
    [DllImport("physics", EntryPoint = "Raycast")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static extern bool Cast(Vector3 from, ref Vector3 direction, Space space, out Hit hit);
  }

  public static class Devices {
    [DllImport("engine", CharSet = CharSet.Ansi)] public static extern int Describe(ref Device device);
  }
}

public static class Program {
  static int wanted, arrived;

  public static void Want(object expected, object actual) {
    ++wanted;
    if (Equals(expected, actual))
      ++arrived;
    else
      Console.WriteLine("{0} came instead of {1}", actual, expected);
  }

  static int sum;
  static int Collect(int entity, ref Vector3 position) {
    sum += entity + (int)position.Y;
    position.Z = entity;
    return entity == 3 ? 1 : 0;
  }

  static void Imports() {
    Want(5, Log.Write("Größe")); // the number of characters, not of bytes
    Want(12, Log.Write("Zoë\u20ac\u20ac", 7));
    Want("Title of Mary", Log.Title("Mary"));
    var text = new StringBuilder(32);
    Want(6, Log.Copy(text, 32));
    Want("engine", text.ToString());

    Want("5 7 9", World.Add(new Vector3(1, 2, 3), new Vector3(4, 5, 6)).ToString());
    var transform = World.Identity();
    Want("1 1 1", transform.Scale.ToString());
    World.Move(ref transform, new Vector3(0, 1, 0));
    Want("0 1 0", transform.Position.ToString());
    Want(90.0, transform.Angle);
    Want(7f, World.Length(new Scalar { Integer = 7 }, false));
    Want(0.5f, World.Length(new Scalar { Real = 0.5f }, true));
    Want(6000000000L, World.Sum(new[] { 2000000000, 2000000000, 2000000000 }, 3));
    Want(0L, World.Sum(null, 0));
    var values = new[] { new Vector3(1, 2, 3), new Vector3(4, 5, 6) };
    World.Scale(values, 2, 2);
    Want("8 10 12", values[1].ToString());
    Want(9, World.Join(new[] { "one", "three", "x" }, 3));
    World.Visitor visitor = Collect;
    Want(3, World.Visit(9, visitor));
    GC.KeepAlive(visitor);
    Want(36, sum);
    Want(ulong.MaxValue - 9, World.Widen(-1, 255, -2, 65535, -3, 4294967295, -4294967295L - 65790 + 6 - 10));
    Want(new IntPtr(-3), World.Handle(new IntPtr(-2), new UIntPtr(1)));

    Hit hit;
    var down = new Vector3(0, -1, 0);
    Want(true, World.Physics.Cast(new Vector3(0, 8, 0), ref down, Space.Local, out hit));
    Want("True Local 8 0 0 0 -5", hit.Solid + " " + hit.Space + " " + hit.Distance + " " + hit.Point + " " + hit.Entity);
    var device = new Device { Name = "pad", Version = new[] { 1, 2, 3 } };
    Want(6, World.Devices.Describe(ref device));
    Want("pad!", device.Name);
    Want(4, device.Version[2]);
  }

  public static int Main() {
    More.Prepare(); // the preparation that a runtime needs
    Imports();
    More.Run(); // the tests that only that runtime has
    Console.WriteLine("{0} of {1} values arrived", arrived, wanted);
    return arrived == wanted ? 0 : 1;
  }
}
}
