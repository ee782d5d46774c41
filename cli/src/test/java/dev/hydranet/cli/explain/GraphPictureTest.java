package dev.hydranet.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydranet.engine.graph.Graph;
import dev.hydranet.engine.graph.Node;
import dev.hydranet.engine.tensor.Shape;
import dev.hydranet.network.MobileNetV2;
import dev.hydranet.network.Variant;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GraphPictureTest {
  @ParameterizedTest
  @EnumSource
  void everyLayerHasAPlaceOfItsOwn(Variant variant) {
    Graph graph = variant.network().graph();
    List<DrawnLayer> layers = DrawnLayer.of(graph);
    assertThat(layers.stream().flatMap(layer -> layer.nodes().stream()))
        .containsExactlyInAnyOrderElementsOf(graph.nodes());
    GraphLayout layout = GraphLayout.of(graph, layers);
    assertThat(layout.places()).hasSize(layers.size() + 1);
    Set<GraphLayout.Place> places = new HashSet<>(layout.places().values());
    assertThat(places).hasSize(layers.size() + 1);
    assertThat(places).allMatch(place -> place.row() >= 0 && place.row() < layout.rows());
  }

  @Test
  void normalisationAndActivationBelongToTheLayerBeforeThem() {
    List<DrawnLayer> layers = DrawnLayer.of(Variant.KITTI.network().graph());
    assertThat(layers)
        .extracting(layer -> layer.nodes().stream().map(Node::name).toList())
        .contains(
            List.of("layer1.0", "layer1.1", "layer1.2"),
            List.of("layer3.1.output.2.0", "layer3.1.output.2.1"),
            List.of("layer3.1.sum"),
            List.of("fuse4", "fuse4.relu"),
            List.of("pre_segm", "segm.relu"),
            List.of("segm"));
  }

  @Test
  void eachLayerIsAButtonWithItsShape() throws Exception {
    Graph graph = Variant.NYUD3.network().graph();
    List<DrawnLayer> layers = DrawnLayer.of(graph);
    Map<String, Shape> shapes = graph.shapes(Map.of("input", Shape.of(1, 3, 97, 131)));
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(GraphPicture.of(graph, layers, shapes))));
    NodeList groups = svg.getElementsByTagName("g");
    Set<String> found = new HashSet<>();
    for (int i = 0; i < groups.getLength(); i++) {
      Element group = (Element) groups.item(i);
      if (group.getAttribute("role").equals("button")) {
        DrawnLayer layer = layers.get(Integer.parseInt(group.getAttribute("id").substring(6)));
        Shape shape = shapes.get(layer.value());
        String extents = shape.channels() + "\u00d7" + shape.height() + "\u00d7" + shape.width();
        assertThat(group.getAttribute("aria-label"))
            .startsWith(layer.name() + ", ")
            .endsWith(", " + extents);
        found.add(layer.name());
      }
    }
    assertThat(found).hasSameSizeAs(layers);
    // One for each value that a layer reads, but not for what gives upsampling its size alone.
    int edges =
        layers.stream().mapToInt(layer -> layer.nodes().getFirst().inputs().size()).sum() - 3;
    long drawn = svg.getElementsByTagName("path").getLength() - 1; // the arrow's head
    assertThat(drawn).isEqualTo(edges);
  }

  @Test
  void otherNetworksHaveNoPicture() {
    Graph classifier = MobileNetV2.of(1, 10).graph();
    assertThatThrownBy(() -> GraphLayout.of(classifier, DrawnLayer.of(classifier)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
