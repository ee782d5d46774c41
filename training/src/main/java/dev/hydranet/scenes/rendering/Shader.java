package dev.hydranet.scenes.rendering;

import dev.hydranet.scenes.chance.Noise;
import dev.hydranet.scenes.geometry.Mesh;
import dev.hydranet.scenes.materials.Material;
import dev.hydranet.scenes.materials.Surface;
import dev.hydranet.scenes.plants.Foliage;
import dev.hydranet.scenes.plants.LeafMask;
import dev.hydranet.scenes.plants.Leaves;
import dev.hydranet.scenes.sample.Label;
import dev.hydranet.scenes.sample.Sample;

/**
 * Turns what the view found at every grid point into light, and at the pixels' centres into labels.
 */
public final class Shader {
  private final Surface s = new Surface();
  private final Surface reflected = new Surface();
  private final ShadowMap near;
  private final ShadowMap far;
  private final Heights heights;

  /** The last point's normal as the labels tell it, in the world, and its depth. */
  private double normalX, normalY, normalZ, depth;

  public Shader(ShadowMap near, ShadowMap far, Heights heights) {
    this.near = near;
    this.far = far;
    this.heights = heights;
  }

  /**
   * Shades every other grid point, as on a chessboard: the pixels' centres and their corners. The
   * points between are their neighbours' mean where all of them see one thing, and shaded
   * themselves at its edges.
   *
   * @param seen by a view with an even number of grid points to a pixel
   * @param light linear, [grid height, grid width, 3]
   */
  public void shade(Scene scene, View view, DepthBuffer seen, float[] light, Sample sample) {
    int pitch = (int) view.scale();
    int centre = pitch / 2;
    for (int j = 0; j < seen.height; j++) {
      for (int i = j & 1; i < seen.width; i += 2) {
        point(scene, view, seen, i, j, light);
        if (j % pitch == centre && i % pitch == centre) {
          label(scene, seen.id[j * seen.width + i], j / pitch * sample.width() + i / pitch, sample);
        }
      }
    }
    for (int j = 0; j < seen.height; j++) {
      for (int i = 1 - (j & 1); i < seen.width; i += 2) {
        if (!between(seen, i, j, light)) {
          point(scene, view, seen, i, j, light);
        }
      }
    }
  }

  /** Gives a point its neighbours' mean if they see what it sees. */
  private static boolean between(DepthBuffer seen, int i, int j, float[] light) {
    if (i == 0 || j == 0 || i == seen.width - 1 || j == seen.height - 1) {
      return false;
    }
    int at = j * seen.width + i;
    int above = at - seen.width;
    int below = at + seen.width;
    int[] id = seen.id;
    int own = id[at];
    if (id[at - 1] != own || id[at + 1] != own || id[above] != own || id[below] != own) {
      return false;
    }
    for (int c = 0; c < 3; c++) {
      light[3 * at + c] =
          0.25f
              * (light[3 * at - 3 + c]
                  + light[3 * at + 3 + c]
                  + light[3 * above + c]
                  + light[3 * below + c]);
    }
    return true;
  }

  private void point(Scene scene, View view, DepthBuffer seen, int i, int j, float[] light) {
    Camera camera = scene.camera;
    double[] m = camera.axes;
    double ex = (i / view.scale() - camera.centreX) / camera.focal;
    double ey = (j / view.scale() - camera.centreY) / camera.focal;
    int at = j * seen.width + i;
    int id = seen.id[at];
    // The ray through the point, z = 1.
    double dx = m[0] * ex + m[3] * ey + m[6];
    double dy = m[1] * ex + m[4] * ey + m[7];
    double dz = m[2] * ex + m[5] * ey + m[8];
    if (id == DepthBuffer.NOTHING) {
      double length = Math.sqrt(dx * dx + dy * dy + dz * dz);
      scene.sky.paint((float) (dx / length), (float) (dy / length), (float) (dz / length), s);
    } else {
      Material material;
      if (id >= 0) {
        material = scene.mesh.material[id];
        hit(scene.mesh, id, view.eye(), ex, ey, dx, dy, dz, camera);
      } else {
        material = scene.foliage.leaves[-2 - id];
        leaf(scene.foliage, -2 - id, view, i, j, dx, dy, dz, camera);
      }
      s.footprint =
          (float)
              (1.4
                  / view.scale()
                  * depth
                  / camera.focal
                  / Math.sqrt(0.06 + 0.94 * facing(dx, dy, dz)));
      s.mirror = 0;
      s.translucent = 0;
      s.glow = 0;
      material.paint(s);
      illuminate(scene, dx, dy, dz);
    }
    light[3 * at] = s.red;
    light[3 * at + 1] = s.green;
    light[3 * at + 2] = s.blue;
  }

