//! Store credit: given, spent, set aside and taken back, once each, whatever happens on the way.

use ::platform::Tx;
use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use futures::future::join_all;
use kernel::{days, hours};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, Agent, Answer, items},
    world::World,
};

/// A customer, as an agent comes to know of them.
pub async fn customer(world: &World, name: &str) -> String {
    let talk = world.shopper(name).begins("Where is my parcel?").await;
    world.owner().sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned()
}

fn kroner(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "NOK" })
}

/// Asks under a key.
pub async fn keyed(who: &Actor, path: &str, key: &str, body: Value) -> Answer {
    let headers = [("content-type", "application/json"), ("idempotency-key", key)];
    who.send(Method::POST, path, &headers, Body::from(body.to_string())).await
}

/// Asks under a key nobody else uses.
pub async fn asks(who: &Actor, path: &str, body: Value) -> Answer {
    keyed(who, path, &who.shop.fresh_key(), body).await
}

async fn gives(who: &Actor, customer: &str, minor: i64) -> Value {
    asks(who, &format!("/customers/{customer}/credits"), json!({ "amount": kroner(minor), "reason": "It came late" })).await.ok()
}

async fn gives_until(who: &Actor, customer: &str, minor: i64, expires_at: kernel::Timestamp) -> Value {
    let gift = json!({ "amount": kroner(minor), "reason": "Spring", "expires_at": expires_at });
    asks(who, &format!("/customers/{customer}/credits"), gift).await.ok()
}

async fn spends(who: &Actor, customer: &str, minor: i64) -> Answer {
    asks(who, &format!("/customers/{customer}/credits/spendings"), json!({ "amount": kroner(minor), "reason": "Order #1" })).await
}

async fn reverses(who: &Actor, movement: &Value, minor: i64) -> Answer {
    let path = format!("/credit-movements/{}/reversals", movement["id"].as_str().unwrap());
    asks(who, &path, json!({ "amount": kroner(minor), "reason": "A mistake" })).await
}

/// What can be spent, and what is set aside.
async fn balance(who: &Agent, customer: &str) -> (i64, i64) {
    let credits = who.get(&format!("/customers/{customer}/credits")).await.ok();
    let of = |name: &str| credits["balances"][0][name]["minor"].as_i64().unwrap_or(0);
    (of("available"), of("held"))
}

/// What the movements were, the newest first, with what each added.
async fn movements(who: &Agent, customer: &str) -> Vec<(String, i64)> {
    let items = items(who.get(&format!("/customers/{customer}/credits?limit=100")).await.ok());
    items.iter().map(|item| (item["kind"].as_str().unwrap().to_owned(), item["change"]["minor"].as_i64().unwrap())).collect()
}

