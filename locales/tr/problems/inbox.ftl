## Conversations
conversation-not-found = Bu konuşma bulunamadı.
conversation-closed = Bu konuşma bir süre önce kapandı. Yenisini başlatın; eskisini yanında göreceğiz.
conversation-erased = Bu konuşmadaki müşterinin verileri silindi. Konuşmaya artık hiçbir şey yazılamaz.
no-text-by-phone = Bu konuşma telefonla yürütülüyor ve oraya yazı ulaşmaz. Geri arayın ya da bir not bırakın.
answer-is-public = Bu konuşmada yazılanı herkes okur. Bildiğinizi belirtin veya özel olarak yanıtlayın.
public-personal-data = Bunu herkes okur: { $what }. Çıkarın veya özel olarak yanıtlayın.
step-not-possible = Bu konuşma { $status ->
    [open] açık olduğu
    [waiting] müşteriden yanıt beklediği
    [snoozed] ertelendiği
    [resolved] çözüldüğü
   *[spam] istenmeyen olarak işaretlendiği
} için { $step ->
    [write] mesaj alamaz
    [reply] yanıtlanamaz
    [snooze] ertelenemez
    [wake] uyandırılamaz
    [resolve] çözülemez
    [reopen] yeniden açılamaz
    [mark-spam] istenmeyen olarak işaretlenemez
   *[unmark-spam] istenmeyenlerden çıkarılamaz
}.
snooze-in-past = Gelecekte bir zaman seçin.
member-cannot-take = Bu kişi konuşma alamaz. Etkin bir üye seçin.
department-not-said = Hangi bölüm olduğunu belirtin.
view-unknown = Görünümler şunlardır: unassigned, mine, mentions, open, department, snoozed, resolved, spam ve all.

## Messages
message-not-found = Bu mesaj bulunamadı.
message-empty = Bir şey yazın ya da dosya ekleyin.
answered-meanwhile = Siz yazarken bir iş arkadaşınız yanıtladı. Yanıtını okuyun, hâlâ gerekliyse sizinkini gönderin.
reply-has-left = Bu yanıt gönderildi, geri alınamaz.
mentioned-nobody = Bahsettiğiniz kişilerden biri etkin bir üye değil. Başka birinden bahsedin.
hold-out-of-range = 0 ile { $most } saniye arasında seçin.
snooze-until-not-said = Zamanı “snooze” ile birlikte ve yalnızca o durumda belirtin.
channel-not-found = Bu kanal bulunamadı.

## Files
file-not-there = Dosyalardan biri yerinde değil. Yeniden ekleyin.
file-too-large = Dosya { $megabytes } MB sınırını aşıyor. Küçültün ya da parçalar hâlinde gönderin.

## Tags
tag-not-found = Bu etiket bulunamadı.
tag-deleted = Bu etiketlerden biri silinmiş. Yeniden seçin.
tag-name-taken = “{ $name }” adlı bir etiket zaten var. Onu kullanın ya da başka bir ad seçin.
too-many-tags = Bir mağazada en fazla { $most } etiket olabilir. Önce bazılarını silin.
message-not-failed = Gönderildi ya da sırasını bekliyor.
cannot-join = Bu ikisi birleştirilemez: ikisi de e-postayla yürütülmeli, hiçbiri silinmiş ya da birleştirilmiş olmamalı.
cannot-split = Yalnızca müşterinin yazdığı, geride başka bir şey kalıyorsa ayrılabilir.