  private float facing(double dx, double dy, double dz) {
    double along = s.nx * dx + s.ny * dy + s.nz * dz;
    return (float) (along * along / (dx * dx + dy * dy + dz * dz));
  }

  /** Where the ray meets a triangle, and the triangle's attributes there. */
  private void hit(
      Mesh mesh,
      int t,
      double[] eye,
      double ex,
      double ey,
      double dx,
      double dy,
      double dz,
      Camera camera) {
    int a = mesh.corner[3 * t];
    int b = mesh.corner[3 * t + 1];
    int c = mesh.corner[3 * t + 2];
    double ax = eye[3 * a];
    double ay = eye[3 * a + 1];
    double az = eye[3 * a + 2];
    double bx = eye[3 * b];
    double by = eye[3 * b + 1];
    double bz = eye[3 * b + 2];
    double cx = eye[3 * c];
    double cy = eye[3 * c + 1];
    double cz = eye[3 * c + 2];
    double wa = ex * (by * cz - bz * cy) + ey * (bz * cx - bx * cz) + (bx * cy - by * cx);
    double wb = ex * (cy * az - cz * ay) + ey * (cz * ax - cx * az) + (cx * ay - cy * ax);
    double wc = ex * (ay * bz - az * by) + ey * (az * bx - ax * bz) + (ax * by - ay * bx);
    double sum = wa + wb + wc;
    wa /= sum;
    wb /= sum;
    wc /= sum;
    depth = wa * az + wb * bz + wc * cz;
    s.x = (float) (camera.x + depth * dx);
    s.y = (float) (camera.y + depth * dy);
    s.z = (float) (camera.z + depth * dz);
    float fa = (float) wa;
    float fb = (float) wb;
    float fc = (float) wc;
    float[] v = mesh.vertex;
    int ia = a * Mesh.STRIDE;
    int ib = b * Mesh.STRIDE;
    int ic = c * Mesh.STRIDE;
    float nx = fa * v[ia + 3] + fb * v[ib + 3] + fc * v[ic + 3];
    float ny = fa * v[ia + 4] + fb * v[ib + 4] + fc * v[ic + 4];
    float nz = fa * v[ia + 5] + fb * v[ib + 5] + fc * v[ic + 5];
    s.u = fa * v[ia + 6] + fb * v[ib + 6] + fc * v[ic + 6];
    s.v = fa * v[ia + 7] + fb * v[ib + 7] + fc * v[ic + 7];
    s.w = fa * v[ia + 8] + fb * v[ib + 8] + fc * v[ic + 8];
    towards(nx, ny, nz, dx, dy, dz);
  }

