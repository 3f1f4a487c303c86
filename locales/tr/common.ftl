## Words every screen uses
inbox = Gelen kutusu
customers = Müşteriler
reports = Raporlar
settings = Ayarlar
main-navigation = Ana gezinme
skip-to-content = İçeriğe geç
close = Kapat
cancel = Vazgeç
save = Kaydet
saved = Kaydedildi.
delete = Sil
remove = Kaldır
edit = Düzenle
add = Ekle
back = Geri
undo = Geri al
more = Diğer işlemler
search = Ara
loading = Yükleniyor …
nothing-found = Yazdığınızla eşleşen bir şey yok.
create-named = “{ $name }” oluştur
toasts = Bildirimler
try-again = Tekrar dene
email = E-posta
password = Parola
name = Ad
customer = Müşteri
erased-customer = Silinmiş müşteri
filters = Filtreler

## When something does not work
problem-offline = Sunucuya ulaşılamıyor. Yazdıklarınız kaybolmadı; bağlantıyı denetleyip tekrar deneyin.
problem-unknown = Bu işlem olmadı. Lütfen tekrar deneyin.
file-cut = Dosya tamamlanmadan kesildi ve saklanmadı. Lütfen yeniden deneyin.
unreachable-title = Sunucu yanıt vermiyor
unreachable-about = Yeniden başlıyor olabilir ya da bu cihaz çevrimdışı.
connection-cut = Bağlantı koptu. Yeniden bağlanılıyor …
part-cut = Bu sayfa getirilemedi
part-cut-about = Bağlantı geri gelir gelmez kendiliğinden yeniden denenir.
part-replaced = Ombud güncellendi
part-replaced-about = Sürdürmek için sayfayı yeniden yükleyin. Müşterilere yazmaya başladıklarınız saklanır.
reload = Yeniden yükle

## You
availability = Uygunluk
availability-online = Çevrimiçi
availability-away = Uzakta
availability-offline = Çevrimdışı
own-menu = { $name }, { $availability }
own-group = Siz
language = Dil
theme = Tema
theme-system = Sistemle aynı
theme-light = Açık
theme-dark = Koyu
switch-shop = { $shop } mağazasına geç
sign-in = Oturum aç
sign-out = Oturumu kapat

## Sound and pop-ups
alerts = Bildirim ayarları

## Keyboard
command-palette = Komut ara
keyboard-shortcuts = Klavye kısayolları
keys-everywhere = Her yerde
go-inbox = Gelen kutusuna git
go-mine = Konuşmalarıma git
go-unassigned = Atanmamışlara git
go-customers = Müşterilere git
go-calls = Arama kaydına git
go-orders = Siparişlere git
go-products = Ürünlere git
go-settings = Ayarlara git

## Geri yüklemeden sonra
sending-paused = Mesajlar ve e-postalar bekliyor: Ombud bir yedekten geri yüklendi ({ $time }).
sending-resume = Yeniden gönder
sending-resume-title = Bekleyenler gönderilsin mi?
sending-resume-about = Bekleyen her şey hemen gönderilir. Önce yedeğin alındığı Ombud kurulumunun kapalı olduğundan emin olun; yoksa insanlar aynı mesajı iki kez alabilir.
sending-resumed = Bekleyenler gönderiliyor.

# how customers write
channel-webchat = Sohbet
channel-email = E-posta
channel-form = İletişim formu
channel-phone = Telefon
channel-sms = SMS

# calls, and who calls now
call-missed = Cevapsız arama
call-answered = Telefon görüşmesi
call-voicemail = Sesli mesaj
call-back-by = Şu saate kadar geri ara: { $time }
call-back-was-by = Şu saate kadar geri aranacaktı: { $time }
call-rings = { $line } çalıyor
call-yours = Telefondasınız
call-from-nobody = Gizli numara
call-unknown = Bu numarayla tanınan kimse yok
call-number-proves-nothing = Numara tek başına bir şey kanıtlamaz. Kim olduğunu sorun.
call-open-orders = Açık siparişler
call-last-conversation = Son konuşma
call-open-conversation = Konuşmayı aç
call-open-customer = Müşteriyi aç
call-put-away = Kaldır
calls-now = Aramalar
calls-log = Arama kaydı
somebody = birisi
