import { expect, test } from 'vitest';
import { choose } from './language';

test.each([
  [['nb-NO', 'en'], 'nb'],
  [['no'], 'nb'],
  [['nn-NO', 'en'], 'nb'],
  [['zh_Hans_CN'], 'zh'],
  [['TR-tr'], 'tr'],
  [[undefined, '', 'fr-FR', 'tr'], 'tr'],
  [['de', 'fr'], 'en'],
  [[], 'en'],
])('of the wishes %j the widget speaks %s', (wishes, spoken) => {
  expect(choose(...wishes)).toBe(spoken);
});
