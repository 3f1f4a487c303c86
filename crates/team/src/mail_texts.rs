//! The mails this room sends, in the languages Ombud speaks. Plain text: a link and why it came.

use kernel::Language;

/// A mail without its address.
#[derive(Debug, PartialEq)]
pub(crate) struct Text {
    pub subject: String,
    pub text: String,
}

/// The mail with a password link.
pub(crate) fn reset(language: Language, link: &str) -> Text {
    let (subject, text) = match language {
        Language::En => (
            "Choose a new password",
            "Hello,\n\nsomebody, we hope you, asked for a new password for your Ombud account. Choose it here within one hour:\n\n{link}\n\n\
             If it was not you, ignore this mail: your password stays as it is.\n",
        ),
        Language::Nb => (
            "Velg et nytt passord",
            "Hei!\n\nNoen, forhåpentligvis deg, har bedt om et nytt passord til Ombud-kontoen din. Velg det her innen én time:\n\n{link}\n\n\
             Var det ikke deg, kan du se bort fra denne e-posten: Passordet ditt forblir som det er.\n",
        ),
        Language::Tr => (
            "Yeni bir parola belirleyin",
            "Merhaba,\n\nOmbud hesabınız için yeni bir parola istendi; umarız isteyen sizdiniz. Bir saat içinde buradan belirleyin:\n\n{link}\n\n\
             Siz istemediyseniz bu e-postayı dikkate almayın: Parolanız olduğu gibi kalır.\n",
        ),
        Language::Zh => (
            "设置新密码",
            "您好：\n\n有人（希望是您本人）请求为您的 Ombud 账户设置新密码。请在一小时内通过以下链接设置：\n\n{link}\n\n如果不是您本人操作，请忽略此邮件，您的密码不会改变。\n",
        ),
    };
    Text { subject: subject.to_owned(), text: text.replace("{link}", link) }
}

/// The mail with an invitation.
pub(crate) fn invitation(language: Language, shop: &str, inviter: &str, link: &str) -> Text {
    let (subject, text) = match language {
        Language::En => (
            "Your invitation to {shop}",
            "Hello,\n\n{inviter} invites you to look after the customers of {shop} together, with Ombud. Accept within seven days:\n\n{link}\n\n\
             If you did not expect this, ignore this mail.\n",
        ),
        Language::Nb => (
            "Invitasjon til {shop}",
            "Hei!\n\n{inviter} inviterer deg til å ta vare på kundene til {shop} sammen, med Ombud. Godta innen sju dager:\n\n{link}\n\n\
             Hvis du ikke ventet dette, kan du se bort fra e-posten.\n",
        ),
        Language::Tr => (
            "{shop} mağazasına davetiniz",
            "Merhaba,\n\n{inviter} sizi {shop} müşterileriyle Ombud üzerinden birlikte ilgilenmeye davet ediyor. Yedi gün içinde kabul edin:\n\n{link}\n\n\
             Böyle bir davet beklemiyorduysanız bu e-postayı dikkate almayın.\n",
        ),
        Language::Zh => (
            "{shop} 邀请您加入",
            "您好：\n\n{inviter} 邀请您通过 Ombud 一起为 {shop} 的顾客服务。请在七天内接受邀请：\n\n{link}\n\n如果您并不知情，请忽略此邮件。\n",
        ),
    };
    Text { subject: filled(subject, shop, inviter, link), text: filled(text, shop, inviter, link) }
}

/// Fills in the places in one pass, so that a shop named `{link}` stays a shop.
fn filled(text: &str, shop: &str, inviter: &str, link: &str) -> String {
    let mut out = String::with_capacity(text.len() + link.len() + shop.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(match place {
            "shop" => shop,
            "inviter" => inviter,
            _ => link,
        });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_who_where_and_how() {
        let mut subjects = Vec::new();
        for language in Language::ALL {
            let mail = invitation(language, "Fjell {link}", "Kari", "https://desk.example/console/invitation#x");
            for part in ["Fjell {link}", "Kari", "https://desk.example/console/invitation#x", "Ombud"] {
                assert!(mail.text.contains(part), "{language}: {part}");
            }
            assert!(mail.subject.contains("Fjell") && !mail.text.contains("{shop}"));
            let reset = reset(language, "https://desk.example/console/reset#y");
            assert!(reset.text.contains("\n\nhttps://desk.example/console/reset#y\n\n"));
            subjects.extend([mail.subject, reset.subject]);
        }
        subjects.sort();
        subjects.dedup();
        assert_eq!(subjects.len(), 2 * Language::ALL.len(), "no language is left in another's words");
    }
}
