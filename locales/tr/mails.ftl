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

## A code for whoever asks after orders
order-code-subject = { $shop } için kodunuz: { $code }
order-code-text =
    Merhaba,

    biri, umarız siz, { $shop } sohbetinde bu adresle verilen siparişlerin nerede olduğunu öğrenmek istiyor. Bu kodu on dakika içinde oraya yazın:

    { $code }

    Siz değilseniz bu e-postayı dikkate almayın: kod olmadan kimseye bir şey söylenmez.
