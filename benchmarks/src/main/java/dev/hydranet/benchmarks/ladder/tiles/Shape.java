package dev.hydranet.benchmarks.ladder.tiles;

/** Shapes of tiles, pixels by vectors of outputs. */
public enum Shape {
  TILE_4X2(new Tile4x2()),
  TILE_3X3(new Tile3x3()),
  TILE_6X2(new Tile6x2()),
  TILE_5X4(new Tile5x4()),
  TILE_6X4(new Tile6x4());

  private final Tile tile;

  Shape(Tile tile) {
    this.tile = tile;
  }

  Tile tile() {
    return tile;
  }

  /** Pixels and vectors of outputs, as in {@code 4x2}. */
  public String size() {
    return tile.rows() + "x" + tile.vectors();
  }

  /** Vectors of sums. */
  public int sums() {
    return tile.rows() * tile.vectors();
  }

  /** Vectors that are alive at once. */
  public int live() {
    return tile.live();
  }
}
