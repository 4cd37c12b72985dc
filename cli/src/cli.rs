//! The command line: every command, argument and help text. What they do is in
//! [`command`](crate::command).

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::exit;

/// Make, keep, find and delete QR codes.
///
/// Without an endpoint everything happens on this machine: the codes are PNG files in a folder of
/// your data directory. With one, the same commands call a service.
#[derive(Debug, Parser)]
#[command(
    name = "qrgen",
    version,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = exit::HELP,
    after_long_help = ROOT_EXAMPLES.to_owned() + exit::HELP
)]
pub(crate) struct Cli {
    /// Print the result as JSON: one object, or one a line for a list
    #[arg(long, global = true, help_heading = "Output")]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a code, store it under a name, and show it
    #[command(after_help = GENERATE_EXAMPLES)]
    Generate(Generate),
    /// Make a code without storing it: PNG, SVG or in the terminal
    #[command(after_help = RENDER_EXAMPLES)]
    Render(Render),
    /// Make a code for every row of a table, into a ZIP file, a folder or the library
    #[command(after_help = BATCH_EXAMPLES)]
    Batch(Batch),
    /// List the names of the stored codes
    #[command(after_help = LIST_EXAMPLES)]
    List(List),
    /// Write the image of a stored code to a file
    #[command(after_help = GET_EXAMPLES)]
    Get(Get),
    /// Show a stored code in the terminal
    Show(Show),
    /// Delete a stored code
    Delete(Delete),
    /// Run the service over HTTP
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(Serve),
    /// The key of this device, which says whose codes they are
    #[command(subcommand, after_help = KEY_EXAMPLES)]
    Key(Key),
    /// Print every limit of the service
    Limits,
    /// Print the completions for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page of qrgen, or of one command
    #[command(after_help = MAN_EXAMPLES)]
    Man {
        /// The command, such as `generate`
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// The name to store the code under
    pub(crate) name: String,
    /// What a reader shows; `-` reads it from stdin, less one line ending at the end
    #[arg(allow_hyphen_values = true)]
    pub(crate) text: String,
    /// Replace another code of this name
    #[arg(long)]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) detail: Detail,
    #[command(flatten)]
    pub(crate) library: Library,
}

#[derive(Debug, Args)]
pub(crate) struct Render {
    /// What a reader shows; `-` reads it from stdin, less one line ending at the end
    #[arg(allow_hyphen_values = true)]
    pub(crate) text: String,
    #[command(flatten)]
    pub(crate) target: Target,
    /// What to write [default: by the ending of FILE; on stdout `terminal` where that is one, else
    /// `png`]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// Draw for a terminal of this background, instead of setting its colours
    #[arg(long, value_enum)]
    pub(crate) background: Option<Background>,
    /// Explain the symbol: version, segments, room left, and what would make it smaller. Draws only
    /// if FILE is given
    #[arg(long)]
    pub(crate) explain: bool,
    /// Draw a Micro QR symbol, which few phones read: up to 35 digits, 21 upper-case letters or 15
    /// other characters, level L to Q, a border of 2 modules if no other is given
    #[arg(long, conflicts_with = "explain")]
    pub(crate) micro: bool,
    /// Take colours that many readers can't tell apart
    #[arg(long, help_heading = "Detail")]
    pub(crate) allow_low_contrast: bool,
    #[command(flatten)]
    pub(crate) detail: Detail,
}

#[derive(Debug, Args)]
pub(crate) struct Batch {
    /// CSV with the columns name, text and, if wanted, detail, or a JSON object with these members
    /// a line; `-` is stdin
    pub(crate) table: PathBuf,
    /// What the table is [default: by its ending, .csv, .jsonl or .ndjson]
    #[arg(long, value_enum)]
    pub(crate) format: Option<TableFormat>,
    /// A file that ends with .zip, or a folder; holds the images and manifest.json
    #[arg(
        short,
        long,
        value_name = "FILE.zip|FOLDER",
        required_unless_present = "store",
        conflicts_with = "store",
        help_heading = "Output"
    )]
    pub(crate) output: Option<PathBuf>,
    /// Overwrite files
    #[arg(long, help_heading = "Output")]
    pub(crate) force: bool,
    /// Pass over rows that are refused, and say which they are; otherwise the first one ends it
    #[arg(short, long)]
    pub(crate) keep_going: bool,
    /// Store the codes as `generate` does: in the library, in this STORE, or through --endpoint
    #[arg(
        long,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        hide_default_value = true,
        help_heading = "Library"
    )]
    pub(crate) store: Option<String>,
    /// With --store: call the service at this base URL
    #[arg(
        long,
        value_name = "URL",
        env = "QRGEN_ENDPOINT",
        help_heading = "Library"
    )]
    pub(crate) endpoint: Option<String>,
    #[command(flatten)]
    pub(crate) key: KeyFile,
    /// With --store: replace other codes of these names
    #[arg(long, requires = "store", help_heading = "Library")]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) detail: Detail,
}

