import type { Visit } from './visit';

export async function download({ visitor, talk, config, tell }: Visit) {
  const answer = await visitor.api.ask('GET', `conversations/${talk?.id}/transcript`).catch(tell);
  if (!answer) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `${config?.shop.name}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
}
