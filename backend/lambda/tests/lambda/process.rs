//! The real binaries, each under an emulated Runtime API.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use lambda_simulator::{InvocationStatus, Simulator, SimulatorPhase};
use serde_json::Value;

use crate::caller::{Functions, Outcome};
use crate::s3::{BUCKET, S3};

/// As the stack sets it: the function must have spoken before.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(7);

/// A running function.
pub(crate) struct Process {
    simulator: Simulator,
    child: Child,
    /// When it was started.
    pub(crate) started: Instant,
    log: Option<JoinHandle<Vec<String>>>,
}

impl Process {
    /// Starts a function over the bucket at that address.
    pub(crate) async fn start(name: &str, s3: SocketAddr, more: &[(&str, &str)]) -> Self {
        Self::of(command(name), name, s3, more).await
    }

    /// The same with any program that speaks the Runtime API.
    pub(crate) async fn of(
        mut command: Command,
        name: &str,
        s3: SocketAddr,
        more: &[(&str, &str)],
    ) -> Self {
        let simulator = Simulator::builder()
            .function_name(name)
            .memory_size_mb(256)
            .invocation_timeout(TIMEOUT)
            .build()
            .await
            .unwrap();
        let started = Instant::now();
        let mut child = command
            .envs(simulator.lambda_env_vars())
            .env("QRGEN_STORE", format!("s3://{BUCKET}"))
            .env("AWS_ENDPOINT_URL_S3", format!("http://{s3}"))
            .env("AWS_ALLOW_HTTP", "true")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .envs(more.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Read all the time: a full pipe would stop the function.
        let log = std::thread::spawn(|| lines.map(Result::unwrap).collect());
        Self {
            simulator,
            child,
            started,
            log: Some(log),
        }
    }

    /// Waits until it has asked for its first event.
    pub(crate) async fn is_ready(&self) {
        let ready = self
            .simulator
            .wait_for_phase(SimulatorPhase::Ready, TIMEOUT);
        ready.await.expect("it must ask for an event");
    }

    /// Hands it an event and waits for what it makes of it.
    pub(crate) async fn invoke(&self, event: Value) -> Outcome {
        let payload = self.invoke_any(event).await?;
        Ok(serde_json::from_value(payload).unwrap())
    }

    /// The same where the answer has another form.
    pub(crate) async fn invoke_any(&self, event: Value) -> Result<Value, (String, String)> {
        let id = self.simulator.enqueue_payload(event).await;
        let state = self
            .simulator
            .wait_for_invocation_complete(&id, TIMEOUT + Duration::from_secs(1))
            .await
            .expect("the function must answer or raise in its time");
        if state.status == InvocationStatus::Success {
            return Ok(state.response.unwrap().payload);
        }
        let error = state
            .error
            .expect("the function must answer or raise in its time");
        Err((error.error_type, error.error_message))
    }

    /// How much memory it has in RAM, in KiB, where the system tells.
    pub(crate) fn resident_kib(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix("kB")?.trim().parse().ok()
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it, and gives the lines of its log.
    pub(crate) fn end(mut self) -> Vec<String> {
        self.kill();
        self.log.take().unwrap().join().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail when it has ended already, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary of a function, with nothing of this process's environment.
pub(crate) fn command(name: &str) -> Command {
    let binary = match std::env::var_os("QRGEN_LAMBDA_BINARIES") {
        Some(folder) => PathBuf::from(folder).join(name).join("bootstrap"),
        None => match name {
            "QRGenerator" => env!("CARGO_BIN_EXE_QRGenerator"),
            "QRRetriever" => env!("CARGO_BIN_EXE_QRRetriever"),
            "QRDelete" => env!("CARGO_BIN_EXE_QRDelete"),
            _ => panic!("no function is called {name}"),
        }
        .into(),
    };
    let runner = std::env::var("QRGEN_LAMBDA_RUNNER").unwrap_or_default();
    let mut words = runner.split_whitespace();
    let mut command = match words.next() {
        Some(program) => {
            let mut command = Command::new(program);
            command.args(words).arg(binary);
            command
        }
        None => Command::new(binary),
    };
    command.env_clear().stdin(Stdio::null());
    command
}

/// The three functions over one bucket.
pub(crate) struct Stack {
    pub(crate) s3: S3,
    pub(crate) generator: Process,
    pub(crate) retriever: Process,
    pub(crate) delete: Process,
}

impl Stack {
    pub(crate) async fn start() -> Self {
        let s3 = S3::start().await;
        Self {
            generator: Process::start("QRGenerator", s3.address, &[]).await,
            retriever: Process::start("QRRetriever", s3.address, &[]).await,
            delete: Process::start("QRDelete", s3.address, &[]).await,
            s3,
        }
    }
}

impl Functions for Stack {
    async fn invoke(&self, operation: &str, event: Value) -> Outcome {
        let process = match operation {
            "GENERATE" => &self.generator,
            "RETRIEVE" => &self.retriever,
            "DELETE" => &self.delete,
            _ => panic!("no function serves {operation}"),
        };
        process.invoke(event).await
    }
}
