// This is a second assembly. Functions of the first one pass its types.

using System.Runtime.InteropServices;

namespace Shared {

public struct Point {
  public int X, Y;
}

public enum Side : short { Left = -1, Right = 1 }

[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Packed {
  public byte Kind;
  public long Value;
}

public struct Pair<A, B> {
  public A First;
  public B Second;
}

}
