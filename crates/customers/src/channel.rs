//! Channels as a customer knows them: where they would rather hear from the shop, and where they agreed to.

use platform::keyed;

keyed! {
    /// A way to reach a customer.
    pub enum Channel {
        Webchat = "webchat",
        Email = "email",
        Phone = "phone",
        Sms = "sms",
        Whatsapp = "whatsapp",
        Messenger = "messenger",
        Instagram = "instagram",
        X = "x",
    }
}