/// What a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// Comma-separated values with a header
    Csv,
    /// A JSON object a line
    Jsonl,
}

/// What `render` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The image that the service would store, byte for byte
    Png,
    /// A vector image
    Svg,
    /// Half blocks, for a terminal
    Terminal,
}

/// The background of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Background {
    /// Light on dark
    Dark,
    /// Dark on light
    Light,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only names that begin so
    pub(crate) prefix: Option<String>,
    /// Open each image: time, size, symbol and text beside the name
    #[arg(short, long)]
    pub(crate) long: bool,
    #[command(flatten)]
    pub(crate) library: Library,
}

#[derive(Debug, Args)]
pub(crate) struct Get {
    /// The name of the code
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) library: Library,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The name of the code
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) library: Library,
}

#[derive(Debug, Args)]
pub(crate) struct Delete {
    /// The name of the code
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) library: Library,
}

/// Where a command writes bytes.
#[derive(Debug, Args)]
pub(crate) struct Target {
    /// The file to write; `-` is stdout
    #[arg(
        short,
        long,
        value_name = "FILE",
        default_value = "-",
        help_heading = "Output"
    )]
    pub(crate) output: PathBuf,
    /// Overwrite FILE
    #[arg(long, help_heading = "Output")]
    pub(crate) force: bool,
}

/// How a code is drawn.
#[derive(Debug, Args)]
#[command(next_help_heading = "Detail")]
pub(crate) struct Detail {
    /// A preset for screens (low, medium) or print (high, max); the options below change it
    #[arg(
        short = 'd',
        long = "detail",
        value_name = "DETAIL",
        value_enum,
        default_value_t = Preset::Medium
    )]
    pub(crate) preset: Preset,
    /// Error correction level, from about 7 % of damage (L) to 30 % (H)
    #[arg(long, value_enum, ignore_case = true)]
    pub(crate) level: Option<Level>,
    /// Keep that level even where a higher one costs no larger symbol
    #[arg(long)]
    pub(crate) no_boost: bool,
    /// Pixels per module, 1 to 64
    #[arg(long, value_name = "PIXELS", allow_negative_numbers = true)]
    pub(crate) scale: Option<i64>,
    /// Light border in modules, 0 to 16; readers expect 4
    #[arg(long, value_name = "MODULES", allow_negative_numbers = true)]
    pub(crate) quiet_zone: Option<i64>,
    /// Colour of the dark modules
    #[arg(long, value_name = "#RRGGBB")]
    pub(crate) dark: Option<String>,
    /// Colour of the light modules and the border
    #[arg(long, value_name = "#RRGGBB")]
    pub(crate) light: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Preset {
    /// Level L, 4 pixels a module
    Low,
    /// Level M, 8 pixels a module
    Medium,
    /// Level Q, 12 pixels a module
    High,
    /// Level H, 16 pixels a module
    Max,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
pub(crate) enum Level {
    L,
    M,
    Q,
    H,
}

/// Which codes a command works on, and as whom.
#[derive(Debug, Args)]
#[command(next_help_heading = "Library")]
pub(crate) struct Library {
    /// Call the service at this base URL instead of working on this machine
    #[arg(long, value_name = "URL", env = "QRGEN_ENDPOINT")]
    pub(crate) endpoint: Option<String>,
    /// Work on this store: a folder, or `s3://BUCKET/PREFIX` [default: `codes` in the data
    /// directory]
    #[arg(long)]
    pub(crate) store: Option<String>,
    #[command(flatten)]
    pub(crate) key: KeyFile,
}

/// The key that signs.
#[derive(Debug, Args)]
#[command(next_help_heading = "Library")]
pub(crate) struct KeyFile {
    /// The key of this device [default: `device-key.p8` in the data directory, made at first use]
    #[arg(long = "key", value_name = "FILE", env = "QRGEN_KEY")]
    pub(crate) path: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The address to listen on; port 0 picks a free one
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "QRGEN_LISTEN",
        default_value = "127.0.0.1:8787"
    )]
    pub(crate) listen: SocketAddr,
    /// Where the codes are kept: a folder, `memory:` or `s3://BUCKET/PREFIX` [default: `codes` in
    /// the data directory]
    #[arg(long, env = "QRGEN_STORE")]
    pub(crate) store: Option<String>,
    /// Take requests without a proof, on a loopback address only: for curl and first steps
    #[arg(long)]
    pub(crate) open: bool,
    /// The base URL that clients use; needed on any but a loopback address. May be repeated
    #[arg(
        long,
        value_name = "URL",
        env = "QRGEN_PUBLIC_URL",
        value_delimiter = ',',
        conflicts_with = "open"
    )]
    pub(crate) public_url: Vec<String>,
    /// Requests at work at once; one more is told to come again
    #[arg(
        long,
        value_name = "REQUESTS",
        default_value_t = 256,
        value_parser = clap::value_parser!(u16).range(1..)
    )]
    pub(crate) concurrency: u16,
    /// What the log on stderr looks like
    #[arg(long, value_enum, env = "QRGEN_LOG_FORMAT", default_value_t = LogFormat::Pretty)]
    pub(crate) log_format: LogFormat,
    /// What goes into the log: `error`, `warn`, `info`, `debug`, or a tracing filter
    #[arg(long, value_name = "FILTER", env = "QRGEN_LOG", default_value = DEFAULT_LOG)]
    pub(crate) log: String,
}

