## Titles
title-not-found = Bulunamadı
title-not-valid = Geçerli değil
title-not-possible-now = Şu anda mümkün değil
title-not-allowed = İzin yok
title-sign-in = Oturum açın
title-too-many = Çok fazla istek
title-too-large = Çok büyük
title-wrong-kind = Bu türde değil
title-service-failed = Dışarıdaki bir sistem yanıt veremedi
title-no-room = Yer kalmadı
title-overloaded = Şu anda çok yoğun
title-unavailable = Şu anda çalışmıyor
title-broken = Bir sorun oluştu

## Addresses and who may call them
address-not-found = Bu adreste hiçbir şey yok.
operation-not-found = Bu adreste böyle bir işlem yok.
query-holds-nul = Adreste bir NUL karakteri (%00) var. Onu çıkarın.
query-unreadable = Adres, okunamayan bir şey istiyor: { $reason }.
sign-in-first = Önce oturum açın.
permission-missing = Rolünüz “{ $permission }” iznini içermiyor. Değiştirilmesi için mağazanın sahibine ya da bir yöneticisine başvurun.
request-from-elsewhere = Bu istek başka bir sitenin sayfasından geldi. Ombud’un kendi konsolunu ya da bir API anahtarı kullanın.
changed-meanwhile = Bu arada birisi bunu değiştirdi. Yeniden bakıp tekrarlayın.

## What was sent
body-not-json = Content-Type: application/json başlığıyla JSON gönderin.
body-too-large = Gönderilen içerik { $kilobytes } kB sınırını aşıyor.
body-unreadable = Bu okunamıyor: { $reason }.
field-missing = “{ $name }” alanı eksik.
field-unknown = Burada “{ $name }” diye bir alan yok. Onu çıkarın.
address-not-encrypted = Yolda kimse parolayı okumasın diye adrese https:// ile başlayın. Aynı ağdaki bir sisteme bunsuz ancak Ombud’u çalıştıran kişi izin verebilir.
idempotency-key-missing = Bir Idempotency-Key verin: bu işlem para hareket ettirir ve iki kez yapılmamalıdır.
idempotency-key-not-readable = 1 ile { $most } arasında görünür ASCII karakteri kullanın, örneğin bir UUID.
idempotency-key-of-another-request = Bu anahtar daha önce başka bir istekle geldi. Her istek için yeni bir anahtar oluşturun.
must-not-be-empty = Burası boş bırakılamaz.
too-few-characters = En az { $least } karakter gerekli; şu anda { $count }.
too-many-characters = En fazla { $most } karakter olabilir; şu anda { $count }.
too-many-bytes = En fazla { $most } bayt olabilir; şu anda { $count }.
too-many-entries = En fazla { $most } girdi olabilir; şu anda { $count }.
not-an-email = ad@example.com gibi bir e-posta adresi yazın.
not-a-web-address = https:// veya http:// ile başlayan bir web adresi yazın.
text-too-large = Bu metin { $kilobytes } kB sınırını aşıyor.
text-too-formatted = Bu metinde Ombud’un alabileceğinden fazla biçimlendirme var. Biçimlendirmesiz yapıştırın.

## Passwords and links
password-too-short = En az { $least } karakter kullanın. Art arda birkaç sözcüğü hatırlamak kolaydır.
password-too-long = En fazla { $most } karakter kullanın.
password-is-the-address = Bu sizin e-posta adresiniz. Kimsenin bilmediği bir şey seçin.
password-easily-guessed = Bu, tahmin edenlerin ilk denediği parolalardan biri. Başka bir tane seçin.
link-not-valid = Bu bağlantı geçerli değil. Tam olarak gönderildiği gibi açın ya da yenisini isteyin.
link-expired = Bu bağlantının süresi doldu. Yenisini isteyin.

