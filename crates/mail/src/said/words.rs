//! What mail programs write in the languages of their users.

/// Verbs of “on this day, this person wrote”.
pub(super) const WROTE: &[&str] = &[
    "wrote",
    "writes",
    // German
    "schrieb",
    // French
    "a écrit",
    // Spanish, Portuguese, Italian, Romanian
    "escribió",
    "escribio",
    "escreveu",
    "ha scritto",
    "a scris",
    // Norwegian, Danish, Swedish
    "skrev",
    // Dutch
    "schreef",
    "het volgende geschreven",
    // Polish, Czech, Slovak
    "napisał(a)",
    "napisała",
    "napisał",
    "pisze",
    "napsal(a)",
    "napsal",
    "napísal",
    // Finnish, Hungarian
    "kirjoitti",
    "írta",
    // Turkish
    "şunu yazdı",
    "şunları yazdı",
    "yazdı",
    // Chinese, Japanese, Korean
    "写道",
    "寫道",
    "写道",
    "のメール",
    "書きました",
    "작성",
    // Russian, Ukrainian, Greek
    "написал(а)",
    "написал",
    "пишет",
    "пише",
    "написав",
    "έγραψε",
    // Indonesian, Vietnamese
    "menulis",
    "đã viết",
];

/// Those of them behind which who wrote, or when, may stand: “… skrev Mara:”, “… şunları yazdı (5 Kas 2026):”.
pub(super) const VERB_FIRST: &[&str] = &["schrieb", "skrev", "schreef", "het volgende geschreven", "şunları yazdı", "şunu yazdı"];

/// How “on this day” begins.
pub(super) const LEADS: &[&str] = &["on", "am", "le", "el", "em", "il", "op", "den", "dnia", "w", "在", "в", "pada", "dne"];

/// The fields that Outlook and Apple Mail write above what they quote, in the order: from, when, to, subject. What else may stand
/// there is in nobody's way.
pub(super) const FIELDS: &[[&[&str]; 4]] = &[
    [&["from"], &["sent", "date"], &["to"], &["subject"]],
    [&["von"], &["gesendet", "datum"], &["an"], &["betreff"]],
    [&["de"], &["envoyé", "date", "envoyé le"], &["à"], &["objet"]],
    [&["de"], &["enviado", "enviado el", "fecha", "enviada em", "enviado em", "data"], &["para"], &["asunto", "assunto"]],
    [&["da"], &["inviato", "data"], &["a"], &["oggetto"]],
    [&["fra"], &["sendt", "dato"], &["til"], &["emne"]],
    [&["från"], &["skickat", "datum"], &["till"], &["ämne"]],
    [&["van"], &["verzonden", "datum"], &["aan"], &["onderwerp"]],
    [&["od"], &["wysłano", "data", "wysłane", "odesláno"], &["do", "komu"], &["temat", "předmět"]],
    [&["kimden", "gönderen"], &["gönderildi", "tarih", "gönderme tarihi"], &["kime", "alıcı"], &["konu"]],
    [&["发件人", "寄件者", "寄件人"], &["发送时间", "日期", "寄件日期", "发送日期"], &["收件人", "收件者"], &["主题", "主旨"]],
    [&["lähettäjä"], &["lähetetty", "päivämäärä"], &["vastaanottaja"], &["aihe"]],
    [&["от", "від"], &["отправлено", "дата", "надіслано"], &["кому"], &["тема"]],
    [&["差出人"], &["送信日時", "日付"], &["宛先"], &["件名"]],
];

/// Between two rows of dashes, or after “begin”.
pub(super) const ORIGINAL: &[&str] = &[
    "original message",
    "original appointment",
    "forwarded message",
    "begin forwarded message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "message d'origine",
    "message original",
    "message transféré",
    "début du message réexpédié",
    "mensaje original",
    "mensaje reenviado",
    "mensagem original",
    "messaggio originale",
    "messaggio inoltrato",
    "opprinnelig melding",
    "videresendt melding",
    "oprindelig meddelelse",
    "videresendt meddelelse",
    "ursprungligt meddelande",
    "vidarebefordrat meddelande",
    "oorspronkelijk bericht",
    "doorgestuurd bericht",
    "wiadomość oryginalna",
    "oryginalna wiadomość",
    "treść przekazanej wiadomości",
    "orijinal mesaj",
    "özgün ileti",
    "iletilmiş mesaj",
    "yönlendirilen ileti",
    "原始邮件",
    "原始郵件",
    "转发的邮件",
    "轉寄的郵件",
    "alkuperäinen viesti",
    "исходное сообщение",
    "пересылаемое сообщение",
    "元のメッセージ",
];

/// How a line begins that a program wrote below a letter.
pub(super) const SENT_FROM: &[&str] = &[
    "sent from my ",
    "sent from a ",
    "sent from mobile",
    "sent from yahoo mail",
    "sent from outlook",
    "sent from mail",
    "sent from windows",
    "sent from samsung",
    "sent from proton",
    "sent via ",
    "sent with ",
    "sent by ",
    "from my iphone",
    "from my ipad",
    "get outlook for ",
    "envoyé depuis mon ",
    "envoyé de mon ",
    "envoyé à partir de ",
    "von meinem iphone gesendet",
    "von meinem ipad gesendet",
    "gesendet von meinem ",
    "gesendet von mail für ",
    "gesendet mit der ",
    "enviado desde mi ",
    "enviado do meu ",
    "inviato da ",
    "sendt fra min ",
    "sendt fra mail ",
    "sendt fra outlook",
    "skickat från min ",
    "skickat från mail ",
    "verzonden vanaf mijn ",
    "verstuurd vanaf mijn ",
    "verzonden met ",
    "wysłane z ",
    "wysłano z ",
    "odesláno z ",
    "iphone'umdan gönderildi",
    "iphone’umdan gönderildi",
    "ipad'imden gönderildi",
    "ipad’imden gönderildi",
    "android için outlook",
    "ios için outlook",
    "发自我的",
    "從我的",
    "从我的",
    "lähetetty iphone",
    "отправлено с ",
];

/// How such a line begins and ends, where the beginning alone says too little.
pub(super) const SENT_WITH: &[(&str, &str)] = &[
    ("von meinem ", "gesendet"),
    ("diese nachricht wurde ", "gesendet"),
    ("samsung ", "gönderildi"),
    ("发送自", "手机"),
    ("skickat från ", "iphone"),
];
