/** Sound and pop-ups for new messages: off until somebody asks for them. */
class Alerts {
  sound = $state(localStorage.getItem("sound") === "on");
  popups = $state(localStorage.getItem("popups") === "on" && this.permission === "granted");

  get permission() {
    return typeof Notification === "undefined" ? "denied" : Notification.permission;
  }

  setSound(on: boolean) {
    this.sound = on;
    localStorage.setItem("sound", on ? "on" : "off");
    if (on) this.chime();
  }

  /** False when the browser refuses. */
  async setPopups(on: boolean) {
    const granted = on && (await Notification.requestPermission()) === "granted";
    this.popups = granted;
    localStorage.setItem("popups", granted ? "on" : "off");
    return granted === on;
  }

  /** Two soft notes, made here: no file to fetch. */
  chime() {
    const audio = new AudioContext();
    for (const [pitch, start] of [[659, 0], [880, 0.12]] as const) {
      const note = new OscillatorNode(audio, { frequency: pitch });
      const loudness = new GainNode(audio, { gain: 0 });
      const at = audio.currentTime + start;
      loudness.gain.linearRampToValueAtTime(0.08, at + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
      note.connect(loudness).connect(audio.destination);
      note.start(at);
      note.stop(at + 0.4);
      note.onended = () => start > 0 && audio.close();
    }
  }

  tell(title: string, body: string, open: () => void) {
    if (this.sound) this.chime();
    if (!this.popups || document.hasFocus()) return;
    const popup = new Notification(title, { body, icon: "/console/icon-192.png", tag: title });
    popup.onclick = () => {
      focus();
      popup.close();
      open();
    };
  }
}

export const alerts = new Alerts();
