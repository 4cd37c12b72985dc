package android.os;

/** As much of Android's class as the SDK uses: the real one asks the phone. */
public final class Build {
    private Build() {}

    /** Which Android this is. */
    public static final class VERSION {
        /** Set by the test. */
        public static int SDK_INT = 34;

        private VERSION() {}
    }

    /** The names of some. */
    public static final class VERSION_CODES {
        public static final int N = 24;
        public static final int P = 28;

        private VERSION_CODES() {}
    }
}
