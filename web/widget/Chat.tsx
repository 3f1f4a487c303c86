import { Component, createRef } from 'preact';
import type { ChatMessage } from './api';
import { isOutOfReach, mustAsk } from './asked';
import { Exchange } from './bot';
import { Bubble, Waiting } from './Bubble';
import { Composer } from './Composer';
import { Taps } from './Taps';
import { clean } from './text';
import type { Visit } from './visit';
import { day } from './words';

type Props = { visit: Visit };

/** Messages one person wrote within a minute share their name and time. */
const same = (a?: ChatMessage, b?: ChatMessage) =>
  a?.by === b?.by && a?.name === b?.name && a?.at.slice(0, 16) === b?.at.slice(0, 16);

export class Chat extends Component<Props> {
  log = createRef<HTMLDivElement>();
  #atEnd = true;

  componentDidMount() {
    this.componentDidUpdate();
  }

  /** New messages scroll into view, unless the shopper is reading further up. */
  componentDidUpdate() {
    const log = this.log.current;
    if (log && this.#atEnd) log.scrollTop = log.scrollHeight;
  }

  #scrolled = () => {
    const { scrollTop, clientHeight, scrollHeight } = this.log.current as HTMLDivElement;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < 60;
  };

  render({ visit }: Props) {
    const { t, talk, config, outbox, language } = visit;
    const messages = talk?.timeline.messages ?? [];
    const arrived = new Set(messages.map((it) => it.client_id));
    const waiting = (outbox?.messages ?? []).filter((it) => it.talk === (talk?.id ?? null) && !arrived.has(it.client_id));
    let date = '';
    return (
      <>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled log must be reachable by keyboard */}
        <div class="log" role="log" aria-label={t('log')} tabIndex={0} ref={this.log} onScroll={this.#scrolled}>
          {!talk && <div class="bubble shop">{config?.greeting}</div>}
          {!talk && <Exchange visit={visit} />}
          {!talk && !waiting[0] && <Taps visit={visit} />}
          {messages.map((message, i) => {
            const before = messages[i - 1];
            const today = day(language, message.at);
            const turned = today !== date;
            date = today;
            return (
              <>
                {turned && <p class="day">{today}</p>}
                <Bubble visit={visit} message={message} first={turned || !same(before, message)} last={!same(message, messages[i + 1])} />
              </>
            );
          })}
          {waiting.map((message) => <Waiting visit={visit} message={message} />)}
          {talk?.typing && <p class="typing">{t('typing', { name: clean(talk.typing) })}</p>}
        </div>
        {talk?.loaded && !talk.up && <p class="notice" role="status">{t('offline')}</p>}
        {talk?.status === 'resolved' ? (
          <p class="notice">
            {t('resolved')} <button type="button" onClick={() => visit.begin(visit.department)}>{t('new')}</button>
          </p>
        ) : talk && isOutOfReach(visit) && (
          <p class="notice" role="status">
            {t('closed-now')} <button type="button" onClick={() => visit.show('questions')}>{t('email-leave')}</button>
          </p>
        )}
        {/* whoever is to be asked something first comes to it by way of the questions */}
        {(talk || !mustAsk(visit)) && <Composer visit={visit} />}
        {visit.dropping && <p class="drop">{t('drop')}</p>}
      </>
    );
  }
}
