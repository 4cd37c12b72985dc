"""Python's `qrcode` with Pillow: text to PNG of 10 pixels a module, base64, JSON. Level M.

Reads `kind level hex` lines, prints lines as `encoders/src/main.rs` describes them.
"""

import base64
import io
import json
import statistics
import sys
import time

import qrcode

NAME = "Python qrcode + Pillow"
ROUNDS = 5


def symbol(text):
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=10, border=4)
    code.add_data(text)
    code.make(fit=True)
    return code


def png(text):
    image = symbol(text).make_image(fill_color="black", back_color="white")
    output = io.BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


def answer(text):
    image = png(text)
    return json.dumps({"image": base64.b64encode(image).decode(), "size": len(image)})


def main():
    sets = {}
    for line in sys.stdin:
        kind, level, payload = line.split("\t")
        if level == "M":
            sets.setdefault(kind, []).append(bytes.fromhex(payload).decode())
    for kind, payloads in sets.items():
        for text in payloads:
            rows = "/".join("".join("01"[dark] for dark in row) for row in symbol(text).modules)
            print("symbol", kind, "M", NAME, text.encode().hex(), rows, sep="\t")
        times = []
        for _ in range(ROUNDS):
            start = time.thread_time_ns()
            for text in payloads:
                answer(text)
            times.append((time.thread_time_ns() - start) / len(payloads))
        size = len(png(payloads[0]))
        print("image", kind, "M", NAME, statistics.median(times), size, sep="\t")


main()
