package dev.hydranet.drawing;

import java.awt.image.BufferedImage;

/**
 * A part of an overview.
 *
 * @param title above the picture
 * @param note beside the title; may be empty
 * @param picture of {@link BufferedImage#TYPE_INT_RGB}; brought to a size that is good to look at
 * @param footer below the picture
 */
public record Panel(String title, String note, BufferedImage picture, Footer footer) {
  /** Scales the picture. */
  public Panel {
    int[] pixels = Pixels.of(picture);
    PanelScale scale = new PanelScale(picture.getWidth(), picture.getHeight());
    picture =
        Pixels.paint(
            scale.scaledWidth(), scale.scaledHeight(), scaled -> scale.apply(pixels, scaled));
  }
}
