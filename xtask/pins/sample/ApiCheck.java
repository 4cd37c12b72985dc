import java.io.File;
import java.io.FileInputStream;
import java.util.List;
import java.util.Set;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.PrintWriterLogger;

/**
 * Holds classes to the signatures of an API: {@code SIGNATURE JAR PACKAGE…}, where a package with a star is one that the
 * signatures need not have. What carries {@code @RequiresApi} asks for its level by itself and is left out.
 */
public final class ApiCheck {
    public static void main(String[] args) throws Exception {
        List<String> others = List.of(args).subList(2, args.length);
        SignatureChecker checker =
            new SignatureChecker(new FileInputStream(args[0]), Set.copyOf(others), new PrintWriterLogger(System.out));
        checker.setAnnotationTypes(List.of("androidx.annotation.RequiresApi"));
        checker.setSourcePath(List.of());
        checker.process(new File(args[1]));
        System.exit(checker.isSignatureBroken() ? 1 : 0);
    }
}
