// Arguments of attributes, in all the forms that a blob can hold them in.

using System;
using System.Runtime.InteropServices;

enum Small : byte { Zero, One, Most = 255 }
enum Wide : long { Least = long.MinValue, Most = long.MaxValue }

class Outer { public enum Nested : short { Minus = -1 } }

[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
class EverythingAttribute : Attribute {
  public EverythingAttribute() {}
  public EverythingAttribute(bool b, char c, sbyte i1, byte u1, short i2,
                             ushort u2, int i4, uint u4, long i8, ulong u8,
                             float r4, double r8, string s) {}
  public EverythingAttribute(Type t, Small e, Outer.Nested n, object o) {}
  public EverythingAttribute(int[] numbers, string[] strings, Type[] types,
                             Small[] enums, object[] objects) {}

  public int Field;
  public string Property { get; set; }
  public object Boxed { get; set; }
  public Small Enum { get; set; }
  public Wide[] Enums { get; set; }
  public Type Type;
}

[Everything]
class None {}

[Everything(true, '\u20ac', -1, 255, -2, 65535, -3, 4294967295, -4,
            18446744073709551615, 1.5f, -0.25, "text")]
class Numbers {}

[Everything(typeof(Small), Small.Most, Outer.Nested.Minus, 5)]
class Types {}

[Everything(typeof(Outer.Nested), (Small)7, (Outer.Nested)2, null)]
class NullObject {}

[Everything(null, Small.One, Outer.Nested.Minus, Small.One)]
class BoxedEnum {}

[Everything(new[] { 1, -2 }, new[] { "a", null, "" },
            new[] { typeof(Wide), null }, new[] { Small.One, Small.Most },
            new object[] { 1, "x", typeof(Outer), Small.One, null,
                           new[] { 1.5 } })]
class Arrays {}

[Everything(null, new string[0], null, null, null)]
class NullArrays {}

[Everything(Field = 3, Property = "p", Boxed = (long)5, Enum = Small.One,
            Enums = new[] { Wide.Least, Wide.Most }, Type = typeof(Wide))]
class Named {}

delegate int Callback(int code);

static class Imports {
  [DllImport("native", EntryPoint = "entry", CharSet = CharSet.Unicode,
             CallingConvention = CallingConvention.Cdecl, SetLastError = true)]
  [return: MarshalAs(UnmanagedType.I1)]
  public static extern bool
  Call([MarshalAs(UnmanagedType.LPStr)] string text,
       [MarshalAs(UnmanagedType.LPArray, SizeParamIndex = 2)] int[] numbers,
       int count,
       [MarshalAs(UnmanagedType.LPArray, SizeConst = 8)] byte[] fixedSize,
       [MarshalAs(UnmanagedType.CustomMarshaler,
                  MarshalType = "Game.Marshaler", MarshalCookie = "cookie")]
       object custom,
       [MarshalAs(UnmanagedType.SafeArray,
                  SafeArraySubType = VarEnum.VT_BSTR)] string[] safe,
       [MarshalAs(UnmanagedType.IUnknown)] object unknown, Callback callback);
}

[StructLayout(LayoutKind.Sequential, Pack = 2, Size = 64)]
struct Buffer {
  [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 16)] public string Name;
  [MarshalAs(UnmanagedType.ByValArray, SizeConst = 4,
             ArraySubType = UnmanagedType.I2)] public short[] Numbers;
}
