//! How a symbol looks: module size, quiet zone and colours, and which of these readers can cope with.

use std::ops::RangeInclusive;

use thiserror::Error;

use crate::Color;

/// The look of a symbol in a PNG or an SVG. [`Style::check`] says whether it can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Width and height of a module in pixels, within [`Style::SCALES`].
    pub scale: u32,
    /// Width of the light border in modules, within [`Style::QUIET_ZONES`].
    ///
    /// ISO/IEC 18004:2015, 9.1 asks for 4; less is for a page that is light around the image anyway.
    pub quiet_zone: u32,
    /// Colour of the dark modules.
    pub dark: Color,
    /// Colour of the light modules and of the quiet zone.
    pub light: Color,
    /// Draw colours that many readers can't tell apart, or that are light on dark.
    pub allow_low_contrast: bool,
}

impl Default for Style {
    /// 8 pixels a module, a quiet zone of 4 modules, black on white.
    fn default() -> Self {
        Self {
            scale: 8,
            quiet_zone: 4,
            dark: Color::BLACK,
            light: Color::WHITE,
            allow_low_contrast: false,
        }
    }
}

impl Style {
    /// The pixels that a module may be wide.
    pub const SCALES: RangeInclusive<u32> = 1..=64;
    /// The modules that the quiet zone may be wide.
    pub const QUIET_ZONES: RangeInclusive<u32> = 0..=16;
    /// The smallest WCAG 2 contrast ratio of dark and light that is drawn without being forced.
    pub const MINIMUM_CONTRAST: f64 = 3.0;

    /// Whether a symbol can be drawn in this style. Every writer asks it first.
    pub fn check(&self) -> Result<(), StyleError> {
        if !Self::SCALES.contains(&self.scale) {
            return Err(StyleError::ScaleOutOfRange {
                value: self.scale,
                range: Self::SCALES,
            });
        }
        if !Self::QUIET_ZONES.contains(&self.quiet_zone) {
            let (value, range) = (self.quiet_zone, Self::QUIET_ZONES);
            return Err(StyleError::QuietZoneOutOfRange { value, range });
        }
        if self.allow_low_contrast {
            return Ok(());
        }
        if self.dark.luminance() > self.light.luminance() {
            return Err(StyleError::LightOnDark);
        }
        let ratio = self.dark.contrast(self.light);
        if ratio < Self::MINIMUM_CONTRAST {
            return Err(StyleError::ContrastTooLow {
                ratio,
                minimum: Self::MINIMUM_CONTRAST,
            });
        }
        Ok(())
    }

    /// Width and height in pixels of the image of a symbol that is `symbol_size` modules wide.
    ///
    /// At most 13 376: 177 modules and twice 16 of quiet zone, at 64 pixels. A style out of range
    /// gives a number that means nothing, but no overflow.
    pub fn width_px(&self, symbol_size: usize) -> u32 {
        let modules = u32::try_from(symbol_size).unwrap_or(u32::MAX);
        modules
            .saturating_add(self.quiet_zone.saturating_mul(2))
            .saturating_mul(self.scale)
    }
}

/// Why a style can't be drawn.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum StyleError {
    /// `scale` is out of [`Style::SCALES`].
    #[error(
        "scale is {value} pixels a module: choose {} to {}", range.start(), range.end()
    )]
    ScaleOutOfRange {
        /// The scale that was asked for, in pixels a module.
        value: u32,
        /// The scales that can be drawn.
        range: RangeInclusive<u32>,
    },
    /// `quiet_zone` is out of [`Style::QUIET_ZONES`].
    #[error("quiet zone is {value} modules: choose {} to {}", range.start(), range.end())]
    QuietZoneOutOfRange {
        /// The quiet zone that was asked for, in modules.
        value: u32,
        /// The quiet zones that can be drawn.
        range: RangeInclusive<u32>,
    },
    /// The colours are too much alike for many readers.
    #[error(
        "contrast of dark and light is {:.2}:1, below {minimum}:1, and many readers would fail: \
         choose a darker dark or a lighter light",
        cut(*ratio)
    )]
    ContrastTooLow {
        /// The WCAG 2 contrast ratio of the two colours.
        ratio: f64,
        /// The least that is drawn without being forced.
        minimum: f64,
    },
    /// The dark colour is lighter than the light one: many readers don't look for inverted symbols.
    #[error(
        "the dark colour is lighter than the light one, and many readers do not see inverted \
         symbols: swap the colours"
    )]
    LightOnDark,
}

