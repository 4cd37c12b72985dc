"""services.py QRGEN COMMAND...: run COMMAND with two real services beside it.

Appended to the command: the URL of a service over HTTP, the URL of one over TLS, the certificate
(DER) of the latter, which no root of the library vouches for, and the URL of a server that takes
requests and never answers. Everything is on loopback and ends with the command.
"""

import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading


def serve(qrgen, *options):
    """Starts a service with an empty store; gives the process and the port."""
    command = [qrgen, "serve", "--listen", "127.0.0.1:0", "--store", "memory:", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in process.stdout:
        return process, int(line.rsplit(":", 1)[1])
    sys.exit(f"{qrgen} did not start")


def copy(source, sink):
    try:
        while chunk := source.recv(65_536):
            sink.sendall(chunk)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # the other side has closed


def end_tls(listener, context, port):
    """Passes what comes in over TLS on to a service."""
    while True:
        plain, _ = listener.accept()
        try:
            stream = context.wrap_socket(plain, server_side=True)
        except OSError:
            continue  # a client that refuses the certificate
        service = socket.create_connection(("127.0.0.1", port))
        for pair in ((stream, service), (service, stream)):
            threading.Thread(target=copy, args=pair, daemon=True).start()


def certificate(folder):
    key, pem = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        + ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        + ["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", key, "-out", pem],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    der = folder / "certificate.der"
    der.write_bytes(ssl.PEM_cert_to_DER_cert(pem.read_text()))
    return context, der


def main(qrgen, *command):
    with tempfile.TemporaryDirectory() as folder:
        context, der = certificate(pathlib.Path(folder))
        listener = socket.create_server(("127.0.0.1", 0))
        secure = f"https://localhost:{listener.getsockname()[1]}"
        silent = socket.create_server(("127.0.0.1", 0))
        plain_service, port = serve(qrgen)
        secure_service, secure_port = serve(qrgen, "--public-url", secure)
        arguments = (listener, context, secure_port)
        threading.Thread(target=end_tls, args=arguments, daemon=True).start()
        urls = [f"http://127.0.0.1:{port}", secure, str(der)]
        try:
            done = subprocess.run([*command, *urls, f"http://127.0.0.1:{silent.getsockname()[1]}"])
        finally:
            for service in (plain_service, secure_service):
                service.terminate()
                service.wait()
    return done.returncode


sys.exit(main(*sys.argv[1:]))
