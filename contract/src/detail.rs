//! How a code looks and how much damage it survives: a preset by name, or every value by hand.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{Code, Problem, limits};

/// How a code is drawn: the name of a preset, or an object with every value that differs from
/// `medium`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Detail {
    /// One of the four presets.
    Preset(Preset),
    /// Every value by hand.
    Options(DetailOptions),
}

/// A named detail. All of them raise the level where that costs no larger symbol, leave a quiet zone
/// of 4 modules and draw black on white.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// Level L, 4 pixels a module: small files for screens.
    Low,
    /// Level M, 8 pixels a module.
    #[default]
    Medium,
    /// Level Q, 12 pixels a module: print.
    High,
    /// Level H, 16 pixels a module: print that will be scratched.
    Max,
}

/// Error correction level (ISO/IEC 18004, clause 6.5.1): how much of the symbol may be damaged.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
pub enum Level {
    /// About 7 % of the code words.
    L,
    /// About 15 %.
    #[default]
    M,
    /// About 25 %.
    Q,
    /// About 30 %.
    H,
}

/// Every value of a detail. In a request each member may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct DetailOptions {
    /// Lowest error correction level that is taken.
    pub error_correction: Level,
    /// Whether the level is raised where that costs no larger symbol.
    pub boost: bool,
    /// Pixels per module.
    // Held as i64, as every checked number: a value out of range is refused by name and value.
    #[schemars(range(min = *limits::SCALE.start(), max = *limits::SCALE.end()))]
    pub scale: i64,
    /// Light border round the symbol, in modules.
    #[schemars(range(min = *limits::QUIET_ZONE.start(), max = *limits::QUIET_ZONE.end()))]
    pub quiet_zone: i64,
    /// Colour of the dark modules, as `#rrggbb`.
    #[schemars(regex(pattern = "^#[0-9A-Fa-f]{6}$"))]
    pub dark: String,
    /// Colour of the light modules and of the border, as `#rrggbb`.
    #[schemars(regex(pattern = "^#[0-9A-Fa-f]{6}$"))]
    pub light: String,
}

impl Detail {
    /// The values that this detail stands for.
    pub fn resolve(&self) -> DetailOptions {
        match self {
            Self::Preset(preset) => preset.options(),
            Self::Options(options) => options.clone(),
        }
    }

    /// Checks scale, quiet zone and the form of the colours. Contrast and width depend on the symbol
    /// and are the engine's to check.
    pub fn check(&self) -> Result<(), Problem> {
        match self {
            Self::Preset(_) => Ok(()),
            Self::Options(options) => options.check(),
        }
    }
}

impl Default for Detail {
    fn default() -> Self {
        Self::Preset(Preset::default())
    }
}

impl Preset {
    /// The values that this preset stands for.
    pub fn options(self) -> DetailOptions {
        let (error_correction, scale) = match self {
            Self::Low => (Level::L, 4),
            Self::Medium => (Level::M, 8),
            Self::High => (Level::Q, 12),
            Self::Max => (Level::H, 16),
        };
        DetailOptions {
            error_correction,
            boost: true,
            scale,
            quiet_zone: 4,
            dark: "#000000".to_owned(),
            light: "#ffffff".to_owned(),
        }
    }
}

impl Default for DetailOptions {
    fn default() -> Self {
        Preset::default().options()
    }
}

impl DetailOptions {
    fn check(&self) -> Result<(), Problem> {
        limits::check(
            Code::ScaleOutOfRange,
            "detail.scale",
            self.scale,
            &limits::SCALE,
            "pixels",
        )?;
        limits::check(
            Code::QuietZoneOutOfRange,
            "detail.quietZone",
            self.quiet_zone,
            &limits::QUIET_ZONE,
            "modules",
        )?;
        check_color("detail.dark", &self.dark)?;
        check_color("detail.light", &self.light)
    }
}

fn check_color(field: &str, value: &str) -> Result<(), Problem> {
    let is_color = value
        .strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if is_color {
        return Ok(());
    }
    Err(Problem::new(
        Code::ColorInvalid,
        format!("{field} is not a colour; write # and six hexadecimal digits, for example #1a2b3c"),
    )
    .with_field(field))
}

// By hand, because the derived reader of an untagged enum forgets where in the object it failed.
impl<'de> Deserialize<'de> for Detail {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DetailVisitor)
    }
}

struct DetailVisitor;

impl<'de> Visitor<'de> for DetailVisitor {
    type Value = Detail;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a preset or an object")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Detail, E> {
        Preset::deserialize(serde::de::value::StrDeserializer::new(name)).map(Detail::Preset)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Detail, A::Error> {
        DetailOptions::deserialize(MapAccessDeserializer::new(members)).map(Detail::Options)
    }
}
