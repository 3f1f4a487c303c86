//! Tells the stories through the real verbs, with a clock moved from one sentence to the next.

use std::{collections::HashMap, sync::Arc};

use bot::QuickReplies;
use channels::{
    lines::line::Line,
    webchat::{
        NAME,
        settings::{Browsing, Settings},
    },
};
use customers::customer::{self, Details};
use desk::macros::{self, NewMacro};
use inbox::{
    conversation,
    message::{self, Incoming, Opening},
    receipt,
    reply::{self, Outgoing},
    snooze,
};
use kernel::{
    ConversationId, CustomerId, CustomerTagId, DepartmentId, Error, ProductId, Result, ScheduleId, ShopId, TagId, Timestamp, days, minutes,
};
use platform::{Agent, App, Tx, clock::HandClock, config::Config, event::Actor, token::Token};
use sandbox::{Face, PostOffice};
use team::{
    department,
    member::{self, NewMember},
    opening_hours::Hours,
    person::{self, NewPerson},
    schedule::{self, NewSchedule},
    setup,
    shop::{self, NewShop},
    sign_in,
};

use super::{
    Past, SignInCard, partners,
    people::Known,
    stories::{self, Said, Stories, Story},
};

/// The shop has been there for a while when the first customer writes.
pub(super) const FOUNDED_AGO: i64 = days(90);

