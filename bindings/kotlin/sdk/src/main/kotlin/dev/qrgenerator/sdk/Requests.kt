@file:JvmName("Requests")

package dev.qrgenerator.sdk

// The requests with what is usual left out. The generated constructors can give no enum by default.

/**
 * Make a code of medium detail and store it.
 *
 * @param filename see [GenerateRequest.filename]
 * @param text see [GenerateRequest.text]
 * @param replace see [GenerateRequest.replace]
 */
@JvmName("generate")
@JvmOverloads
public fun GenerateRequest(
    filename: String,
    text: String,
    replace: Boolean = false,
): GenerateRequest = GenerateRequest(filename, text, Detail.Medium, replace)

/**
 * Find stored codes with their images: one by its name, those whose names have a beginning, or all.
 *
 * @param filename see [RetrieveRequest.filename]
 * @param prefix see [RetrieveRequest.prefix]
 * @param limit see [RetrieveRequest.limit]
 * @param nextToken see [RetrieveRequest.nextToken]
 */
@JvmName("retrieve")
@JvmOverloads
public fun RetrieveRequest(
    filename: String? = null,
    prefix: String? = null,
    limit: Long? = null,
    nextToken: String? = null,
): RetrieveRequest = RetrieveRequest(filename, prefix, ContentKind.BASE64, limit, nextToken)

/**
 * Draw a code of medium detail without storing it.
 *
 * @param text see [RenderRequest.text]
 */
@JvmName("render")
public fun RenderRequest(text: String): RenderRequest = RenderRequest(text, Detail.Medium)
