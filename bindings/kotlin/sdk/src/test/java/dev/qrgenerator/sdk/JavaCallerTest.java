package dev.qrgenerator.sdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.qrgenerator.support.QrgenServe;
import dev.qrgenerator.support.RawServer;
import dev.qrgenerator.support.SoftwareKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The SDK as Java sees it. */
class JavaCallerTest {
    /** A key that Java wrote. */
    private static final class Key extends BlockingDeviceKey {
        private final KeyPair pair = SoftwareKey.Companion.p256();

        @Override
        public byte[] publicKey() {
            return new SoftwareKey(pair).publicKey();
        }

        @Override
        public byte[] signBlocking(byte[] bytes) {
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(pair.getPrivate());
                signature.update(bytes);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static GenerateRequest menu(String text) {
        return Requests.generate("menu", text);
    }

    @Test
    void makesFindsAndThrowsAway() throws Exception {
        try (QrgenServe server = new QrgenServe();
                QrClientFutures client = new QrClientFutures(server.getUrl(), new Key())) {
            QrImage made = client.generate(menu("https://example.com/menu")).get(10, TimeUnit.SECONDS).getImage();
            List<QrImage> found = client.retrieveAll().get(10, TimeUnit.SECONDS);
            assertEquals(1, found.size());
            assertArrayEquals(made.getPng(), found.get(0).getPng());
            assertTrue(client.delete(new DeleteRequest("menu")).get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void failsWithTheExceptionOfTheSdk() throws Exception {
        try (QrgenServe server = new QrgenServe();
                QrClientFutures client = new QrClientFutures(server.getUrl(), new Key())) {
            client.generate(menu("one")).get(10, TimeUnit.SECONDS);
            CompletableFuture<GenerateOutcome> other = client.generate(menu("two"));
            ExecutionException e = assertThrows(ExecutionException.class, () -> other.get(10, TimeUnit.SECONDS));
            QrException.Service refused = assertInstanceOf(QrException.Service.class, e.getCause());
            assertEquals("filename_taken", refused.code());
            assertEquals(409, refused.getStatus());
        }
    }

    @Test
    void cancellingAFutureEndsItsRequest() throws Exception {
        try (RawServer server = RawServer.Companion.silent();
                QrClientFutures client = new QrClientFutures(server.getUrl(), new Key())) {
            CompletableFuture<Boolean> call = client.delete(new DeleteRequest("menu"));
            RawServer.Connection connection = server.getAccepted().poll(10, TimeUnit.SECONDS);
            connection.awaitRequest();
            call.cancel(true);
            assertTrue(connection.isClosedByPeer());
        }
    }
}
