package dev.hydranet.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SvgTest {
  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }

  @Test
  void textsAreEscaped() throws Exception {
    Element file =
        parsed(new Svg().text(1, 2, "class=\"soft\"", "a < b & \"c\"").file("<&>", 40, 30, ""));
    assertThat(file.getElementsByTagName("text").item(0).getTextContent())
        .isEqualTo("a < b & \"c\"");
    assertThat(file.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("<&>");
    assertThat(file.getAttribute("viewBox")).isEqualTo("0 0 40 30");
  }

  @Test
  void numbersHaveADecimalPointInEveryLocale() throws Exception {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      Element element = parsed(new Svg().line("grid", 0.5, 1, 2, 3).element(4, 4, "id=\"x\""));
      Element line = (Element) element.getElementsByTagName("line").item(0);
      assertThat(line.getAttribute("x1")).isEqualTo("0.5");
      assertThat(element.getAttribute("id")).isEqualTo("x");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aLogarithmicAxisMarksRoundValues() {
    LogAxis axis = new LogAxis(0.5, 50, 100, 300);
    assertThat(axis.ticks()).containsExactly(0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0);
    assertThat(axis.at(0.5)).isEqualTo(100);
    assertThat(axis.at(5)).isEqualTo(200);
    assertThat(axis.at(50)).isEqualTo(300);
  }
}
