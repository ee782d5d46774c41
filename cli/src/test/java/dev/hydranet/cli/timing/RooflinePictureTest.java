package dev.hydranet.cli.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RooflinePictureTest {
  private static final double PEAK = 50e9;
  private static final List<RooflinePicture.Bandwidth> BANDWIDTHS =
      List.of(
          new RooflinePicture.Bandwidth("12 KB", 200e9),
          new RooflinePicture.Bandwidth("memory", 20e9));

  /** Where the roof of memory meets the peak; half-way up that roof; without multiply-adds. */
  private static final StepTimes TIMES =
      new StepTimes(
          List.of(
              new StepTimes.Row("ridge", "Fast", 1, 1.0, 50_000_000, 20_000_000),
              new StepTimes.Row("half", "Slow", 1, 2.0, 50_000_000, 40_000_000),
              new StepTimes.Row("copy", "Copy", 1, 1.5, 0, 1_000_000)));

  @Test
  void pointsLieUnderTheRoofsThatBoundThem() throws Exception {
    Document svg = parse(RooflinePicture.of("a title", TIMES, PEAK, BANDWIDTHS));
    List<Element> points = ofClass(svg, "circle", "point");
    assertThat(points).hasSize(2);
    List<Element> roofs = ofClass(svg, "line", "line");
    assertThat(roofs).hasSize(3);
    Element peak = roofs.get(0);
    Element memory = roofs.get(2);
    assertThat(number(peak, "y1")).isEqualTo(number(peak, "y2"));
    // Slower steps are drawn first, since they are larger.
    Element half = points.get(0);
    Element ridge = points.get(1);
    assertThat(number(ridge, "cx")).isEqualTo(number(memory, "x2"), within(0.11));
    assertThat(number(ridge, "cy")).isEqualTo(number(memory, "y2"), within(0.11));
    assertThat(number(ridge, "cy")).isEqualTo(number(peak, "y1"), within(0.11));
    assertThat(part(half, "cx", memory, "x"))
        .isBetween(0.1, 0.9)
        .isEqualTo(part(half, "cy", memory, "y"), within(0.01));
    double areas = Math.pow(number(half, "r") / number(ridge, "r"), 2);
    assertThat(areas).as("area is time").isEqualTo(2, within(0.05));
    assertThat(half.getAttribute("fill")).isNotEqualTo(ridge.getAttribute("fill"));
  }

  @Test
  void tellsWhatItShows() throws Exception {
    Document svg = parse(RooflinePicture.of("weights <1> & \u0007", TIMES, PEAK, BANDWIDTHS));
    List<String> texts = texts(svg);
    assertThat(texts)
        .contains(
            "weights <1> & \\u0007",
            "2 steps, areas as their time, 3.0 ms together; 1 without multiply-adds take 1.5 ms.",
            "peak 50.0 GMAC/s",
            "12 KB 200 GB/s",
            "memory 20 GB/s",
            "ridge",
            "half",
            "Fast, 1 steps, 1.0 ms",
            "Slow, 1 steps, 2.0 ms")
        .noneMatch(text -> text.startsWith("Copy"));
    assertThat(svg.getElementsByTagName("style").item(0).getTextContent())
        .contains("prefers-color-scheme: dark");
  }

  @Test
  void labelsOfManyStepsDoNotOverlap() throws Exception {
    List<StepTimes.Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(
          new StepTimes.Row(
              "layer" + i + ".output",
              "K" + i % 7,
              1,
              1 + i % 5,
              30_000_000 + i,
              1_000_000 + 200_000 * i));
    }
    Document svg = parse(RooflinePicture.of("many", new StepTimes(rows), PEAK, BANDWIDTHS));
    List<Element> labels =
        ofClass(svg, "text", "halo").stream()
            .filter(text -> text.getTextContent().startsWith("layer"))
            .toList();
    assertThat(labels).hasSizeGreaterThan(3);
    for (Element one : labels) {
      assertThat(labels.stream().filter(other -> other != one))
          .noneMatch(
              other ->
                  Math.abs(number(one, "y") - number(other, "y")) < 12
                      && Math.abs(number(one, "x") - number(other, "x")) < 90);
    }
  }

  @Test
  void numbersAreThoseOfXmlInAnyCountry() throws Exception {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      Document svg = parse(RooflinePicture.of("a title", TIMES, PEAK, BANDWIDTHS));
      assertThat(texts(svg)).contains("peak 50.0 GMAC/s");
      assertThat(number(ofClass(svg, "circle", "point").get(0), "cx")).isPositive();
    } finally {
      Locale.setDefault(before);
    }
  }

  /** How far along a line a point is, on one axis. */
  private static double part(Element point, String centre, Element line, String axis) {
    double from = number(line, axis + "1");
    return (number(point, centre) - from) / (number(line, axis + "2") - from);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> ofClass(Document svg, String tag, String type) {
    return all(svg, tag).stream()
        .filter(element -> element.getAttribute("class").equals(type))
        .toList();
  }

  private static List<String> texts(Document svg) {
    return all(svg, "text").stream().map(Element::getTextContent).toList();
  }

  private static List<Element> all(Document svg, String tag) {
    NodeList nodes = svg.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
