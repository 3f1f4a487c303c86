import Bell from "@lucide/svelte/icons/bell";
import Keyboard from "@lucide/svelte/icons/keyboard";
import LogOut from "@lucide/svelte/icons/log-out";
import Store from "@lucide/svelte/icons/store";
import type { Availability, Language } from "../../shared/api";
import { languages, t, tongue } from "../lib/i18n.svelte";
import { session } from "../lib/session.svelte";
import { theme, themes } from "../lib/theme.svelte";
import { attempt } from "../lib/toasts.svelte";
import type { MenuItem } from "../ui/menu";
import { shell } from "./shell.svelte";

const availabilities: Availability[] = ["online", "away", "offline"];

export const availabilityItems = (): MenuItem[] =>
  availabilities.map((name) => ({
    label: t(`availability-${name}`),
    checked: session.current.member.availability === name,
    run: () => attempt(() => session.beAvailable(name)),
  }));

export const languageItems = (): MenuItem[] =>
  Object.entries(languages).map(([name, label]) => ({
    label,
    checked: tongue.language === name,
    run: () => attempt(() => session.speak(name as Language)),
  }));

export const themeItems = (): MenuItem[] =>
  themes.map((name) => ({ label: t(`theme-${name}`), checked: theme.chosen === name, run: () => theme.choose(name) }));

export const shopItems = (): MenuItem[] =>
  session.current.shops
    .filter(({ id }) => id !== session.current.shop.id)
    .map(({ id, name }) => ({ label: t("switch-shop", { shop: name }), icon: Store, run: () => attempt(() => session.enterShop(id)) }));

export const ownItems = (): MenuItem[] => [
  { label: t("alerts"), icon: Bell, run: () => shell.show("alerts") },
  { label: t("keyboard-shortcuts"), icon: Keyboard, keys: "?", run: () => shell.show("shortcuts") },
  ...shopItems(),
  { label: t("sign-out"), icon: LogOut, run: () => attempt(() => session.end()) },
];
