## Mağaza sayfasındaki sohbet

# üst bölüm
back = Geri
close = Sohbeti kapat
menu = Diğer
reply-time = Genellikle { $time } içinde yanıt verir
online = Şu anda buradayız
opens = Açılış: { $time }
closed = Şu anda yerinde değil

# giriş
choose = Kiminle görüşmek istersiniz?
start = Sohbet başlat
leave = Mesaj bırak
earlier = Önceki sohbetler
resolved-short = kapandı
unread = Yeni mesajlar

# ilk mesajdan önceki sorular
before = Size yardımcı olabilmemiz için birkaç bilgi.
email-why = Şu anda kapalıyız. E-posta adresinizi bırakın, size oradan yanıt verelim.
closed-now = Şu anda kapalıyız.
email-leave = Yanıtı e-postayla al
email-noted = Teşekkürler. Burada olmazsanız { $email } adresine yanıt göndereceğiz.
name = Ad
email = E-posta
optional = (isteğe bağlı)
name-missing = Size nasıl hitap edeceğimizi bilmemiz için adınızı yazın.
email-missing = Size yanıt verebilmemiz için e-posta adresinizi yazın.
email-wrong = Bu bir e-posta adresine benzemiyor. ad@example.com biçiminde yazın.
consent = Bu sohbetin { $policy } metninde anlatıldığı gibi saklanmasını kabul ediyorum.
policy = gizlilik politikası
consent-missing = Bize yazmak için kutuyu işaretleyin. Onayınız olmadan mesajlarınızı saklayamayız.
go-on = Sohbete geç

# sohbet
log = Sohbet
you = Siz
write = Bir mesaj yazın…
send = Gönder
attach = Dosya veya resim ekle
drop = Göndermek için dosyaları buraya bırakın
emoji = Emoji ekle
typing = { $name } yazıyor…
event-joined = { $name } sohbete katıldı
event-resolved = Sohbet kapatıldı
price-from = { $price } ve üzeri
sold-out = Tükendi
only-left = Son { $count } adet
resolved = Bu sohbet kapandı. Yeniden açmak için yazın veya yenisini başlatın:
new = Yeni sohbet
transcript = Sohbeti indir
forget = Bu sohbeti unut
forget-sure = Bu tarayıcıdaki sohbetleriniz unutulsun mu? Onları burada bir daha okuyamazsınız.
forget-yes = Evet, unutulsun
cancel = Vazgeç

# hızlı yanıtlar
quick = Hızlı yanıtlar
bot = Bot · çalışan değil
helped = İşime yaradı
person = Bir çalışanla görüş
glad = Yardımcı olabildiysem ne mutlu. Başka bir şey sorabilir ya da bize yazabilirsiniz.
track-why = Yalnızca siparişi verene söylerim. Yazdıklarınız aramızda kalır.
number = Sipariş numarası
postcode = Posta kodu
track = Siparişimi göster
code-rather = Bunun yerine e-postayla kod al
code-why = Sipariş verdiğiniz adrese bir kod gönderiyorum. Onu okuyabilen bu siparişleri görür.
code-send = Bana kod gönder
code-sent = Bu adresle sipariş verildiyse bir kod yolda. On dakika geçerlidir.
code = Kod

# mesajın durumu
waiting = Bağlantı bekleniyor
sending = Gönderiliyor…
sent = Gönderildi
delivered = Ulaştı
read = Okundu
refused = Gönderilemedi.
retry = Yeniden dene
remove = Sil

# dosyalar
uploading = { $name } yükleniyor
remove-file = { $name } dosyasını kaldır
file-big = { $name }, { $size } sınırını aşıyor. Daha küçük bir dosya seçin.
file-kind = { $name } buradan gönderilemez. Resim, PDF, metin dosyası veya MP4 video seçin.
file-empty = { $name } boş. Başka bir dosya seçin.
file-many = { $name } fazla geldi: bir mesaja { $count } dosya eklenebilir. Sonraki mesajla gönderin.

# ters giden şeyler
too-long = { $count } karakter fazla. Mesajı kısaltın veya iki parça hâlinde gönderin.
offline = Bağlantı yok. Yazdıklarınız burada bekler ve bağlantı gelince bir kez gönderilir.
no-connection = Mağazaya ulaşılamıyor. Bağlantınızı kontrol edip yeniden deneyin.
too-many = Kısa sürede çok fazla mesaj oldu. { $time } sonra yeniden deneyin.
forbidden = Şu anda buraya yazamazsınız. Mağazayla başka bir yoldan iletişime geçin.
sign-in = Bize yazmak için mağazada oturum açın.
gone = Bu sohbet artık yok. Yeni bir sohbet başlatın.
broken = Bizim tarafımızda bir sorun oluştu. Birazdan yeniden deneyin.

# what a new shop says until it writes its own texts (Liquid)
default-greeting = Merhaba! Size nasıl yardımcı olabiliriz?
default-acknowledgement = Teşekkürler, mesajınızı aldık. Genellikle {"{{"} reply_minutes {"}}"} dakika içinde yanıt veriyoruz.
default-away = Teşekkürler, mesajınızı aldık. Şu anda kapalıyız; {"{{"} opens_date {"}}"} tarihinde saat {"{{"} opens_time {"}}"} itibarıyla buradayız. E-posta adresinizi bırakın, size oradan yanıt verelim.
