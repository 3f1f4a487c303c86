//! A mailbox, as its mail server shows it by IMAP. It is only ever looked into: nothing there is marked, moved or deleted.

use std::{fmt, future::Future, io, time::Duration};

use async_imap::{Authenticator, Client, error::Error as ImapError};
use futures::TryStreamExt;
use platform::{
    App,
    egress::{Line, Stream},
    trouble::{Fault, Trouble},
};
use tokio::time::timeout;

use super::{
    bounded::{Allowance, Bounded},
    mailbox::{MailServer, Security},
    opening::{Proof, xoauth2},
};

/// What a mail server may take to answer. A large letter over a slow line takes its time.
const ANSWERS_WITHIN: Duration = Duration::from_secs(60);
/// A server may end what nobody says anything on after half an hour.
const WAITS: Duration = Duration::from_mins(9);

/// Most answers are a few lines; the numbers of a million letters are eight megabytes.
const LINES: usize = 64 * 1024;
const NUMBERS: usize = 16 * 1024 * 1024;
/// A letter comes with some words around it.
const LETTER: usize = mail::LONGEST + LINES;

type Guarded = Bounded<Box<dyn Stream>>;
type Session = async_imap::Session<Guarded>;

/// An open mailbox.
pub struct Inbox {
    session: Session,
    may_say: Allowance,
    /// What its letters are numbered in.
    pub uid_validity: u32,
    /// The number the next letter will have.
    pub uid_next: u32,
    pub letters: u32,
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox").field("uid_validity", &self.uid_validity).field("uid_next", &self.uid_next).finish_non_exhaustive()
    }
}

fn fault(error: ImapError) -> Fault {
    let trouble = match &error {
        ImapError::Io(error) if error.kind() == io::ErrorKind::InvalidData => Trouble::NotUnderstood,
        ImapError::Io(_) | ImapError::ConnectionLost => Trouble::Unreachable,
        _ => Trouble::NotUnderstood,
    };
    Fault::new(trouble, error.to_string())
}

async fn answered<T>(asked: impl Future<Output = Result<T, ImapError>>) -> Result<T, Fault> {
    match timeout(ANSWERS_WITHIN, asked).await {
        Ok(answer) => answer.map_err(fault),
        Err(_) => Err(Fault::new(Trouble::Unreachable, format!("It did not answer within {} seconds.", ANSWERS_WITHIN.as_secs()))),
    }
}

/// A line as it is to be kept from others.
pub(super) async fn guarded(line: Line, security: Security) -> Result<Box<dyn Stream>, Fault> {
    match security {
        Security::Tls => Ok(line.encrypted().await?),
        _ if line.is_inside => Ok(Box::new(line.stream)),
        _ => Err(Fault::new(Trouble::AddressRefused, "A password is not sent there unencrypted.")),
    }
}

impl Inbox {
    /// Signs in and looks into the mailbox.
    pub async fn open(app: &App, server: &MailServer, proof: &Proof) -> Result<Inbox, Fault> {
        let line = app.egress().dial("The mail server", &server.host, server.port).await?;
        let may_say = Allowance::default();
        may_say.set(LINES);
        let client = match server.security {
            Security::Starttls => upgraded(line, &may_say).await?,
            security => greeted(Bounded::new(guarded(line, security).await?, may_say.clone())).await?,
        };
        let mut session = signed_in(client, &server.user, proof).await?;
        may_say.set(LINES);
        let found = answered(session.examine("INBOX")).await?;
        let missing = |what: &str| Fault::new(Trouble::NotUnderstood, format!("It does not say {what}."));
        Ok(Inbox {
            uid_validity: found.uid_validity.ok_or_else(|| missing("UIDVALIDITY"))?,
            uid_next: found.uid_next.ok_or_else(|| missing("UIDNEXT"))?,
            letters: found.exists,
            session,
            may_say,
        })
    }

    /// The numbers of all letters after one, the oldest first.
    pub async fn after(&mut self, uid: u32) -> Result<Vec<u32>, Fault> {
        self.may_say.set(NUMBERS);
        let found = answered(self.session.uid_search(format!("UID {}:*", uid.saturating_add(1)))).await?;
        // where there is none, the last one is named all the same
        let mut uids: Vec<u32> = found.into_iter().filter(|one| *one > uid).collect();
        uids.sort_unstable();
        Ok(uids)
    }

