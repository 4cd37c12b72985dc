package dev.qrgenerator.sdk

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/**
 * All codes that [request] asks for, sorted by name.
 *
 * Cold and lazy: a page is fetched when its first code is collected, and each collection starts anew.
 * [RetrieveRequest.limit] is the size of a page and not of the whole.
 *
 * @throws QrException what [QrClient.retrieve] throws; the codes before it have been emitted
 */
public fun QrClient.retrieveAll(request: RetrieveRequest = RetrieveRequest()): Flow<QrImage> =
    flow {
        var next = request
        while (true) {
            val page = retrieve(next)
            page.images.forEach { emit(it) }
            val token = page.nextToken ?: break
            if (token == next.nextToken) {
                throw QrException.Protocol("the token of the next page is that of the same page")
            }
            next = next.copy(nextToken = token)
        }
    }
