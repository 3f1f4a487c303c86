//! What an e-mail says: everything that is read out of its bytes, without a network and without a database.
//!
//! [`Letter::read`] takes it apart; the other files each answer one question about a letter. Nothing in a letter is believed
//! because it says so.

mod address;
mod attachment;
mod authenticated;
mod automatic;
pub mod dkim;
mod headers;
mod inspect;
mod letter;
mod message_id;
mod mime;
mod report;
mod said;
mod shown;
pub mod thread;

pub use address::Address;
pub use attachment::{Attachment, Invitation, When, invitation};
pub use authenticated::{Authenticated, Finding, Verdict, authenticated};
pub use automatic::{Automatic, Kind, LOOP_FIELD, Us, automatic};
pub use inspect::{Action, Inspection, inspect};
pub use letter::{LONGEST, Letter};
pub use message_id::MessageId;
pub use report::{Complaint, Delivery, Outcome, Report, What, report};
pub use said::{Folded, Said, fold, said};
pub use shown::{Shown, shown};