/// The ledger adds up, in all shops.
pub async fn adds_up(world: &World) {
    let faults = world.app.read(async |tx: &mut Tx<'_>| ledger::check::faults(tx).await).await.unwrap();
    assert_eq!(faults, ledger::check::Faults::default());
}

#[story]
async fn a_lead_gives_credit_and_the_shop_takes_a_payment_out_of_it(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    let given = gives(&lead, &mara, 50_000).await;
    assert_eq!((&given["kind"], &given["amount"], &given["reversible"]), (&json!("granted"), &kroner(50_000), &kroner(50_000)));
    assert_eq!((&given["reason"], &given["by"], &given["ends_at"]), (&json!("It came late"), &json!("member"), &Value::Null));

    let spent = spends(&lead, &mara, 12_000).await.ok();
    assert_eq!((&spent["kind"], &spent["change"]), (&json!("spent"), &kroner(-12_000)));
    assert_eq!(balance(&lead, &mara).await, (38_000, 0));
    let too_much = spends(&lead, &mara, 38_001).await;
    assert_eq!((too_much.status, too_much.problem().as_str()), (StatusCode::CONFLICT, "not_enough"));
    let seen = world.member("Vera", "viewer");
    assert_eq!(movements(&seen, &mara).await, [("spent".into(), -12_000), ("granted".into(), 50_000)]);
    assert_eq!(world.agent("Ines").post(&format!("/customers/{mara}/credits"), json!({})).await.problem(), "forbidden");

    world.settle().await;
    let audited = items(world.owner().get("/audit?event=credit_moved").await.ok());
    assert_eq!(audited[0]["data"], json!({ "customer": mara, "movement": spent["id"], "kind": "spent" }));
    adds_up(&world).await;
}

#[story]
async fn each_currency_has_its_own_balance(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    gives(&lead, &mara, 100).await;
    let path = format!("/customers/{mara}/credits");
    let euros = |minor: i64| json!({ "amount": { "minor": minor, "currency": "EUR" }, "reason": "Sorry" });
    asks(&lead, &path, euros(7)).await.ok();
    assert_eq!(asks(&lead, &format!("{path}/spendings"), euros(8)).await.problem(), "not_enough");
    let dollars = json!({ "amount": { "minor": 1, "currency": "USD" }, "reason": "Order" });
    assert_eq!(asks(&lead, &format!("{path}/spendings"), dollars).await.problem(), "not_enough");

    let balances = lead.get(&path).await.ok()["balances"].clone();
    let sums: Vec<_> = balances.as_array().unwrap().iter().map(|balance| balance["available"].clone()).collect();
    assert_eq!(sums, [json!({ "minor": 7, "currency": "EUR" }), kroner(100)]);
}

#[story]
async fn what_comes_with_the_same_key_is_the_same_movement(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    let path = format!("/customers/{mara}/credits");
    let gift = json!({ "amount": kroner(500), "reason": "Sorry" });
    let first = keyed(&lead, &path, "k-1", gift.clone()).await;
    // long after other answers are forgotten
    world.after(days(40)).await;
    lead.signs_in_again().await;
    let again = keyed(&lead, &path, "k-1", gift.clone()).await;
    assert_eq!((first.status, again.status, &first.bytes), (StatusCode::CREATED, StatusCode::CREATED, &again.bytes));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), (None, Some("true")));
    assert_eq!(balance(&lead, &mara).await, (500, 0));

    for other in [
        json!({ "amount": kroner(501), "reason": "Sorry" }),
        json!({ "amount": { "minor": 500, "currency": "EUR" }, "reason": "Sorry" }),
        json!({ "amount": kroner(500), "reason": "Another" }),
        json!({ "amount": kroner(500), "reason": "Sorry", "expires_at": world.in_(days(1)) }),
    ] {
        assert_eq!(keyed(&lead, &path, "k-1", other).await.problem(), "conflict");
    }
    assert_eq!(keyed(&lead, &format!("{path}/spendings"), "k-1", gift.clone()).await.problem(), "conflict");
    let nia = customer(&world, "Nia").await;
    assert_eq!(keyed(&lead, &format!("/customers/{nia}/credits"), "k-1", gift.clone()).await.problem(), "conflict");
    let without = lead.post(&path, gift.clone()).await;
    assert_eq!((without.problem().as_str(), &without.json()["fields"][0]["field"]), ("invalid", &json!("Idempotency-Key")));
    // a key is its sender's own
    keyed(&world.owner(), &path, "k-1", gift).await.ok();
    assert_eq!(balance(&lead, &mara).await, (1_000, 0));
}

#[story]
async fn the_same_asked_many_times_at_once_is_done_once(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    let path = format!("/customers/{mara}/credits");
    let gift = json!({ "amount": kroner(500), "reason": "Sorry" });
    let answers = join_all((0..8).map(|_| keyed(&lead, &path, "k-1", gift.clone()))).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::CREATED && answer.bytes == answers[0].bytes));
    assert_eq!(answers.iter().filter(|answer| answer.header("idempotency-replayed").is_none()).count(), 1);
    assert_eq!(balance(&lead, &mara).await, (500, 0));
}

#[story]
async fn what_expires_soonest_is_spent_first_and_the_rest_expires_on_its_day(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    gives(&lead, &mara, 100).await;
    gives_until(&lead, &mara, 50, world.in_(days(3))).await;
    gives_until(&lead, &mara, 30, world.in_(days(2))).await;
    spends(&lead, &mara, 40).await.ok();

    world.after(days(2)).await;
    lead.signs_in_again().await;
    assert_eq!(balance(&lead, &mara).await, (140, 0), "the 30 were spent first");
    world.after(days(1)).await;
    lead.signs_in_again().await;
    assert_eq!(balance(&lead, &mara).await, (100, 0));
    assert_eq!(movements(&lead, &mara).await[0], ("expired".into(), -40));
    let expired = items(lead.get(&format!("/customers/{mara}/credits")).await.ok())[0].clone();
    assert_eq!((&expired["by"], &expired["reason"], &expired["amount"]), (&json!("system"), &json!(""), &kroner(40)));
    adds_up(&world).await;
}

