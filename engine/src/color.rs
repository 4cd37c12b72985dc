//! Colours of an image: eight bits a channel, no alpha, and how well a reader can tell two apart.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use thiserror::Error;

/// An opaque sRGB colour, written `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

impl Color {
    /// `#000000`
    pub const BLACK: Self = Self::new(0, 0, 0);
    /// `#ffffff`
    pub const WHITE: Self = Self::new(255, 255, 255);

    /// A colour from its three channels.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Contrast ratio of two colours by WCAG 2, from 1 (equal) to 21 (black and white).
    ///
    /// The order of the two does not matter.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Relative luminance by WCAG 2, from 0 (black) to 1 (white).
    pub(crate) fn luminance(self) -> f64 {
        let [red, green, blue] =
            [self.red, self.green, self.blue].map(|channel| LINEAR[usize::from(channel)]);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The three bytes of a PNG palette entry.
    pub(crate) fn to_bytes(self) -> [u8; 3] {
        [self.red, self.green, self.blue]
    }
}

/// [`linear`] of every channel value: each image that is drawn or read asks for it a dozen times, and
/// a power is not cheap.
static LINEAR: LazyLock<[f64; 256]> = LazyLock::new(|| {
    let mut table = [0.0; 256];
    for (value, channel) in table.iter_mut().zip(0..=u8::MAX) {
        *value = linear(channel);
    }
    table
});

/// The linear value, 0 to 1, of a gamma-coded sRGB channel (IEC 61966-2-1).
fn linear(channel: u8) -> f64 {
    let coded = f64::from(channel) / 255.0;
    if coded <= 0.04045 {
        coded / 12.92
    } else {
        ((coded + 0.055) / 1.055).powf(2.4)
    }
}

impl fmt::Display for Color {
    /// `#rrggbb`, lower case.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = u32::from_be_bytes([0, self.red, self.green, self.blue]);
        write!(formatter, "#{value:06x}")
    }
}

/// A text that is not a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a colour: write `#rrggbb`, a number sign and six hexadecimal digits")]
pub struct ParseColorError;

impl FromStr for Color {
    type Err = ParseColorError;

    /// Reads `#rrggbb` in either case, and nothing else: no names, no `#rgb`.
    fn from_str(text: &str) -> Result<Self, ParseColorError> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let mut value = 0;
        for character in digits.ok_or(ParseColorError)?.chars() {
            value = value << 4 | character.to_digit(16).ok_or(ParseColorError)?;
        }
        let [_, red, green, blue] = value.to_be_bytes();
        Ok(Self::new(red, green, blue))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_a_number_sign_and_six_hexadecimal_digits() {
        assert_eq!("#1a2B3c".parse(), Ok(Color::new(0x1a, 0x2b, 0x3c)));
        for wrong in [
            "", "#", "1a2b3c", "#1a2b3", "#1a2b3c4", "#+1+2+3", "#1a2b3g", "#ééé", "black",
        ] {
            assert_eq!(wrong.parse::<Color>(), Err(ParseColorError), "{wrong:?}");
        }
    }

    #[test]
    fn a_colour_prints_as_it_is_read() {
        for text in ["#000000", "#ffffff", "#0a0b0c", "#102030"] {
            assert_eq!(text.parse::<Color>().unwrap().to_string(), text);
        }
    }

    /// Ratios of the WCAG 2 definition, to the two digits that its tools print.
    #[test]
    fn contrast_is_the_wcag_2_ratio() {
        let cases = [
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#ffffff", 4.48),
            ("#767676", "#ffffff", 4.54),
            ("#949494", "#ffffff", 3.03),
            ("#ff0000", "#ffffff", 4.00),
            ("#0000ff", "#ffff00", 8.00),
            ("#123456", "#123456", 1.0),
        ];
        for (one, two, ratio) in cases {
            let (one, two): (Color, Color) = (one.parse().unwrap(), two.parse().unwrap());
            assert!(
                (one.contrast(two) - ratio).abs() < 0.005,
                "{one} {two}: {}",
                one.contrast(two)
            );
            assert!((one.contrast(two) - two.contrast(one)).abs() < f64::EPSILON);
        }
    }
}
