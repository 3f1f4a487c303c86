alerts-about = Gjelder bare denne nettleseren. Begge er av til du vil ha dem.
alerts-sound = Lyd
alerts-sound-hint = To dempede toner når en kunde skriver.
alerts-popups = Varsler fra nettleseren
alerts-popups-hint = Når en kunde skriver mens du ser et annet sted.
alerts-refused = Nettleseren tillater det ikke. Endre det i nettleserens innstillinger for nettstedet.
