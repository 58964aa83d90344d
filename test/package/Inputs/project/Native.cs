using System.Runtime.InteropServices;

public static class Native {
  [DllImport("game")] public static extern int Damage(int weapon);
}