  private void leaf(
      Foliage foliage,
      int c,
      View view,
      int i,
      int j,
      double dx,
      double dy,
      double dz,
      Camera camera) {
    int at = c * Foliage.STRIDE;
    float[] card = foliage.card;
    double[] m = camera.axes;
    double px = card[at] - camera.x;
    double py = card[at + 1] - camera.y;
    double pz = card[at + 2] - camera.z;
    depth = m[6] * px + m[7] * py + m[8] * pz;
    double x =
        view.scale()
            * (camera.focal * (m[0] * px + m[1] * py + m[2] * pz) / depth + camera.centreX);
    double y =
        view.scale()
            * (camera.focal * (m[3] * px + m[4] * py + m[5] * pz) / depth + camera.centreY);
    double radius = view.scale() * camera.focal * card[at + 3] / depth;
    float scale = (float) (LeafMask.SIZE / 2 / radius);
    float du = (float) (i - x) * scale;
    float dv = (float) (j - y) * scale;
    int leaf =
        foliage
            .leaves[c]
            .mask()
            .at(
                LeafMask.SIZE / 2 + du * card[at + 4] + dv * card[at + 5],
                LeafMask.SIZE / 2 - du * card[at + 5] + dv * card[at + 4]);
    s.u = leaf == 0 ? 0.5f : leaf / 255f;
    s.v = card[at + 9];
    s.w = 0;
    s.x = (float) (camera.x + depth * dx);
    s.y = (float) (camera.y + depth * dy);
    s.z = (float) (camera.z + depth * dz);
    Leaves.Crown crown = foliage.leaves[c].crown();
    if (crown == null) {
      towards(card[at + 6], card[at + 7], card[at + 8], dx, dy, dz);
    } else {
      round(crown, camera, dx, dy, dz);
    }
    tilt(c, leaf);
  }

  /**
   * The crown's normal where the ray enters it, or where it passes closest: leaves know no better
   * one.
   */
  private void round(Leaves.Crown crown, Camera camera, double dx, double dy, double dz) {
    // In units of the crown's radii it is a ball about the origin.
    double ox = (camera.x - crown.x()) / crown.radius();
    double oy = (camera.y - crown.y()) / crown.tall();
    double oz = (camera.z - crown.z()) / crown.radius();
    double bx = dx / crown.radius();
    double by = dy / crown.tall();
    double bz = dz / crown.radius();
    double square = bx * bx + by * by + bz * bz;
    double t = -(ox * bx + oy * by + oz * bz) / square;
    double px = ox + t * bx;
    double py = oy + t * by;
    double pz = oz + t * bz;
    double inside = 1 - (px * px + py * py + pz * pz);
    if (inside > 0) {
      double back = Math.sqrt(inside / square);
      px -= back * bx;
      py -= back * by;
      pz -= back * bz;
    }
    towards(
        (float) (px / crown.radius()),
        (float) (py / crown.tall()),
        (float) (pz / crown.radius()),
        dx,
        dy,
        dz);
  }

  /** Each leaf lies a little differently to the light; the labels know the crown's normal alone. */
  private void tilt(int card, int leaf) {
    float h = Noise.at(card, leaf, 5);
    float k = h * 37;
    float l = h * 1013;
    float nx = s.nx + 0.9f * (h - 0.5f);
    float ny = s.ny + 0.9f * (k - (int) k - 0.5f);
    float nz = s.nz + 0.9f * (l - (int) l - 0.5f);
    float length = (float) Math.sqrt(nx * nx + ny * ny + nz * nz);
    s.nx = nx / length;
    s.ny = ny / length;
    s.nz = nz / length;
  }

  private void towards(float nx, float ny, float nz, double dx, double dy, double dz) {
    float length = (float) Math.sqrt(nx * nx + ny * ny + nz * nz);
    if (nx * dx + ny * dy + nz * dz > 0) {
      length = -length;
    }
    s.nx = nx / length;
    s.ny = ny / length;
    s.nz = nz / length;
    normalX = s.nx;
    normalY = s.ny;
    normalZ = s.nz;
  }

