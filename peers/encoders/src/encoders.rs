//! The encoders, each called as its documentation says, with the exact level and every mask tried.

use qrgen_engine::{EncodeOptions, Encoder, ErrorCorrection, Symbol};

/// Dark modules, row by row.
pub(crate) type Modules = Vec<Vec<bool>>;

/// One encoder.
pub(crate) trait Peer {
    fn name(&self) -> String;

    /// Encodes and looks at nothing: what is timed. Something of the symbol comes back, so that no
    /// optimiser can leave the work out; nothing when the payload is refused.
    fn encode(&mut self, text: &str, level: char) -> Option<usize>;

    /// The modules of the symbol.
    fn modules(&mut self, text: &str, level: char) -> Option<Modules>;
}

/// Ours on the fastest instructions of this processor, ours on each lesser set, then the others.
pub(crate) fn all() -> Vec<Box<dyn Peer>> {
    let ours = Ours(Encoder::new(), "qrgen".to_owned());
    let mut all: Vec<Box<dyn Peer>> = vec![Box::new(ours)];
    let paths: Vec<Encoder> = Encoder::on_each_path().collect();
    // From the slowest up, which is the same everywhere.
    let lesser = paths.into_iter().skip(1).rev().zip(["portable", "AVX2"]);
    for (encoder, path) in lesser.collect::<Vec<_>>().into_iter().rev() {
        all.push(Box::new(Ours(encoder, format!("qrgen, {path}"))));
    }
    all.extend(others());
    all
}

/// Those that are not ours.
pub(crate) fn others() -> Vec<Box<dyn Peer>> {
    vec![
        Box::new(Other(FAST_QR)),
        Box::new(Other(QRCODEGEN)),
        Box::new(Other(QRCODE_GENERATOR)),
        Box::new(Other(QRCODE)),
    ]
}

/// The engine, with memory that it keeps from one symbol to the next.
struct Ours(Encoder, String);

pub(crate) fn options(level: char) -> EncodeOptions {
    EncodeOptions {
        error_correction: match level {
            'L' => ErrorCorrection::L,
            'M' => ErrorCorrection::M,
            'Q' => ErrorCorrection::Q,
            _ => ErrorCorrection::H,
        },
        boost: false,
    }
}

impl Ours {
    fn symbol(&mut self, text: &str, level: char) -> Option<&Symbol> {
        self.0.encode(text, &options(level)).ok()
    }
}

impl Peer for Ours {
    fn name(&self) -> String {
        self.1.clone()
    }

    fn encode(&mut self, text: &str, level: char) -> Option<usize> {
        let symbol = self.symbol(text, level)?;
        Some(symbol.size() + usize::from(symbol.is_dark(9, 9)))
    }

    fn modules(&mut self, text: &str, level: char) -> Option<Modules> {
        let symbol = self.symbol(text, level)?;
        Some(modules(symbol.size(), |x, y| symbol.is_dark(x, y)))
    }
}

pub(crate) fn modules(size: usize, is_dark: impl Fn(usize, usize) -> bool) -> Modules {
    let row = |y| (0..size).map(|x| is_dark(x, y)).collect();
    (0..size).map(row).collect()
}

/// An encoder of somebody else: its symbol, the size of one, a module of one.
struct Other<S>(Calls<S>);

struct Calls<S> {
    name: &'static str,
    symbol: fn(&str, char) -> Option<S>,
    size: fn(&S) -> usize,
    is_dark: fn(&S, usize, usize) -> bool,
}

impl<S> Peer for Other<S> {
    fn name(&self) -> String {
        self.0.name.to_owned()
    }

    fn encode(&mut self, text: &str, level: char) -> Option<usize> {
        let symbol = (self.0.symbol)(text, level)?;
        Some((self.0.size)(&symbol) + usize::from((self.0.is_dark)(&symbol, 9, 9)))
    }

    fn modules(&mut self, text: &str, level: char) -> Option<Modules> {
        let symbol = (self.0.symbol)(text, level)?;
        let is_dark = |x, y| (self.0.is_dark)(&symbol, x, y);
        Some(modules((self.0.size)(&symbol), is_dark))
    }
}

/// What [`crate::image`] draws, too.
pub(crate) fn fast_qr(text: &str, level: char) -> Option<fast_qr::QRCode> {
    let level = match level {
        'L' => fast_qr::ECL::L,
        'M' => fast_qr::ECL::M,
        'Q' => fast_qr::ECL::Q,
        _ => fast_qr::ECL::H,
    };
    fast_qr::qr::QRBuilder::new(text).ecl(level).build().ok()
}

const FAST_QR: Calls<fast_qr::QRCode> = Calls {
    name: "fast_qr",
    symbol: fast_qr,
    size: |symbol| symbol.size,
    is_dark: |symbol, x, y| symbol[y][x].value(),
};

const QRCODEGEN: Calls<qrcodegen::QrCode> = Calls {
    name: "qrcodegen",
    symbol: |text, level| {
        use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
        let level = match level {
            'L' => QrCodeEcc::Low,
            'M' => QrCodeEcc::Medium,
            'Q' => QrCodeEcc::Quartile,
            _ => QrCodeEcc::High,
        };
        let segments = QrSegment::make_segments(text);
        let (min, max) = (Version::MIN, Version::MAX);
        QrCode::encode_segments_advanced(&segments, level, min, max, None, false).ok()
    },
    size: |symbol| symbol.size().unsigned_abs() as usize,
    is_dark: |symbol, x, y| symbol.get_module(x as i32, y as i32),
};

const QRCODE_GENERATOR: Calls<qrcode_generator::Symbol> = Calls {
    name: "qrcode-generator",
    symbol: |text, level| {
        use qrcode_generator::qr::{Encoder, ErrorCorrection};
        let level = match level {
            'L' => ErrorCorrection::Low,
            'M' => ErrorCorrection::Medium,
            'Q' => ErrorCorrection::Quartile,
            _ => ErrorCorrection::High,
        };
        let encoder = Encoder::new(level).boost_error_correction(false);
        encoder.encode_text(text).ok()
    },
    size: |symbol| symbol.size(),
    is_dark: |symbol, x, y| symbol.module(x, y) == Some(true),
};

const QRCODE: Calls<qrcode::QrCode> = Calls {
    name: "qrcode",
    symbol: |text, level| {
        use qrcode::{EcLevel, QrCode};
        let level = match level {
            'L' => EcLevel::L,
            'M' => EcLevel::M,
            'Q' => EcLevel::Q,
            _ => EcLevel::H,
        };
        QrCode::with_error_correction_level(text, level).ok()
    },
    size: qrcode::QrCode::width,
    is_dark: |symbol, x, y| symbol[(x, y)] == qrcode::Color::Dark,
};
