// The telephones: what is written goes to the stand-in of a partner, and what came is looked for each second.
const words = document.querySelector('.phones').dataset;

const bubble = ({ by_customer, text, file: name, public: toAll, privately }) => {
  const item = document.createElement('li');
  item.className = by_customer ? 'mine' : 'theirs';
  const said = document.createElement('span');
  said.textContent = name ? `${words.file} ${name}` : text;
  const kind = toAll ? words.public : privately ? words.privately : '';
  if (kind) item.append(Object.assign(document.createElement('b'), { textContent: kind }), ' ');
  item.append(said);
  return item;
};

const show = ({ channel, to, bubbles }) => {
  const phone = document.getElementById(channel);
  const [log, known] = [phone.querySelector('ol'), phone.querySelector('.to')];
  known.textContent = to ?? known.dataset.gone;
  for (const control of phone.querySelectorAll('input, button')) control.disabled = !to;
  // what is there stays: only what is new is read out
  const news = bubbles.slice(log.childElementCount).map(bubble);
  log.append(...news);
  if (news.length > 0) log.scrollTop = log.scrollHeight;
};

const look = async () => {
  const answers = await Promise.all(['/demo/partners/phones', '/demo/partners/email'].map((path) => fetch(path)));
  for (const answer of answers) if (answer.ok) [await answer.json()].flat().forEach(show);
};

const post = (path, body) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

for (const phone of document.querySelectorAll('.phone:not(.calling)')) {
  phone.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const input = phone.querySelector('input[name=text]');
    const text = input.value.trim();
    if (!text) return;
    input.value = '';
    const publicly = phone.querySelector('input[name=public]')?.checked ?? false;
    await post(`/demo/partners/${phone.id}/messages`, { text, public: publicly });
    await look();
  });
  phone.querySelector('select')?.addEventListener('change', (event) => post(`/demo/partners/${phone.id}/weather`, { weather: event.target.value }));
}

// who calls: what can be done follows from what was done last
const telephone = document.getElementById('telephone');
const stand = (state) => {
  const known = telephone.querySelector('.to').textContent !== telephone.querySelector('.to').dataset.gone;
  const said = telephone.querySelector('.state');
  telephone.dataset.state = state;
  said.textContent = said.dataset[state];
  for (const key of telephone.querySelectorAll('button')) key.disabled = !known || !key.dataset.in.split(' ').includes(state);
};
for (const key of telephone.querySelectorAll('button')) {
  key.addEventListener('click', async () => {
    const answer = await post(`/demo/partners/telephone/${key.dataset.deed}`);
    if (answer.ok) stand(key.dataset.then);
  });
}
const lookAtTelephone = async () => {
  const to = telephone.querySelector('.to');
  const answer = await fetch('/demo/partners/telephone');
  to.textContent = (answer.ok && (await answer.json()).to) || to.dataset.gone;
  stand(telephone.dataset.state ?? 'idle');
};
lookAtTelephone();

// who calls the number at Twilio: what they hear is read out, and what can be done follows from how the call stands
const voice = document.getElementById('voice');
const hear = async (answer) => {
  if (!answer.ok) return;
  const { to, heard, state } = await answer.json();
  const known = voice.querySelector('.to');
  known.textContent = to ?? known.dataset.gone;
  voice.querySelector('ol').replaceChildren(...heard.map((text) => bubble({ text })));
  for (const key of voice.querySelectorAll('button')) key.disabled = !to || !key.dataset.in.split(' ').includes(state);
};
for (const key of voice.querySelectorAll('button')) key.addEventListener('click', async () => hear(await post(`/demo/partners/voice/${key.dataset.deed}`)));
fetch('/demo/partners/voice').then(hear);

const again = async () => {
  // the server may be away for a moment
  if (!document.hidden) await look().catch(() => undefined);
  setTimeout(again, 1000);
};
again();
