/** Which sheet lies over the screen. */
class ShellState {
  open = $state<"palette" | "shortcuts" | "alerts" | null>(null);

  show(sheet: "palette" | "shortcuts" | "alerts") {
    this.open = sheet;
  }

  close() {
    this.open = null;
  }
}

export const shell = new ShellState();
