## Signing in
credentials-wrong = E-posta adresi ya da parola yanlış.
session-over = Oturum açmadınız ya da oturumunuz sona erdi. Yeniden oturum açın.
token-not-valid = Bu API anahtarı geçerli değil: İptal edilmiş, süresi dolmuş ya da üyesi devre dışı bırakılmış.
member-of-no-shop = Artık hiçbir mağazanın üyesi değilsiniz. Sizi davet etmesi için mağazanın bir sahibine başvurun.
not-with-a-token = Bu, API anahtarıyla yapılamaz. Tarayıcıyla oturum açın.
sign-in-from-elsewhere = Bu istek başka bir sitenin sayfasından geldi. Ombud’un kendi konsolunu kullanın.
session-not-found = Bu oturum bulunamadı.
password-not-current = Bu, şu anki parolanız değil.
reset-link-over = Bu bağlantı kullanılmış ya da süresi geçmiş. Yenisini isteyin.
person-not-found = Bu kişi bulunamadı.

## Shops
shop-not-found = Bu mağaza bulunamadı.
shop-called-otherwise = Bu mağazanın adı “{ $name }”. Kapatmak için adını yazın.
set-up-already = Bu kurulum zaten tamamlanmış. Konsolunda oturum açın ya da yeni mağazaları oradan açın.
time-zone-unknown = Europe/Oslo gibi IANA adıyla bir saat dilimi seçin.
network-not-readable = 203.0.113.7 ya da 203.0.113.0/24 gibi bir adres ya da ağ yazın.
reopen-days-out-of-range = 0 ile { $most } gün arasında seçin.
undo-seconds-out-of-range = 0 ile { $most } saniye arasında seçin.

## Members
member-not-found = Bu üye bulunamadı.
member-already = Bu adresi kullanan biri zaten mağazanın üyesi.
member-deactivated = Bu adresi kullanan biri daha önce mağazanın üyesiydi. Davet etmek yerine onu yeniden etkinleştirin.
email-taken = Bu adresi kullanan birinin zaten hesabı var.
last-owner = Bu, mağazanın son etkin sahibi. Önce başka birini sahip yapın.
availability-of-others = Herkes kendi durumunu kendisi belirler.
nobody-with-email = { $email } adresini kullanan etkin bir üye yok.
email-in-several-shops = { $email } birden çok mağazanın üyesi. Anahtarı bunlardan birinin ayarlarında oluşturun.
invitation-not-found = Bu davet bulunamadı.
invitation-over = Bu davet kullanılmış, geri çekilmiş ya da süresi geçmiş. Yenisini isteyin.
account-has-password = Zaten bir hesabınız var. Oturum açtığınız parolayı yazın.

## Roles
role-not-found = Bu rol bulunamadı.
role-not-here = Böyle bir rol yok. Mağazanın rollerinden birini seçin.
role-name-taken = Bu adda bir rol zaten var. Başka bir ad seçin.
role-in-use = { $members ->
    [one] Bu role sahip 1 üye var. Önce ona başka bir rol verin.
   *[other] Bu role sahip { $members } üye var. Önce onlara başka bir rol verin.
}
role-promised = Bu role davet edilmiş biri var. Önce daveti geri çekin.
role-built-in = Yerleşik roller değiştirilemez ve silinemez. Bunun yerine kendi rolünüzü oluşturun.
permission-unknown = “{ $permission }” diye bir izin yok. İzin listesine bakın.
permission-not-held = Bunun için “{ $permission }” izni gerekir; bu izin sizde yok. Mağazanın bir sahibine başvurun.

## Departments
department-not-found = Bu bölüm bulunamadı.
department-name-taken = Bu adda bir bölüm zaten var. Başka bir ad seçin.
departments-not-all-here = Bunlardan biri bu mağazanın bölümü değil.
members-not-all-here = Bunlardan biri bu mağazanın üyesi değil.
position-out-of-range = 0 ile { $most } arasında bir sıra seçin.

## Opening hours
hours-not-found = Bu çalışma saatleri bulunamadı.
hours-not-here = Bu mağazada böyle çalışma saatleri yok.
hours-name-taken = Bu adda çalışma saatleri zaten var. Başka bir ad seçin.
hours-stay-default = Bunlar mağazanın kendi saatleri. Bunun yerine başka saatleri mağazanın saatleri yapın.
hours-are-default = Bunlar mağazanın kendi saatleri. Önce başka saatleri mağazanın saatleri yapın.
hours-in-use = { $count ->
    [one] { $departments } bölümü bu saatlere uyuyor. Önce ona başka saatler seçin.
   *[other] Şu bölümler bu saatlere uyuyor: { $departments }. Önce onlara başka saatler seçin.
}
hours-never-open = Bu saatlerde hiç açılmıyor. En az bir aralık ekleyin.
weekday-unknown = Gün, 1 (pazartesi) ile 7 (pazar) arasında bir sayıdır.
holiday-twice = Bir tarih iki kez yazılmış. Tüm saatlerini tek bir girdide toplayın.

## API tokens and the audit log
token-not-found = Bu anahtar bulunamadı.
token-without-permission = En az bir izin seçin.
too-many-tokens = Bu üyenin zaten { $most } anahtarı var. Hiçbir programın kullanmadıklarını iptal edin.
expiry-in-past = Gelecekte bir zaman seçin ya da boş bırakın.
actor-unknown = Bir üyenin (mem_…) ya da bir anahtarın (tok_…) kimliğini verin.
department-gone = Böyle bir bölüm artık yok. Başka bir tane seçin.
