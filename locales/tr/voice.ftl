# Twilio’daki bir numarayı arayanların duydukları
greeting = { $shop } müşteri hizmetlerine hoş geldiniz. Lütfen hatta kalın.
waits = Tüm arkadaşlarımız görüşmede. Sırada { $place } numarasınız. Hatta kalın ya da 1’i tuşlayın, sizi geri arayalım.
waits-unknown = Tüm arkadaşlarımız görüşmede. Sırada { $place } numarasınız. Lütfen hatta kalın.
closed = { $shop } şu anda kapalı.
closed-until = { $shop } şu anda kapalı. Açılış: { $day } saat { $time }.
nobody = Şu anda kimse telefona bakamıyor.
offer = 1’i tuşlayın, sizi geri arayalım.
speak = Sinyalden sonra mesajınızı bırakın, bitince kare tuşuna basın.
called-back = Teşekkür ederiz. Sizi geri arayacağız. İyi günler.
called-back-by = Teşekkür ederiz. Sizi en geç { $day } saat { $time } itibarıyla geri arayacağız. İyi günler.
thanks = Teşekkür ederiz. İyi günler.
sorry = Özür dileriz, bizde bir sorun oluştu.

# telefonu açan ekip üyesinin duydukları ve kaçırdığı müşteri
whisper = Bir müşteri { $line } hattını arıyor. Görüşmeyi almak için 1’i tuşlayın.
gone = Müşteri telefonu kapattı.

# bu cümlelerdeki biçimleriyle günler
today = bugün
tomorrow = yarın
day-1 = pazartesi günü
day-2 = salı günü
day-3 = çarşamba günü
day-4 = perşembe günü
day-5 = cuma günü
day-6 = cumartesi günü
day-7 = pazar günü
