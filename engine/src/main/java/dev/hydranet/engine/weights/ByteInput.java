package dev.hydranet.engine.weights;

import dev.hydranet.engine.file.WeightsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/** Bytes from first to last, out of a file, memory or a stream. */
interface ByteInput {
  /** The size of a stream, which only its end tells. */
  long UNKNOWN = Long.MAX_VALUE;

  /** The number of bytes, or {@link #UNKNOWN}. */
  long size();

  /**
   * Reads the next bytes.
   *
   * @param to where they go, from its position on
   * @return how many; -1 at the end
   */
  int read(ByteBuffer to) throws IOException;

  /** Fails if what was read may be the halves of two contents. */
  default void checkUnchanged() throws IOException {}

  /** The bytes of a file. */
  static ByteInput of(WeightsFile file) {
    return new ByteInput() {
      @Override
      public long size() {
        return file.size();
      }

      @Override
      public int read(ByteBuffer to) throws IOException {
        return file.channel().read(to);
      }

      @Override
      public void checkUnchanged() throws IOException {
        file.checkUnchanged();
      }
    };
  }

  /** The bytes of a buffer from its position to its limit; the buffer itself is not changed. */
  static ByteInput of(ByteBuffer bytes) {
    ByteBuffer rest = bytes.duplicate();
    int size = rest.remaining();
    return new ByteInput() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public int read(ByteBuffer to) {
        int count = Math.min(to.remaining(), rest.remaining());
        to.put(rest.slice(rest.position(), count));
        rest.position(rest.position() + count);
        return count == 0 ? -1 : count;
      }
    };
  }

  /** The bytes of a stream up to its end; it is not closed. */
  static ByteInput of(InputStream in) {
    ReadableByteChannel channel = Channels.newChannel(in);
    return new ByteInput() {
      @Override
      public long size() {
        return UNKNOWN;
      }

      @Override
      public int read(ByteBuffer to) throws IOException {
        return channel.read(to);
      }
    };
  }
}
