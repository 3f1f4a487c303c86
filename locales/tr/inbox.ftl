## Views
views = Görünümler
all-views = Tüm görünümler
view-open = Açık
view-mine = Benimkiler
view-unassigned = Atanmamış
view-mentions = Bahsedilenler
view-snoozed = Ertelenenler
view-resolved = Çözülenler
view-spam = İstenmeyen
view-doubtful = Aynı görüşme mi?
view-all = Tümü
title-inbox = Gelen kutusu · Ombud
title-unread = ({ $count }) Gelen kutusu · Ombud

## The list
conversations = Konuşmalar
number = no. { $number }
unread = okunmamış
waits = { $time } bekliyor
assigned-to = Atanan: { $name }
new-message-from = { $name } yeni bir mesaj yazdı: { $text }
none-chosen = Bir konuşma seçin
none-chosen-about = Listede j ve k ile gezinin, Enter ile açın. Tüm tuşlar için ? tuşuna basın.
thread-gone = Bu konuşma burada değil
thread-gone-about = Başka bir mağazaya ait olabilir ya da görme izniniz yoktur.
thread-failed = Konuşma getirilemedi
thread-failed-about = Bağlantıyı denetleyip tekrar deneyin.

## Empty views teach
empty-open = Açık konuşma yok
empty-open-about = Mağazanızın sayfalarındaki sohbete biri yazdığında anında burada görünür.
empty-mine = Sizi bekleyen bir şey yok
empty-mine-about = Atanmamış görünümünden bir konuşma alın: açın ve a tuşuna basın.
empty-unassigned = Herkesle ilgileniliyor
empty-unassigned-about = Henüz kimsenin almadığı yeni konuşmalar burada bekler.
empty-mentions = Kimse sizden bahsetmedi
empty-mentions-about = Bir iş arkadaşınız notta @ ve adınızı yazdığında konuşma buraya gelir.
empty-doubtful = Belirsiz bir şey yok
empty-doubtful-about = Başka bir görüşmeye ait olabilecek mektuplar buraya gelir.
empty-snoozed = Ertelenen bir şey yok
empty-snoozed-about = Konuşmayı uyutmak için s tuşuna basın. Zamanı gelince ya da müşteri yazınca uyanır.
empty-resolved = Henüz çözülen bir şey yok
empty-resolved-about = Müşteri ihtiyacını aldığında konuşmada e tuşuna basın.
empty-spam = İstenmeyen mesaj yok
empty-spam-about = İstenmeyen olarak işaretledikleriniz buraya gelir ve artık rahatsız etmez.
empty-all = Henüz konuşma yok
empty-all-about = Sohbeti mağazanızın sayfalarına ekleyin: kopyalanacak satır Ayarlar altında.
empty-department = Bu bölümde açık konuşma yok
empty-department-about = Müşteri sohbette bu bölümü seçtiğinde ya da siz atadığınızda konuşmalar buraya gelir.

## Reading
messages = Mesajlar
older-messages = Daha eski mesajları göster
newest-messages = En yeni mesaja git
erased-text = Silindi
composer-erased = Müşteri silindiği için bu konuşmaya artık hiçbir şey yazılamaz.
message-by = { $name }, { $time }
you = Siz
automatic = Otomatik yanıt
bot-answer = Botun yanıtı
internal-note = Dahili not
files = Dosyalar
state-sending = Gönderiliyor …
state-held = Gönderilmeyi bekliyor
state-queued = Yolda
state-submitting = Yolda
state-sent = Gönderildi
state-delivered = Teslim edildi
state-read = Okundu
state-failed = Gönderilemedi
state-unknown = Belki gönderildi
state-waits = Bekliyor
send-again = Yeniden gönder
state-received = Alındı
is-typing = { $names } yazıyor …
is-answering = { $names } yanıt yazıyor
is-looking = { $names } da buna bakıyor

## What happened
event-assigned = { $name } bunu { $to } kişisine atadı
event-taken = { $name } konuşmayı üstlendi
event-unassigned = { $name } atamayı kaldırdı
event-department = { $name } bunu { $to } bölümüne taşıdı
event-no-department = { $name } bunu bölümünden çıkardı
event-priority = { $name } önceliği { $to } yaptı
event-tagged = { $name } { $added } etiketini ekledi
event-untagged = { $name } { $removed } etiketini kaldırdı
event-tags = { $name } { $added } etiketini ekledi, { $removed } etiketini kaldırdı
event-snoozed = { $name } bunu { $until } zamanına erteledi
event-woken = Konuşma yeniden uyandı
event-resolved = { $name } bunu çözdü
event-reopened = { $name } bunu yeniden açtı
event-spam = { $name } bunu istenmeyen olarak işaretledi
event-not-spam = { $name } bunu istenmeyenlerden çıkardı

