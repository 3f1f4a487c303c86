## Views
view-unassigned = Atanmamış
view-mine = Benim
view-mentions = Bahsedilenler
view-open = Açık
view-snoozed = Ertelenmiş
view-resolved = Çözülmüş
view-spam = Spam
view-all = Tümü
views = Görünümler
conversations = Konuşmalar
