## Bot

# ayarlar
quick-replies = Hızlı yanıtlar
quick-replies-about = Müşterilerinizin sohbette tek dokunuşla hemen aldığı yanıtlar. Bot olduğunu söyler; bir çalışana ulaşmak için her zaman tek dokunuş yeter.
quick-replies-offered = Neleri yanıtlıyor
quick-replies-offered-about = Sohbette yalnızca açık olan ve metni bulunanlar gösterilir.
quick-reply-track-order = Siparişimi takip et
quick-reply-track-order-about = Oturumunu açtığınız müşterilere, siparişin numarasını, e-posta adresini ve posta kodunu bilenlere ve o adrese gönderilen kodu okuyanlara söylenir.
quick-reply-return-policy = İade koşulları
quick-reply-return-policy-about = Aşağıdaki kendi metninizle yanıtlanır.
quick-reply-shipping = Kargo ücreti ve süresi
quick-reply-shipping-about = Aşağıdaki kendi metninizle yanıtlanır.
quick-reply-opening-hours = Çalışma saatleri
quick-reply-opening-hours-about = Mağazanın çalışma saatlerinden, önümüzdeki 30 günün tatilleriyle birlikte yanıtlanır.
quick-reply-department = Sorunlu kargoyla kim ilgilenir
quick-reply-department-about = Kargo gecikir, yerinde sayar ya da teslim edilemezse müşteri hemen bir çalışana aktarılır.
quick-reply-department-none = İlk müsait olan
quick-reply-return-policy-text = İade hakkında söyledikleriniz
quick-reply-shipping-text = Kargo hakkında söyledikleriniz
quick-reply-text-about = { $shop } yerine mağazanın adı gelir. Web adresleri bağlantıya dönüşür.
quick-replies-preview = Sohbette, { $language }

# çalışma saatleri sözle
hours-open-until = Şu anda açığız. Kapanış: { $time }.
hours-open-until-day = Şu anda açığız. Kapanış: { $day } { $time }.
hours-closed-until = Şu anda kapalıyız. Açılış: { $time }.
hours-closed-until-day = Şu anda kapalıyız. Açılış: { $day } { $time }.
hours-always = Her zaman açığız.
hours-never = Şimdilik kapalıyız.
hours-line = { $day }: { $hours }
hours-closed = kapalı
day-1 = Pazartesi
day-2 = Salı
day-3 = Çarşamba
day-4 = Perşembe
day-5 = Cuma
day-6 = Cumartesi
day-7 = Pazar

# siparişler sözle
told-order = { $number } numaralı sipariş: { $status }.
told-promised = En geç { $date } tarihinde sizde olmalı.
told-late = En geç { $date } tarihinde sizde olmalıydı. Geciktiği için üzgünüm.
told-stuck = Kargo firması { $date } tarihinden beri haber vermedi. Beklettiğimiz için üzgünüm.
told-failed = Üzgünüm, yardım olmadan size ulaşamayacak.
told-person = Bunu bir çalışana aktarıyorum.
told-none = Size ait bir sipariş bulamadım.
told-status-unfulfilled = alındı, henüz paketlenmedi
told-status-processing-fulfilment = paketleniyor
told-status-pending-delivery = paketlendi, kargo firmasını bekliyor
told-status-ready-for-pickup = teslim almanız için hazır
told-status-in-transit = yolda
told-status-out-for-delivery = bugün dağıtımda
told-status-attempted-delivery = kargo geldi, kimseyi bulamadı
told-status-delivered = teslim edildi
told-status-failed-delivery = teslim edilemedi
told-status-failed-fulfilment = hazırlanamadı
told-status-cancelled = iptal edildi
told-status-partially-refunded = kısmen iade edildi
told-status-refunded = iade edildi