/// One line a request: the server's own, which also knows the requests that never reached the
/// service.
const DEFAULT_LOG: &str = "info,qrgen_service::call=warn";

/// The form of the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people
    Pretty,
    /// One JSON object a line
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    /// Print the device id
    Id(KeyFile),
    /// Make the key; an existing one is never touched
    Create(KeyFile),
    /// Print where the key is
    Path(KeyFile),
    /// Print the DPoP header for a request, for curl
    Proof(Proof),
}

#[derive(Debug, Args)]
pub(crate) struct Proof {
    /// The full URL that will be called
    #[arg(long)]
    pub(crate) url: String,
    /// The body that will be sent, byte for byte; `-` is stdin
    #[arg(long, value_name = "FILE")]
    pub(crate) body: PathBuf,
    #[command(flatten)]
    pub(crate) key: KeyFile,
}

const ROOT_EXAMPLES: &str = "\
Data directory: QRGEN_DATA_DIR, else `qrgen` in $XDG_DATA_HOME or ~/.local/share (on Windows in
%APPDATA%). It holds the key of this device and, in `codes`, the codes.

Examples:
  qrgen generate menu https://example.com/menu    store a code and show it
  qrgen list                                      what is stored
  qrgen get menu -o menu.png                      the image
  qrgen render 'tel:+123' -o phone.svg            just draw one
  qrgen serve                                     the same as a service

";

const GENERATE_EXAMPLES: &str = "\
Examples:
  qrgen generate menu https://example.com/menu
  qrgen generate menu https://example.com/lunch --replace --detail max
  qrgen generate card - < card.vcf
  qrgen generate menu https://example.com/menu --endpoint https://qr.example.com";

const RENDER_EXAMPLES: &str = "\
Examples:
  qrgen render https://example.com                     in the terminal
  qrgen render https://example.com -o code.png
  qrgen render https://example.com -o code.svg --dark '#003366'
  qrgen render https://example.com --explain           how it is built";

const BATCH_EXAMPLES: &str = "\
Names must differ. ZIP files and manifests are written whole or not at all.

Examples:
  qrgen batch tables.csv -o tables.zip
  qrgen batch labels.jsonl -o labels --keep-going --detail high
  qrgen batch tables.csv --store
  qrgen batch tables.csv --store --endpoint https://qr.example.com";

const LIST_EXAMPLES: &str = "\
Examples:
  qrgen list
  qrgen list men --long
  qrgen list --json | jq -r .filename";

const GET_EXAMPLES: &str = "\
Examples:
  qrgen get menu -o menu.png
  qrgen get menu > menu.png";

const SERVE_EXAMPLES: &str = "\
The first line on stdout is the URL. Ctrl-C finishes the requests that were accepted; a second one
ends at once.

Examples:
  qrgen serve
  qrgen serve --open --store memory:
  qrgen serve --listen 0.0.0.0:8787 --public-url https://qr.example.com --log-format json";

const KEY_EXAMPLES: &str = "\
Examples:
  qrgen key id
  curl -H \"$(qrgen key proof --url http://127.0.0.1:8787/v1/qr --body request.json)\" \\
       -H 'content-type: application/json' --data-binary @request.json http://127.0.0.1:8787/v1/qr";

const COMPLETIONS_EXAMPLES: &str = "\
Example:
  qrgen completions bash > ~/.local/share/bash-completion/completions/qrgen";

const MAN_EXAMPLES: &str = "\
Example:
  qrgen man generate | man -l -";
