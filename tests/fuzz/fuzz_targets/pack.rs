#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| crosscast_fuzz::pack(bytes));