    /// How many bytes a letter has; none when it is gone.
    pub async fn size(&mut self, uid: u32) -> Result<Option<u32>, Fault> {
        self.may_say.set(LINES);
        let session = &mut self.session;
        let found = answered(async move { session.uid_fetch(uid.to_string(), "(UID RFC822.SIZE)").await?.try_collect::<Vec<_>>().await });
        Ok(found.await?.into_iter().find(|one| one.uid == Some(uid)).and_then(|one| one.size))
    }

    /// A letter as it was sent; none when it is gone.
    pub async fn letter(&mut self, uid: u32) -> Result<Option<Vec<u8>>, Fault> {
        self.may_say.set(LETTER);
        let session = &mut self.session;
        let found = answered(async move { session.uid_fetch(uid.to_string(), "(UID BODY.PEEK[])").await?.try_collect::<Vec<_>>().await });
        Ok(found.await?.into_iter().find(|one| one.uid == Some(uid)).and_then(|one| one.body().map(<[u8]>::to_vec)))
    }

    /// Waits until something happens in it, for some minutes at most.
    pub async fn waits(self) -> Result<(), Fault> {
        self.may_say.set(LINES);
        let mut idle = self.session.idle();
        answered(idle.init()).await?;
        let (until, _stop) = idle.wait_with_timeout(WAITS);
        until.await.map_err(fault)?;
        Inbox::leave(answered(idle.done()).await?).await;
        Ok(())
    }

    /// Closes it.
    pub async fn close(self) {
        Inbox::leave(self.session).await;
    }

    async fn leave(mut session: Session) {
        // whether it says goodbye or not, everything has been read
        let _ = timeout(Duration::from_secs(2), session.logout()).await;
    }
}

async fn signed_in(client: Client<Guarded>, user: &str, proof: &Proof) -> Result<Session, Fault> {
    let asked = async {
        match proof {
            Proof::Password(password) => client.login(user, password).await,
            Proof::Token(token) => client.authenticate("XOAUTH2", Says(xoauth2(user, token))).await,
        }
    };
    match timeout(ANSWERS_WITHIN, asked).await {
        Ok(Ok(session)) => Ok(session),
        Ok(Err((ImapError::No(said), _))) => Err(Fault::new(Trouble::SignInRefused, said)),
        Ok(Err((error, _))) => Err(fault(error)),
        Err(_) => Err(Fault::new(Trouble::Unreachable, "It did not answer to who we are.")),
    }
}

/// Says who we are when it is asked, and nothing to why that is refused: a server that tells it waits for an answer (XOAUTH2).
struct Says(String);

impl Authenticator for Says {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        std::mem::take(&mut self.0)
    }
}

async fn greeted(stream: Guarded) -> Result<Client<Guarded>, Fault> {
    let mut client = Client::new(stream);
    match timeout(ANSWERS_WITHIN, client.read_response()).await {
        Ok(Ok(Some(_))) => Ok(client),
        Ok(Ok(None)) => Err(Fault::new(Trouble::NotUnderstood, "It closes the connection without a greeting.")),
        Ok(Err(error)) => Err(Fault::new(Trouble::NotUnderstood, error.to_string())),
        Err(_) => Err(Fault::new(Trouble::NotUnderstood, "It does not greet as a mail server does.")),
    }
}

async fn upgraded(mut line: Line, may_say: &Allowance) -> Result<Client<Guarded>, Fault> {
    {
        let mut client = Client::new(Bounded::new(&mut line.stream, may_say.clone()));
        let greeting = timeout(ANSWERS_WITHIN, client.read_response()).await;
        if !matches!(greeting, Ok(Ok(Some(_)))) {
            return Err(Fault::new(Trouble::NotUnderstood, "It does not greet as a mail server does."));
        }
        answered(client.run_command_and_check_ok("STARTTLS", None)).await?;
    }
    // whatever was said before the keys were agreed on is forgotten with it
    Ok(Client::new(Bounded::new(line.encrypted().await?, may_say.clone())))
}
