import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Browsing, cameFrom } from './browsing';
import type { Host } from './host';
import { Visitor } from './visitor';

type Answers = Record<string, () => Response>;
let asked: { path: string; body: Record<string, unknown>; token: string | null; keepalive: boolean }[];

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

function serve(answers: Answers = {}) {
  let tokens = 0;
  vi.stubGlobal('fetch', async (url: string, { method, headers, body, keepalive }: RequestInit) => {
    const path = `${method} ${new URL(url).pathname.split('/chat/')[1]}`;
    asked.push({ path, body: body ? JSON.parse(String(body)) : {}, token: new Headers(headers).get('Authorization'), keepalive: !!keepalive });
    if (answers[path]) return answers[path]();
    return path === 'POST visitors' ? json({ token: `vis_${++tokens}` }, 201) : new Response(null, { status: 204 });
  });
}

const page = (consent = false) => ({ shop: 'wk_1', server: 'https://desk.example/', language: 'en', consent }) as Host;
const later = () => vi.advanceTimersByTimeAsync(1_000);
const told = () => asked.filter(({ path }) => path === 'POST browsing').map(({ body }) => body);
const jwt = (sub: string) => `e.${btoa(JSON.stringify({ sub }))}.s`;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  asked = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('what happens together is told together, and of several carts the last', async () => {
  serve();
  const browsing = new Browsing(page(true));
  browsing.tell('cart', { lines: [1] });
  browsing.tell('track', 'product_viewed', { reference: 't' });
  browsing.tell('cart', { lines: [2] });
  await later();
  expect(told()).toHaveLength(1);
  const [{ consent, sightings }] = told() as [{ consent: boolean; sightings: { type: string }[] }];
  expect([consent, sightings.map(({ type }) => type)]).toEqual([true, ['product_viewed', 'cart_changed']]);
  expect(sightings[1]).toMatchObject({ cart: { lines: [2] } });
  expect(asked.at(-1)).toMatchObject({ token: 'Bearer vis_1', keepalive: true });
});

test('before the visitor agrees nothing is stored or told, and afterwards what waited', async () => {
  serve({ 'GET config': () => json({ browsing: 'agreed' }) });
  const browsing = new Browsing(page());
  browsing.tell('track', 'searched', { query: 'tent' });
  await later();
  expect([asked.map(({ path }) => path), localStorage.length]).toEqual([['GET config'], 0]);
  browsing.tell('consent', true);
  await later();
  expect(told()).toMatchObject([{ consent: true, sightings: [{ type: 'searched', query: 'tent' }] }]);
  expect(localStorage.length).toBe(1);
});

test('who takes it back is forgotten, and nothing more is told', async () => {
  serve();
  const browsing = new Browsing(page(true));
  browsing.tell('track', 'searched', { query: 'tent' });
  await later();
  browsing.tell('consent', false);
  browsing.tell('track', 'searched', { query: 'stove' });
  await later();
  expect(told()).toHaveLength(1);
  expect([asked.at(-1)?.path, localStorage.length]).toEqual(['DELETE visitor', 0]);
});

test('the page and the chat that both forget them tell it once', async () => {
  serve();
  const host = page(true);
  const browsing = new Browsing(host);
  browsing.tell('track', 'searched', { query: 'tent' });
  await later();
  await Promise.all([host.visitor?.forget(), host.visitor?.forget()]);
  expect(asked.filter(({ path }) => path === 'DELETE visitor')).toHaveLength(1);
});

test('where nobody need be asked nobody is, unless the browser says that it wants none of it', async () => {
  serve({ 'GET config': () => json({ browsing: 'always' }) });
  new Browsing(page()).tell('track', 'searched', { query: 'tent' });
  await later();
  expect(told()).toMatchObject([{ consent: false }]);
  asked = [];
  vi.stubGlobal('navigator', { globalPrivacyControl: true });
  new Browsing(page()).tell('track', 'searched', { query: 'tent' });
  await later();
  expect(asked).toEqual([]);
});

test('a page that goes away tells what waits', async () => {
  serve();
  const browsing = new Browsing(page(true));
  browsing.tell('track', 'page_viewed');
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(0);
  expect(told()).toHaveLength(1);
  vi.restoreAllMocks();
});

test('a token that ended is replaced; where nothing is kept nothing more is told', async () => {
  let first = true;
  serve({
    'POST browsing': () => {
      if (!first) return new Response(null, { status: 204 });
      first = false;
      return json({ detail: 'unknown' }, 401);
    },
  });
  const browsing = new Browsing(page(true));
  browsing.tell('track', 'page_viewed');
  await later();
  expect(asked.map(({ path }) => path)).toEqual(['POST visitors', 'POST browsing', 'POST visitors', 'POST browsing']);

  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  serve({ 'POST browsing': () => json({ detail: 'never' }, 403) });
  for (let n = 0; n < 2; n++) {
    browsing.tell('track', 'page_viewed');
    await later();
  }
  expect([warned.mock.calls.length, told().length]).toEqual([1, 3]);
  vi.restoreAllMocks();
});

test('who signs in takes along what they did, the next one at the computer gets nothing of it', async () => {
  serve();
  const host = page(true);
  const browsing = new Browsing(host);
  const arrivals = () => asked.filter(({ path }) => path === 'POST visitors').map(({ body }) => body.before);
  for (const signedIn of [null, jwt('7'), null, jwt('8')]) {
    browsing.tell('identify', signedIn);
    browsing.tell('track', 'page_viewed');
    await later();
  }
  expect(arrivals()).toEqual([null, 'vis_1', null, 'vis_3']);
  expect(host.visitor).toBeInstanceOf(Visitor);
});

test('a visit comes from elsewhere, or from a link that says what it belongs to', () => {
  const at = (search: string) => ({ search, host: 'shop.example' });
  expect(cameFrom(at(''), '')).toBeNull();
  expect(cameFrom(at('?q=1'), 'https://shop.example/a')).toBeNull();
  expect(cameFrom(at(''), 'android-app://com.example/')).toBeNull();
  expect(cameFrom(at(''), 'https://social.example/p')).toEqual({ referrer: 'https://social.example/p', campaign: null });
  expect(cameFrom(at('?utm_source=letter&utm_campaign=autumn'), '')).toEqual({
    referrer: null,
    campaign: { source: 'letter', medium: null, name: 'autumn', term: null, content: null },
  });
});