## What a shop signs for its visitors
signature-not-a-jwt = Mağazanın imzası; başlık, beyanlar ve imzadan oluşan bir JWT değil.
signature-too-long = Mağazanın imzası { $most } karakterden uzun.
signature-not-hs256 = Mağazanın imzası HS256 ile ve kritik uzantılar olmadan atılmalıdır.
signature-of-another-key = Mağazanın imzası bu mağazanın bir anahtarıyla atılmamış.
signature-lacks-claims = Mağazanın imzasında sub, exp, aud ve nonce beyanları, her biri alışılmış türünde bulunmalıdır.
signature-for-another-shop = Mağazanın imzasındaki aud beyanı bu mağazayı göstermiyor.
signature-expired = Mağazanın imzasının süresi doldu. Her sayfa görüntülemede yenisini imzalayın.
signature-lives-too-long = Mağazanın imzasındaki exp beyanı en çok bir saat sonrası olabilir.
signature-not-valid-yet = Mağazanın imzası henüz geçerli değil.
signature-claims-not-readable = Mağazanın imzasındaki sub ve nonce beyanları 1 ile 255 arasında görünür karakter içermelidir.

## Files
file-empty = Bu dosya boş.
file-of-another-kind = PNG, JPEG, GIF ya da WebP biçiminde bir resim, bir PDF, bir MP4 videosu, WAV, MP3 ya da Ogg biçiminde bir ses ya da UTF-8 kodlu bir TXT veya CSV dosyası gönderin.
file-not-kept-there = Burası Ombud’un dosya sakladığı bir yer değil.
file-not-found = Bu dosya bulunamadı.
picture-damaged = Bu resim bozuk. Yeniden kaydedip kopyasını gönderin.
picture-too-large = Bu resim { $width } × { $height } piksel; en fazla { $millions } milyon piksel olabilir. Daha küçük bir kopyasını gönderin.

## Texts with variables (Liquid)
template-too-long = Bu metin { $most } bayttan uzun.
template-not-liquid = Bu metin geçerli Liquid değil.
template-not-liquid-here = { $line }. satır, { $column }. karakter: Burası geçerli Liquid değil. Değişkenler şöyle yazılır: {"{{"} customer.first_name {"}}"}.
template-filter-unknown = “{ $filter }” diye bir filtre yok. Sık kullanılanlar upcase, default ve date’tir.
template-refused = Bu metin doldurulamıyor: { $reason }
template-values-not-an-object = Bir metnin değerleri bir nesne olmalıdır.
template-nested-too-deep = Bu metinde { $most } düzeyden fazla iç içe yapı var.
template-repeats-too-often = Bu metin kendini çok fazla yineliyor.
template-value-too-long = Bu metin { $kilobytes } kB sınırını aşan bir değer üretiyor.
template-comes-out-too-long = Bu metin doldurulduğunda { $kilobytes } kB sınırını aşıyor.
template-cuts-a-character = Bu metin bir karakteri ortasından bölüyor.
template-numbers-too-large = Bu metin çok büyük sayılarla hesap yapıyor.
template-needs-a-number = Burada bir tam sayı bekleniyor.
template-loop-needs-a-list = for ile yalnızca bir liste dolaşılabilir.
template-loop-too-long = Bir döngü en fazla { $most } öğe dolaşır. Kaç tane gerektiğini limit ile belirtin.
template-join-needs-a-list = join ile yalnızca bir liste birleştirilebilir.
template-date-format-too-long = Bu tarih biçimi çok uzun.
template-not-a-date-format = “{ $format }” bir tarih biçimi değil.
template-has-no-clock = Bir metnin kendi saati yoktur. Bir değişken kullanın.

## Addresses Ombud calls
url-too-long = Ombud { $most } karakterden uzun adreslere gitmez.
url-not-an-address = Bu bir web adresi değil.
url-not-http = Ombud yalnızca https:// ya da http:// ile başlayan adreslere gider.
url-holds-password = Ombud, kullanıcı adı ya da parola içeren bir adrese gitmez.
url-leads-inside = Ombud bu adrese gitmez: Adres özel bir ağa çıkıyor.
url-redirects-nowhere = Ombud bu adrese gitmez: Adres, adres olmayan bir yere yönlendiriyor.
url-redirects-to-http = Ombud bu adrese gitmez: Adres https’den http’ye yönlendiriyor.
answer-too-large = { $service } { $most } bayttan uzun bir yanıt verdi.

## Work in the background
event-not-found = Bu olay bulunamadı.
reaction-not-found = Bunun ardından gelmesi gereken artık Ombud’un bir parçası değil.
job-not-found = Bu iş bulunamadı.
job-kind-not-found = Artık bu türde iş yok.
job-taken-over = Bu işi başka bir çalışan devraldı.
job-unreadable = Bu işin konusu okunamıyor: { $reason }
mail-not-found = Bu e-posta bulunamadı.
