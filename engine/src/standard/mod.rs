//! What ISO/IEC 18004:2015 fixes once and for all, shared by the encoder and the reader.

pub(crate) mod blueprint;
pub(crate) mod capacity;
pub(crate) mod error_correction;
pub(crate) mod format;
pub(crate) mod galois;
pub(crate) mod kanji;
pub(crate) mod mask;
pub(crate) mod mode;
pub(crate) mod reed_solomon;
pub(crate) mod transpose;
pub(crate) mod version;
pub(crate) mod zigzag;

/// A row or a column of modules: bit `i % 64` of word `i / 64` is module `i`, from the left or
/// from the top. Bits beyond the size of the symbol are zero.
pub(crate) type Line = [u64; 3];

/// The line whose first `count` modules are set and no others.
pub(crate) const fn first(count: usize) -> Line {
    let mut line = [0; 3];
    let mut word = 0;
    while word < 3 {
        let bits = count.saturating_sub(64 * word);
        line[word] = if bits < 64 { (1 << bits) - 1 } else { u64::MAX };
        word += 1;
    }
    line
}

/// The line that starts with the low bits of `bits` at module `start`.
pub(crate) const fn shifted(bits: u64, start: usize) -> Line {
    let (word, shift) = (start / 64, start % 64);
    let mut line = [0; 3];
    line[word] = bits << shift;
    if word + 1 < 3 {
        // In two steps, as a shift by 64 is not defined.
        line[word + 1] = bits >> 1 >> (63 - shift);
    }
    line
}

/// Whether module `i` of the line is set.
pub(crate) const fn is_set(line: &Line, i: usize) -> bool {
    line[i / 64] >> (i % 64) & 1 == 1
}

/// Sets module `i` of the line.
pub(crate) const fn set(line: &mut Line, i: usize) {
    line[i / 64] |= 1 << (i % 64);
}
