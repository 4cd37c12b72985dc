//! ECDSA signatures from DER, which key stores return, to the fixed form, which a JWT wants.

use super::SignatureError;

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;

/// Turns an `ECDSA-Sig-Value` in DER (RFC 3279, clause 2.2.3) into r ‖ s, 32 bytes each, big-endian
/// (RFC 7518, clause 3.4).
///
/// Strict: minimal lengths, minimal positive integers, nothing before or after.
pub(super) fn to_fixed(der: &[u8]) -> Result<[u8; 64], SignatureError> {
    let (sequence, rest) = element(SEQUENCE, der)?;
    let (r, after_r) = element(INTEGER, sequence)?;
    let (s, after_s) = element(INTEGER, after_r)?;
    if !rest.is_empty() || !after_s.is_empty() {
        return Err(SignatureError::NotDer);
    }
    let mut fixed = [0; 64];
    let (fixed_r, fixed_s) = fixed.split_at_mut(32);
    write_integer(r, fixed_r)?;
    write_integer(s, fixed_s)?;
    Ok(fixed)
}

/// Takes one element with `tag` off the front: its content, and what follows it.
///
/// A P-256 signature has at most 72 bytes, so every length has the short form of one byte.
fn element(tag: u8, der: &[u8]) -> Result<(&[u8], &[u8]), SignatureError> {
    match der {
        [first, length @ 0..=0x7f, rest @ ..] if *first == tag => rest
            .split_at_checked(usize::from(*length))
            .ok_or(SignatureError::NotDer),
        _ => Err(SignatureError::NotDer),
    }
}

/// Writes a positive INTEGER right-aligned; DER puts a zero before a first byte of 0x80 or more, and
/// nowhere else.
fn write_integer(content: &[u8], fixed: &mut [u8]) -> Result<(), SignatureError> {
    let magnitude = match content {
        [0, magnitude @ ..] if magnitude.first() >= Some(&0x80) => magnitude,
        [0x01..=0x7f, ..] => content,
        _ => return Err(SignatureError::NotDer),
    };
    let start = fixed
        .len()
        .checked_sub(magnitude.len())
        .ok_or(SignatureError::TooLarge)?;
    fixed[start..].copy_from_slice(magnitude);
    Ok(())
}
