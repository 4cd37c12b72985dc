import dev.qrgenerator.sdk.DeleteRequest;
import dev.qrgenerator.sdk.FileDeviceKey;
import dev.qrgenerator.sdk.GenerateOutcome;
import dev.qrgenerator.sdk.QrClientFutures;
import dev.qrgenerator.sdk.QrImage;
import dev.qrgenerator.sdk.Requests;

public class Quickstart {
    public static void main(String[] args) throws Exception {
        // The key is the identity: no registration, no password.
        FileDeviceKey key = FileDeviceKey.Companion.loadOrCreate("device.key");
        try (QrClientFutures client = new QrClientFutures(args[0], key)) {
            GenerateOutcome made =
                    client.generate(Requests.generate("menu", "https://example.com/menu")).get();
            System.out.println(made.getStatus() + ": " + made.getImage().getByteSize() + " bytes");

            for (QrImage image : client.retrieveAll().get()) {
                System.out.println(image.getFilename() + ": " + image.getText());
            }

            System.out.println("deleted: " + client.delete(new DeleteRequest("menu")).get());
        }
    }
}
