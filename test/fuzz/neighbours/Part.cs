// A module of the assembly that an input is.
using System.Runtime.InteropServices;

public struct InPart { public int A; public short B; }
public static class Part {
  [DllImport("part")] public static extern void FromPart(InPart p);
}
