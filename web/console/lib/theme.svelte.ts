export type ThemeName = "system" | "light" | "dark";
export const themes: ThemeName[] = ["system", "light", "dark"];

class Theme {
  chosen = $state<ThemeName>((localStorage.getItem("theme") as ThemeName | null) ?? "system");

  choose(name: ThemeName) {
    this.chosen = name;
    localStorage.setItem("theme", name);
    this.show();
  }

  show() {
    if (this.chosen === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.chosen;
  }
}

export const theme = new Theme();