/// Two digits, and never up: 2.999 is not 3.00.
fn cut(ratio: f64) -> f64 {
    (ratio * 100.0).floor() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colored(dark: &str, light: &str) -> Style {
        let (dark, light) = (dark.parse().unwrap(), light.parse().unwrap());
        Style {
            dark,
            light,
            ..Style::default()
        }
    }

    #[test]
    fn the_default_style_can_be_drawn() {
        assert_eq!(Style::default().check(), Ok(()));
    }

    #[test]
    fn sizes_out_of_range_are_refused_with_value_and_range() {
        for scale in [1, 64] {
            assert_eq!(
                Style {
                    scale,
                    ..Style::default()
                }
                .check(),
                Ok(())
            );
        }
        for value in [0, 65, u32::MAX] {
            let error = Style {
                scale: value,
                ..Style::default()
            }
            .check();
            assert_eq!(
                error,
                Err(StyleError::ScaleOutOfRange {
                    value,
                    range: 1..=64
                })
            );
        }
        for quiet_zone in [0, 16] {
            assert_eq!(
                Style {
                    quiet_zone,
                    ..Style::default()
                }
                .check(),
                Ok(())
            );
        }
        for value in [17, u32::MAX] {
            let error = Style {
                quiet_zone: value,
                ..Style::default()
            }
            .check();
            assert_eq!(
                error,
                Err(StyleError::QuietZoneOutOfRange {
                    value,
                    range: 0..=16
                })
            );
        }
    }

    #[test]
    fn contrast_below_three_to_one_is_refused_with_the_ratio() {
        assert_eq!(colored("#949494", "#ffffff").check(), Ok(()), "3.03:1");
        for (dark, light) in [
            ("#959595", "#ffffff"),
            ("#00ff00", "#ffff00"),
            ("#777777", "#777777"),
        ] {
            match colored(dark, light).check() {
                Err(StyleError::ContrastTooLow { ratio, .. }) => {
                    assert!((1.0..3.0).contains(&ratio));
                }
                other => panic!("{dark} on {light}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_ratio_that_is_too_low_is_not_printed_as_high_enough() {
        let (ratio, minimum) = (2.999, 3.0);
        let message = StyleError::ContrastTooLow { ratio, minimum }.to_string();
        assert!(message.contains("2.99:1, below 3:1"), "{message}");
    }

    #[test]
    fn light_on_dark_is_refused_whatever_the_contrast() {
        for (dark, light) in [
            ("#ffffff", "#000000"),
            ("#808080", "#7f7f7f"),
            ("#ffff00", "#0000ff"),
        ] {
            assert_eq!(
                colored(dark, light).check(),
                Err(StyleError::LightOnDark),
                "{dark} on {light}"
            );
        }
    }

    #[test]
    fn allow_low_contrast_forces_colours_but_no_size() {
        for (dark, light) in [("#ffffff", "#000000"), ("#959595", "#ffffff")] {
            let forced = Style {
                allow_low_contrast: true,
                ..colored(dark, light)
            };
            assert_eq!(forced.check(), Ok(()));
            assert!(Style { scale: 0, ..forced }.check().is_err());
        }
    }

    #[test]
    fn width_counts_symbol_and_quiet_zone_on_both_sides() {
        assert_eq!(Style::default().width_px(25), 264);
        assert_eq!(
            Style {
                scale: 64,
                quiet_zone: 16,
                ..Style::default()
            }
            .width_px(177),
            13_376
        );
        let absurd = Style {
            scale: u32::MAX,
            quiet_zone: u32::MAX,
            ..Style::default()
        };
        assert_eq!(absurd.width_px(usize::MAX), u32::MAX);
    }
}
