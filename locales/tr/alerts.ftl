alerts-about = Yalnızca bu tarayıcı için. Siz istemedikçe ikisi de kapalıdır.
alerts-sound = Ses
alerts-sound-hint = Müşteri yazdığında iki yumuşak nota.
alerts-popups = Tarayıcı bildirimleri
alerts-popups-hint = Siz başka yere bakarken müşteri yazdığında.
alerts-refused = Tarayıcı izin vermiyor. Bunu tarayıcının bu siteye ait ayarlarından değiştirin.
