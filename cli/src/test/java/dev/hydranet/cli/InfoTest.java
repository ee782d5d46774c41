package dev.hydranet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hydranet.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoTest {
  @TempDir private Path folder;

  /** What PyTorch counts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kitti       |          | 2,991,687 | 4,436,236,800
          kitti       | 350x1200 | 2,991,687 | 6,106,360,832
          nyud        | 480x640  | 3,070,057 | 5,940,288,000
          nyud3       |          | 3,077,228 | 6,077,913,600
          nyudkitti   |          | 3,083,887 | 6,205,708,800
          mobilenetv2 | 224x224  | 3,504,872 |   300,774,272
          """)
  void totalsAreThoseOfPyTorch(String variant, String size, String parameters, String macs) {
    Cli.Result result =
        size == null
            ? cli().run("info", "--variant", variant)
            : cli().run("info", "--variant", variant, "--size", size);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).containsPattern("\ntotal +" + parameters + " +" + macs + "\\R");
  }

  @Test
  void tableHasRowForEachOperatorAndTheEngine() {
    Cli.Result result = cli().run("info", "--variant", "kitti", "--size", "97x131");
    assertThat(result.out())
        .startsWith("name ")
        .containsPattern("\nlayer1.0 +Conv2d +\\[1, 32, 49, 66] +864 +2,794,176\\R")
        .containsPattern("\nsegm +Conv2d +\\[1, 6, 25, 33] +13,830 +11,404,800\\R")
        .endsWith("engine: " + Engine.info().reason() + System.lineSeparator());
  }

  @Test
  void withoutNetworkItTellsOfTheEngine() {
    assertThat(cli().run("info").out())
        .isEqualTo("engine: " + Engine.info().reason() + System.lineSeparator());
  }

  @Test
  void jsonTellsTheSame() throws IOException {
    Path weights = SmallNetwork.write(folder.resolve("small.safetensors"));
    Cli.Result result = cli().run("info", "--weights", weights, "--size", "33x35", "--json");
    assertThat(result.exitCode()).isZero();
    Map<?, ?> json = (Map<?, ?>) parse(result.out());
    assertThat(json.get("input")).isEqualTo(List.of(1L, 3L, 33L, 35L));
    List<?> layers = (List<?>) json.get("layers");
    assertThat(layers).hasSize(SmallNetwork.GRAPH.nodes().size());
    Map<?, ?> last = (Map<?, ?>) layers.getLast();
    assertThat(last)
        .isEqualTo(
            Map.of(
                "name",
                "normal",
                "operator",
                "Conv2d",
                "output",
                List.of(1L, 3L, 9L, 9L),
                "parameters",
                651L,
                "macs",
                52488L));
    assertThat(json.get("parameters")).isEqualTo(sum(layers, "parameters"));
    assertThat(json.get("macs")).isEqualTo(sum(layers, "macs"));
    Map<?, ?> engine = (Map<?, ?>) json.get("engine");
    assertThat(engine.get("simd")).isEqualTo(Engine.info().simd());
    assertThat(engine.get("vectorBits")).isEqualTo((long) Engine.info().vectorBits());
    assertThat(engine.get("lanes")).isEqualTo(Engine.info().vectorBits() / 32L);
    assertThat(engine.get("reason")).isEqualTo(Engine.info().reason());
  }

  private static long sum(List<?> layers, String field) {
    return layers.stream().mapToLong(layer -> (Long) ((Map<?, ?>) layer).get(field)).sum();
  }

  private static Object parse(String text) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      json.nextToken();
      Object value = value(json);
      assertThat(json.nextToken()).isNull();
      return value;
    }
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String name = json.currentName();
          json.nextToken();
          object.put(name, value(json));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(json));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      default -> json.getText();
    };
  }

  private Cli cli() {
    return Cli.at(folder);
  }
}
