//! What can be wrong with a connection, and what that is worth where something was asked for.

use commerce::Answer;
pub use platform::trouble::{Fault, Noted, Trouble};

/// What a fault is worth as the answer to something that was asked for once: where it says who may ask and how often, nothing
/// has been done.
pub fn worth(fault: Fault) -> Answer {
    match fault.trouble {
        Trouble::AddressRefused | Trouble::SignInRefused | Trouble::NotAllowed | Trouble::TooManyRequests => Answer::Refused(fault.detail),
        Trouble::Unreachable | Trouble::Failing | Trouble::NotUnderstood | Trouble::NotStored => Answer::Unknown(fault.detail),
    }
}
