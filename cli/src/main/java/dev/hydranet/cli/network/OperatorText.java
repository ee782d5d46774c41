package dev.hydranet.cli.network;

import dev.hydranet.engine.graph.Activation;
import dev.hydranet.engine.graph.Add;
import dev.hydranet.engine.graph.BatchNorm;
import dev.hydranet.engine.graph.Conv2d;
import dev.hydranet.engine.graph.MaxPool2d;
import dev.hydranet.engine.graph.Op;
import dev.hydranet.engine.graph.Size;
import dev.hydranet.engine.graph.Upsample;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Operators in words. */
public final class OperatorText {
  private OperatorText() {}

  /** Kinds of layers that differ in what they cost and in their colour. */
  public enum Kind {
    POINTWISE("1x1 convolution", "mixes the channels of each pixel: a matrix product"),
    DEPTHWISE("depthwise convolution (dw)", "filters each channel by itself"),
    SCALE("scale", "multiplies each channel by its own factor"),
    STANDARD("convolution", "each channel of the output sees a window of all channels"),
    POOL("max-pool", "takes the largest value of a window, channel by channel"),
    SUM("sum", "adds element by element"),
    UPSAMPLE("upsampling", "enlarges each channel"),
    OTHER("other", "");

    private final String title;
    private final String does;

    Kind(String title, String does) {
      this.title = title;
      this.does = does;
    }

    /** The readable name. */
    public String title() {
      return title;
    }

    /** What it does, in a few words. */
    public String does() {
      return does;
    }

    /** For style sheets. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Kind kind(Op op) {
    return switch (op) {
      case Conv2d conv -> kind(conv);
      case MaxPool2d pool -> Kind.POOL;
      case Add add -> Kind.SUM;
      case Upsample upsample -> Kind.UPSAMPLE;
      default -> Kind.OTHER;
    };
  }

  private static Kind kind(Conv2d conv) {
    if (conv.isDepthwise() && conv.inChannels() > 1) {
      return conv.terms() == 1 ? Kind.SCALE : Kind.DEPTHWISE;
    }
    return conv.isPointwise() ? Kind.POINTWISE : Kind.STANDARD;
  }

  /** A few letters, for a small box. */
  public static String brief(Op op) {
    return switch (op) {
      case Conv2d conv ->
          kind(conv) == Kind.SCALE
              ? "scale"
              : size(conv.kernel())
                  + (kind(conv) == Kind.DEPTHWISE ? " dw" : "")
                  + (conv.stride().equals(Size.square(1)) ? "" : " /" + conv.stride().width());
      case MaxPool2d pool -> "max " + size(pool.kernel());
      case Add add -> "+";
      case Upsample upsample -> "bilinear";
      default -> op.kind();
    };
  }

  private static String size(Size size) {
    return size.height() + "\u00d7" + size.width();
  }

  /** What an operator was built with. */
  public static Map<String, String> attributes(Op op) {
    Map<String, String> attributes = new LinkedHashMap<>();
    switch (op) {
      case Conv2d conv -> {
        attributes.put("channels", conv.inChannels() + " to " + conv.outChannels());
        attributes.put("kernel", conv.kernel().toString());
        attributes.put("stride", conv.stride().toString());
        attributes.put("padding", conv.padding().toString());
        attributes.put("groups", Integer.toString(conv.groups()));
        attributes.put("bias", conv.bias() ? "yes" : "no");
      }
      case BatchNorm norm -> attributes.put("eps", Double.toString(norm.eps()));
      case MaxPool2d pool -> {
        attributes.put("kernel", pool.kernel().toString());
        attributes.put("stride", pool.stride().toString());
        attributes.put("padding", pool.padding().toString());
      }
      case Upsample upsample ->
          attributes.put("mode", upsample.mode().name().toLowerCase(Locale.ROOT).replace('_', ' '));
      case Activation activation ->
          attributes.put(
              "range",
              switch (activation.function()) {
                case RELU -> "0 and more";
                case RELU6 -> "0 to 6";
              });
      default -> {}
    }
    return attributes;
  }
}
