"""Runs Lambda functions of a custom runtime as local processes in LocalStack 4.14, without Docker.

Selected by LAMBDA_RUNTIME_EXECUTOR=process. An execution environment is a Sandbox: one `bootstrap`
process and the Runtime API (2018-06-01) that it polls, on a port of its own on loopback. As on AWS,
a sandbox whose function crashed or timed out is thrown away, and the next call gets a fresh one.
"""

import json
import os
import queue
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

LOOPBACK = "127.0.0.1"
POLL_SECONDS = 0.02


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    name = "process"

    def load(self, *args, **kwargs):
        return ProcessExecutor


class ProcessExecutor(RuntimeExecutor):
    """One execution environment of one version of a function."""

    sandbox = None
    variables = None

    def start(self, env_vars):
        self.variables = env_vars
        self.sandbox = Sandbox(self.function_version.config, env_vars)

    def stop(self):
        if self.sandbox:
            self.sandbox.stop()

    def invoke(self, payload):
        if self.sandbox.has_ended():
            self.sandbox.stop()
            self.sandbox = Sandbox(self.function_version.config, self.variables)
        answer, is_error, logs = self.sandbox.invoke(payload)
        return InvocationResult(
            request_id=payload["invoke-id"],
            payload=answer,
            is_error=is_error,
            logs=logs,
            executed_version=self.function_version.id.qualifier,
        )

    def get_logs(self):
        return self.sandbox.logs() if self.sandbox else ""

    def get_address(self):
        return LOOPBACK

    def get_endpoint_from_executor(self):
        return LOOPBACK

    def get_runtime_endpoint(self):
        # For LocalStack's own init program, which has no part in this.
        return f"http://{LOOPBACK}:0"

    @classmethod
    def prepare_version(cls, function_version):
        function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        # The version that takes its place may run the same code; the folder goes with LocalStack.
        pass


class Sandbox:
    """A `bootstrap` process and its Runtime API."""

    def __init__(self, config, variables):
        self.timeout = config.timeout
        self.events = queue.Queue()
        self.answers = queue.Queue()
        self.is_ready = threading.Event()
        self.lines = []
        self.api = ThreadingHTTPServer((LOOPBACK, 0), runtime_api(self))
        self.api.daemon_threads = True
        threading.Thread(target=self.api.serve_forever, daemon=True).start()
        self.process = self.launch(str(config.code.get_unzipped_code_location()), variables)
        while not self.is_ready.wait(POLL_SECONDS):
            if self.has_ended():
                self.stop()
                raise RuntimeError(f"bootstrap ended with {self.process.returncode}: {self.logs()}")

    def launch(self, folder, variables):
        bootstrap = os.path.join(folder, "bootstrap")
        os.chmod(bootstrap, 0o755)
        environment = {name: str(value) for name, value in variables.items() if value is not None}
        environment |= {
            "AWS_LAMBDA_RUNTIME_API": f"{LOOPBACK}:{self.api.server_port}",
            "LAMBDA_TASK_ROOT": folder,
            # LocalStack's S3 speaks plain HTTP on loopback.
            "AWS_ALLOW_HTTP": "true",
            "PATH": "/usr/bin:/bin",
        }
        process = subprocess.Popen(
            [bootstrap],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=lambda: self.lines.extend(process.stdout), daemon=True).start()
        return process

    def has_ended(self):
        return self.process.poll() is not None

    def logs(self):
        return "".join(self.lines)

    def invoke(self, event):
        """The answer as bytes, whether it is an error, and what the function logged."""
        logged = len(self.lines)
        event["deadline"] = time.time() + self.timeout
        self.events.put(event)
        answer, is_error = self.wait_for_answer(event["deadline"])
        return answer, is_error, "".join(self.lines[logged:])

    def wait_for_answer(self, deadline):
        while True:
            try:
                return self.answers.get(timeout=POLL_SECONDS)
            except queue.Empty:
                pass
            if self.has_ended():
                return failure("Runtime.ExitError", f"exit status {self.process.returncode}")
            if time.time() > deadline:
                self.process.kill()
                self.process.wait()
                return failure("Sandbox.Timedout", f"Task timed out after {self.timeout}.00 seconds")

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.events.put(None)
        self.api.shutdown()
        self.api.server_close()


def failure(error_type, message):
    return json.dumps({"errorType": error_type, "errorMessage": message}).encode(), True


def runtime_api(sandbox):
    """The handler of a sandbox's Runtime API."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

        def do_GET(self):
            """`…/runtime/invocation/next`: waits for an event."""
            sandbox.is_ready.set()
            event = sandbox.events.get()
            if event is None:
                self.close_connection = True
                return
            self.reply(
                200,
                event["payload"].encode(),
                {
                    "Content-Type": "application/json",
                    "Lambda-Runtime-Aws-Request-Id": event["invoke-id"],
                    "Lambda-Runtime-Invoked-Function-Arn": event["invoked-function-arn"],
                    "Lambda-Runtime-Trace-Id": event["trace-id"],
                    "Lambda-Runtime-Deadline-Ms": str(int(event["deadline"] * 1000)),
                },
            )

        def do_POST(self):
            """`…/runtime/invocation/ID/response` or `…/error`, or `…/runtime/init/error`."""
            body = self.body()
            if not self.path.endswith("/init/error"):
                sandbox.answers.put((body, self.path.endswith("/error")))
            self.reply(202, b"", {})

        def body(self):
            if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def reply(self, status, body, headers):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
