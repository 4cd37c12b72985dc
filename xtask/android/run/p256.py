"""ECDSA over P-256, for a device key of the proof. Slow, and not for secrets: the nonce is a hash."""

import hashlib

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % P == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def times(scalar, point=G):
    product = None
    for bit in bin(scalar)[2:]:
        product = add(product, product)
        if bit == "1":
            product = add(product, point)
    return product


def public_point(secret):
    """65 bytes: 0x04, x, y (SEC 1, 2.3.3)."""
    x, y = times(secret)
    return b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big")


def sign(secret, message):
    """A signature in DER (RFC 3279, 2.2.3)."""
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    nonce = int.from_bytes(hashlib.sha512(secret.to_bytes(32, "big") + message).digest(), "big") % N
    r = times(nonce)[0] % N
    s = pow(nonce, -1, N) * (digest + r * secret) % N
    numbers = b"".join(der_integer(number) for number in (r, s))
    return b"\x30" + bytes([len(numbers)]) + numbers


def der_integer(number):
    content = number.to_bytes(number.bit_length() // 8 + 1, "big")
    return b"\x02" + bytes([len(content)]) + content
