# Müşterilerin gördüğü iletişim formu.

languages = Dil
title = { $shop } ile iletişim
name = Adınız
email = E-posta adresiniz
department = Konu nedir?
message = Mesajınız
files = Resimler veya belgeler
files-about = En fazla {"{"}count{"}"} dosya, toplam {"{"}size{"}"} MB.
files-too-large = Bu dosyalar birlikte çok büyük. Lütfen daha az veya daha küçük dosya seçin.
optional = (isteğe bağlı)
choose = Lütfen seçin
agree = Yanıtlanabilmesi için mesajımın saklanmasını kabul ediyorum.
policy = Gizlilik politikası
send = Mesajı gönder
sent-title = Teşekkürler!
sent = Teşekkürler, mesajınız { $shop } ekibine ulaştı.
write-again = Başka bir mesaj yazın
something-wrong = Eksik veya tam doğru olmayan bir şey var. Lütfen aşağıdaki alanlara bakın.
page-too-old = Bu sayfa çok uzun süre açık kaldı. Lütfen yazdıklarınıza göz atıp bir kez daha gönderin.
not-possible = Bu olmadı
mail-subject = { $shop } için mesajınız

default-title = Bize ulaşın
default-intro = Bize yazın, size e-postayla yanıt verelim.
default-order = Sipariş numarası
default-acknowledgement = Teşekkürler, mesajınız bize ulaştı; size e-postayla yanıt vereceğiz.{"{%"} if opens_date {"%}"} Şu anda kapalıyız, {"{{"} opens_date {"}}"} günü saat {"{{"} opens_time {"}}"} itibarıyla buradayız.{"{%"} endif {"%}"}
