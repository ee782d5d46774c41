package dev.hydranet.drawing;

import java.awt.Graphics2D;

/** What stands below a picture and explains its colours. */
public interface Footer {
  /** Nothing to explain. */
  Footer NONE =
      new Footer() {
        @Override
        public int height(int width) {
          return 0;
        }

        @Override
        public void draw(Graphics2D g, int x, int y, int width) {}
      };

  /** How high it is when it is so wide. */
  int height(int width);

  /** Draws it with its upper left corner at a point; text has the graphics' colour. */
  void draw(Graphics2D g, int x, int y, int width);
}