#[story]
async fn a_spending_is_given_back_to_where_it_came_from_in_parts_too(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    gives(&lead, &mara, 100).await;
    gives_until(&lead, &mara, 50, world.in_(days(3))).await;
    let spent = spends(&lead, &mara, 80).await.ok();

    reverses(&lead, &spent, 30).await.ok();
    assert_eq!(reverses(&lead, &spent, 51).await.problem(), "not_enough");
    world.after(days(4)).await;
    lead.signs_in_again().await;
    assert_eq!(balance(&lead, &mara).await, (100, 0), "what was given back first was of the lot without an end");

    // the rest was of the lot that has expired meanwhile: there are days of grace
    let back = reverses(&lead, &spent, 50).await.ok();
    assert_eq!((&back["kind"], &back["about"]), (&json!("given_back"), &spent["id"]));
    assert_eq!(balance(&lead, &mara).await, (150, 0));
    world.after(ledger::act::GRACE).await;
    lead.signs_in_again().await;
    assert_eq!(balance(&lead, &mara).await, (100, 0));
    adds_up(&world).await;
}

#[story]
async fn a_gift_is_taken_back_as_far_as_it_is_there_still(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    let first = gives(&lead, &mara, 100).await;
    gives(&lead, &mara, 100).await;
    spends(&lead, &mara, 30).await.ok();
    assert_eq!(reverses(&lead, &first, 71).await.problem(), "not_enough", "the other gift is not touched");
    let taken = reverses(&lead, &first, 70).await.ok();
    assert_eq!((&taken["kind"], &taken["change"]), (&json!("taken_back"), &kroner(-70)));
    assert_eq!(balance(&lead, &mara).await, (100, 0));
    assert_eq!(reverses(&lead, &taken, 1).await.problem(), "conflict");

    let path = format!("/credit-movements/{}/reversals", first["id"].as_str().unwrap());
    let euros = json!({ "amount": { "minor": 1, "currency": "EUR" }, "reason": "Sorry" });
    assert_eq!(asks(&lead, &path, euros).await.json()["fields"][0]["field"], "amount.currency");
    let stranger = world.other_shop().owner();
    assert_eq!(reverses(&stranger, &first, 1).await.problem(), "not_found");
    adds_up(&world).await;
}

#[story]
async fn what_is_set_aside_is_spent_or_let_go_or_is_over(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    gives(&lead, &mara, 100).await;
    let path = format!("/customers/{mara}/credits");
    let holds = async |minor: i64| {
        let asked = json!({ "amount": kroner(minor), "reason": "Cart", "until": world.in_(hours(1)) });
        asks(&lead, &format!("{path}/holds"), asked).await
    };
    let captures = async |hold: &Value, minor: i64| {
        let path = format!("/credit-movements/{}/captures", hold["id"].as_str().unwrap());
        asks(&lead, &path, json!({ "amount": kroner(minor), "reason": "Order #1" })).await
    };
    let hold = holds(60).await.ok();
    assert_eq!(balance(&lead, &mara).await, (40, 60));
    assert_eq!((holds(41).await.problem().as_str(), spends(&lead, &mara, 41).await.problem().as_str()), ("not_enough", "not_enough"));
    assert_eq!(captures(&hold, 61).await.problem(), "not_enough");
    let captured = captures(&hold, 45).await.ok();
    assert_eq!((&captured["amount"], &captured["reversible"]), (&kroner(45), &kroner(45)));
    assert_eq!(balance(&lead, &mara).await, (55, 0), "the rest is let go");
    assert_eq!(captures(&hold, 1).await.problem(), "hold_over");
    reverses(&lead, &captured, 45).await.ok();

    let hold = holds(100).await.ok();
    asks(&lead, &format!("/credit-movements/{}/releases", hold["id"].as_str().unwrap()), json!({ "reason": "Given up" })).await.ok();
    assert_eq!(balance(&lead, &mara).await, (100, 0));

    let hold = holds(100).await.ok();
    world.after(hours(1)).await;
    assert_eq!(balance(&lead, &mara).await, (100, 0), "nobody came back for it");
    assert_eq!(captures(&hold, 1).await.problem(), "hold_over");
    assert_eq!(movements(&lead, &mara).await[0], ("released".into(), 100));
    adds_up(&world).await;
}

#[story]
async fn what_was_set_aside_beyond_its_day_expires_when_it_is_let_go(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    gives_until(&lead, &mara, 100, world.in_(hours(2))).await;
    let asked = json!({ "amount": kroner(60), "reason": "Cart", "until": world.in_(hours(3)) });
    asks(&lead, &format!("/customers/{mara}/credits/holds"), asked).await.ok();
    world.after(hours(2)).await;
    assert_eq!(balance(&lead, &mara).await, (0, 60));
    world.after(hours(1)).await;
    assert_eq!(balance(&lead, &mara).await, (0, 0));
    let kinds: Vec<String> = movements(&lead, &mara).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["expired", "released", "expired", "held", "granted"]);
    adds_up(&world).await;
}

