//! Signatures in DER, as key stores return them.

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use proptest::prelude::*;
use qrgen_contract::proof::{SignatureError, Unsigned};

use super::{BODY, NOW, URL};
use crate::support::{device_point, seeded};

/// X.690, clauses 8.3.2 and 10.1: one encoding for each signature.
#[test]
fn a_der_signature_is_taken_in_its_one_encoding_only() {
    fn der(r: &[u8], s: &[u8]) -> Vec<u8> {
        let integers = [
            &[2, u8::try_from(r.len()).unwrap()],
            r,
            &[2, u8::try_from(s.len()).unwrap()],
            s,
        ]
        .concat();
        [
            &[0x30, u8::try_from(integers.len()).unwrap()],
            &integers[..],
        ]
        .concat()
    }
    let fixed = |der: &[u8]| {
        let proof =
            Unsigned::new(&device_point(), "POST", URL, BODY, NOW, "1").with_der_signature(der)?;
        let signature = proof.rsplit_once('.').unwrap().1;
        Ok::<_, SignatureError>(BASE64URL.decode_to_vec(signature).unwrap())
    };

    let large = [&[0][..], &[0xff; 32]].concat();
    let mut expected = vec![0; 64];
    expected[31] = 1;
    expected[32..].fill(0xff);
    assert_eq!(fixed(&der(&[1], &large)), Ok(expected));
    assert!(fixed(&der(&[0x7f; 32], &[0, 0x80])).is_ok());

    let good = der(&[1], &[2]);
    let refused: &[(&str, Vec<u8>, SignatureError)] = &[
        ("nothing", vec![], SignatureError::NotDer),
        ("fixed form", vec![1; 64], SignatureError::NotDer),
        (
            "trailing byte",
            [&good[..], &[0]].concat(),
            SignatureError::NotDer,
        ),
        (
            "cut short",
            good[..good.len() - 1].to_vec(),
            SignatureError::NotDer,
        ),
        (
            "a third integer",
            vec![0x30, 9, 2, 1, 1, 2, 1, 2, 2, 1, 3],
            SignatureError::NotDer,
        ),
        (
            "a set",
            vec![0x31, 6, 2, 1, 1, 2, 1, 2],
            SignatureError::NotDer,
        ),
        (
            "a bit string",
            vec![0x30, 6, 3, 1, 1, 2, 1, 2],
            SignatureError::NotDer,
        ),
        (
            "long form of a length",
            vec![0x30, 0x81, 6, 2, 1, 1, 2, 1, 2],
            SignatureError::NotDer,
        ),
        (
            "indefinite length",
            vec![0x30, 0x80, 2, 1, 1, 2, 1, 2, 0, 0],
            SignatureError::NotDer,
        ),
        ("zero", der(&[0], &[1]), SignatureError::NotDer),
        ("no content", der(&[], &[1]), SignatureError::NotDer),
        (
            "a needless zero",
            der(&[0, 1], &[1]),
            SignatureError::NotDer,
        ),
        (
            "a negative integer",
            der(&[0x80], &[1]),
            SignatureError::NotDer,
        ),
        ("33 bytes", der(&[1; 33], &[1]), SignatureError::TooLarge),
        (
            "33 bytes after the zero",
            der(&[1], &[&[0, 0x80][..], &[0; 32]].concat()),
            SignatureError::TooLarge,
        ),
    ];
    for (what, der, error) in refused {
        assert_eq!(fixed(der), Err(*error), "{what}");
    }
}

proptest! {
    #![proptest_config(seeded())]

    #[test]
    fn reading_arbitrary_der_never_panics(der in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = Unsigned::new(&device_point(), "POST", URL, BODY, NOW, "1").with_der_signature(&der);
    }
}
