//! What a symbol holds (ISO/IEC 18004:2015, table 7), and what happens beyond it.

use qrgen_engine::{EncodeError, EncodeOptions, Encoder, ErrorCorrection, Mode, encode};

use crate::support::capacity;

/// Every version, level and mode: 640 boundaries.
#[test]
fn one_character_more_than_a_version_holds_takes_the_next() {
    let mut encoder = Encoder::new();
    let mut boundaries = 0;
    for error_correction in ErrorCorrection::ALL {
        let options = EncodeOptions {
            error_correction,
            boost: false,
        };
        for (mode, character, bits) in [
            (Mode::Numeric, "7", |count: usize| (10 * count).div_ceil(3)),
            (Mode::Alphanumeric, "A", |count| (11 * count).div_ceil(2)),
            (Mode::Byte, "a", |count| 8 * count),
            (Mode::Kanji, "漢", |count| 13 * count),
        ] as [(_, _, fn(usize) -> usize); 4]
        {
            for version in 1..=40 {
                let most = capacity::most_characters(version, error_correction, mode);
                let what = format!("{most} {mode} characters in {version}-{error_correction}");
                let symbol = encoder.encode(&character.repeat(most), &options).unwrap();
                assert_eq!(u32::from(symbol.version().number()), version, "{what}");

                let more = encoder.encode(&character.repeat(most + 1), &options);
                if version < 40 {
                    let next = more.unwrap().version().number();
                    assert_eq!(u32::from(next), version + 1, "{what}");
                } else {
                    let expected = EncodeError::TooLong {
                        needed_bits: capacity::header_bits(version, mode) + bits(most + 1),
                        available_bits: capacity::bits(version, error_correction),
                        error_correction,
                    };
                    assert_eq!(more, Err(expected), "{what}");
                }
                boundaries += 1;
            }
        }
    }
    assert_eq!(boundaries, 40 * 4 * 4);
}

/// The most characters of version 40 and the bits that one more would need and has.
#[test]
fn the_longest_texts_fit_and_one_more_character_does_not() {
    #[rustfmt::skip]
    let table = [
        // level, character, most of it, bits needed for one more, bits available
        (ErrorCorrection::L, "7", 7089, 23_652, 23_648),
        (ErrorCorrection::M, "7", 5596, 18_675, 18_672),
        (ErrorCorrection::Q, "7", 3993, 13_332, 13_328),
        (ErrorCorrection::H, "7", 3057, 10_212, 10_208),
        (ErrorCorrection::L, "A", 4296, 23_651, 23_648),
        (ErrorCorrection::M, "A", 3391, 18_673, 18_672),
        (ErrorCorrection::Q, "A", 2420, 13_333, 13_328),
        (ErrorCorrection::H, "A", 1852, 10_209, 10_208),
        (ErrorCorrection::L, "a", 2953, 23_652, 23_648),
        (ErrorCorrection::M, "a", 2331, 18_676, 18_672),
        (ErrorCorrection::Q, "a", 1663, 13_332, 13_328),
        (ErrorCorrection::H, "a", 1273, 10_212, 10_208),
    ];
    for (error_correction, character, most, needed_bits, available_bits) in table {
        let options = EncodeOptions {
            error_correction,
            boost: true,
        };
        let symbol = encode(&character.repeat(most), &options).unwrap();
        assert_eq!(symbol.version().number(), 40);
        assert_eq!(symbol.error_correction(), error_correction);
        assert_eq!(
            encode(&character.repeat(most + 1), &options),
            Err(EncodeError::TooLong {
                needed_bits,
                available_bits,
                error_correction
            })
        );
    }
}

/// Bytes take what bytes of text do; a text that is not ASCII has 12 bits less for its ECI header.
#[test]
fn the_eci_header_costs_twelve_bits() {
    let options = EncodeOptions {
        error_correction: ErrorCorrection::L,
        boost: false,
    };
    let mut encoder = Encoder::new();
    assert!(encoder.encode_bytes(&[0xFF; 2953], &options).is_ok());
    assert!(encoder.encode_bytes(&[0xFF; 2954], &options).is_err());
    assert!(
        encoder
            .encode(&format!("é{}", "a".repeat(2950)), &options)
            .is_ok()
    );
    assert!(
        encoder
            .encode(&format!("é{}", "a".repeat(2951)), &options)
            .is_err()
    );
}

/// Far beyond any symbol the needed bits are still exact: 14 bits of header and 10 a group.
#[test]
fn a_text_of_megabytes_is_refused_with_its_exact_bits() {
    let error = encode(&"012".repeat(1_000_000), &EncodeOptions::default()).unwrap_err();
    assert!(matches!(
        error,
        EncodeError::TooLong {
            needed_bits: 10_000_018,
            ..
        }
    ));
}

#[test]
fn no_data_is_an_error_of_its_own() {
    let options = EncodeOptions::default();
    assert_eq!(encode("", &options), Err(EncodeError::Empty));
    let binary = Encoder::new().encode_bytes(&[], &options).cloned();
    assert_eq!(binary, Err(EncodeError::Empty));
    assert_eq!(
        EncodeError::Empty.to_string(),
        "there is no data; give at least one character"
    );
}

#[test]
fn the_error_says_what_is_needed_and_what_there_is_but_not_the_text() {
    let error = encode(&"secret".repeat(1000), &EncodeOptions::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the data needs 48020 bits, but version 40-M holds 18672; shorten it or lower the error \
         correction level"
    );
}
