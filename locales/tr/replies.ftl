replies-about = Sık verdiğiniz yanıtlar, müşterilerinizin yazdığı her dilde. Kullanmak için yanıtta / yazın.
replies-search = Hazır yanıtlarda ara
replies-empty = Burada hazır yanıt yok
replies-empty-about = Her gün yanıtladığınız soru için bir tane yazın.
reply-new = Yeni hazır yanıt
reply-edit-about = Her dil için bir metin. Ayraç içindekiler her müşteri için doldurulur.
reply-readonly = Bu yanıt tüm mağazanındır. Kullanabilirsiniz; ekip lideri değiştirebilir.
reply-name-about = Bulmak için yazdığınız şey.
reply-folder = Klasör
reply-folder-about = Örneğin “Teslimat”. Boş kalabilir.
reply-folders = Şimdiki klasörler: { $folders }
reply-no-folder = Klasörsüz
reply-shared = Herkes için
reply-shared-about = Yoksa yalnızca siz görürsünüz.
reply-own = yalnızca siz
reply-used = { $count ->
    [0] henüz kullanılmadı
    [1] bir kez kullanıldı
   *[other] { $count } kez kullanıldı
}
reply-tags = Konuşmaya koyduğu etiketler
reply-tags-about = Yanıt gönderildiğinde.
reply-text = Metin
reply-text-about = Bir dil eksikse mağazanınki kullanılır.
insert-value = İmlecin olduğu yere ekle:
reply-preview = Nasıl okunur, { $language }
reply-preview-empty = Henüz bir şey yazılmadı.
reply-preview-about = İşaretli sözcükler örnektir; her müşteri kendininkini görür.
reply-preview-unknown = Kırmızı kısım Ombud’un bilmediği bir şeyi ister; atlanır.
reply-delete-title = { $name } silinsin mi?
reply-delete-shared = Mağazada artık kimse kullanamaz. Yazılmış yanıtlar olduğu gibi kalır.
reply-delete-own = Onunla yazılmış yanıtlar olduğu gibi kalır.
