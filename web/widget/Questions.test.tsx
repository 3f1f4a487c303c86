import { h, render } from 'preact';
import { beforeEach, expect, test } from 'vitest';
import type { Config } from './api';
import type { Host } from './host';
import { Questions } from './Questions';
import { Visit } from './visit';

function form(config: Partial<Config>) {
  const host = { shop: 'key', server: 'https://shop.example/', language: 'en' } as Host;
  const visit = new Visit(host, () => {});
  visit.config = { open: true, strings: {}, needs_consent: true, ask_name: 'no', ask_email: 'no', ...config } as Config;
  const box = document.body.appendChild(document.createElement('div'));
  const draw = () => render(h(Questions, { visit }), box);
  draw();
  return { visit, box, send: () => box.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true })), draw };
}
const field = (box: Element, name: string) => box.querySelector(`[name=${name}]`) as HTMLInputElement;

beforeEach(() => {
  localStorage.clear();
  document.body.replaceChildren();
});

test('consent is asked for, never assumed, and nothing is stored without it', async () => {
  const { box, send } = form({});
  expect(field(box, 'consent').checked).toBe(false);
  send();
  await Promise.resolve();
  expect(field(box, 'consent').getAttribute('aria-invalid')).toBe('true');
  expect(localStorage.length).toBe(0);
});

test('ticking the box lets the chat remember', () => {
  const { box, send } = form({});
  field(box, 'consent').checked = true;
  send();
  expect(localStorage.length).toBe(1);
});

test.each(['nobody', 'a@b', 'a b@example.com', '@example.com'])('%j is not taken for an address', async (email) => {
  const { box, send } = form({ needs_consent: false, ask_email: 'optional' });
  field(box, 'email').value = email;
  send();
  await Promise.resolve();
  expect(box.textContent).toContain('email-wrong');
});

test('a closed shop needs an address to answer to', async () => {
  const { box, send } = form({ needs_consent: false, open: false });
  send();
  await Promise.resolve();
  expect(box.textContent).toContain('email-missing');
});
