import { h, render } from 'preact';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Answer, type Config, Problem } from './api';
import { ask, Exchange } from './bot';
import type { Host } from './host';
import { Outbox, type Outgoing } from './outbox';
import { Visit } from './visit';

const returns = { topic: 'return_policy', label: 'Return policy' };
const track = { topic: 'track_order', label: 'Track my order' };

function shopper(answer: () => Promise<Partial<Answer>>, config: Partial<Config> = {}) {
  const host = { shop: 'key', server: 'https://shop.example/', language: 'en' } as Host;
  const visit = new Visit(host, () => {});
  visit.config = { open: true, strings: {}, quick_replies: [returns, track], ask_name: 'no', ask_email: 'no', ...config } as Config;
  const sent: Outgoing[] = [];
  let waiting: Outgoing[] = [];
  visit.outbox = new Outbox({ load: () => waiting, save: (all) => { waiting = all; }, send: async (message) => { sent.push(message); } });
  visit.visitor.api.get = answer as typeof visit.visitor.api.get;
  visit.visitor.api.post = answer as typeof visit.visitor.api.post;
  visit.visitor.arrive = async () => {};
  const box = document.body.appendChild(document.createElement('div'));
  const draw = () => render(h(Exchange, { visit }), box);
  const press = (word: string) => [...box.querySelectorAll('button')].find((it) => it.textContent === word)?.click();
  return { visit, sent, box, draw, press };
}

beforeEach(() => {
  localStorage.clear();
  document.body.replaceChildren();
});

test('an answer is shown, and goes along with the wish for a person', async () => {
  const { visit, sent, box, draw, press } = shopper(async () => ({ text: '30 days', sealed: 'seal', start: null }));
  await ask(visit, returns);
  draw();
  expect([...box.querySelectorAll('.bubble')].map((it) => it.textContent)).toEqual(['Return policy', '30 days']);
  expect(sent).toEqual([]);
  press('person');
  await vi.waitFor(() => expect(sent).toMatchObject([{ text: 'person', opening: { said: ['seal'] } }]));
});

test('where something is asked first, a person comes after it', async () => {
  const { visit, sent, draw, press } = shopper(async () => ({ text: '30 days', sealed: 'seal', start: null }), { needs_consent: true });
  await ask(visit, returns);
  draw();
  press('person');
  expect([visit.screen, sent]).toEqual(['questions', []]);
});

test('an answer that did not come leaves nothing behind', async () => {
  const { visit } = shopper(async () => { throw new Problem(0); });
  await expect(ask(visit, returns)).rejects.toThrow(Problem);
  expect(visit.said).toEqual([]);
});

test('an order is asked for with a form, and one in trouble begins a conversation by itself, once', async () => {
  const { visit, sent, box, draw } = shopper(async () => ({ text: 'late', sealed: 'seal', start: 'ord_1/2026-11-29' }));
  await ask(visit, track);
  draw();
  expect(box.querySelectorAll('input')).toHaveLength(3);
  box.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await vi.waitFor(() => expect(sent).toMatchObject([{ text: '', client_id: 'ord_1/2026-11-29', opening: { said: ['seal'] } }]));
});

test('a code is sent to whoever would rather have one, and goes back with its seal', async () => {
  const asked: unknown[] = [];
  const { visit, box, draw, press } = shopper(async () => ({}), { order_codes: true });
  visit.visitor.api.post = (async (path: string, body: object) => {
    asked.push([path, body]);
    return path === 'orders/codes' ? { sealed: 'seal' } : { text: 'on its way', sealed: 'told', start: null };
  }) as typeof visit.visitor.api.post;
  const step = async (name: string, value: string) => {
    draw();
    const input = box.querySelector('input') as HTMLInputElement;
    expect([box.querySelectorAll('input').length, input.name]).toEqual([1, name]);
    input.value = value;
    const before = asked.length;
    box.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await vi.waitFor(() => expect(asked.length).toBe(before + 1));
    await Promise.resolve();
  };
  await ask(visit, track);
  draw();
  press('code-rather');
  await step('email', 'mara@example.org');
  await step('code', '123456');
  expect(asked).toEqual([['orders/codes', { email: 'mara@example.org' }], ['orders/proofs', { code: '123456', sealed: 'seal' }]]);
  await vi.waitFor(() => expect(visit.said.at(-1)).toMatchObject({ text: 'on its way', sealed: 'told' }));
});

test('a code is offered only where mail is sent', async () => {
  const { visit, box, draw } = shopper(async () => ({}), { order_codes: false });
  await ask(visit, track);
  draw();
  expect(box.textContent).not.toContain('code-rather');
});

test('whom the shop has signed in is asked for nothing', async () => {
  const { visit, box, draw } = shopper(async () => ({ text: 'on its way', sealed: 'seal', start: null }));
  visit.visitor.identity = 'jwt';
  await ask(visit, track);
  draw();
  expect(box.querySelector('form')).toBeNull();
  expect(box.textContent).toContain('on its way');
});

test('what was left unanswered is left behind', async () => {
  const { visit } = shopper(async () => ({ text: '30 days', sealed: 'seal', start: null }));
  await ask(visit, track);
  await ask(visit, returns);
  expect(visit.said.map(({ asked }) => asked)).toEqual(['Return policy']);
});
