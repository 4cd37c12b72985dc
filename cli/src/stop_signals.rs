//! The signals that end a server: Ctrl-C, and what a supervisor sends.

use std::io;

#[cfg(unix)]
use self::unix::{Interrupt, Terminate, interrupt, terminate};
#[cfg(windows)]
use tokio::signal::windows::{
    CtrlC as Interrupt, CtrlShutdown as Terminate, ctrl_c as interrupt, ctrl_shutdown as terminate,
};

use crate::exit::Exit;

/// Both signals, listened for since [`listen`](Self::listen).
pub(crate) struct StopSignals {
    interrupt: Interrupt,
    terminate: Terminate,
}

impl StopSignals {
    /// Takes over from the default, which is to end at once.
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: interrupt()?,
            terminate: terminate()?,
        })
    }

    /// Is ready at the first signal. From then on Ctrl-C ends the process at once.
    pub(crate) async fn first(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        tokio::spawn(async move {
            self.interrupt.recv().await;
            std::process::exit(Exit::Interrupted as i32);
        });
    }
}

#[cfg(unix)]
mod unix {
    use std::io;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    pub(super) type Interrupt = Signal;
    pub(super) type Terminate = Signal;

    pub(super) fn interrupt() -> io::Result<Signal> {
        signal(SignalKind::interrupt())
    }

    pub(super) fn terminate() -> io::Result<Signal> {
        signal(SignalKind::terminate())
    }
}
