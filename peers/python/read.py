"""Reads symbols by zxing-cpp and zbar: adds to each line of `peers-encoders proof symbols` what they say, in hex."""

import sys
from multiprocessing import Pool

import numpy
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

QUIET_ZONE = 4
SCALE = 3


def image(size, rows):
    bits = numpy.frombuffer(bytes.fromhex(rows), dtype=numpy.uint8).reshape(size, -1)
    light = (1 - numpy.unpackbits(bits, axis=1)[:, :size]) * 255
    pixels = numpy.pad(light, QUIET_ZONE, constant_values=255)
    return pixels.astype(numpy.uint8).repeat(SCALE, 0).repeat(SCALE, 1)


def by_zxing(pixels, is_text):
    found = zxingcpp.read_barcodes(
        pixels, formats=zxingcpp.BarcodeFormat.QRCode, text_mode=zxingcpp.TextMode.Plain
    )
    if len(found) != 1:
        return "-"
    return (found[0].text.encode() if is_text else found[0].bytes).hex()


def by_zbar(pixels):
    found = pyzbar.decode(Image.fromarray(pixels), symbols=[pyzbar.ZBarSymbol.QRCODE])
    return found[0].data.hex() if len(found) == 1 else "-"


def read(line):
    line = line.rstrip("\n")
    _, kind, _, size, rows = line.split("\t")
    pixels = image(int(size), rows)
    return f"{line}\t{by_zxing(pixels, kind == 'text')}\t{by_zbar(pixels)}\n"


if __name__ == "__main__":
    with Pool() as pool:
        sys.stdout.writelines(pool.imap(read, sys.stdin, chunksize=500))
