import type { Answer, QuickReply } from './api';
import { mustAsk } from './asked';
import { Words } from './Bubble';
import { say } from './sending';
import { leave } from './steps';
import type { Visit } from './visit';

/** What the bot was asked, and its answer once it is there. Only this browser has it, until a person is asked for. */
export type Said = { asked: string; proof?: boolean } & Partial<Answer>;

export async function ask(visit: Visit, { topic, label }: QuickReply) {
  const { visitor } = visit;
  const path = topic === 'track_order' ? visitor.identity && 'orders' : `quick-replies/${topic}?${visitor.place}`;
  leave(visit);
  // what was left unanswered is left behind
  visit.said = visit.said.filter(({ text }) => text);
  visit.said.push({ asked: label, proof: !path });
  visit.show('chat');
  if (!path) return;
  try {
    await hear(visit, visitor.api.get(path));
  } catch (failure) {
    visit.said.pop();
    throw failure;
  }
}

async function hear(visit: Visit, answer: Promise<Answer>) {
  const said = visit.said.at(-1) as Said;
  Object.assign(said, await answer);
  if (said.start && !mustAsk(visit)) person(visit);
}

/** A person is one tap away, or two where something has to be asked first. */
function person(visit: Visit) {
  const start = visit.said.at(-1)?.start;
  visit.next = () => {
    visit.next = undefined;
    say(visit, start ? '' : visit.t('person'), start ?? undefined);
  };
  if (mustAsk(visit)) visit.show('questions');
  else visit.next();
}

export function Exchange({ visit }: { visit: Visit }) {
  const { t, said } = visit;
  const tap = (word: string, act: () => void) => <button type="button" class="tap" onClick={act}>{t(word)}</button>;
  return (
    <>
      {said.map(({ asked, proof, text }) => (
        <>
          <div class="bubble me">{asked}</div>
          <p class="name">{t('bot')}</p>
          <div class="bubble" dir="auto">{proof && !text ? <Proof visit={visit} /> : <Words text={text ?? '…'} />}</div>
        </>
      ))}
      {said[0] && (
        <div>
          {tap('person', () => person(visit))}
          {said.at(-1)?.text && tap('helped', () => {
            visit.show('home');
            visit.notice = t('glad');
          })}
        </div>
      )}
    </>
  );
}

/** What only somebody who placed an order knows of it. */
function Proof({ visit }: { visit: Visit }) {
  const { t, visitor } = visit;
  const track = (event: Event) => {
    event.preventDefault();
    const known = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement));
    visit.attempt(() => hear(visit, visitor.arrive().then(() => visitor.api.post('orders', known))));
  };
  return (
    <form onSubmit={track}>
      <p>{t('track-why')}</p>
      <label>{t('number')}<input name="number" required /></label>
      <label>{t('email')}<input name="email" type="email" autocomplete="email" required /></label>
      <label>{t('postcode')}<input name="postcode" autocomplete="postal-code" required /></label>
      <button type="submit" class="main">{t('track')}</button>
    </form>
  );
}
