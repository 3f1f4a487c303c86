//! What is done alike to a customer's credit and to a gift card: paid with, set aside, and undone.

use kernel::{AccountId, Currency, CustomerId, EntryId, Error, GiftCardId, Money, Result, ShopId, Timestamp, conflict, invalid, say};
use ledger::{Act, ActKind};
use platform::{Tx, event::Acting};

use crate::{
    credit::Credit,
    events::{CreditMoved, GiftCardMoved},
    gift_card::GiftCard,
    movement::{self, Moved, Wanted},
    store,
};

/// Whose money is moved.
#[derive(Debug, Clone)]
pub enum Holder {
    Customer { id: CustomerId, credits: Vec<Credit> },
    Card(GiftCard),
}

impl Holder {
    /// Errors: `NotFound`, `Conflict` of the kinds `customer_erased` and `customer_merged`.
    pub async fn customer(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Holder> {
        let customer = customers::by_id(tx, shop, id).await?;
        customer.must_be_known()?;
        customer.must_be_whole()?;
        // what was theirs stays so until it has followed whoever was separated from them; spent it is not any more
        let parts = customers::person::by_id(tx, shop, id).await?.ids();
        let mut credits = store::credits::of_customer(tx, shop, id).await?;
        credits.retain(|credit| parts.contains(&credit.first));
        Ok(Holder::Customer { id, credits })
    }

    /// Errors: `NotFound`, `Conflict` of the kind `card_voided`.
    pub async fn card(tx: &mut Tx<'_>, shop: ShopId, id: GiftCardId) -> Result<Holder> {
        store::gift_cards::card(tx, shop, id).await?.usable()
    }

    /// Whoever's this movement is.
    ///
    /// Errors: `NotFound`, and those of the other two.
    pub async fn of_movement(tx: &mut Tx<'_>, shop: ShopId, movement: EntryId) -> Result<Holder> {
        for account in ledger::entry::accounts_of(tx, shop, movement).await? {
            if let Some(customer) = store::credits::holder_of(tx, shop, account).await? {
                let whole = customers::by_id(tx, shop, customer).await?.person();
                return Holder::customer(tx, shop, whole).await;
            }
            if let Some(card) = store::gift_cards::by_account(tx, shop, account).await? {
                return card.usable();
            }
        }
        Err(Error::NotFound(say!("movement-not-found")))
    }

    /// Their accounts in this currency.
    fn accounts_in(&self, currency: Currency) -> Vec<AccountId> {
        match self {
            Holder::Customer { credits, .. } => {
                credits.iter().filter(|credit| credit.currency == currency).map(|credit| credit.account).collect()
            }
            Holder::Card(card) => (card.currency == currency).then_some(card.account).into_iter().collect(),
        }
    }

    /// All their accounts, with what each is in.
    fn accounts(&self) -> Vec<(AccountId, Currency)> {
        match self {
            Holder::Customer { credits, .. } => credits.iter().map(|credit| (credit.account, credit.currency)).collect(),
            Holder::Card(card) => vec![(card.account, card.currency)],
        }
    }
}

impl GiftCard {
    fn usable(self) -> Result<Holder> {
        if self.voided_at.is_some() {
            return Err(Error::Conflict { kind: "card_voided", detail: say!("gift-card-voided") });
        }
        Ok(Holder::Card(self))
    }
}

/// Pays, with what expires soonest first.
///
/// Errors: those of [`movement::make`].
pub async fn spend(tx: &mut Tx<'_>, who: &impl Acting, holder: &Holder, amount: Money, why: &Why) -> Result<Moved> {
    announced(tx, who, holder, amount.currency, Act::Spend { amount: amount.minor }, why).await
}

/// Sets money aside for a purchase that has begun.
///
/// Errors: those of [`movement::make`].
pub async fn hold(tx: &mut Tx<'_>, who: &impl Acting, holder: &Holder, amount: Money, until: Timestamp, why: &Why) -> Result<Moved> {
    announced(tx, who, holder, amount.currency, Act::Hold { amount: amount.minor, until }, why).await
}

/// Why money is moved, and the key under which that happens once.
#[derive(Debug, Clone)]
pub struct Why {
    pub reason: String,
    pub key: String,
}

/// What may follow from an earlier movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What was given is taken back, what was spent given back: so much of it.
    Reverse(Money),
    /// What was set aside is spent: so much of it.
    Capture(Money),
    /// What was set aside can be spent again.
    Release,
}

/// Goes on from an earlier movement.
///
/// Errors: `NotFound`, `Invalid` when it is in another currency, `Conflict` when it does not follow, and those of [`movement::make`].
pub async fn follow(tx: &mut Tx<'_>, who: &impl Acting, earlier: EntryId, step: Step, why: &Why) -> Result<Moved> {
    let shop = who.actor().shop;
    let holder = Holder::of_movement(tx, shop, earlier).await?;
    let accounts: Vec<AccountId> = holder.accounts().into_iter().map(|(account, _)| account).collect();
    let about = ledger::entry::movement(tx, shop, &accounts, earlier).await?;
    let currency = ledger::account::by_id(tx, shop, about.account).await?.unit;
    announced(tx, who, &holder, currency, step.act(earlier, about.entry.act.kind(), currency)?, why).await
}

impl Step {
    fn act(self, earlier: EntryId, kind: ActKind, currency: Currency) -> Result<Act> {
        if let Step::Reverse(amount) | Step::Capture(amount) = self
            && amount.currency != currency
        {
            return Err(invalid("amount.currency", say!("movement-in-another-currency", currency = currency.code())));
        }
        Ok(match (self, kind) {
            (Step::Reverse(amount), ActKind::Granted) => Act::TakeBack { grant: earlier, amount: amount.minor },
            (Step::Reverse(amount), ActKind::Spent | ActKind::Captured) => Act::GiveBack { spent: earlier, amount: amount.minor },
            (Step::Reverse(_), _) => return Err(conflict(say!("movement-not-reversible", kind = kind.key()))),
            (Step::Capture(amount), _) => Act::Capture { hold: earlier, amount: amount.minor },
            (Step::Release, _) => Act::Release { hold: earlier },
        })
    }
}

async fn announced(tx: &mut Tx<'_>, who: &impl Acting, holder: &Holder, currency: Currency, act: Act, why: &Why) -> Result<Moved> {
    let wanted = Wanted { act, reason: why.reason.clone(), key: why.key.clone() };
    let moved = movement::make(tx, who, &holder.accounts_in(currency), currency, &wanted).await?;
    if moved.now {
        let (movement, kind) = (moved.told.movement.entry.id, act.kind());
        match holder {
            Holder::Customer { id, .. } => tx.announce(who, CreditMoved { customer: *id, movement, kind }).await?,
            Holder::Card(card) => tx.announce(who, GiftCardMoved { card: card.id, customer: card.customer, movement, kind }).await?,
        };
    }
    Ok(moved)
}
