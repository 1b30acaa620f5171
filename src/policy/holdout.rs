//! Who is held out: by a hash, not by a dice, so that it is the same on every visit and every host.

/// Whether the offer for `stuck_point` is not made to `user`. `share` is 0 to 1.
///
/// Each stuck point draws its own users, so that nobody is left without any help.
pub fn held_out(user: &str, stuck_point: &str, salt: &str, share: f64) -> bool {
    let hash = finish(fnv1a(&[user, stuck_point, salt]));
    // The upper 53 bits fill a double exactly.
    let draw = (hash >> 11) as f64 / (1_u64 << 53) as f64;
    draw < share
}

/// FNV-1a over the parts, each closed by a byte that UTF-8 does not have.
/// <https://datatracker.ietf.org/doc/draft-eastlake-fnv/>
fn fnv1a(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// SplitMix64's finaliser: the upper bits of FNV-1a hardly move for texts that differ at their end.
/// <https://prng.di.unimi.it/splitmix64.c>
fn finish(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fixed_for_all_time() {
        assert_eq!(fnv1a(&[]), 0xcbf2_9ce4_8422_2325);
        assert!(held_out("user-7", "bind.verify.no_code", "", 1.0));
        assert!(!held_out("user-7", "bind.verify.no_code", "", 0.0));
    }

    #[test]
    fn the_share_is_met_and_stuck_points_draw_apart() {
        let users: Vec<String> = (0..20_000).map(|n| format!("user-{n}")).collect();
        let out = |point: &str| -> Vec<bool> { users.iter().map(|u| held_out(u, point, "s", 0.1)).collect() };
        let (a, b) = (out("a"), out("b"));
        let count = |held: &[bool]| held.iter().filter(|h| **h).count();
        let both = a.iter().zip(&b).filter(|(a, b)| **a && **b).count();
        // Five standard deviations of a binomial around 2,000 and 200.
        assert!((1_788..2_212).contains(&count(&a)), "{}", count(&a));
        assert!((130..270).contains(&both), "{both}");
    }
}
