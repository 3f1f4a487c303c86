## Every page
languages = Dil

## The front page
front-about = Bir çevrimiçi mağazanın müşteri hizmetleri masası.
front-console = Konsol
front-console-about = Yanıt verenler için.
front-shop = Örnek mağaza
front-shop-about = Sayfalarında sohbet var.
front-mail-about = Örnek kurulumun göndereceği e-postalar.
front-partners = Ortaklar
front-partners-about = Müşteri olarak yazmak için telefonlar.
front-api = API belgeleri
front-api-about = Ombud üzerine geliştirme yapanlar için.

## The demo’s mail
mail-title = Sistem e-postaları
mail-about = Davetler ve parola bağlantıları. Örnek kurulumun e-posta sunucusu olmadığından burada tutulurlar.
mail-none = Henüz bir şey yok.
mail-invite = Birini davet edin

## Paying in the demo’s shop
pay-title = Siparişinizi ödeyin
pay-about = Sizin için yeniden verilen bir sipariş. Bu bir örnektir: para aktarılmaz.
pay-button = Şimdi öde
pay-done = Ödendi. Teşekkürler.

## The API reference
reference-title = API belgeleri

## The demo’s partners
partners-title = Demonun ortakları
partners-email = E-posta
partners-about = E-posta, WhatsApp, Messenger, Instagram, X, SMS veya Telegram’dan müşteri olarak yazın ve yanıtın gelişini görün. Arkasındaki ortaklar bu sunucudaki vekillerdir; aldıkları ve söyledikleri gerçeklerinkiyle aynıdır.
partners-write = Ada Lind olarak yazın …
partners-send = Gönder
partners-none = Henüz bir şey yok.
partners-gone = Bağlı değil.
partners-weather = Ortak
partners-fine = çalışıyor
partners-down = yanıt vermiyor
partners-refusing = yanıt kabul etmiyor
partners-file = Bir dosya:
partners-public = Herkes okusun
partners-commented = Herkese açık:
partners-privately = Özel yanıt:
telephone-title = Telefon
telephone-about = Mağazayı Jonas Berg olarak arayın. Telefon sistemi yerine geçen bir benzeridir; aramayı başka herhangi bir sistem gibi bildirir.
telephone-idle = Sessiz.
telephone-ringing = Çalıyor …
telephone-talking = Konuşuyorsunuz.
telephone-ring = Ara
telephone-pick-up = Meslektaş olarak aç
telephone-hang-up = Kapat
telephone-voicemail = Sesli mesaj bırak
voice-about = Mağazanın Twilio’daki numarasını Ada Lind olarak arayın. Twilio’nun yerinde bir benzeri var; arayanın duydukları burada yazar. Mağaza sahibi oturum açıkken kendi telefonu çalar.
voice-wait = Hiçbir şey yapma
voice-press-one = 1’i tuşla
