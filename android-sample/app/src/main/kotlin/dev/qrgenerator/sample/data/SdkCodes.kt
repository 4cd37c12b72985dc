package dev.qrgenerator.sample.data

import dev.qrgenerator.sdk.DeleteRequest
import dev.qrgenerator.sdk.GenerateRequest
import dev.qrgenerator.sdk.QrClient
import dev.qrgenerator.sdk.RetrieveRequest

/** Codes at the service, through the SDK. Its calls suspend and block no thread, so they need no dispatcher. */
class SdkCodes(
    private val client: QrClient,
    private val drawing: CodeDrawing,
) : CodeSource {
    override suspend fun page(
        prefix: String,
        token: String?,
    ): CodePage =
        translating {
            val page =
                client.retrieve(
                    RetrieveRequest(
                        prefix = prefix.ifEmpty { null },
                        limit = PAGE_SIZE.toLong(),
                        nextToken = token,
                    ),
                )
            CodePage(page.images.map { it.toCode() }, page.nextToken)
        }

    override suspend fun find(name: String): CodeImage? =
        translating {
            val image = client.retrieve(RetrieveRequest(filename = name)).images.firstOrNull() ?: return null
            val code = image.toCode()
            CodeImage(code, image.png ?: ByteArray(0), drawing.picture(code))
        }

    override suspend fun make(
        draft: Draft,
        replace: Boolean,
    ) {
        translating { client.generate(GenerateRequest(draft.name, draft.text, draft.preset.toDetail(), replace)) }
    }

    override suspend fun delete(name: String) {
        translating { client.delete(DeleteRequest(name)) }
    }
}