## Acting
resolve = Çöz
reopen = Yeniden aç
snooze = Ertele
wake = Şimdi uyandır
assign = Ata
assign-to = Şuna ata …
assign-now = Ata. Şu an: { $now }
not-assigned = Atanmamış
nobody = Hiç kimse
me = { $name } (siz)
colleagues = İş arkadaşları
priority = Öncelik
priority-urgent = Acil
priority-high = Yüksek
priority-normal = Olağan
priority-low = Düşük
tags = Etiketler
add-tag = Etiket ekle
remove-tag = { $name } etiketini kaldır
copy-link = Bağlantıyı kopyala
link-copied = Bağlantı kopyalandı.
mark-spam = İstenmeyen olarak işaretle
marked-spam = İstenmeyen olarak işaretlendi.
not-spam = İstenmeyen değil
resolved-number = { $number } numaralı konuşma çözüldü.
snoozed-until = { $until } zamanına ertelendi.
snooze-until = Şu zamana ertele …
snooze-later = Bugün daha sonra
snooze-tomorrow = Yarın
snooze-monday = Pazartesi
snooze-week = Bir hafta sonra
snooze-pick = Başka bir gün ve saat
show-customer = Müşteri bilgileri

## Writing
composer = Yanıt
kind-of-message = Mesaj türü
reply = Yanıt
note = Not
write-reply = Yanıt yaz
write-note = Not yaz
placeholder-reply = Yanıt yazın … Hazır yanıtlar için / yazın
placeholder-note = Bunu yalnızca ekibiniz görür. Birinden bahsetmek için @ yazın
editor-cut = Yazı alanı getirilemedi
tools = Biçimlendirme ve ekler
bold = Kalın
italic = İtalik
bullets = Madde işaretli liste
numbers = Numaralı liste
link = Bağlantı
link-address = Web adresi
set-link = Bağlantıyı ekle
unlink = Bağlantıyı kaldır
attach = Dosya ekle
uploading = { $name } yükleniyor
upload-failed = { $name } yüklenemedi.
remove-file = { $name } dosyasını kaldır
too-many-files = Bir mesaja en fazla { $most } dosya eklenebilir.
file-too-big = { $name } çok büyük. Bir dosya en fazla { $most } olabilir.
emoji = Emojiler
emoji-smileys = Yüzler
emoji-hands = Eller
emoji-signs = İşaretler
emoji-shop = Mağaza
emoji-outside = Açık hava
send = Gönder
add-note = Notu ekle
more-ways-to-send = Diğer gönderme yolları
send-and-resolve = Gönder ve çöz
send-and-snooze = Gönder ve ertele …
sending-in = Gönderilmesine kalan saniye:
missing-values = Bilinmediği için boş bırakıldı: { $names }. Göndermeden önce okuyun.
value-customer-name = müşterinin adı
value-customer-first-name = müşterinin ilk adı
value-customer-email = müşterinin e-postası
value-agent-name = adınız
value-agent-first-name = ilk adınız
value-shop-name = mağazanın adı
value-conversation-number = konuşma numarası

## Searching
search-conversations = Konuşma ve kişi ara

## Keys
keys-list = Listede
keys-conversation = Konuşmada
next-conversation = Sonraki konuşma
previous-conversation = Önceki konuşma
resolve-or-reopen = Çöz ya da yeniden aç
back-to-list = Listeye dön
departments = Bölümler

# herkesin okuduğu
public = Herkese açık
public-answer = Herkese açık: buraya yazdığınızı herkes okur.
send-publicly = Herkese açık yanıtla
message-edited = düzenlendi
message-removed = Yazan tarafından kaldırıldı
event-went-private = { $name } özel olarak yanıtladı
event-went-on = { $name } şu kanaldan yanıtladı: { $channel }
event-moved = { $name } burada duranı ayırdı
event-joined = { $name } bunu başka bir görüşmeyle birleştirdi
event-hidden = { $name } bunu herkesten gizledi
event-unhidden = { $name } bunu yeniden gösterdi

# şablonlar: WhatsApp’ın onayladığı metinler
template = Şablon
fault-131026 = WhatsApp bunu iletemedi: numara WhatsApp’ta olmayabilir.
fault-131047 = Müşteri bir günden uzun süre önce yazdı. Bir şablon gönderin.
fault-131049 = WhatsApp, bu müşteriye daha az reklam gitsin diye bunu tutuyor.
fault-131050 = Bu müşteri WhatsApp’tan reklam istemiyor.
fault-132000 = Şablon değişti: boşluk sayısı artık farklı. Listeyi yenileyip yeniden gönderin.
fault-132001 = Şablon yok ya da bu dilde yok. Listeyi yenileyip başka birini seçin.
fault-132005 = Doldurulunca şablon çok uzun oluyor. Yazdıklarınızı kısaltın.
fault-132007 = WhatsApp şablonda kurallarının yasakladığı bir şey buldu.
fault-132012 = Yazılan bir değer, şablonun istediği türden değil.
fault-132015 = WhatsApp, müşteriler beğenmediği için bu şablonu duraklattı. Başka birini seçin.
fault-132016 = WhatsApp bu şablonu tamamen kapattı. Başka birini seçin.

# bir SMS nasıl sayılır
sms-segments = { $count ->
    [one] Bir SMS · { $left } karakter kaldı
   *[other] { $count } SMS · { $left } karakter kaldı
}
sms-wide = “{ $character }” yüzünden her SMS yarısından azını alıyor.

# calls
call-with = Yanıtlayan: { $name }
call-talking = Şu an konuşuyorlar
call-recording-coming = Kayıt alınıyor.
call-recording-lost = Kayıt alınamadı. Telefon sisteminde arayın.
call-play = { $name } dosyasını çal
letter-whole = Mektubun tamamı
found = { $count } sonuç
