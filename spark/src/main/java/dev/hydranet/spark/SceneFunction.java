package dev.hydranet.spark;

import dev.hydranet.HydraNet;
import dev.hydranet.PredictOptions;
import dev.hydranet.Scene;
import dev.hydranet.engine.text.OneLine;
import dev.hydranet.images.Images;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** From an image's file to a row of {@link #schema}. */
final class SceneFunction implements UDF1<byte[], Row> {
  private static final long serialVersionUID = 1;
  private static final int BEFORE_OUTPUTS = 3; // error, height, width

  /** Serializable, as the options are not. */
  private final String height; // null for the weights' own

  private final SharedNetwork network;
  private final SceneOutput[] outputs;
  private final boolean fail;

  private transient HydraNet net;

  SceneFunction(SharedNetwork network, List<SceneOutput> outputs, String height, boolean fail) {
    this.network = network;
    this.outputs = outputs.toArray(SceneOutput[]::new);
    this.height = height;
    this.fail = fail;
  }

  /** The struct's type. */
  static StructType schema(List<SceneOutput> outputs) {
    StructType schema =
        new StructType()
            .add("error", DataTypes.StringType)
            .add("height", DataTypes.IntegerType)
            .add("width", DataTypes.IntegerType);
    for (SceneOutput output : outputs) {
      schema = schema.add(output.field(), output.type());
    }
    return schema;
  }

  @Override
  public Row call(byte[] file) throws IOException {
    if (net == null) {
      net = network.get();
    }
    try {
      if (file == null) {
        throw new IOException("expected the bytes of an image, found null");
      }
      return row(Images.read(file));
    } catch (CancellationException e) {
      throw e; // the task is being killed
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (fail) {
        throw e;
      }
      return error(e);
    }
  }

  private Row row(BufferedImage image) throws IOException {
    Scene scene =
        net.predict(
            image, height == null ? PredictOptions.DEFAULT : PredictOptions.ofHeight(height));
    Object[] values = new Object[BEFORE_OUTPUTS + outputs.length];
    values[1] = scene.height();
    values[2] = scene.width();
    for (int i = 0; i < outputs.length; i++) {
      values[BEFORE_OUTPUTS + i] = outputs[i].of(image, scene);
    }
    return RowFactory.create(values);
  }

  private Row error(Throwable failure) {
    Object[] values = new Object[BEFORE_OUTPUTS + outputs.length];
    String message = failure.getMessage();
    values[0] = OneLine.of(message == null ? failure.getClass().getSimpleName() : message);
    return RowFactory.create(values);
  }
}
