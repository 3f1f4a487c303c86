## A password link
reset-subject = Yeni bir parola belirleyin
reset-text =
    Merhaba,

    Ombud hesabınız için yeni bir parola istendi; umarız isteyen sizdiniz. Bir saat içinde buradan belirleyin:

    { $link }

    Siz istemediyseniz bu e-postayı dikkate almayın: Parolanız olduğu gibi kalır.

## An invitation
invitation-subject = { $shop } mağazasına davetiniz
invitation-text =
    Merhaba,

    { $inviter } sizi { $shop } müşterileriyle Ombud üzerinden birlikte ilgilenmeye davet ediyor. Yedi gün içinde kabul edin:

    { $link }

    Böyle bir davet beklemiyorduysanız bu e-postayı dikkate almayın.
