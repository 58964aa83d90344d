// This core library has only the types that mcs requires, so that the tables of
// a test are short enough to read.
//
// mcs takes an mscorlib.dll in its folder for its own, so tests build this one
// in another folder, and compile everything else against Mono's.

namespace System {
  public class Object {
    public virtual string ToString() { return null; }
  }
  public abstract class ValueType {}
  public abstract class Enum : ValueType {}
  public class String {}
  public abstract class Array {}
  public abstract class Delegate {}
  public abstract class MulticastDelegate : Delegate {}
  public abstract class Type {}
  public class Exception {}
  public abstract class Attribute {}

  public struct Void {}
  public struct Boolean {}
  public struct Char {}
  public struct SByte {}
  public struct Byte {}
  public struct Int16 {}
  public struct UInt16 {}
  public struct Int32 {}
  public struct UInt32 {}
  public struct Int64 {}
  public struct UInt64 {}
  public struct Single {}
  public struct Double {}
  public struct Decimal {}
  public struct IntPtr {}
  public struct UIntPtr {}
  public struct TypedReference {}
  public struct RuntimeTypeHandle {}
  public struct RuntimeFieldHandle {}
  public struct RuntimeMethodHandle {}
  public struct RuntimeArgumentHandle {}

  public delegate TResult Func<T, TResult>(T arg);
  public delegate TResult Func<T1, T2, TResult>(T1 arg1, T2 arg2);

  public interface IDisposable {}
  public sealed class ParamArrayAttribute : Attribute {}
  public sealed class ObsoleteAttribute : Attribute {}
}

namespace System.Collections {
  public interface IEnumerable {}
  public interface IEnumerator {}
}

namespace System.Reflection {
  public sealed class DefaultMemberAttribute : Attribute {}
}

namespace System.Runtime.CompilerServices {
  public sealed class UnsafeValueTypeAttribute : Attribute {}
}

namespace System.Runtime.InteropServices {
  public enum CallingConvention { Winapi = 1, Cdecl, StdCall, ThisCall, FastCall }
  public sealed class OutAttribute : Attribute {}
  public sealed class StructLayoutAttribute : Attribute {}
  public sealed class FieldOffsetAttribute : Attribute {}
  public sealed class UnmanagedFunctionPointerAttribute : Attribute {
    public UnmanagedFunctionPointerAttribute(CallingConvention convention) {}
  }
}
