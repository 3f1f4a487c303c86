## A customer
title-customers = Müşteriler · Ombud
edit-customer = Müşteriyi düzenle
phone = Telefon
not-known = Bilinmiyor
no-contact = Henüz iletişim bilgisi yok
verified = doğrulandı
speaks = Dil
country = Ülke
comes-from = Yer ve oradaki saat
seen = Son görülme
seen-never = Hiç
online-now = Şu an çevrimiçi
customer-since = İlk görülme
notes-about = Müşteriyle ilgili notlar
notes-placeholder = Bedenler, istekler, verilen sözler …
no-notes = Not yok.
wrote-from = Yazdığı sayfa
answered-before = Önceden soruldu
other-conversations = Diğer konuşmalar

## Blocking
blocked = Engelli
block = Engelle
unblock = Engeli kaldır
block-title = { $name } engellensin mi?
block-about = Bu müşteriden yeni mesaj kabul edilmez. İstediğiniz zaman buradan geri alabilirsiniz.

## Tek kişi, iki müşteri
perhaps-same = Belki aynı kişi
alike-same-email = Aynı e-posta adresi: { $shared }
alike-guest-address = { $shared } ile misafir olarak sipariş verdi
alike-same-phone = Aynı telefon numarası: { $shared }
alike-same-name = Aynı ad ve ülke: { $shared }
merge = Birleştir …
not-the-same = Aynı kişi değil
told-apart = Artık birbirleri için önerilmeyecekler.
merge-title = Bu iki müşteri birleştirilsin mi?
merge-about = İstediğiniz zaman geri alabilirsiniz.
stays = Kalan
goes-along = Ona katılan
merge-what-moves = İkisinin konuşmaları ve siparişleri, bundan sonrakiler de, bir arada görünür.
merge-what-shows = { $name } için eksik olan bilgiler öbüründen gösterilir. Biri engelliyse ikisi de engelli olur.
merge-what-visitors-see = Sohbette her tarayıcı yalnızca kendi konuşmalarını görmeye devam eder.
merge-yes = Birleştir
merged = Artık tek bir müşteri.
merged-here = Bu müşteriyle birleştirilenler
merged-on = { $member }, { $date }
separate = Yeniden ayır
separated = Yeniden iki ayrı müşteri.
merge-stays = Birinin verileri silindiği için kalıcı

## Personal data
personal-data = Kişisel veriler
export-data = Kişisel verileri dışa aktar
exporting = Dışa aktarılıyor … { $size }
exported = Kişisel veriler bu tarayıcının indirilenleri arasında.
erase = Müşteriyi sil …
erase-title = { $name } silinsin mi?
erase-about = Hemen ve herkes için. Geri alınamaz. Müşteri bir kopya istiyorsa önce verilerini dışa aktarın.
erase-forgotten = Unutulacaklar
erase-forgotten-person = Adı, e-postası, telefonu, dili, yeri ve onunla ilgili notlarınız
erase-forgotten-said = Konuşmalarındaki her şey: mesajlar, yanıtlar, dahili notlar, taslaklar ve dosyalar
erase-forgotten-chat = Sayfalarınızdaki sohbeti. Geri gelirse bir yabancı olarak gelir
erase-stays = Kalacaklar
erase-stays-talks = Konuşmaların olduğu, zamanları, ekipten kiminle yapıldığı ve etiketleri
erase-stays-proof = Onay verdiği, onu kimin ne zaman sildiği
erase-stays-backups = Eski yedeklerdekiler, o yedekler silinene kadar
erase-sure = Bunu kimsenin geri getiremeyeceğini anlıyorum
erase-unsure = Önce burayı işaretleyin. Silme kalıcıdır.
erase-yes = Kalıcı olarak sil
erased = Müşteri silindi.
erased-at = { $date } tarihinde silindi
erased-about = Hakkında bilinenler ve onunla konuşulanlar kalıcı olarak unutuldu. Yalnızca burada olduğu ve ne zaman olduğu biliniyor.

## The list of customers
search-customers = Ad, e-posta ya da telefonla ara
no-customers = Henüz müşteri yok
no-customers-about = Sohbete yazan herkes konuşmalarıyla birlikte burada görünür.
no-customer-found = Kimse bulunamadı
no-customer-found-about = Adın başını ya da e-posta adresinin bir bölümünü deneyin.

