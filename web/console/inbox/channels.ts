import AtSign from "@lucide/svelte/icons/at-sign";
import Camera from "@lucide/svelte/icons/camera";
import ClipboardList from "@lucide/svelte/icons/clipboard-list";
import Mail from "@lucide/svelte/icons/mail";
import MessageCircle from "@lucide/svelte/icons/message-circle";
import MessageCircleMore from "@lucide/svelte/icons/message-circle-more";
import Phone from "@lucide/svelte/icons/phone";
import Send from "@lucide/svelte/icons/send";
import Smartphone from "@lucide/svelte/icons/smartphone";
import Zap from "@lucide/svelte/icons/zap";
import type { Channel } from "../../shared/api";
import { channelName } from "../customers/words";
import { t } from "../lib/i18n.svelte";

/** Icons of the channels a conversation can come by; firms' own marks are theirs. */
const icons: Record<string, typeof Mail> = { email: Mail, form: ClipboardList, whatsapp: MessageCircleMore, messenger: Zap, instagram: Camera, x: AtSign, sms: Smartphone, telegram: Send, phone: Phone };

const nameOf = (channel: string) => {
  if (channel === "telegram") return "Telegram";
  return channel === "form" ? t("channel-form") : channelName((channel === "chat" ? "webchat" : channel) as Channel);
};

/** By which channel a conversation is held, as it is shown. */
export const channelMark = (channel: string, isPublic = false) => ({ icon: icons[channel] ?? MessageCircle, name: isPublic && channel === "messenger" ? "Facebook" : nameOf(channel) });

/** Whether what a customer wrote at this place came as a letter; a contact form is the first thing in its conversation. */
export const cameAsLetter = (channel: string | undefined, seq: number) => channel === "email" || (channel === "form" && seq > 1);

/** Whether it is held by telephone, where no text arrives. */
export const isByPhone = (channel: string) => channel === "phone";

/** Whether it is held through a number or bot at a partner. */
export const hasLine = (channel: string) => !["chat", "email", "form", "phone"].includes(channel);
