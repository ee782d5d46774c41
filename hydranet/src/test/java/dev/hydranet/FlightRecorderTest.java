package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydranet.engine.Threads;
import dev.hydranet.engine.testing.OtherJvm;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Java Flight Recorder sees, in its own JVM since kernels are chosen once. */
@Tag("once")
class FlightRecorderTest {
  @Test
  void everythingIsRecordedThatARecordingAsksFor() throws Exception {
    List<String> lines = OtherJvm.run(Records.class, List.of(OtherJvm.VECTORS));
    assertThat(lines)
        .contains(
            "dev.hydranet.Prediction 33 x 50 null",
            "dev.hydranet.Prediction 30 x 20 java.lang.UnsupportedOperationException")
        .anyMatch(line -> line.startsWith("dev.hydranet.Kernels "))
        .anyMatch(line -> line.startsWith("dev.hydranet.Plan "));
  }

  /** Records a prediction and one that fails. */
  static final class Records {
    public static void main(String[] args) throws IOException {
      Path file = Files.createTempFile("recording", ".jfr");
      try (Recording recording = new Recording()) {
        recording.start();
        HydraNet net = SmallNetwork.load(Threads.of(1));
        net.predict(SmallNetwork.picture(33, 50, 1));
        try {
          net.predict(
              new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB) {
                @Override
                public WritableRaster getRaster() {
                  throw new UnsupportedOperationException("no pixels");
                }
              });
        } catch (UnsupportedOperationException e) {
          // As it should be.
        }
        recording.stop();
        recording.dump(file);
      }
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        String name = event.getEventType().getName();
        if (name.equals("dev.hydranet.Prediction")) {
          System.out.println(
              name
                  + " "
                  + event.getInt("height")
                  + " x "
                  + event.getInt("width")
                  + " "
                  + event.getString("failure"));
        } else if (name.startsWith("dev.hydranet")) {
          System.out.println(name + " " + event.getDuration());
        }
      }
      Files.delete(file);
    }
  }
}
