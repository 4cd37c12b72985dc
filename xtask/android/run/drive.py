"""drive.py FOLDER HTTP_URL TLS_URL CERTIFICATE SILENT_URL: drive the Android library in FOLDER.

Through the Python that UniFFI generates beside it, as an app does through the Kotlin. What only the
library for tests can do is done when it has the hooks. Prints a line for each check.
"""

import asyncio
import ctypes
import os
import pathlib
import sys
import threading

folder, plain_url, tls_url, certificate, silent_url = sys.argv[1:]


def load(path):
    """Loads with the shim of bionic before the libc of this program, and does what only bionic's loader does."""
    library = ctypes.CDLL(path, mode=os.RTLD_NOW | os.RTLD_DEEPBIND)
    relocate = ctypes.CDLL("libc.so").bionic_relocate
    relocate.argtypes = [ctypes.c_void_p]
    relocate(library._handle)
    return library


ctypes.cdll.LoadLibrary = load
sys.path.insert(0, folder)
import p256
import qrgen_sdk as qr

TEXT = "https://example.com/menu?ä=🎟"
checks = 0


def check(what, holds, seen=""):
    global checks
    checks += 1
    print("ok    " if holds else "FAILED", what, seen, flush=True)
    if not holds:
        sys.exit(1)


class Key(qr.DeviceKey):
    def __init__(self, secret=0xC0FFEE):
        self.secret = secret

    def public_key(self):
        return p256.public_point(self.secret)

    async def sign(self, bytes):
        await asyncio.sleep(0.001)  # as a key that asks its user
        return p256.sign(self.secret, bytes)


class Declining(Key):
    async def sign(self, bytes):
        raise qr.device_key_failed("the user declined")


class Broken(Key):
    async def sign(self, bytes):
        raise ValueError("a bug in the app")


class Lines(qr.LogSink):
    def __init__(self):
        self.lines = []

    def log(self, line):
        self.lines.append(line)


def client(url, key=None, **options):
    return qr.QrClient(qr.QrClientConfig(endpoint=url, **options), key or Key())


def code(error):
    """In Python a field hides the method of its name; in Kotlin there are both."""
    return error.code() if callable(error.code) else error.code.raw


async def refusal(awaitable):
    try:
        seen = await awaitable
    except qr.QrError as error:
        return error
    check("an error", False, repr(seen))


def draw():
    request = qr.RenderRequest(text=TEXT, detail=qr.Detail.MEDIUM())
    drawn = qr.render(request)
    check("render", drawn.png.startswith(b"\x89PNG") and drawn.width_px > 100, drawn.symbol)
    pixels = qr.pixels(drawn.png, 512)
    check("pixels", len(pixels) == 512 * 512 * 4)
    try:
        qr.pixels(drawn.png, 3)
    except qr.QrError as error:
        check("an error has code and text", code(error) == "size_out_of_range" and "sizePx" in str(error))
    return drawn


async def keep(url, qr_client, drawn):
    request = qr.GenerateRequest(filename="menu", text=TEXT, detail=qr.Detail.MEDIUM())
    made = await qr_client.generate(request)
    check("generate", made.status == qr.GenerateStatus.CREATED and made.image.text == TEXT, url)
    check("the same bytes as drawn", made.image.png == drawn.png)
    made = await qr_client.generate(request)
    check("generate again", made.status == qr.GenerateStatus.UNCHANGED)
    request.text = "another"
    error = await refusal(qr_client.generate(request))
    taken = isinstance(error, qr.QrError.Service) and code(error) == "filename_taken"
    check("refused by the service", taken and not error.is_retryable(), str(error))
    page = await qr_client.retrieve(qr.RetrieveRequest(content=qr.ContentKind.BASE64))
    check("retrieve", [image.filename for image in page.images] == ["menu"])
    many = [qr.DeleteRequest(filename=f"none-{number}") for number in range(20)]
    gone = await asyncio.gather(*[qr_client.delete(request) for request in many])
    check("20 at once", gone == [False] * 20)
    check("delete", await qr_client.delete(qr.DeleteRequest(filename="menu")))


async def fail():
    absent = qr.DeleteRequest(filename="menu")
    error = await refusal(client(tls_url, max_retries=0).delete(absent))
    check("an unknown issuer is refused", code(error) == "network_tls", str(error))
    error = await refusal(client("http://127.0.0.1:9", max_retries=0).delete(absent))
    check("a refused connection", code(error) == "network_connect", str(error))
    error = await refusal(client("https://no-such-host.invalid", max_retries=0).delete(absent))
    check("a host that is not", code(error) == "network_dns", str(error))
    for key, reason in ((Declining(), "the user declined"), (Broken(), "a bug in the app")):
        error = await refusal(client(plain_url, key).delete(absent))
        failed = code(error) == "device_key_failed" and reason in str(error)
        check("what the key throws arrives", failed, str(error))
    error = await refusal(client(silent_url, read_timeout_ms=200, max_retries=0).delete(absent))
    check("a silent server", code(error) == "timeout", str(error))
    call = asyncio.create_task(client(silent_url).delete(absent))
    await asyncio.sleep(0.2)
    call.cancel()
    try:
        await call
        check("cancel", False)
    except asyncio.CancelledError:
        check("cancel", True)


def panics(times):
    seen = 0
    for _ in range(times):
        try:
            qr.panic_now()
        except qr.InternalError as error:
            seen += "planted panic" in str(error)
    return seen


async def hooks(drawn):
    check("200 panics are exceptions", panics(200) == 200)
    counts = []
    threads = [threading.Thread(target=lambda: counts.append(panics(50))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check("panics in four threads", counts == [50] * 4)
    try:
        await qr.panic_later()
        check("a panic in a future is an exception", False)
    except qr.InternalError as error:
        check("a panic in a future is an exception", "planted panic" in str(error))
    wait = asyncio.create_task(qr.wait_for_ever())
    await asyncio.sleep(0.1)
    wait.cancel()
    try:
        await wait
    except asyncio.CancelledError:
        check("a cancelled future is dropped", qr.dropped_waits() == 1)
    trusted = pathlib.Path(certificate).read_bytes()
    config = qr.QrClientConfig(endpoint=tls_url)
    await keep(tls_url, qr.client_that_trusts(trusted, config, Key()), drawn)


async def main():
    drawn = draw()
    lines = Lines()
    qr.set_log_sink(lines)
    await keep(plain_url, client(plain_url), drawn)
    qr.set_log_sink(None)
    quiet = all(TEXT not in line for line in lines.lines)
    check("the log", quiet and any("answered" in line for line in lines.lines), lines.lines[0])
    await fail()
    if hasattr(qr, "panic_now"):
        await hooks(drawn)
    print(f"{checks} checks passed")


asyncio.run(main())
