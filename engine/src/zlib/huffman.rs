//! Huffman codes, their lengths limited (RFC 1951, 3.2.2).

#![expect(
    clippy::cast_possible_truncation,
    reason = "there are at most 286 symbols, and codes have up to 15 bits"
)]

use super::bit_writer::Bits;

/// The longest code of a literal, a length or a distance.
pub(super) const MAX_BITS: usize = 15;

/// A prefix code over the first `N` symbols of an alphabet.
#[derive(Debug)]
pub(super) struct Code<const N: usize> {
    /// Bits of each symbol's code; 0 for a symbol that has none.
    pub(super) lengths: [u8; N],
    /// The codes, first bit lowest, as they are written.
    codes: [u16; N],
}

/// A node of Huffman's tree.
struct Node {
    weight: u32,
    /// Its parent, and once that one's depth is known, its own depth.
    parent: usize,
}

impl<const N: usize> Code<N> {
    /// The code that writes symbols as often as `counts` says in the fewest bits, no code longer
    /// than `limit`. A single symbol gets one bit.
    ///
    /// Symbols of equal count are taken in their order, so the code depends on `counts` alone.
    /// No more than `2^limit` symbols occur.
    pub(super) fn new(counts: &[u32; N], limit: usize) -> Self {
        let each = counts.iter().copied().zip(0..);
        let mut rarest_first: Vec<(u32, usize)> = each.filter(|&(count, _)| count > 0).collect();
        rarest_first.sort_unstable();
        let mut per_length = leaves_per_depth(&rarest_first, limit);
        fit_code_space(&mut per_length, limit);

        let mut lengths = [0; N];
        let mut next_symbol = rarest_first.iter();
        for length in (1..=limit).rev() {
            for &(_, symbol) in next_symbol.by_ref().take(per_length[length]) {
                lengths[symbol] = length as u8;
            }
        }
        Self::of_lengths(lengths)
    }

    /// The first symbols of the code whose `ALL` symbols have so many bits; 0 for one without. Not more
    /// than the code space holds.
    pub(super) fn of_lengths<const ALL: usize>(lengths: [u8; ALL]) -> Self {
        let codes = canonical_codes(&lengths);
        Self {
            lengths: std::array::from_fn(|symbol| lengths[symbol]),
            codes: std::array::from_fn(|symbol| codes[symbol]),
        }
    }

    /// The code of a symbol; no bits if it has none.
    pub(super) fn bits(&self, symbol: usize) -> Bits {
        Bits::new(self.codes[symbol].into(), self.lengths[symbol].into())
    }
}

/// The codes that follow from their lengths (RFC 1951, 3.2.2); 0 for a symbol without.
fn canonical_codes<const N: usize>(lengths: &[u8; N]) -> [u16; N] {
    let mut next = [0_u32; MAX_BITS + 2];
    for length in 1..=MAX_BITS {
        let count = lengths
            .iter()
            .filter(|&&other| usize::from(other) == length);
        next[length + 1] = (next[length] + count.count() as u32) << 1;
    }
    lengths.map(|length| {
        if length == 0 {
            return 0;
        }
        let next = &mut next[usize::from(length)];
        *next += 1;
        ((*next - 1).reverse_bits() >> (32 - u32::from(length))) as u16
    })
}

/// How many leaves of Huffman's tree lie at each depth, those deeper than `limit` counted at `limit`.
fn leaves_per_depth(rarest_first: &[(u32, usize)], limit: usize) -> [usize; MAX_BITS + 1] {
    let mut per_depth = [0; MAX_BITS + 1];
    let leaf_count = rarest_first.len();
    if leaf_count < 2 {
        per_depth[1] = leaf_count;
        return per_depth;
    }
    // Leaves first, then inner nodes as they are made. Both come in rising weight, so the two
    // lightest nodes without a parent are at the heads of two queues.
    let leaf = |&(weight, _): &(u32, usize)| Node { weight, parent: 0 };
    let mut nodes: Vec<Node> = rarest_first.iter().map(leaf).collect();
    let (mut leaf, mut inner) = (0, leaf_count);
    for node in leaf_count..2 * leaf_count - 1 {
        let mut weight = 0;
        for _ in 0..2 {
            let leaf_is_lighter =
                leaf < leaf_count && (inner == node || nodes[leaf].weight <= nodes[inner].weight);
            let child = if leaf_is_lighter {
                &mut leaf
            } else {
                &mut inner
            };
            weight += nodes[*child].weight;
            nodes[*child].parent = node;
            *child += 1;
        }
        nodes.push(Node { weight, parent: 0 });
    }
    // From the root, which is the last node and lies at depth 0.
    for node in (0..nodes.len() - 1).rev() {
        let depth = nodes[nodes[node].parent].parent + 1;
        nodes[node].parent = depth;
        if node < leaf_count {
            per_depth[limit.min(depth)] += 1;
        }
    }
    per_depth
}