/// What has been made so far, by the names the stories use.
pub(super) struct Told {
    pub(super) app: App,
    pub(super) clock: Arc<HandClock>,
    pub(super) now: Timestamp,
    pub(super) shop: ShopId,
    pub(super) owner: Agent,
    agents: HashMap<String, Agent>,
    departments: HashMap<String, DepartmentId>,
    tags: HashMap<String, TagId>,
    pub(super) products: HashMap<String, ProductId>,
    pub(super) customer_tags: HashMap<String, CustomerTagId>,
    pub(super) known: HashMap<String, Known>,
    pub(super) lines: Vec<(&'static dyn Face, Line)>,
}

/// Tells everything, and of earlier days, and says how to get in.
pub async fn all(config: &Config, office: &PostOffice, past: Past, now: Timestamp) -> Result<SignInCard> {
    let stories = stories::read()?;
    let clock = Arc::new(HandClock::at(now - FOUNDED_AGO));
    // nobody serves anything yet, so the partners stand somewhere else
    let (partners, config) = partners::elsewhere(config).await?;
    let (app, _) = crate::open(config.clone(), crate::grounded(&config, clock.clone())?).await?;
    let password = Token::mint("demo", app.rng()).expose()[5..21].to_owned();
    let (mut told, email) = found(app, clock, now, &stories, &password).await?;
    told.arrange(&stories).await?;
    told.get_to_know().await?;
    told.offer().await?;
    told.limit_refunds().await?;
    told.remember(&stories, past).await?;
    told.open_chat(&stories).await?;
    told.connect_lines().await?;
    told.connect_mailbox(office).await?;
    told.register_mail_client().await?;
    told.connect_telephone().await?;
    told.connect_voice().await?;
    told.converse(&stories, office).await?;
    told.clock.set(now);
    told.settle_in(&stories).await?;
    let app = &told.app;
    let shop = told.shop;
    let key = app.write(async move |tx: &mut Tx<'_>| Ok(channels::webchat::settings::of_shop(tx, shop).await?.key)).await?;
    let token = team::token::create_for(app, &email, "Demo").await?.expose().to_owned();
    app.run_due_jobs().await?;
    drop(partners);
    Ok(SignInCard { shop, email, password, token, key })
}

/// The shop and the people who work there.
async fn found(app: App, clock: Arc<HandClock>, now: Timestamp, stories: &Stories, password: &str) -> Result<(Told, String)> {
    let owner = stories.members.first().ok_or_else(|| Error::broken("the stories name no owner"))?.clone();
    let new = NewShop { name: stories.shop.name.clone(), language: stories.shop.language, time_zone: stories.shop.time_zone.clone() };
    let person = NewPerson { email: owner.email.clone(), name: owner.name.clone(), language: Some(owner.language), password_hash: None };
    let (shop, founder) = setup::first_shop_with(&app, setup::First { shop: new, owner: person }, &password.to_owned().into()).await?;
    let founder = sign_in::as_member(&app, shop.id, founder.id).await?;
    let agents = HashMap::from([(owner.key.clone(), founder.clone())]);
    let told = Told {
        app,
        clock,
        now,
        shop: shop.id,
        owner: founder,
        agents,
        departments: HashMap::new(),
        tags: HashMap::new(),
        products: HashMap::new(),
        customer_tags: HashMap::new(),
        known: HashMap::new(),
        lines: Vec::new(),
    };
    Ok((told, owner.email))
}

impl Told {
    /// Hours, departments, colleagues, tags and macros.
    async fn arrange(&mut self, stories: &Stories) -> Result<()> {
        let schedules = self.write_hours(stories).await?;
        for written in stories.departments.clone() {
            let who = self.owner.clone();
            let schedule = written.schedule.and_then(|key| schedules.get(&key).copied());
            let change = department::Change {
                name: written.names.get(stories.shop.language, stories.shop.language).map(str::to_owned),
                names: Some(written.names.clone()),
                about: Some(written.about.clone()),
                shown_in_chat: Some(written.shown_in_chat),
                schedule: Some(schedule),
                ..department::Change::default()
            };
            let made = self.app.write(async move |tx: &mut Tx<'_>| department::create(tx, &who, change.clone()).await).await?;
            self.departments.insert(written.key, made.id);
        }
        self.hire(stories).await?;
        for written in stories.tags.clone() {
            let who = self.owner.clone();
            let tag = self
                .app
                .write(async move |tx: &mut Tx<'_>| inbox::tag::create(tx, &who, written.name.clone(), written.color).await)
                .await?;
            self.tags.insert(tag.name, tag.id);
        }
        self.write_macros(stories).await
    }

    async fn write_hours(&self, stories: &Stories) -> Result<HashMap<String, ScheduleId>> {
        let mut made = HashMap::new();
        for written in stories.schedules.clone() {
            let holidays = written.holidays.iter().map(stories::WrittenHoliday::holiday).collect::<Result<_>>()?;
            let hours = Hours { week: written.week, holidays };
            let new = NewSchedule { name: written.name, time_zone: written.time_zone, hours, is_default: written.is_default };
            let who = self.owner.clone();
            let schedule = self
                .app
                .write(async move |tx: &mut Tx<'_>| {
                    // the shop was founded with office hours; its own take their place
                    let founded = schedule::all(tx, who.shop).await?.into_iter().find(|s| s.is_default && new.is_default);
                    match founded {
                        Some(founded) => schedule::replace(tx, &who, founded.id, new.clone()).await,
                        None => schedule::create(tx, &who, new.clone()).await,
                    }
                })
                .await?;
            made.insert(written.key, schedule.id);
        }
        Ok(made)
    }

    async fn hire(&mut self, stories: &Stories) -> Result<()> {
        for written in stories.members.iter().skip(1).cloned() {
            let who = self.owner.clone();
            let departments: Vec<_> = written.departments.iter().filter_map(|key| self.departments.get(key).copied()).collect();
            let key = written.key.clone();
            let member = self
                .app
                .write(async move |tx: &mut Tx<'_>| {
                    let role = shop::role_of_rank(tx, who.shop, written.role).await?.id;
                    // colleagues are there to be seen; only the owner signs in
                    let person = NewPerson {
                        email: written.email.clone(),
                        name: written.name.clone(),
                        language: Some(written.language),
                        password_hash: None,
                    };
                    let person = person::create(tx, person).await?.id;
                    member::join(tx, &who, NewMember { person, role, departments: departments.clone(), invitation: None }).await
                })
                .await?;
            self.agents.insert(key, sign_in::as_member(&self.app, self.shop, member.id).await?);
        }
        Ok(())
    }

    async fn write_macros(&self, stories: &Stories) -> Result<()> {
        for written in stories.macros.clone() {
            let who = self.owner.clone();
            let tags = written.tags.iter().filter_map(|name| self.tags.get(name).copied()).collect();
            let new = NewMacro { name: written.name, folder: written.folder, texts: written.texts, tags, shared: true };
            self.app.write(async move |tx: &mut Tx<'_>| macros::create(tx, &who, new.clone()).await).await?;
        }
        Ok(())
    }

    async fn open_chat(&self, stories: &Stories) -> Result<()> {
        let w = stories.widget.clone();
        let settings = Settings {
            origins: Vec::new(),
            color: w.color,
            position: w.position,
            greeting: w.greeting,
            acknowledgement: w.acknowledgement,
            away_message: w.away_message,
            ask_name: w.ask_name,
            ask_email: w.ask_email,
            privacy_url: w.privacy_url,
            reply_minutes: w.reply_minutes,
            departments_choice: w.departments_choice,
            identity: w.identity,
            needs_consent: w.needs_consent,
            browsing: Browsing::Agreed,
        };
        let who = self.owner.clone();
        let department = self.departments.get("orders").copied();
        let quick_replies = QuickReplies { department, ..stories.quick_replies.clone() };
        let open = async move |tx: &mut Tx<'_>| {
            channels::webchat::settings::change(tx, &who, settings.clone()).await?;
            bot::quick_replies::change(tx, &who, quick_replies.clone()).await
        };
        self.app.write(open).await.map(drop)
    }

    /// All conversations at once, each sentence at its time.
    async fn converse(&mut self, stories: &Stories, office: &PostOffice) -> Result<()> {
        let mut said: Vec<(&Story, usize, &Said)> = stories
            .conversations
            .iter()
            .flat_map(|story| story.messages.iter().enumerate().map(move |(n, said)| (story, n, said)))
            .collect();
        said.sort_by_key(|(_, _, said)| std::cmp::Reverse(said.minutes_ago));
        let mut going: HashMap<String, (ConversationId, CustomerId)> = HashMap::new();
        let (mut heard, mut called) = (0, 0);
        let mut orders = self.sold_in(stories)?;
        for (story, n, said) in said {
            self.sell(&mut orders, said.minutes_ago).await?;
            self.hear_lines(&mut heard, said.minutes_ago).await?;
            self.hear_post(office, said.minutes_ago).await?;
            self.hear_calls(&mut called, said.minutes_ago).await?;
            self.clock.set(self.now - minutes(said.minutes_ago));
            let id = match going.get(&story.key) {
                Some((id, customer)) => {
                    self.say(story, n, said, *id, *customer).await?;
                    *id
                }
                None => {
                    let (id, customer) = self.begin(story, said).await?;
                    going.insert(story.key.clone(), (id, customer));
                    self.sort(story, id).await?;
                    self.know(&story.key, customer).await?;
                    id
                }
            };
            self.app.run_due_jobs().await?;
            if n + 1 == story.messages.len() {
                self.end(story, id).await?;
            }
        }
        self.sell(&mut orders, 0).await
    }

    async fn begin(&self, story: &Story, said: &Said) -> Result<(ConversationId, CustomerId)> {
        let (shop, story, text) = (self.shop, story.clone(), said.text.clone());
        let department = story.department.as_ref().and_then(|key| self.departments.get(key).copied());
        self.app
            .write(async move |tx: &mut Tx<'_>| {
                let c = story.customer.clone();
                let details = Details {
                    name: c.name,
                    email: c.email,
                    phone: c.phone,
                    language: Some(c.language),
                    country: c.country,
                    ..Details::default()
                };
                let customer = match story.orders.is_empty() {
                    true => customer::appear(tx, shop, details).await?.id,
                    false => customers::recognise(tx, shop, &story.key, details, false).await?.id,
                };
                let incoming = Incoming { text: text.clone(), ..Incoming::of(shop, customer, NAME, format!("{} 0", story.key)) };
                let opening = Opening { department, language: Some(story.customer.language), ..Opening::default() };
                Ok((message::open(tx, incoming, opening).await?.conversation.id, customer))
            })
            .await
    }

    async fn say(&self, story: &Story, n: usize, said: &Said, id: ConversationId, customer: CustomerId) -> Result<()> {
        let (shop, client_id, text) = (self.shop, format!("{} {n}", story.key), said.text.clone());
        if said.by == "customer" {
            return self
                .app
                .write(async move |tx: &mut Tx<'_>| {
                    // who writes is here, and has read what was said before
                    customer::seen(tx, &Actor::customer(shop, customer), customer).await?;
                    receipt::reached_customer(tx, shop, customer, id, i64::MAX, true).await?;
                    let incoming = Incoming { text: text.clone(), ..Incoming::of(shop, customer, NAME, &client_id) };
                    message::receive(tx, id, incoming).await.map(drop)
                })
                .await;
        }
        let (who, note) = (self.agent(&said.by)?, said.note);
        let products: Vec<ProductId> = said.products.iter().filter_map(|slug| self.products.get(slug).copied()).collect();
        self.app
            .write(async move |tx: &mut Tx<'_>| {
                receipt::read_by_member(tx, &who, id, i64::MAX).await?;
                let out = Outgoing { products: products.clone(), ..Outgoing::plain(&client_id, &text) };
                let sent = if note { reply::note(tx, &who, id, out).await } else { reply::reply(tx, &who, id, out).await };
                sent.map(drop)
            })
            .await
    }

    /// Whose it is, and what it is about.
    async fn sort(&self, story: &Story, id: ConversationId) -> Result<()> {
        let (who, priority) = (self.owner.clone(), story.priority);
        let department = story.department.as_ref().and_then(|key| self.departments.get(key).copied());
        let assignee = story.assignee.as_ref().map(|key| self.agent(key)).transpose()?.map(|agent| agent.id);
        let tags: Vec<_> = story.tags.iter().filter_map(|name| self.tags.get(name).copied()).collect();
        self.app
            .write(async move |tx: &mut Tx<'_>| {
                conversation::assign(tx, &who, id, assignee, department).await?;
                conversation::tag(tx, &who, id, &tags).await?;
                conversation::prioritise(tx, &who, id, priority).await.map(drop)
            })
            .await
    }

    /// Where it stands when the demo begins.
    async fn end(&self, story: &Story, id: ConversationId) -> Result<()> {
        let who = story.assignee.as_ref().map_or(Ok(self.owner.clone()), |key| self.agent(key))?;
        let (status, until) = (story.status.clone(), self.now + minutes(story.snoozed_for_minutes.unwrap_or(60)));
        self.app
            .write(async move |tx: &mut Tx<'_>| match status.as_str() {
                "resolved" => conversation::resolve(tx, &who, id).await.map(drop),
                "snoozed" => snooze::snooze(tx, &who, id, until).await.map(drop),
                "spam" => conversation::mark_spam(tx, &who, id, true).await.map(drop),
                _ => Ok(()),
            })
            .await
    }

    /// Who is there when the demo begins.
    async fn settle_in(&self, stories: &Stories) -> Result<()> {
        for written in stories.members.clone() {
            let who = self.agent(&written.key)?;
            let here = async move |tx: &mut Tx<'_>| {
                member::seen(tx, who.shop, who.id).await?;
                member::set_availability(tx, &who, who.id, written.availability).await
            };
            self.app.write(here).await?;
        }
        Ok(())
    }

    pub(super) fn agent(&self, key: &str) -> Result<Agent> {
        self.agents.get(key).cloned().ok_or_else(|| Error::broken(format!("the stories name {key}, who does not work there")))
    }
}
