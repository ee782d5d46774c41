package dev.hydranet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.engine.tensor.Tensor;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Images of every kind, against what the Python imaging library and NumPy make of them; the
 * pictures and the expected numbers are made by {@code proof/validation/images.py}.
 */
class NormalizationTest {
  /** Leaves the levels as they are. */
  private static final Normalization LEVELS =
      new Normalization(List.of(0.0, 0.0, 0.0), List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));

  private static final Map<String, Tensor> GOLDEN = Golden.tensors("images/expected.safetensors");

  static Stream<String> pictures() {
    return GOLDEN.keySet().stream().filter(name -> !name.startsWith("input "));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void readsThePixelsThatPythonReads(String name) throws IOException {
    BufferedImage image = ImageIO.read(Golden.file("images/" + name + ".png").toFile());
    Tensor expected = GOLDEN.get(name);
    Tensor levels = LEVELS.apply(image);
    assertThat(levels.shape()).isEqualTo(expected.shape());
    assertThat(levels.data()).isEqualTo(expected.data());
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void normalisesBitForBitAsNumPy(String name) throws IOException {
    BufferedImage image = ImageIO.read(Golden.file("images/" + name + ".png").toFile());
    assertThat(Normalization.IMAGENET.apply(image).data())
        .isEqualTo(GOLDEN.get("input " + name).data());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void takesEveryTypeOfJava(int type) {
    BufferedImage image = new BufferedImage(2, 1, type);
    image.setRGB(0, 0, 0xff0180fe);
    image.setRGB(1, 0, 0xffff7f00);
    assertThat(LEVELS.apply(image).data()).containsExactly(1, 255, 128, 127, 254, 0);
  }

  @Test
  void scalesFewerThanEightBits() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_565_RGB);
    image.getRaster().setPixel(0, 0, new int[] {31, 32, 1});
    assertThat(LEVELS.apply(image).data()).containsExactly(255, 129, 8);
  }

  @Test
  void dropsAlphaWithoutBlending() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00102030);
    assertThat(LEVELS.apply(image).data()).containsExactly(0x10, 0x20, 0x30);
  }

  @ParameterizedTest
  @ValueSource(ints = {ColorSpace.CS_sRGB, ColorSpace.CS_LINEAR_RGB, ColorSpace.CS_GRAY})
  void ignoresColourProfiles(int colourSpace) {
    ColorSpace space = ColorSpace.getInstance(colourSpace);
    ColorModel model =
        new ComponentColorModel(space, true, false, Transparency.TRANSLUCENT, DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    int components = space.getNumComponents();
    raster.setPixel(0, 0, components == 1 ? new int[] {100, 7} : new int[] {100, 100, 100, 7});
    BufferedImage image = new BufferedImage(model, raster, false, null);
    assertThat(LEVELS.apply(image).data()).containsExactly(100, 100, 100);
  }

  @Test
  void readsThePartOfALargerImage() {
    BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(2, 1, 0x010203);
    assertThat(LEVELS.apply(image.getSubimage(2, 1, 1, 1)).data()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @CsvSource({"GRAY, FLOAT", "GRAY, DOUBLE", "sRGB, FLOAT", "sRGB, DOUBLE", "LINEAR_RGB, FLOAT"})
  void scalesFloatingPointNumbersFromZeroToOne(String space, String type) {
    BufferedImage image = image(colourSpace(space), dataType(type));
    int last = image.getRaster().getNumBands() - 1;
    image.getRaster().setSample(0, 0, 0, 1f);
    image.getRaster().setSample(1, 0, last, 0.5f);
    float[] levels = LEVELS.apply(image).data();
    assertThat(levels[0]).isEqualTo(255);
    assertThat(levels[4 * 2 + 1]).isEqualTo(128);
  }

  @ParameterizedTest
  @CsvSource({"GRAY, FLOAT", "GRAY, DOUBLE", "sRGB, FLOAT", "sRGB, DOUBLE"})
  void refusesFloatingPointNumbersThatAreNoColours(String space, String type) {
    for (float number : new float[] {-4, 1.5f, 255, Float.NaN, Float.POSITIVE_INFINITY}) {
      BufferedImage image = image(colourSpace(space), dataType(type));
      image.getRaster().setSample(0, 1, 0, number);
      assertThatThrownBy(() -> Normalization.IMAGENET.apply(image))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("row 1 of the image: expected colours from 0 to 1, found " + number);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GRAY", "sRGB"})
  void takesTheUpperEightOfThirtyTwoBits(String space) {
    BufferedImage image = image(colourSpace(space), DataBuffer.TYPE_INT);
    image.getRaster().setSample(0, 0, 0, 0xfe800000);
    image.getRaster().setSample(1, 0, 0, 0x01ffffff);
    assertThat(LEVELS.apply(image).data()).startsWith(254, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GRAY", "sRGB"})
  void refusesSignedNumbers(String space) {
    BufferedImage image = image(colourSpace(space), DataBuffer.TYPE_SHORT);
    assertThatThrownBy(() -> Normalization.IMAGENET.apply(image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the image: expected colours of unsigned integers")
        .hasMessageEndingWith("found signed 16-bit integers");
  }

  @Test
  void refusesFloatingPointNumbersOfOtherColours() {
    BufferedImage image =
        image(ColorSpace.getInstance(ColorSpace.CS_CIEXYZ), DataBuffer.TYPE_FLOAT);
    assertThatThrownBy(() -> Normalization.IMAGENET.apply(image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("found floating-point numbers of others");
  }

  private static ColorSpace colourSpace(String name) {
    return ColorSpace.getInstance(
        switch (name) {
          case "GRAY" -> ColorSpace.CS_GRAY;
          case "LINEAR_RGB" -> ColorSpace.CS_LINEAR_RGB;
          default -> ColorSpace.CS_sRGB;
        });
  }

  private static int dataType(String name) {
    return name.equals("FLOAT") ? DataBuffer.TYPE_FLOAT : DataBuffer.TYPE_DOUBLE;
  }

  /** Two by two pixels of zeros. */
  private static BufferedImage image(ColorSpace space, int dataType) {
    ColorModel model = new ComponentColorModel(space, false, false, Transparency.OPAQUE, dataType);
    return new BufferedImage(model, model.createCompatibleWritableRaster(2, 2), false, null);
  }

  @Test
  void refusesAnInputOfAnotherSize() {
    BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
    Tensor input = Tensor.zeros(Shape.of(1, 3, 4, 3));
    assertThatThrownBy(() -> LEVELS.apply(image, input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input: expected shape [1, 3, 3, 4], found [1, 3, 4, 3]");
  }

  @Test
  void refusesNumbersThatNormaliseNothing() {
    assertThatThrownBy(() -> new Normalization(List.of(0.5, 0.5, 0.5), List.of(1.0, 0.0, 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("std [1.0, 0.0, 1.0]");
    assertThatThrownBy(() -> new Normalization(List.of(0.5), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Normalization(List.of(0.5, Double.NaN, 0.5), List.of(1.0, 1.0, 1.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
