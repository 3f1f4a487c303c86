import type { Visit } from './visit';

/** What the shop wants to know first. Signed-in customers and those who answered before are not asked again. */
export function asked({ config, visitor, mayKeep, talk, hours }: Visit) {
  const { ask_name = 'no', ask_email = 'no' } = config ?? {};
  const { name, email } = visitor.answers;
  const open = hours?.open ?? true;
  return {
    // Who left it empty is not asked again, unless the shop has come to insist on it.
    name: visitor.identity || name || (name === '' && ask_name !== 'required') ? 'no' : ask_name,
    // Behind a closed door only an e-mail address makes an answer possible.
    email: visitor.identity || talk?.shop?.reachable || email || (open && email === '' && ask_email !== 'required') ? 'no' : open ? ask_email : 'required',
    consent: !mayKeep,
  };
}

/** An answer would come when the visitor has gone, and has nowhere else to go. */
export const isOutOfReach = (visit: Visit) => visit.hours?.open === false && asked(visit).email !== 'no';

export function mustAsk(visit: Visit) {
  const { name, email, consent } = asked(visit);
  return consent || name !== 'no' || email !== 'no';
}
