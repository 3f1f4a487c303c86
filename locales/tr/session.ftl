## Signing in, invitations and passwords
sign-in-about = Tekrar hoş geldiniz. Müşterileriniz sevinecek.
sign-in-refused = E-posta ile parola eşleşmiyor. İkisini de denetleyip tekrar deneyin.
sign-in-too-many = Çok fazla deneme yapıldı. Birkaç dakika bekleyip tekrar deneyin.
forgot-password = Parolanızı mı unuttunuz?
forgot-about = E-posta adresinizi yazın; yeni parola için bir bağlantı gönderelim.
forgot-send = Bağlantıyı gönder
forgot-asked = { $email } adresiyle burada çalışan biri varsa bağlantı yolda. Yalnızca kısa süre geçerlidir; istenmeyen posta klasörüne de bakın.
back-to-sign-in = Oturum açmaya dön
shop-closed-title = { $shop } kapatıldı
shop-closed-about = Artık kimse giremez. Burada geçirdiğiniz zaman için teşekkürler.
shop-closed-others = Diğer mağazalarınızda devam etmek için yeniden oturum açın: { $shops }.
password-new = Yeni parola
password-rules = En az 10 karakter. Art arda birkaç sözcüğü hatırlamak kolaydır.
password-change = Parolayı değiştir
