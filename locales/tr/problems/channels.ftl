## Who may chat
chat-not-found = Bu sohbet bulunamadı.
visitor-token-missing = Ziyaretçinin anahtarını gönderin.
page-not-listed = Sohbet bu sayfada çalışamaz. Mağaza, sayfalarını Ayarlar → Sohbet altında listeler.
network-blocked = Sohbete buradan ulaşılamıyor.
sign-in-to-chat = Sohbet etmek için mağazada oturum açın.
consent-missing = Mağaza yazdıklarınızı yalnızca kabul ederseniz saklayabilir. Başlamak için kutuyu işaretleyin.
name-missing = Adınızı yazın.
email-missing = E-posta adresinizi yazın.

## Setting up the chat
origin-not-an-address = “{ $origin }” bir site adresi değil. https://shop.example gibi, yol eklemeden yazın.
color-not-readable = #0b6b5a gibi bir renk yazın.
address-not-whole = https:// ile başlayan tam adresi yazın.
reply-minutes-out-of-range = 1 dakika ile bir hafta arasında seçin.
signing-key-not-found = Bu anahtar bulunamadı.
too-many-signing-keys = Bir mağazada en fazla { $most } imza anahtarı olabilir. Artık kullanılmayan birini iptal edin.
browsing-not-kept = Bu mağaza, ziyaretçilerin sayfalarında ne yaptığını saklamıyor.
browsing-needs-consent = Bir şey saklanmadan önce ziyaretçinin onay vermesi gerekir.

# mailboxes and letters
mailbox-not-found = Böyle bir posta kutusu yok. Birisi bağlantısını kesmiş olabilir.
mailbox-there-already = Bu adres zaten başka bir posta kutusuna ait.
too-many-mailboxes = Bir mağazanın en fazla { $most } posta kutusu olabilir.
port-not-there = 993 veya 587 gibi bir bağlantı noktası girin.
password-unfit = Parola tek satırda 1 ile 1000 karakter arasındadır.
mail-not-encrypted = Parolalar şifrelenmeden gönderilmez. TLS veya STARTTLS seçin.
no-mailbox-to-answer-from = Bu görüşmenin geldiği posta kutusu artık bağlı değil.
mailbox-paused = Posta kutusu duraklatıldı; yanıt devam edene kadar bekliyor.
nobody-to-write-to = Bunun gönderilebileceği kimse yok.
