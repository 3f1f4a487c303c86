//! What an order is called: one word for its three sides, what was paid, what was packed, and where the parcels are.

use platform::keyed;

keyed! {
    /// What has become of the money.
    pub enum Payment {
        Unpaid = "unpaid",
        Authorized = "authorized",
        PartlyPaid = "partly_paid",
        Paid = "paid",
        PartlyRefunded = "partly_refunded",
        Refunded = "refunded",
        Voided = "voided",
    }
}

keyed! {
    /// How much of it has been packed and handed over.
    pub enum Fulfilment {
        None = "none",
        Part = "part",
        All = "all",
        Failed = "failed",
    }
}

keyed! {
    /// The last the carrier said of a parcel.
    pub enum ParcelState {
        PendingDelivery = "pending_delivery",
        ReadyForPickup = "ready_for_pickup",
        InTransit = "in_transit",
        OutForDelivery = "out_for_delivery",
        AttemptedDelivery = "attempted_delivery",
        Delivered = "delivered",
        Failed = "failed",
    }
}

keyed! {
    /// What an order is called.
    pub enum OrderStatus {
        Unfulfilled = "unfulfilled",
        ProcessingFulfilment = "processing_fulfilment",
        PendingDelivery = "pending_delivery",
        ReadyForPickup = "ready_for_pickup",
        InTransit = "in_transit",
        OutForDelivery = "out_for_delivery",
        AttemptedDelivery = "attempted_delivery",
        Delivered = "delivered",
        FailedDelivery = "failed_delivery",
        FailedFulfilment = "failed_fulfilment",
        Cancelled = "cancelled",
        PartiallyRefunded = "partially_refunded",
        Refunded = "refunded",
    }
}

/// The first that applies: cancelled, refunded, failed, where its parcel last was, partially refunded, how much is packed.
/// `newest` is what the carrier said last of any parcel, `any_failed` whether one of them cannot be delivered.
pub fn of(cancelled: bool, payment: Payment, fulfilment: Fulfilment, newest: Option<ParcelState>, any_failed: bool) -> OrderStatus {
    match (payment, fulfilment, newest) {
        _ if cancelled => OrderStatus::Cancelled,
        (Payment::Refunded, ..) => OrderStatus::Refunded,
        _ if any_failed => OrderStatus::FailedDelivery,
        (_, Fulfilment::Failed, _) => OrderStatus::FailedFulfilment,
        (_, _, Some(parcel)) => of_parcel(parcel),
        (Payment::PartlyRefunded, ..) => OrderStatus::PartiallyRefunded,
        (_, Fulfilment::None, None) => OrderStatus::Unfulfilled,
        (_, Fulfilment::Part, None) => OrderStatus::ProcessingFulfilment,
        (_, Fulfilment::All, None) => OrderStatus::PendingDelivery,
    }
}

fn of_parcel(parcel: ParcelState) -> OrderStatus {
    match parcel {
        ParcelState::PendingDelivery => OrderStatus::PendingDelivery,
        ParcelState::ReadyForPickup => OrderStatus::ReadyForPickup,
        ParcelState::InTransit => OrderStatus::InTransit,
        ParcelState::OutForDelivery => OrderStatus::OutForDelivery,
        ParcelState::AttemptedDelivery => OrderStatus::AttemptedDelivery,
        ParcelState::Delivered => OrderStatus::Delivered,
        ParcelState::Failed => OrderStatus::FailedDelivery,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_goes_by_the_first_name_that_applies() {
        use Fulfilment as F;
        use ParcelState as P;
        use Payment as M;
        for (cancelled, payment, fulfilment, newest, any_failed, status) in [
            (true, M::Refunded, F::All, Some(P::Delivered), true, OrderStatus::Cancelled),
            (false, M::Refunded, F::All, Some(P::Delivered), true, OrderStatus::Refunded),
            (false, M::Paid, F::All, Some(P::InTransit), true, OrderStatus::FailedDelivery),
            (false, M::PartlyRefunded, F::Failed, None, false, OrderStatus::FailedFulfilment),
            (false, M::PartlyRefunded, F::All, Some(P::OutForDelivery), false, OrderStatus::OutForDelivery),
            (false, M::PartlyRefunded, F::Part, None, false, OrderStatus::PartiallyRefunded),
            (false, M::Unpaid, F::None, None, false, OrderStatus::Unfulfilled),
            (false, M::Paid, F::Part, None, false, OrderStatus::ProcessingFulfilment),
            (false, M::Paid, F::All, None, false, OrderStatus::PendingDelivery),
            (false, M::Paid, F::Part, Some(P::ReadyForPickup), false, OrderStatus::ReadyForPickup),
        ] {
            let named = of(cancelled, payment, fulfilment, newest, any_failed);
            assert_eq!(named, status, "{cancelled} {payment} {fulfilment} {newest:?} {any_failed}");
        }
    }
}