  /** From a material to light: sun, sky, ground, mirror images, haze. */
  private void illuminate(Scene scene, double dx, double dy, double dz) {
    Light light = scene.light;
    float open = heights.open(s.x, s.y, s.z);
    float facing = s.nx * light.sunX + s.ny * light.sunY + s.nz * light.sunZ;
    float direct =
        Math.max(0, facing) + s.translucent * Math.max(0, -facing) + 0.3f * s.translucent;
    float lit = 0;
    if (light.clear > 0.02f && (direct > 0 || s.mirror > 0)) {
      float off = s.translucent > 0 ? 0.25f : 0.02f;
      float slope = 1 - Math.max(0, facing);
      float px = s.x + s.nx * 2 * near.texel() * slope;
      float py = s.y + s.ny * 2 * near.texel() * slope;
      float pz = s.z + s.nz * 2 * near.texel() * slope;
      lit = near.lit(px, py, pz, off + near.texel());
      if (lit < 0) {
        px = s.x + s.nx * 2 * far.texel() * slope;
        py = s.y + s.ny * 2 * far.texel() * slope;
        pz = s.z + s.nz * 2 * far.texel() * slope;
        lit = far.lit(px, py, pz, off + far.texel());
        if (lit < 0) {
          lit = 1;
        }
      }
    }
    float sun = direct * lit;
    float up = (0.5f + 0.5f * s.ny) * open;
    float down = (0.5f - 0.5f * s.ny) * (0.4f + 0.6f * open);
    float red =
        s.red * (light.sun.red() * sun + light.fromSky.red() * up + light.fromGround.red() * down);
    float green =
        s.green
            * (light.sun.green() * sun
                + light.fromSky.green() * up
                + light.fromGround.green() * down);
    float blue =
        s.blue
            * (light.sun.blue() * sun + light.fromSky.blue() * up + light.fromGround.blue() * down);
    red += s.glow * s.red;
    green += s.glow * s.green;
    blue += s.glow * s.blue;
    double length = Math.sqrt(dx * dx + dy * dy + dz * dz);
    if (s.mirror > 0) {
      float vx = (float) (dx / length);
      float vy = (float) (dy / length);
      float vz = (float) (dz / length);
      float along = vx * s.nx + vy * s.ny + vz * s.nz;
      float grazing = 1 + Math.min(0, along);
      float fresnel =
          s.mirror + (1 - s.mirror) * 0.8f * grazing * grazing * grazing * grazing * grazing;
      float rx = vx - 2 * along * s.nx;
      float ry = vy - 2 * along * s.ny;
      float rz = vz - 2 * along * s.nz;
      scene.sky.paint(rx, ry, rz, reflected);
      float hidden = ry < 0.35f ? 0.45f + 0.55f * Math.max(0, ry) / 0.35f : 1;
      float share = fresnel * hidden * (0.3f + 0.7f * open);
      red += share * reflected.red;
      green += share * reflected.green;
      blue += share * reflected.blue;
      float glint = rx * light.sunX + ry * light.sunY + rz * light.sunZ;
      if (glint > 0.97f && lit > 0) {
        float sharp = (glint - 0.97f) / 0.03f;
        sharp *= sharp;
        sharp *= sharp * sharp;
        float shine = 12 * lit * light.clear * fresnel * sharp * sharp;
        red += shine;
        green += shine;
        blue += shine;
      }
    }
    float thickness = light.hazeDensity * (float) (depth * length);
    float clear = 1 / (1 + thickness * (1 + thickness * (0.5f + 0.1667f * thickness)));
    s.red = light.haze.red() + clear * (red - light.haze.red());
    s.green = light.haze.green() + clear * (green - light.haze.green());
    s.blue = light.haze.blue() + clear * (blue - light.haze.blue());
  }

  private void label(Scene scene, int id, int pixel, Sample sample) {
    if (id == DepthBuffer.NOTHING) {
      sample.labels()[pixel] = Label.SKY;
      return;
    }
    sample.labels()[pixel] =
        (id >= 0 ? scene.mesh.material[id] : scene.foliage.leaves[-2 - id]).label();
    if (depth <= Sample.DEPTH_RANGE) {
      sample.depth()[pixel] = (short) (int) (depth * Sample.DEPTH_SCALE + 0.5);
    }
    double[] m = scene.camera.axes;
    double x = m[0] * normalX + m[1] * normalY + m[2] * normalZ;
    double y = m[3] * normalX + m[4] * normalY + m[5] * normalZ;
    double z = m[6] * normalX + m[7] * normalY + m[8] * normalZ;
    sample.normals()[3 * pixel] = level(x);
    sample.normals()[3 * pixel + 1] = level(y);
    sample.normals()[3 * pixel + 2] = level(-z);
  }

  private static byte level(double x) {
    return (byte) (int) ((x + 1) / 2 * 255 + 0.5);
  }
}
