# telephone lines, and what their systems tell
phone-line-not-found = Böyle bir telefon hattı yok. Biri bağlantısını kesmiş olabilir.
too-many-phone-lines = Bir mağazanın en çok { $most } telefon hattı olur.
call-back-within-out-of-range = Bir dakika ile bir hafta arasında bir süre seçin.
call-news-not-signed = Bu, telefon hattının gizli anahtarıyla imzalanmamış.
call-news-too-old = Bu, beş dakikadan önce ya da ileri giden bir saatle imzalanmış. Telefon sisteminin saatini ayarlayın.
call-recording-missing = Kaydın nerede olduğunu belirtin.
call-seconds-out-of-range = Bir arama 0 saniye ile bir hafta arasında sürer.
