## A customer
title-customers = Müşteriler · Ombud
customer = Müşteri
edit-customer = Müşteriyi düzenle
phone = Telefon
not-known = Bilinmiyor
no-contact = Henüz iletişim bilgisi yok
verified = doğrulandı
speaks = Dil
comes-from = Yer ve oradaki saat
seen = Son görülme
online-now = Şu an çevrimiçi
customer-since = İlk görülme
notes-about = Müşteriyle ilgili notlar
notes-placeholder = Bedenler, istekler, verilen sözler …
no-notes = Not yok.
wrote-from = Yazdığı sayfa
answered-before = Sohbetten önce yanıtladı
other-conversations = Diğer konuşmalar

## Blocking
blocked = Engelli
block = Engelle
unblock = Engeli kaldır
block-title = { $name } engellensin mi?
block-about = Bu müşteriden yeni mesaj kabul edilmez. İstediğiniz zaman buradan geri alabilirsiniz.

## The list of customers
search-customers = Ad, e-posta ya da telefonla ara
no-customers = Henüz müşteri yok
no-customers-about = Sohbete yazan herkes konuşmalarıyla birlikte burada görünür.
no-customer-found = Kimse bulunamadı
no-customer-found-about = Adın başını ya da e-posta adresinin bir bölümünü deneyin.
