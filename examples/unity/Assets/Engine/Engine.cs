// il2cpp compiles this assembly.

public struct Cell { public short Column, Row; }
public interface ITile { int Cost(Cell from, Cell to); }

public static class Board {
  public static Cell Next(Cell cell, int steps) {
    return new Cell { Column = (short)(cell.Column + steps), Row = cell.Row };
  }
}