/// Lengthens as few short codes as possible until all codes fit the code space again, after codes
/// longer than `limit` were cut to it.
fn fit_code_space(per_length: &mut [usize; MAX_BITS + 1], limit: usize) {
    let space = 1 << limit;
    let mut taken: usize = (1..=limit)
        .map(|length| per_length[length] << (limit - length))
        .sum();
    while taken > space {
        // A code of `limit` bits moves under the longest shorter code, which grows by one bit.
        per_length[limit] -= 1;
        if let Some(length) = (1..limit).rev().find(|&length| per_length[length] > 0) {
            per_length[length] -= 1;
            per_length[length + 1] += 2;
        }
        taken -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zlib::LITERALS;

    fn lengths_of<const N: usize>(counts: &[u32; N], limit: usize) -> [u8; N] {
        Code::new(counts, limit).lengths
    }

    fn kraft_sum(lengths: &[u8]) -> u64 {
        lengths
            .iter()
            .filter(|&&length| length > 0)
            .map(|&length| 1 << (MAX_BITS as u8 - length))
            .sum()
    }

    fn cost(counts: &[u32], lengths: &[u8]) -> u64 {
        counts
            .iter()
            .zip(lengths)
            .map(|(&count, &length)| u64::from(count) * u64::from(length))
            .sum()
    }

    /// The cost of the unlimited optimum: every merge of Huffman's algorithm adds its weight.
    fn optimum(counts: &[u32]) -> u64 {
        let mut heap: std::collections::BinaryHeap<_> = counts
            .iter()
            .filter(|&&count| count > 0)
            .map(|&count| std::cmp::Reverse(u64::from(count)))
            .collect();
        let mut cost = 0;
        while let (Some(one), Some(two)) = (heap.pop(), heap.pop()) {
            cost += one.0 + two.0;
            heap.push(std::cmp::Reverse(one.0 + two.0));
        }
        cost
    }

    #[test]
    fn lengths_are_those_of_huffmans_algorithm() {
        let mut random = fastrand::Rng::with_seed(2);
        for round in 0..500 {
            let mut counts = [0_u32; LITERALS];
            // A code longer than 15 bits takes a sum of counts of 1 597, a Fibonacci number.
            for _ in 0..random.usize(2..200) {
                counts[random.usize(..LITERALS)] += random.u32(1..8);
            }
            if counts.iter().filter(|&&count| count > 0).count() < 2 {
                continue;
            }
            let lengths = lengths_of(&counts, MAX_BITS);
            assert_eq!(kraft_sum(&lengths), 1 << MAX_BITS, "round {round}");
            assert_eq!(cost(&counts, &lengths), optimum(&counts), "round {round}");
        }
    }

    /// Fibonacci numbers make the deepest tree.
    #[test]
    fn no_code_is_longer_than_the_limit() {
        let mut counts = [1_u32; 40];
        for index in 2..counts.len() {
            counts[index] = counts[index - 1] + counts[index - 2];
        }
        for limit in [6, 7, 9, 15] {
            let lengths = lengths_of(&counts, limit);
            assert!(
                lengths
                    .iter()
                    .all(|&length| (1..=limit as u8).contains(&length)),
                "{limit}"
            );
            assert_eq!(kraft_sum(&lengths), 1 << MAX_BITS, "{limit}");
            assert!(
                lengths.is_sorted_by(|earlier, later| earlier >= later),
                "rare is long"
            );
        }
    }

    #[test]
    fn a_lone_symbol_gets_one_bit_and_no_symbol_gets_none() {
        assert_eq!(lengths_of(&[0, 7, 0], 15), [0, 1, 0]);
        assert_eq!(lengths_of(&[0, 0, 0], 15), [0, 0, 0]);
    }

    /// The example of RFC 1951, 3.2.2: lengths (3, 3, 3, 3, 3, 2, 4, 4).
    #[test]
    fn codes_are_canonical() {
        let codes = canonical_codes(&[3, 3, 3, 3, 3, 2, 4, 4]);
        let first_bit_lowest = [0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111];
        assert_eq!(codes, first_bit_lowest);
    }
}
