//! Each instruction of a path against what the trait says it does.

use fastrand::Rng;

use super::{Lanes, Path, Simd, Words, Work};

/// Every operation on the same random words.
struct Everything([Words; 2]);

#[derive(Debug, PartialEq)]
struct Results {
    words: [Words; 13],
    bits: [u64; 5],
}

impl Work for Everything {
    type Output = Results;

    fn run<S: Simd>(self, simd: S) -> Results {
        let [first, second] = self.0;
        let (a, b) = (simd.load(&first), simd.load(&second));
        let word = |i: usize| u64::from(first[i]) << 32 | u64::from(second[i]);
        let even = u64::MAX / 3;
        Results {
            words: [
                a & b,
                a | b,
                a ^ b,
                a.and_not(b),
                a.ahead(b),
                a.count_in_bytes(),
                a.count_in_bytes().add_bytes(b.count_in_bytes()),
                a.sum_of_bytes(),
                a.add(b),
                a,
                simd.splat(first[0]),
                simd.load_twice(&[first[0], first[1], first[2], first[3]]),
                a.look_up(b & simd.splat(0x0F0F_0F0F)),
            ]
            .map(Lanes::words),
            bits: [
                simd.deposit(word(0), word(1)),
                simd.deposit(word(0), even),
                simd.extract(word(0), word(1)),
                simd.extract(word(0), even),
                simd.extract(word(0), u64::MAX),
            ],
        }
    }
}

fn by_definition([a, b]: [Words; 2]) -> Results {
    let each = |operation: fn(u32, u32) -> u32| -> Words {
        std::array::from_fn(|lane| operation(a[lane], b[lane]))
    };
    let bytes = |word: u32, operation: fn(u8) -> u32| word.to_le_bytes().map(operation);
    let together = |bytes: [u32; 4]| (0..4).map(|i| bytes[i] << (8 * i)).sum::<u32>();
    let counts = |words: Words| words.map(|word| together(bytes(word, u8::count_ones)));
    let (counts_of_a, counts_of_b) = (counts(a), counts(b));
    let looked_up = std::array::from_fn(|lane| {
        let table: Vec<u8> = a[lane / 4 * 4..][..4]
            .iter()
            .flat_map(|word| word.to_le_bytes())
            .collect();
        let indices = b[lane].to_le_bytes();
        u32::from_le_bytes(indices.map(|index| table[usize::from(index % 16)]))
    });
    let word = |i: usize| u64::from(a[i]) << 32 | u64::from(b[i]);
    let gather = |places: u64| {
        let set = (0..64).filter(|place| places >> place & 1 == 1).enumerate();
        set.fold(0, |bits, (i, place)| bits | (word(0) >> place & 1) << i)
    };
    let lay = |places: u64| {
        let set = (0..64).filter(|place| places >> place & 1 == 1).enumerate();
        set.fold(0, |bits, (i, place)| bits | (word(0) >> i & 1) << place)
    };
    Results {
        words: [
            each(|a, b| a & b),
            each(|a, b| a | b),
            each(|a, b| a ^ b),
            each(|a, b| a & !b),
            each(|a, b| a >> 1 | b << 31),
            counts_of_a,
            std::array::from_fn(|lane| counts_of_a[lane] + counts_of_b[lane]),
            a.map(|word| bytes(word, u32::from).iter().sum()),
            each(u32::wrapping_add),
            a,
            [a[0]; 8],
            std::array::from_fn(|lane| a[lane % 4]),
            looked_up,
        ],
        bits: [
            lay(word(1)),
            lay(u64::MAX / 3),
            gather(word(1)),
            gather(u64::MAX / 3),
            gather(u64::MAX),
        ],
    }
}

#[test]
fn every_path_does_what_the_trait_says() {
    let seed = 18_004;
    let mut rng = Rng::with_seed(seed);
    for case in 0..1000 {
        let words = std::array::from_fn(|_| std::array::from_fn(|_| rng.u32(..)));
        let expected = by_definition(words);
        for path in Path::all() {
            let results = path.run(Everything(words));
            assert_eq!(results, expected, "{path:?}, case {case} of seed {seed}");
        }
    }
}
