//! What the page lets a browser do: show its own style and run its own script, each known by its hash, and nothing else.

use crate::model::sha256;

use super::markup::{Markup, void};

/// The signs of base 64, in order (RFC 4648, section 4).
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The page's policy, for its head. What is written into `<style>` and `<script>` must be these texts to the letter.
pub fn policy(style: &str, script: &str) -> Markup {
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        source(style),
        source(script)
    );
    void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)])
}

/// A text by its hash, as Content Security Policy writes it: `sha256-…`.
fn source(text: &str) -> String {
    format!("sha256-{}", base64(&bytes(&sha256(text.as_bytes()))))
}

/// The bytes of a text of hexadecimal digits.
fn bytes(digits: &str) -> Vec<u8> {
    let values: Vec<u8> = digits.chars().filter_map(|digit| digit.to_digit(16)).map(|value| value as u8).collect();
    values.chunks(2).map(|pair| pair.iter().fold(0, |byte, value| byte << 4 | value)).collect()
}

fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let joined = (0..3).fold(0u32, |joined, at| joined << 8 | u32::from(three.get(at).copied().unwrap_or(0)));
        for sign in 0..4 {
            let six = (joined >> (18 - 6 * sign)) & 63;
            // A byte makes two signs, two make three; what is missing of four is filled.
            text.push(if sign <= three.len() { char::from(SIGNS[six as usize]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_as_the_standard_has_it() {
        for (text, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn the_hash_of_a_text() {
        // As `printf abc | openssl dgst -sha256 -binary | openssl base64` has it.
        assert_eq!(source("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}
