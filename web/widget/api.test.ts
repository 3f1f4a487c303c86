import { expect, test, vi } from 'vitest';
import { Api } from './api';

test('what goes wrong is asked for in the language the panel shows', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('{}'));
  await new Api('https://shop.example/', 'tr').get('conversations');
  expect(fetched.mock.calls[0]![1]!.headers).toEqual({ 'Accept-Language': 'tr' });
  fetched.mockRestore();
});
