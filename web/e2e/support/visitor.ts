import { randomUUID } from "node:crypto";
import { Api } from "./api";
import type { Server } from "./server";

type Begun = { conversation: { id: string; number: number } };

/** A shopper without a browser, where a story needs one to have written. */
export class Visitor {
  talk = "";

  private constructor(readonly api: Api) {}

  static async arrives(server: Server, { key, identity = null as string | null, language = "en" }: { key?: string; identity?: string | null; language?: string } = {}) {
    const shop = key ?? (await server.api.get<{ key: string }>("/widget")).key;
    const { token } = await new Api(server.origin).post<{ token: string }>("/chat/visitors", { key: shop, language, time_zone: "Europe/Oslo", identity });
    const api = new Api(server.origin, token);
    await api.put("/chat/visitor", { consent: true });
    return new Visitor(api);
  }

  async begins(text: string, about: { name?: string; email?: string; department?: string; page?: { url: string; title: string }; files?: string[] } = {}) {
    const body = { client_id: randomUUID(), text, files: [], department: null, name: null, email: null, consent: false, page: null, ...about };
    const { conversation } = await this.api.post<Begun>("/chat/conversations", body);
    this.talk = conversation.id;
    return conversation;
  }

  writes(text: string, files: string[] = []) {
    return this.api.post(`/chat/conversations/${this.talk}/messages`, { client_id: randomUUID(), text, files });
  }
}
