import Camera from "@lucide/svelte/icons/camera";
import Mail from "@lucide/svelte/icons/mail";
import MessageCircle from "@lucide/svelte/icons/message-circle";
import MessageCircleMore from "@lucide/svelte/icons/message-circle-more";
import Phone from "@lucide/svelte/icons/phone";
import Send from "@lucide/svelte/icons/send";
import Smartphone from "@lucide/svelte/icons/smartphone";
import Zap from "@lucide/svelte/icons/zap";
import type { Channel } from "../../shared/api";
import { channelName } from "../customers/words";

/** Icons of the channels a conversation can come by; firms' own marks are theirs. */
const icons: Record<string, typeof Mail> = { email: Mail, whatsapp: MessageCircleMore, messenger: Zap, instagram: Camera, sms: Smartphone, telegram: Send, phone: Phone };

/** By which channel a conversation is held, as it is shown. */
export const channelMark = (channel: string) => ({
  icon: icons[channel] ?? MessageCircle,
  name: channel === "telegram" ? "Telegram" : channelName((channel === "chat" ? "webchat" : channel) as Channel),
});

/** Whether it is held by telephone, where no text arrives. */
export const isByPhone = (channel: string) => channel === "phone";

/** Whether it is held through a number or bot at a partner. */
export const hasLine = (channel: string) => channel !== "chat" && channel !== "email" && !isByPhone(channel);
