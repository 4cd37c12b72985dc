package android.graphics;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/** As much of Android's class as the SDK uses: the real one is native. Its memory is red, green, blue, alpha. */
public final class Bitmap {
    /** The formats of pixels. */
    public enum Config {
        ARGB_8888
    }

    private final int width;
    private final int height;
    private final byte[] memory;

    private Bitmap(int width, int height) {
        this.width = width;
        this.height = height;
        this.memory = new byte[4 * width * height];
    }

    public static Bitmap createBitmap(int width, int height, Config config) {
        return new Bitmap(width, height);
    }

    /** Refuses a buffer that is too small, as Android does. */
    public void copyPixelsFromBuffer(Buffer source) {
        if (source.remaining() < memory.length) {
            throw new RuntimeException("Buffer not large enough for pixels");
        }
        ((ByteBuffer) source).get(memory);
    }

    public int getWidth() {
        return width;
    }

    public int getHeight() {
        return height;
    }

    /** As alpha, red, green, blue. */
    public int getPixel(int x, int y) {
        int at = 4 * (y * width + x);
        return ByteBuffer.wrap(new byte[] {memory[at + 3], memory[at], memory[at + 1], memory[at + 2]}).getInt();
    }
}
