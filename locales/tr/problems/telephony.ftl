# telephone lines, and what their systems tell
phone-line-not-found = Böyle bir telefon hattı yok. Biri bağlantısını kesmiş olabilir.
too-many-phone-lines = Bir mağazanın en çok { $most } telefon hattı olur.
call-back-within-out-of-range = Bir dakika ile bir hafta arasında bir süre seçin.
call-news-not-signed = Bu, telefon hattının gizli anahtarıyla imzalanmamış.
call-news-too-old = Bu, beş dakikadan önce ya da ileri giden bir saatle imzalanmış. Telefon sisteminin saatini ayarlayın.
call-recording-missing = Kaydın nerede olduğunu belirtin.
call-seconds-out-of-range = Bir arama 0 saniye ile bir hafta arasında sürer.

# Twilio hatları ve üyelerin kendi telefonları
phone-line-is-twilios = Bu hat Twilio’da. Onu Twilio hattı olarak değiştirin.
voice-line-is-another = Bu başka bir numara ya da hesap. Bu hattın bağlantısını kesip diğerini bağlayın.
voice-line-there-already = Bu numara zaten bağlı.
voice-needs-a-public-address = Twilio bu sunucuya ulaşamıyor. public_url ayarına internetteki https adresini yazın.
voice-account-wrong = Hesap SID’si AC ile başlar ve 34 karakterdir. Twilio konsolunun ilk sayfasında yazar.
voice-sign-in-refused = Twilio bu hesap SID’sini bu belirteçle kabul etmiyor. İkisini de yeniden kopyalayın.
voice-number-not-there = Bu hesapta böyle bir numara yok ya da değiştirmeye izni yok. Numarayı Twilio’nun gösterdiği gibi ülke koduyla yazın.
prefixes-wrong = Aranabilecek numaraların nasıl başladığını, ülke kodundan en az bir rakam fazlasıyla yazın, örneğin +47 4 ve +47 9.
not-a-number-of-anybody = Bu bir telefon numarası değil. Ülke koduyla yazın, örneğin +47 912 34 567.
number-not-rung = Yalnızca { $prefixes } ile başlayan numaralar aranır. Telefonu kuran kişi başkalarına izin verebilir.
no-line-rings-members = Hiçbir hat üyelerin kendi telefonlarını çaldırmıyor. Önce Twilio’dan bir numara bağlayın.
call-not-known = Bu görüşme hakkında bir bilgi yok.
call-not-signed-by-twilio = Bu, hattın hesabının belirteciyle imzalanmamış.
recording-not-at-twilio = Bu kayıt Twilio’da değil.
