//! The field GF(2⁸) of the error correction (ISO/IEC 18004:2015, 7.5.2).

/// x⁸ + x⁴ + x³ + x² + 1, the modulus of the field.
const MODULUS: u16 = 0b1_0001_1101;

/// Powers of α = 2, twice around, so that a sum of two logarithms needs no reduction.
#[expect(clippy::cast_possible_truncation, reason = "elements have 8 bits")]
pub(crate) static EXP: [u8; 510] = {
    let mut powers = [0; 510];
    let mut value = 1;
    let mut i = 0;
    while i < 510 {
        powers[i] = value as u8;
        value <<= 1;
        if value > 0xFF {
            value ^= MODULUS;
        }
        i += 1;
    }
    powers
};

/// Logarithms to base α; that of 0 does not exist and is never read.
#[expect(clippy::cast_possible_truncation, reason = "logarithms are below 255")]
pub(crate) static LOG: [u8; 256] = {
    let mut logarithms = [0; 256];
    let mut i = 0;
    while i < 255 {
        logarithms[EXP[i] as usize] = i as u8;
        i += 1;
    }
    logarithms
};

/// The product of two elements.
pub(crate) const fn multiply(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 {
        return 0;
    }
    EXP[LOG[a as usize] as usize + LOG[b as usize] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Multiplication by shifts, straight from the definition.
    fn multiply_by_definition(a: u8, b: u8) -> u8 {
        let mut product = 0u16;
        for bit in (0..8).rev() {
            product <<= 1;
            if product > 0xFF {
                product ^= MODULUS;
            }
            if b >> bit & 1 == 1 {
                product ^= u16::from(a);
            }
        }
        u8::try_from(product).unwrap()
    }

    #[test]
    fn products_follow_the_definition() {
        for a in 0..=255 {
            for b in 0..=255 {
                assert_eq!(multiply(a, b), multiply_by_definition(a, b), "{a} · {b}");
            }
        }
    }
}
