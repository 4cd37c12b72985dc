//! Both directions against `miniz_oxide`.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::adler::{Adler32, Pieces, Sums};
use super::bit_writer::BitWriter;
use super::deflate::{BlockCode, Coded, Histogram, Tokens};
use super::inflate::{InflateError, Inflater};
use super::lines::Lines;

/// The strategies of zlib that lead to different kinds of blocks.
const STRATEGIES: [i32; 5] = [0, 1, 2, 3, 4];

/// Decompresses to so many lines, and puts them together again.
fn inflate(stream: &[u8], stride: usize, height: usize) -> Result<Vec<u8>, InflateError> {
    inflate_by(&mut Inflater::default(), stream, stride, height)
}

fn inflate_by(
    inflater: &mut Inflater,
    stream: &[u8],
    stride: usize,
    height: usize,
) -> Result<Vec<u8>, InflateError> {
    let mut lines = Lines::default();
    // What was there before must not show.
    lines.reset(100, 1);
    let _ = lines.literals(u64::MAX, 8);
    lines.reset(stride, height);
    inflater.inflate(stream, &mut lines)?;
    let mut bytes = Vec::new();
    let mut next = 0;
    for (indices, line) in lines.runs() {
        assert_eq!(indices.start, next, "{indices:?}");
        bytes.extend(line[..stride].repeat(indices.len()));
        next = indices.end;
    }
    assert_eq!(next, height);
    Ok(bytes)
}

/// The bytes of a line, so that a whole number of lines is as long as that, and no more than there
/// are pixels in a line: images are square.
fn stride(random: &mut fastrand::Rng, length: usize) -> usize {
    let fits = |&stride: &usize| length.is_multiple_of(stride) && length / stride <= 8 * stride;
    let strides: Vec<usize> = (1..=length.max(1)).filter(fits).collect();
    strides[random.usize(..strides.len())]
}

/// Bytes with much or little to compress.
fn data(random: &mut fastrand::Rng) -> Vec<u8> {
    let length = random.usize(..20_000);
    let different = random.u8(1..=255);
    let mut data: Vec<u8> = Vec::new();
    while data.len() < length {
        if data.is_empty() || random.u8(..4) > 0 {
            let rare = random.u8(..different);
            data.push(random.u8(..=rare));
        } else {
            let start = random.usize(..data.len());
            let end = data.len().min(start + random.usize(1..600));
            data.extend_from_within(start..end);
        }
    }
    data
}

fn compressed(data: &[u8], level: u8, strategy: i32) -> Vec<u8> {
    let flags = create_comp_flags_from_zip_params(level.into(), 15, strategy);
    let mut stream = vec![0; data.len() + data.len() / 8 + 1_000];
    let mut compressor = CompressorOxide::new(flags);
    let (status, read, written) = compress(&mut compressor, data, &mut stream, TDEFLFlush::Finish);
    assert_eq!(
        (format!("{status:?}"), read),
        ("Done".to_owned(), data.len())
    );
    stream.truncate(written);
    stream
}

/// These bytes in one piece.
fn pieces(bytes: &[u8]) -> Pieces {
    let mut pieces = Pieces::new(bytes.len());
    pieces.push(Sums::of(bytes));
    pieces
}

#[test]
fn streams_of_another_encoder_decompress_to_what_they_were() {
    let mut random = fastrand::Rng::with_seed(7);
    for round in 0..60 {
        let data = data(&mut random);
        for strategy in STRATEGIES {
            for level in [0, 1, 6, 9] {
                let stream = compressed(&data, level, strategy);
                let stride = stride(&mut random, data.len());
                assert!(
                    inflate(&stream, stride, data.len() / stride).unwrap() == data,
                    "round {round}, level {level}, strategy {strategy}, stride {stride}"
                );
            }
        }
    }
}

#[test]
fn streams_of_any_other_length_are_refused() {
    let data = vec![7; 1_000];
    for level in [0, 1, 9] {
        let stream = compressed(&data, level, 0);
        for length in [0, 1, 999, 1_001, 100_000, usize::MAX] {
            assert_eq!(
                inflate(&stream, 1, length),
                Err(InflateError::Length),
                "{length}"
            );
        }
        for end in 0..stream.len() {
            assert!(inflate(&stream[..end], 100, 10).is_err(), "{end} bytes");
        }
        let longer = [&stream[..stream.len() - 4], &[0; 5]].concat();
        assert_eq!(inflate(&longer, 100, 10), Err(InflateError::TooLong));
    }
}

/// What `miniz_oxide` says of a stream with a bit changed is what we say: refused, or the bytes.
#[test]
fn damaged_streams_are_refused_or_read_as_by_another_decoder() {
    let mut random = fastrand::Rng::with_seed(8);
    let (mut read, mut refused) = (0, 0);
    for round in 0..20_000 {
        let mut data = data(&mut random);
        data.truncate(600);
        let strategy = STRATEGIES[random.usize(..STRATEGIES.len())];
        let mut stream = compressed(&data, random.u8(..10), strategy);
        for _ in 0..random.usize(1..3) {
            let place = random.usize(2..stream.len() - 4);
            stream[place] ^= 1 << random.u8(..8);
        }
        let stride = stride(&mut random, data.len());
        match inflate(&stream, stride, data.len() / stride) {
            Ok(bytes) => {
                let mut adler = Adler32::new();
                adler.lines(0, &pieces(&bytes), bytes.len(), 1);
                let end = stream.len() - 4;
                stream[end..].copy_from_slice(&adler.value().to_be_bytes());
                let theirs = decompress_to_vec_zlib_with_limit(&stream, data.len()).unwrap();
                assert!(theirs == bytes, "round {round}");
                read += 1;
            }
            Err(_) => refused += 1,
        }
    }
    assert!(
        read > 1_000 && refused > 1_000,
        "{read} read, {refused} refused: a test of both"
    );
}

