// A reference assembly, which has no layouts. Its last type is also in Other.
using System.Runtime.CompilerServices;

[assembly: ReferenceAssembly]

namespace Ref {
  public struct S { public int A; }
  public class C {}
  public enum E { One }
}
namespace Other {
  public struct Vec {}
}
