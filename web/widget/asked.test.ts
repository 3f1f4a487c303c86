import { expect, test } from 'vitest';
import type { Config } from './api';
import { asked, isOutOfReach } from './asked';
import type { Host } from './host';
import type { Talk } from './talk';
import { Visit } from './visit';

function visit(shop: Partial<Talk['shop']>, answers: { email?: string } = {}) {
  const it = new Visit({ shop: 'key', server: 'https://shop.example/', language: 'en' } as Host, () => {});
  it.config = { open: true, ask_name: 'no', ask_email: 'optional' } as Config;
  it.visitor.memory.set(answers);
  it.talk = { shop: { open: true, reachable: false, ...shop } } as Talk;
  return it;
}

test.each([
  ['while somebody is there', { open: true }, {}, false],
  ['when the shop has closed', { open: false }, {}, true],
  ['who left it empty before', { open: false }, { email: '' }, true],
  ['who has given an address', { open: false }, { email: 'mara@example.org' }, false],
  ['whom the shop can reach', { open: false, reachable: true }, {}, false],
])('an address is offered to be left: %s', (_, shop, answers, offered) => {
  expect(isOutOfReach(visit(shop, answers))).toBe(offered);
});

test('a department keeps hours of its own', () => {
  const late = visit({});
  late.talk = undefined;
  late.department = { id: 'dep_1', name: 'Repairs', about: '', open: false };
  expect(asked(late).email).toBe('required');
});
