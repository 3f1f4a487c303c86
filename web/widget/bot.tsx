import type { Answer, QuickReply } from './api';
import { mustAsk } from './asked';
import { Words } from './Bubble';
import { say } from './sending';
import { leave } from './steps';
import type { Visit } from './visit';

/** What the bot was asked, and its answer once it is there. Only this browser has it, until a person is asked for. */
export type Said = { asked: string; proof?: Way } & Partial<Answer>;

type Way = keyof typeof proofs;

export async function ask(visit: Visit, { topic, label }: QuickReply) {
  const { visitor } = visit;
  const path = topic === 'track_order' ? visitor.identity && 'orders' : `quick-replies/${topic}?${visitor.place}`;
  leave(visit);
  // what was left unanswered is left behind
  visit.said = visit.said.filter(({ text }) => text);
  visit.said.push({ asked: label, proof: path ? undefined : 'orders' });
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
      {said.map((one) => (
        <>
          <div class="bubble me">{one.asked}</div>
          <p class="name">{t('bot')}</p>
          <div class="bubble" dir="auto">{one.proof && !one.text ? <Proof visit={visit} said={one} /> : <Words text={one.text ?? '…'} />}</div>
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

/** How somebody shows that orders are theirs: what is asked for, and where it goes. */
const proofs = {
  orders: { why: 'track-why', fields: ['number', 'email', 'postcode'], done: 'track' },
  'orders/codes': { why: 'code-why', fields: ['email'], done: 'code-send' },
  'orders/proofs': { why: 'code-sent', fields: ['code'], done: 'track' },
};
const kinds: Record<string, object> = {
  email: { type: 'email', autocomplete: 'email' },
  postcode: { autocomplete: 'postal-code' },
  code: { inputmode: 'numeric', autocomplete: 'one-time-code' },
};

function Proof({ visit, said }: { visit: Visit; said: Said }) {
  const { t, visitor, config } = visit;
  const path = said.proof as Way;
  const { why, fields, done } = proofs[path];
  const send = (event: Event) => {
    event.preventDefault();
    const known = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement));
    visit.attempt(async () => {
      await visitor.arrive();
      if (path === 'orders/codes') Object.assign(said, await visitor.api.post(path, known), { proof: 'orders/proofs' });
      else await hear(visit, visitor.api.post(path, path === 'orders' ? known : { ...known, sealed: said.sealed }));
    });
  };
  return (
    <form key={path} onSubmit={send}>
      <p>{t(why)}</p>
      {fields.map((name) => <label>{t(name)}<input name={name} {...kinds[name]} required /></label>)}
      <button type="submit" class="main">{t(done)}</button>
      {path === 'orders' && config?.order_codes && (
        <button type="button" class="tap" onClick={() => {
          said.proof = 'orders/codes';
          visit.show('chat');
        }}>{t('code-rather')}</button>
      )}
    </form>
  );
}
