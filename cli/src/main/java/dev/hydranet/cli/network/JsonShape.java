package dev.hydranet.cli.network;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hydranet.engine.tensor.Shape;
import java.io.IOException;

/** Shapes in JSON: arrays of extents. */
public final class JsonShape {
  private JsonShape() {}

  public static void write(JsonGenerator json, String field, Shape shape) throws IOException {
    json.writeFieldName(field);
    int[] extents = shape.toArray();
    json.writeArray(extents, 0, extents.length);
  }
}
