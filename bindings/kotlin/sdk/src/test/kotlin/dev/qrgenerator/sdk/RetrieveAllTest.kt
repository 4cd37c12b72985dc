package dev.qrgenerator.sdk

import dev.qrgenerator.support.FixedAnswers
import dev.qrgenerator.support.QrgenServe
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import java.util.concurrent.atomic.AtomicInteger
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith

/** Pages as a Flow. */
class RetrieveAllTest {
    @Test
    fun `all codes come in the order of their names, whatever the size of a page`() {
        QrgenServe().use { server ->
            runBlocking {
                client(server.url).use {
                    val names = ('a'..'g').map(Char::toString)
                    names.forEach { name -> it.generate(request(filename = name)) }
                    for (limit in listOf(1L, 2L, 3L, 7L, 100L, null)) {
                        val found = it.retrieveAll(RetrieveRequest(limit = limit)).toList()
                        assertEquals(names, found.map { image -> image.filename }, "limit $limit")
                    }
                    val listed = it.retrieveAll(RetrieveRequest(prefix = "c", content = ContentKind.NONE)).toList()
                    assertEquals(listOf("c"), listed.map { image -> image.filename })
                }
            }
        }
    }

    @Test
    fun `a page is fetched only when it is collected`() {
        val asked = AtomicInteger()
        pages { """{"images":[$LISTED,$LISTED],"nextToken":"t${asked.incrementAndGet()}"}""" }.use { endpoint ->
            runBlocking {
                client(endpoint.url).use {
                    val all = it.retrieveAll()
                    assertEquals(0, asked.get())
                    assertEquals(2, all.take(2).toList().size)
                    assertEquals(1, asked.get())
                    assertEquals(3, all.take(3).toList().size)
                    assertEquals(3, asked.get())
                }
            }
        }
    }

    @Test
    fun `a server that goes round in circles is an error and not for ever`() {
        pages { """{"images":[],"nextToken":"same"}""" }.use { endpoint ->
            runBlocking {
                client(endpoint.url).use {
                    assertFailsWith<QrException.Protocol> { it.retrieveAll().toList() }
                }
            }
        }
    }

    private fun pages(answer: () -> String) = FixedAnswers { 200 to answer() }

    private companion object {
        const val LISTED =
            """{"filename":"x","mediaType":"image/png","byteSize":12,"storedAt":"2026-01-15T09:30:00.000Z"}"""
    }
}
