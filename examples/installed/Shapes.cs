using System;
using System.Runtime.InteropServices;

public static class Program {
  [DllImport("shapes")] static extern int Area(int width, int height);

  static void Main() {
    Console.WriteLine("area {0}", Area(3, 4));
  }
}