## Adresler
addresses = Adresler
address = Adres
address-add = Adres ekle
address-add-about = Müşteri ya da mağaza doğrulayana kadar yalnızca bir beyan sayılır.
address-kind = Tür
address-hint = Telefon numarası ülke koduyla yazılır, örneğin +47 22 22 22 22.
address-email = E-posta adresi
address-phone = Telefon numarası
address-account = Mağazadaki müşteri numarası
address-guest = Hesapsız siparişlerin gittiği yer
address-handle = Bir mesajlaşma uygulamasında
address-remove = { $address } adresini kaldır
claimed = doğrulanmadı

## Müşteri etiketleri
customer-tags = Müşteri etiketleri
customer-tag-add = Müşteri etiketi ekle
conversation-tags = Bu konuşmanın etiketleri

## Notlar
note-write = Not yaz
note-keep = Notu ekle
note-edit = Notu düzenle
note-edited = düzenlendi
note-delete = Notu sil
note-delete-title = Bu not silinsin mi?
note-delete-about = Herkes için ve kalıcı olarak.
somebody-gone = Ayrılmış biri
note-by = { $name } notu

## Onay
consents = Onaylar
no-consents = Henüz sorulmadı.
consent-given = İzin verildi
consent-withdrawn = İzin yok
consent-given-since = { $date } tarihinden beri izinli
consent-withdrawn-since = { $date } tarihinden beri izinsiz
consent-record = Onay kaydet
consent-record-about = Müşterinin söylediği. Kanıt olarak kalır, sonradan hiçbir şeyi değiştirilemez.
consent-what = Ne söyledi
consent-purpose = Ne için
consent-channel = Hangi kanalda
consent-wording = Gördüğü ya da duyduğu sözler
consent-wording-about = Elinizdeyse kelimesi kelimesine.
evidence = Söylenen her şey, kanıtıyla
evidence-where = Nerede söylendi
evidence-by = Kaydeden
evidence-page = Sayfa
evidence-network = İnternet adresi
evidence-version = Metnin sürümü
purpose-conversation = Yazılanların saklanması
purpose-service = Sipariş haberleri
purpose-marketing = Fırsatlar ve bültenler
purpose-feedback = Memnuniyet soruları
purpose-browsing = Mağazada yaptıkları
source-webchat = Sohbette, kutuyu işaretleyerek
source-page = Mağazanın bir sayfasında
source-form = Bir formda
source-checkout = Ödeme sırasında
source-in-person = Yüz yüze
source-told = Bizden birine
source-message = Oradaki bir mesajda
source-import = Daha önce başka bir sistemde

## Mağazanın bilmek istedikleri
attributes = Müşteri alanları
attributes-edit = Alanları düzenle
yes = Evet
no = Hayır
preferred-channel = Tercih ettiği kanal
birthday = Doğum günü
birthday-day = Gün
birthday-month = Ay
birthday-year = Yıl
birthday-about = Gün ve ay yeter. Yıl yalnızca kendisi söylediyse.

## Olup bitenler
timeline = Zaman çizelgesi
handled-by = { $name } ilgilendi
first-seen = İlk kez geldi

## Listeyi daraltmak, birçok kişiyi etiketlemek
filter-visitors = Kimler listelenir
filter-contacts = Müşteriler
filter-looked-around = Yalnızca göz atanlar
filter-tag = Tüm etiketler
filter-language = Tüm diller
filter-country = Tüm ülkeler
filter-seen = Ne zaman görüldüyse
filter-seen-days = { $count ->
    [one] Bugün ya da dün görülenler
   *[other] Son { $count } günde görülenler
}
filter-blocked = Engelli ya da değil
not-blocked = Engelli değil
filters-clear = Filtreleri temizle
bulk-choose = { $name } seç
bulk-chosen = { $count } kişi seçili
bulk-none = Kimseyi seçme
bulk-tag = Etiket ekle …
bulk-untag = Etiket kaldır …
bulk-tagged = { $count ->
    [0] Hepsinde “{ $name }” zaten var.
   *[other] { $count } müşteriye “{ $name }” eklendi.
}
bulk-untagged = { $count ->
    [0] Hiçbirinde “{ $name }” yoktu.
   *[other] { $count } müşteriden “{ $name }” kaldırıldı.
}