#[story]
async fn sums_reasons_and_times_have_their_limits(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    let path = format!("/customers/{mara}/credits");
    let give = |minor: Value, reason: String| json!({ "amount": { "minor": minor, "currency": "NOK" }, "reason": reason });
    for (minor, reason, field) in [
        (json!(0), "x".into(), "amount.minor"),
        (json!(-5), "x".into(), "amount.minor"),
        (json!(1_000_000_000_001_i64), "x".into(), "amount.minor"),
        (json!(1.5), "x".into(), "amount.minor"),
        (json!(1), String::new(), "reason"),
        (json!(1), "好".repeat(501), "reason"),
    ] {
        let answer = asks(&lead, &path, give(minor, reason)).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["fields"][0]["field"]), (422, &json!(field)), "{}", answer.text());
    }
    asks(&lead, &path, give(json!(1_000_000_000_000_i64), "好".repeat(500))).await.ok();
    assert_eq!(asks(&lead, &path, give(json!(1), "one more".into())).await.problem(), "conflict", "no account holds more");

    let nia = format!("/customers/{}/credits", customer(&world, "Nia").await);
    let past = json!({ "amount": kroner(1), "reason": "x", "expires_at": world.in_(0) });
    assert_eq!(asks(&lead, &nia, past).await.json()["fields"][0]["field"], "expires_at");
    gives(&lead, nia.split('/').nth(2).unwrap(), 10).await;
    for until in [world.in_(0), world.in_(days(30) + 1)] {
        let asked = json!({ "amount": kroner(1), "reason": "x", "until": until });
        assert_eq!(asks(&lead, &format!("{nia}/holds"), asked).await.json()["fields"][0]["field"], "until");
    }
    asks(&lead, &format!("{nia}/holds"), json!({ "amount": kroner(1), "reason": "x", "until": world.in_(days(30)) })).await.ok();
}

#[story]
async fn movements_come_page_by_page(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    for minor in 1..=5 {
        gives(&lead, &mara, minor).await;
    }
    let (mut seen, mut next) = (Vec::new(), Value::Null);
    loop {
        let cursor = next.as_str().map(|next| format!("&cursor={next}")).unwrap_or_default();
        let page = lead.get(&format!("/customers/{mara}/credits?limit=2{cursor}")).await.ok();
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["amount"]["minor"].as_i64().unwrap()));
        next = page["next"].clone();
        if next.is_null() {
            break;
        }
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
}

#[story]
async fn the_doctor_finds_what_does_not_add_up(world: World) {
    let (lead, mara) = (world.member("Lena", "lead"), customer(&world, "Mara").await);
    gives(&lead, &mara, 100).await;
    spends(&lead, &mara, 40).await.ok();
    let verdict = async || ledger::check::finding(&world.app).await.verdict;
    assert_eq!(verdict().await, ::platform::doctor::Verdict::Ok);
    for (spoil, mend) in [
        ("UPDATE ledger_lots SET remaining = 61", "UPDATE ledger_lots SET remaining = 60"),
        ("UPDATE ledger_postings SET amount = 101 WHERE amount = 100", "UPDATE ledger_postings SET amount = 100 WHERE amount = 101"),
        ("UPDATE ledger_postings SET side = 'held' WHERE amount = -40", "UPDATE ledger_postings SET side = 'available' WHERE amount = -40"),
    ] {
        world.app.write(async move |tx: &mut Tx<'_>| tx.execute(spoil, &[]).await).await.unwrap();
        assert_eq!(verdict().await, ::platform::doctor::Verdict::Fail, "{spoil}");
        world.app.write(async move |tx: &mut Tx<'_>| tx.execute(mend, &[]).await).await.unwrap();
        assert_eq!(verdict().await, ::platform::doctor::Verdict::Ok, "{mend}");
    }
}

#[story]
async fn of_an_erased_customer_the_sums_stay_and_nothing_more_is_moved(world: World) {
    let (owner, mara) = (world.owner(), customer(&world, "Mara").await);
    let given = gives(&owner, &mara, 100).await;
    owner.put(&format!("/customers/{mara}/erasure"), json!({})).await.ok();

    assert_eq!(balance(&owner, &mara).await, (100, 0));
    let kept = items(owner.get(&format!("/customers/{mara}/credits")).await.ok());
    assert_eq!((&kept[0]["amount"], &kept[0]["reason"]), (&kroner(100), &json!("")));
    let gift = json!({ "amount": kroner(1), "reason": "Sorry" });
    assert_eq!(asks(&owner, &format!("/customers/{mara}/credits"), gift).await.problem(), "customer_erased");
    assert_eq!(spends(&owner, &mara, 1).await.problem(), "customer_erased");
    assert_eq!(reverses(&owner, &given, 1).await.problem(), "customer_erased");
}
