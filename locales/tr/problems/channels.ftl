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
letter-not-found = Böyle bir mektup artık yok.
letter-not-aside = Kenara ayrılmış böyle bir mektup yok: birisi onun hakkında karar vermiş.
letter-not-kept = Bu mektup yalnızca posta kutusunda duruyor. Orada okuyun.
mailbox-there-already = Bu adres zaten başka bir posta kutusuna ait.
too-many-mailboxes = Bir mağazanın en fazla { $most } posta kutusu olabilir.
port-not-there = 993 veya 587 gibi bir bağlantı noktası girin.
password-unfit = Parola tek satırda 1 ile 1000 karakter arasındadır.
mail-not-encrypted = Parolalar şifrelenmeden gönderilmez. TLS veya STARTTLS seçin.
no-mailbox-to-answer-from = Bu görüşmenin geldiği posta kutusu artık bağlı değil.
mailbox-paused = Posta kutusu duraklatıldı; yanıt devam edene kadar bekliyor.
nobody-to-write-to = Bunun gönderilebileceği kimse yok.
signing-key-missing = Bu posta kutusunun imza anahtarı yok. Önce bir tane oluşturun.
signing-record-missing = Bu ad altında henüz bir şey yok. Yeni kayıtların görünmesi dakikalar, bazen saatler alır.
signing-record-other = Bu ad altında başka bir şey var. Burada gösterilen kayıtla harfi harfine karşılaştırın.

# lines: numbers, pages and bots at partners
partner-not-found = Böyle bir hat türü yok.
line-not-found = Böyle bir hat yok. Birisi bağlantısını kesmiş olabilir.
line-there-already = Zaten bağlı.
too-many-lines = Bir mağazanın en çok { $most } hattı olabilir.
line-is-another = Bu başka bir hattı açıyor. Onu yeni bir hat olarak bağlayın.
no-line-to-answer-from = Hattı artık bağlı değil. Başka bir kanaldan yazın.
no-templates-here = Bu görüşme, şablonu olan bir hat üzerinden yürütülmüyor.
template-not-found = WhatsApp bu şablonu artık kabul etmiyor. Listeyi yenileyip başka birini seçin.
template-gap-open = Burayı doldurun.
template-gap-unknown = Şablonda böyle bir boşluk yok.
template-part-too-long = Doldurulunca bu bölüm { $count } karakter oluyor; en çok { $most } olabilir.
window-closed = { $channel }, müşterinin son mesajından sonra { $hours } saat boyunca yanıt kabul eder. Müşterinin yeniden yazmasını bekleyin ya da başka bir kanaldan yazın.
window-closed-template = { $channel } serbest metni yalnızca müşterinin son mesajından sonraki { $hours } saat içinde kabul eder. Bir şablon seçin.
comment-removed = Yazdıkları kaldırılmış; yanıtlanacak bir şey kalmadı.
public-files = { $channel } üzerinde herkesin okuduğu yere dosya gönderilmez. Özel olarak yanıtlayın veya dosyaları çıkarın.
public-too-long = { $channel } herkese açık yanıtta { $most } karakter alır; burada { $count } var.
no-private-reply = { $channel } bir yoruma yedi gün içinde tek bir özel yanıt alır. Herkese açık yanıtlayın veya yazmalarını bekleyin.
private-reply-too-long = Özel yanıt en çok { $most } karakterdir; burada { $count } var.
outlet-gone = Artık oradan ulaşılamıyor. Nereden ulaşılabildiğine yeniden bakın.
outlet-closed = Şu anda oradan yazılamıyor.
outlet-is-here = Bu görüşme zaten orada yürütülüyor. Onun içinde yanıtlayın.
conversation-not-public = Bu konuşma zaten özel.
nothing-to-hide = Burada gizleyebileceğiniz bir şey yok.
telegram-token-wrong = Anahtarı BotFather’ın gösterdiği gibi kopyalayın: sayılar, iki nokta ve harfler.
meta-id-wrong = Numarayı Meta’nın gösterdiği gibi kopyalayın: yalnızca rakamlar.
twilio-account-wrong = Hesap SID’sini Twilio’nun gösterdiği gibi kopyalayın: AC ve 32 karakter.
x-user-id-wrong = Hesabın numarasını girin, yalnızca rakam; @adı değişebilir.
body-not-text = Metni UTF-8 olarak gönderin.
call-not-signed = Bu çağrı, ortağın imzaladığı gibi imzalanmamış.
contact-form-closed = Bu iletişim formu kapalı. Lütfen daha sonra yeniden deneyin.
contact-options-uneven = Her dilde aynı sayıda seçenek olmalı: her satırda bir tane, aynı sırayla.
contact-option-gone = Bu yanıt artık sunulmuyor. Lütfen yeniden seçin.
contact-form-too-large = Form, dosyalarıyla birlikte { $megabytes } MB sınırını aşıyor. Lütfen daha az veya daha küçük dosya gönderin.
contact-form-unreadable = Form okunamadı. Lütfen yeniden deneyin.
contact-needs-mailbox = Önce yanıtların geleceği posta kutusunu seçin.
contact-consent-missing = Lütfen kutuyu işaretleyin: mağaza yazdıklarınızı ancak o zaman saklayabilir.
