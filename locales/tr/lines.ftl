line-until = { $channel } yanıtları { $time } zamanına kadar alır.
line-over = { $channel } artık yanıt almıyor: müşteri çok uzun süredir yazmadı. Başka bir kanaldan yazın.
line-over-template = { $channel } artık serbest metin kabul etmiyor: müşteri bir günden uzun süre önce yazdı.
line-soon = { $channel } { $minutes ->
    [one] bir dakika
   *[other] { $minutes } dakika
} daha yanıt kabul eder.
line-gone = Bunun geldiği numara veya bot artık bağlı değil. Bir yanıt ulaşmaz.
line-waits = { $name } sorun yaşıyor. Yanıtınız bu düzeltilene kadar bekler.
line-awaits = { $channel }, müşteri geri yazınca yeni yanıt alır.
public-under = Gönderinizin altında
public-mention = Sizin bir gönderinizin altında değil
public-open = { $channel } üzerinde aç
public-hide = Gizle
public-show = Yeniden göster
public-hidden = Gizli: yalnızca yazan görür.
public-removed = Kaldırılmış. Yanıtlanacak bir şey kalmadı.
public-private = Özel olarak yanıtla
public-private-until = Bir kez, { $time } zamanına kadar.
public-private-open = Özel konuşma
private-reply-about = Bunu yalnızca { $name } okur. Ayrı bir konuşmada sürer.
private-reply-once = { $channel } yalnızca bu mesaja izin verir; geri yazınca devam edebilirsiniz.
private-reply-text = Yanıtınız
private-reply-send = Özel gönder
private-reply-sent = Özel olarak yanıtlandı.
personal-title = Bunu yalnızca bir kişi okumalı
personal-private = Bunun yerine özel yanıtla
personal-anyway = Yine de yayımla
personal-keep = Değiştir
template-choose = Şablon seç
phone-no-text = Telefona yazı ulaşmaz. Geri arayın ve konuşulanları not edin.
phone-call-number = { $number } numarasını ara