#[derive(Debug)]
enum Token {
    Literals(Vec<u8>),
    Copy { length: usize, distance: usize },
}

/// Tokens that make sense, and the bytes they stand for.
fn tokens(random: &mut fastrand::Rng) -> (Vec<Token>, Vec<u8>) {
    let (mut tokens, mut bytes) = (Vec::new(), Vec::new());
    let different = random.u8(1..=255);
    for _ in 0..random.usize(..300) {
        if bytes.is_empty() || random.bool() {
            let literals: Vec<u8> = (0..random.usize(..20))
                .map(|_| random.u8(..=different))
                .collect();
            bytes.extend(&literals);
            tokens.push(Token::Literals(literals));
        } else {
            let length = random.usize(3..2_000);
            let distance = random.usize(1..=bytes.len().min(32_768));
            for _ in 0..length {
                bytes.push(bytes[bytes.len() - distance]);
            }
            tokens.push(Token::Copy { length, distance });
        }
    }
    (tokens, bytes)
}

/// The code that is best for these tokens.
fn best_code(tokens: &[Token]) -> BlockCode {
    let mut histogram = Histogram::new();
    put_all(&mut histogram, tokens);
    BlockCode::new(&histogram)
}

/// A stream of one block without its checksum.
fn stream(code: &BlockCode, tokens: &[Token]) -> Vec<u8> {
    let bits = code.header();
    let mut coded = Coded { code, bits };
    put_all(&mut coded, tokens);
    let mut stream = vec![0x78, 0x01];
    let mut writer = BitWriter::new(&mut stream);
    writer.put_all(&coded.bits);
    writer.finish();
    stream
}

fn put_all(sink: &mut impl Tokens, tokens: &[Token]) {
    for token in tokens {
        match token {
            Token::Literals(bytes) => bytes.iter().for_each(|&byte| sink.literal(byte)),
            Token::Copy { length, distance } => sink.long_copy(*length, *distance),
        }
    }
    sink.end_of_block();
}

#[test]
fn blocks_decompress_to_what_their_tokens_stand_for() {
    let mut random = fastrand::Rng::with_seed(9);
    for round in 0..400 {
        let (tokens, bytes) = tokens(&mut random);
        for code in [best_code(&tokens), BlockCode::fixed()] {
            let mut stream = stream(&code, &tokens);
            let mut adler = Adler32::new();
            for part in bytes.chunks(1_500) {
                adler.lines(0, &pieces(part), part.len(), 1);
            }
            stream.extend(adler.value().to_be_bytes());
            let theirs = decompress_to_vec_zlib_with_limit(&stream, bytes.len()).unwrap();
            assert!(theirs == bytes, "round {round}");
            let stride = stride(&mut random, bytes.len());
            let ours = inflate(&stream, stride, bytes.len() / stride).unwrap();
            assert!(ours == bytes, "round {round}");
        }
    }
}

/// What makes reading quick: the memory, and the time, of lines that differ.
#[test]
fn lines_that_are_equal_on_end_are_one_run() {
    let tokens = [
        Token::Literals(vec![0]),
        Token::Copy {
            length: 1_999,
            distance: 1,
        },
        Token::Literals((0..100).collect()),
        Token::Copy {
            length: 19_900,
            distance: 100,
        },
    ];
    let mut stream = stream(&best_code(&tokens), &tokens);
    stream.extend([0; 4]);

    let mut lines = Lines::default();
    lines.reset(100, 220);
    Inflater::default().inflate(&stream, &mut lines).unwrap();
    let runs: Vec<_> = lines.runs().map(|(indices, _)| indices).collect();
    assert_eq!(runs, [0..20, 20..220]);
}

/// Streams that start alike are read by codes that are kept, and those between them are not.
#[test]
fn a_kept_inflater_reads_as_a_new_one() {
    let mut random = fastrand::Rng::with_seed(11);
    for round in 0..40 {
        let mut streams = Vec::new();
        for _ in 0..2 {
            let (tokens, bytes) = tokens(&mut random);
            for code in [best_code(&tokens), BlockCode::fixed()] {
                let mut stream = stream(&code, &tokens);
                stream.extend([0; 4]);
                // The whole, and what ends in the header and behind it.
                for end in [stream.len(), 5, 40, stream.len() - 5] {
                    let cut = &stream[..end.min(stream.len())];
                    streams.push((cut.to_vec(), bytes.len()));
                }
            }
            // Of several blocks, of which only the first is as it was.
            let data = data(&mut random);
            streams.push((compressed(&data, 9, 0), data.len()));
        }
        let mut kept = Inflater::default();
        for _ in 0..100 {
            let (stream, length) = &streams[random.usize(..streams.len())];
            let new = inflate(stream, *length, 1);
            let again = inflate_by(&mut kept, stream, *length, 1);
            assert!(again == new, "round {round}");
        }
    }
}
