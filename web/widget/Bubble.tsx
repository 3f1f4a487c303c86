import type { Card, ChatMessage, FileView } from './api';
import { Icon, type Shape } from './Icon';
import { pieces } from './links';
import { money } from './money';
import type { Outgoing } from './outbox';
import { rich } from './rich';
import { clean, outward } from './text';
import type { Visit } from './visit';
import { explain, time } from './words';

type Props = { visit: Visit; message: ChatMessage; first: boolean; last: boolean };

export function Bubble({ visit, message, first, last }: Props) {
  const { t, language, talk } = visit;
  const { by, text, html, files, products, at, seq, event } = message;
  const name = by === 'me' ? t('you') : by === 'bot' ? t('bot') : clean(message.name ?? '') || visit.config?.shop.name;
  if (event) return <p class="day">{t(`event-${event.kind}`, { name: name ?? '' })}</p>;
  const read = message.state === 'read' || seq <= (talk?.readByAgent ?? 0);
  return (
    <>
      {first && <p class={by === 'me' ? 'unseen' : 'name'}>{name}</p>}
      {(text || html) && <div class={`bubble ${by}`} dir="auto">{(html && formatted(html)) || <Words text={text} />}</div>}
      {files.map((file) => <Attachment visit={visit} file={file} by={by} />)}
      {products.map((card) => <Product visit={visit} card={card} />)}
      {last && (
        <p class={`meta ${by}`}>
          {time(language, at)}
          {by === 'me' && <Tick visit={visit} of={read ? 'read' : 'sent'} word={read ? 'read' : message.state === 'delivered' ? 'delivered' : 'sent'} />}
        </p>
      )}
    </>
  );
}

export function Waiting({ visit, message }: { visit: Visit; message: Outgoing }) {
  const { t, outbox, talk } = visit;
  const { client_id, text, files, refused } = message;
  const delay = outbox?.delay;
  const connected = navigator.onLine && talk?.up !== false;
  return (
    <>
      {text && <div class="bubble me" dir="auto"><Words text={text} /></div>}
      {files.map((file) => <Attachment visit={visit} file={file} by="me" />)}
      {refused ? (
        <p class="wrong me" role="alert">
          {t('refused')} {explain(visit, refused.status, refused.detail)}{' '}
          <button type="button" onClick={() => outbox?.retry(client_id)}>{t('retry')}</button>{' '}
          <button type="button" onClick={() => outbox?.remove(client_id)}>{t('remove')}</button>
        </p>
      ) : (
        <p class="meta me">
          {delay ? (
            <span role="status">{explain(visit, delay.status, '', delay.waitSeconds)}</span>
          ) : (
            <Tick visit={visit} of="waiting" word={connected && outbox?.sending ? 'sending' : 'waiting'} />
          )}
        </p>
      )}
    </>
  );
}

const Tick = ({ visit, of, word }: { visit: Visit; of: Shape; word: string }) => (
  <span class="tick"><Icon of={of} size={14} />{visit.t(word)}</span>
);

export const Words = ({ text }: { text: string }) => (
  <>{pieces(text).map(({ text, href }) => (href ? <a href={href} {...outward}>{text}</a> : text))}</>
);

// A page may forbid parsing html (Trusted Types): the plain text says the same.
function formatted(html: string) {
  try {
    return rich(html);
  } catch {
    return null;
  }
}

function Attachment({ visit, file, by }: { visit: Visit; file: FileView; by: string }) {
  const { media_type, url, width, height } = file;
  const href = new URL(url, visit.host.server).href;
  const name = clean(file.name);
  const picture = /^image\/(png|jpeg|gif|webp)$/.test(media_type);
  return (
    <a class={`bubble file ${by}`} href={href} {...outward}>
      {picture ? <img src={href} alt={name} width={width ?? undefined} height={height ?? undefined} /> : <><Icon of="file" /><bdi>{name}</bdi></>}
    </a>
  );
}

/** What the shop shows of a product, as it was when it was shown; a link where the shop sells it. */
function Product({ visit: { t, language }, card }: { visit: Visit; card: Card }) {
  const { page, picture, title, price, before, dearer, in_stock, left } = card;
  const cost = price && money(language, price);
  return (
    <a class="bubble card" {...(page && { href: page, ...outward })}>
      {picture && <img src={picture} alt="" referrerpolicy="no-referrer" loading="lazy" />}
      <b dir="auto">{clean(title)}</b>
      {cost && <span>{dearer ? t('price-from', { price: cost }) : cost} {before && <s>{money(language, before)}</s>}</span>}
      {in_stock === false && <small>{t('sold-out')}</small>}
      {left && <small>{t('only-left', { count: `${left}` })}</small>}
    </a>
  );
}
