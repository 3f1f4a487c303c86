//! `ombud`: the customer-service desk of an online shop.

use std::process::ExitCode;

/// Rows, requests and answers are many small pieces made on one thread and dropped on another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    // the TLS library comes without cryptography of its own; this can fail only when it has been chosen before
    let _ = rustls::crypto::ring::default_provider().install_default();
    match app::commands::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ombud: {error}");
            ExitCode::FAILURE
        }
    }
}
