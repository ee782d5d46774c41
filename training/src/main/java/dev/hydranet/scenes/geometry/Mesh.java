package dev.hydranet.scenes.geometry;

import dev.hydranet.scenes.materials.Material;
import java.util.Arrays;

/** Triangles in the world, with normals and the things' own coordinates at their corners. */
public final class Mesh {
  /** Per vertex: x, y, z, normal x, y, z, u, v, w. */
  public static final int STRIDE = 9;

  public float[] vertex = new float[STRIDE * 4096];
  public int vertices;
  public int[] corner = new int[3 * 4096];
  public Material[] material = new Material[4096];
  public boolean[] shades = new boolean[4096];
  public int triangles;

  /** Whether what is added from here on casts shadows. */
  public boolean casting = true;

  public void clear() {
    vertices = 0;
    Arrays.fill(material, 0, triangles, null);
    triangles = 0;
    casting = true;
  }

  /** Removes what was added since the mesh had the given numbers of vertices and triangles. */
  public void cut(int vertices, int triangles) {
    Arrays.fill(material, triangles, this.triangles, null);
    this.vertices = vertices;
    this.triangles = triangles;
  }

  public int vertex(
      double x, double y, double z, double nx, double ny, double nz, double u, double v, double w) {
    int at = vertices * STRIDE;
    if (at + STRIDE > vertex.length) {
      vertex = Arrays.copyOf(vertex, 2 * vertex.length);
    }
    vertex[at] = (float) x;
    vertex[at + 1] = (float) y;
    vertex[at + 2] = (float) z;
    vertex[at + 3] = (float) nx;
    vertex[at + 4] = (float) ny;
    vertex[at + 5] = (float) nz;
    vertex[at + 6] = (float) u;
    vertex[at + 7] = (float) v;
    vertex[at + 8] = (float) w;
    return vertices++;
  }

  public void triangle(int a, int b, int c, Material made) {
    if (triangles == material.length) {
      material = Arrays.copyOf(material, 2 * triangles);
      shades = Arrays.copyOf(shades, 2 * triangles);
      corner = Arrays.copyOf(corner, 6 * triangles);
    }
    corner[3 * triangles] = a;
    corner[3 * triangles + 1] = b;
    corner[3 * triangles + 2] = c;
    material[triangles] = made;
    shades[triangles] = casting;
    triangles++;
  }

  /** The corners in order around it. */
  public void quad(int a, int b, int c, int d, Material made) {
    triangle(a, b, c, made);
    triangle(a, c, d, made);
  }
}
