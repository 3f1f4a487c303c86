import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent } from "./support/agent";
import type { List } from "./support/api";
import { hasFocus, launch, open, phone, tabTo } from "./support/browser";
import { postgres, Server } from "./support/server";
import { Shopper } from "./support/shopper";
import { type Colleague, hire } from "./support/team";
import { type Language, languages } from "./support/words";

const names: Record<Language, { agent: string; shopper: string; question: string; answer: string }> = {
  en: { agent: "Amy Walker", shopper: "Mara Quill", question: "Does the tent stand a storm? 5 < 7 & more", answer: "It does: fourteen pegs." },
  nb: { agent: "Åse Bråten", shopper: "Øyvind Sæther", question: "Tåler teltet storm på vidda?", answer: "Ja, det tåler det fint." },
  tr: { agent: "Işıl Çağlar", shopper: "İğdem Şimşek", question: "Çadır fırtınaya dayanır mı?", answer: "Evet, dayanır; iyi yolculuklar." },
  zh: { agent: "王芳", shopper: "赵小明", question: "这顶帐篷能抗风暴吗？", answer: "可以，放心使用。" },
};

describe.each(["sqlite", "postgres"] as const)("a shopper writes, an agent answers, the shopper reads it, on %s", (engine) => {
  describe.skipIf(engine === "postgres" && !postgres)("in a browser", () => {
    let server: Server;
    let browser: Browser;
    const team = {} as Record<Language, Colleague>;
    const departments = {} as Record<Language, string>;
    const greetings = {} as Record<Language, string>;

    beforeAll(async () => {
      [server, browser] = await Promise.all([Server.start({ engine }), launch()]);
      // long enough to be held, short enough to wait for
      await server.api.patch("/shop", { undo_send_seconds: 1 });
      for (const language of languages) team[language] = await hire(server, { name: names[language].agent, language });
      const { items } = await server.api.get<List<{ names: Record<Language, string> }>>("/departments");
      Object.assign(departments, items[0]!.names);
      Object.assign(greetings, (await server.api.get<{ settings: { acknowledgement: Record<Language, string> } }>("/widget")).settings.acknowledgement);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
    });

    it.each(languages)("by mouse, in %s", async (language) => {
      const { shopper: name, question, answer } = names[language];
      const shopper = new Shopper(await open(browser, { language }), language);
      const agent = new Agent(await open(browser, { language, state: team[language].state }), language);
      await agent.goes(server);
      await agent.list.waitFor();

      await shopper.begins(server, { department: departments[language], name, email: "mara@example.org", text: question });
      await shopper.message(greetings[language]).waitFor();
      await agent.opens(name);
      await agent.message(question).waitFor();
      await shopper.log.getByText(shopper.t("read"), { exact: true }).waitFor();
      await agent.replies(answer);
      await shopper.message(answer).waitFor();
      await agent.message(answer).getByText(agent.t("state-read"), { exact: true }).waitFor();
      await agent.button("resolve").click();
      await agent.button("reopen").waitFor();
      await shopper.panel.getByText(shopper.t("resolved")).waitFor();

      const { items } = await server.api.get<List<{ id: string; customer: { name: string }; status: string }>>("/conversations?view=resolved");
      const there = items.find(({ customer }) => customer.name === name)!;
      const { items: kept } = await server.api.get<List<{ text: string; kind: string; state: string }>>(`/conversations/${there.id}/messages`);
      expect(kept.filter(({ kind }) => kind !== "event").map(({ kind, text }) => `${kind}: ${text}`)).toEqual([`customer: ${question}`, `auto: ${greetings[language]}`, `reply: ${answer}`]);
    });

    it.each(languages)("by keyboard alone, in %s", async (language) => {
      const { question, answer } = names[language];
      const name = `${names[language].shopper} II`;
      const shopper = new Shopper(await open(browser, { language }), language);
      const keys = shopper.page.keyboard;
      const inChat = (step: string) => expect.poll(() => shopper.page.evaluate(() => document.activeElement?.localName), { message: `the focus stays in the chat: ${step}` }).toBe("ombud-chat");
      await shopper.visits(server);
      await tabTo(shopper.page, shopper.launcher);
      await keys.press("Enter");
      await shopper.panel.waitFor();
      await inChat("opened");
      await tabTo(shopper.page, shopper.panel.getByRole("button", { name: departments[language] }));
      await keys.press("Enter");
      await shopper.button("go-on").waitFor();
      await inChat("department chosen");
      await tabTo(shopper.page, shopper.panel.getByRole("textbox", { name: shopper.t("name") }));
      await keys.insertText(name);
      await tabTo(shopper.page, shopper.panel.getByRole("checkbox"));
      await keys.press("Space");
      await tabTo(shopper.page, shopper.button("go-on"));
      await keys.press("Enter");
      await tabTo(shopper.page, shopper.field);
      await keys.insertText(question);
      await keys.press("Enter");
      await shopper.message(question).waitFor();
      await inChat("sent");

      const agent = new Agent(await open(browser, { language }), language);
      const desk = agent.page.keyboard;
      await agent.goes(server);
      await tabTo(agent.page, agent.page.getByRole("textbox", { name: agent.t("email") }));
      await desk.type(team[language].email);
      await tabTo(agent.page, agent.page.getByLabel(agent.t("password"), { exact: true }));
      await desk.type(team[language].password);
      await desk.press("Enter");
      await agent.row(name).waitFor();
      await tabTo(agent.page, agent.row(name), "j");
      await desk.press("Enter");
      await agent.message(question).waitFor();
      await agent.editor.waitFor();
      await desk.press("r");
      await expect.poll(() => hasFocus(agent.editor)).toBe(true);
      await desk.insertText(answer);
      await agent.editor.getByText(answer).waitFor();
      await desk.press("Control+Enter");
      await shopper.message(answer).waitFor();
      await desk.press("Escape");
      await expect.poll(() => hasFocus(agent.editor)).toBe(false);
      await desk.press("e");
      await agent.button("reopen").waitFor();
      await shopper.panel.getByText(shopper.t("resolved")).waitFor();

      await tabTo(shopper.page, shopper.field);
      await keys.press("Escape");
      await shopper.panel.waitFor({ state: "hidden" });
      await tabTo(shopper.page, shopper.launcher, "Tab", 1);
    });

    it.each(languages)("on a phone, in %s", async (language) => {
      const { question, answer } = names[language];
      const name = `${names[language].shopper} III`;
      const touch = { size: phone, context: { hasTouch: true, isMobile: true } };
      const shopper = new Shopper(await open(browser, { language, ...touch }), language);
      const agent = new Agent(await open(browser, { language, state: team[language].state, ...touch }), language);
      await agent.goes(server);

      await shopper.begins(server, { department: departments[language], name, text: question });
      await expect.poll(() => shopper.panel.boundingBox()).toEqual({ x: 0, y: 0, ...phone });
      await agent.opens(name);
      await agent.message(question).waitFor();
      await agent.replies(answer);
      await shopper.message(answer).waitFor();
      await agent.does("resolve");
      await shopper.panel.getByText(shopper.t("resolved")).waitFor();
      await agent.button("back").click();
      await agent.list.waitFor();
      await agent.row(name).waitFor({ state: "detached" });
      await shopper.button("close").click();
      await shopper.panel.waitFor({ state: "hidden" });
    });
  });
});

