import { Component } from 'preact';
import type { Asked } from './api';
import { asked } from './asked';
import { isBlank, outward } from './text';
import type { Visit } from './visit';

type Trouble = { name?: string; email?: string; consent?: string };
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export class Questions extends Component<{ visit: Visit }, Trouble> {
  submit = (event: Event) => {
    event.preventDefault();
    const { visit } = this.props;
    const wanted = asked(visit);
    const { elements } = event.currentTarget as HTMLFormElement;
    const field = (name: string) => elements.namedItem(name) as HTMLInputElement | null;
    const name = field('name')?.value.trim() ?? visit.visitor.answers.name ?? '';
    const email = field('email')?.value.trim() ?? visit.visitor.answers.email ?? '';
    const trouble: Trouble = {
      name: wanted.name === 'required' && isBlank(name) ? 'name-missing' : '',
      email: email ? (EMAIL.test(email) ? '' : 'email-wrong') : wanted.email === 'required' ? 'email-missing' : '',
      consent: wanted.consent && !field('consent')?.checked ? 'consent-missing' : '',
    };
    this.setState(trouble);
    const first = (Object.keys(trouble) as (keyof Trouble)[]).find((key) => trouble[key]);
    if (first) return field(first)?.focus();
    visit.attempt(async () => {
      // A conversation that goes on tells the shop at once, a new one with its first message.
      if (visit.talk) await visit.visitor.introduce(name, email, wanted.consent);
      visit.visitor.memory.set({ name, email, ...(wanted.consent && { agreed: true }) });
      visit.act();
      visit.show('chat');
      visit.next?.();
      if (visit.talk && email) visit.notice = visit.t('email-noted', { email });
    });
  };

  render({ visit }: { visit: Visit }, trouble: Trouble) {
    const { t, config, department } = visit;
    const wanted = asked(visit);
    const [before, after] = t('consent', { policy: '\n' }).split('\n');
    const policy = config?.privacy_url ? <a href={config.privacy_url} {...outward}>{t('policy')}</a> : t('policy');
    return (
      <form class="page" noValidate onSubmit={this.submit}>
        {department && <h3>{department.name}</h3>}
        <p>{t(visit.hours?.open === false ? 'email-why' : 'before')}</p>
        <Field visit={visit} name="name" wish={wanted.name} trouble={trouble.name} longest={120} />
        <Field visit={visit} name="email" wish={wanted.email} trouble={trouble.email} longest={254} />
        {wanted.consent && (
          <div>
            <label class="check">
              <input type="checkbox" name="consent" aria-required="true" {...describe('consent', trouble.consent)} />
              <span>{before}{policy}{after}</span>
            </label>
            <Wrong visit={visit} of="consent" text={trouble.consent} />
          </div>
        )}
        <button type="submit" class="main">{t('go-on')}</button>
      </form>
    );
  }
}

const describe = (name: string, trouble?: string) =>
  trouble ? ({ 'aria-invalid': true, 'aria-describedby': `${name}-wrong` } as const) : {};

const Wrong = ({ visit, of, text }: { visit: Visit; of: string; text?: string }) =>
  text ? <p class="wrong" id={`${of}-wrong`}>{visit.t(text)}</p> : null;

type FieldProps = { visit: Visit; name: 'name' | 'email'; wish: Asked; trouble?: string; longest: number };

function Field({ visit, name, wish, trouble, longest }: FieldProps) {
  const { t } = visit;
  if (wish === 'no') return null;
  return (
    <div>
      <label for={name}>{t(name)}{wish === 'optional' && <small> {t('optional')}</small>}</label>
      <input
        id={name}
        name={name}
        type="text"
        inputMode={name === 'email' ? 'email' : 'text'}
        autocomplete={name}
        maxLength={longest}
        aria-required={wish === 'required'}
        {...describe(name, trouble)}
      />
      <Wrong visit={visit} of={name} text={trouble} />
    </div>
  );
}
