//! Readers that this project did not write.

use qrgen_engine::Symbol;
use rxing::qrcode::decoder::qrcode_decoder::decode_bool_array;

/// What `rxing` reads in the modules.
pub(crate) fn rxing(symbol: &Symbol) -> rxing::common::Result<rxing::common::DecoderRXingResult> {
    let size = symbol.size();
    let modules: Vec<Vec<bool>> = (0..size)
        .map(|y| (0..size).map(|x| symbol.is_dark(x, y)).collect())
        .collect();
    decode_bool_array(&modules)
}

/// The bytes that `rqrr` reads in the modules. It gives Kanji as they are in Shift JIS, and leaves it to
/// its caller to know.
pub(crate) fn rqrr(symbol: &Symbol) -> Result<Vec<u8>, rqrr::DeQRError> {
    let grid = rqrr::SimpleGrid::from_func(symbol.size(), |x, y| symbol.is_dark(x, y));
    let mut bytes = Vec::new();
    rqrr::Grid::new(grid).decode_to(&mut bytes)?;
    Ok(bytes)
}
