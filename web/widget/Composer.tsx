import { Component, createRef } from 'preact';
import { Faces } from './Faces';
import { Icon, IconButton } from './Icon';
import { say } from './sending';
import { attach } from './steps';
import { isBlank } from './text';
import { UploadList } from './UploadList';
import type { Visit } from './visit';

type Props = { visit: Visit };

export class Composer extends Component<Props> {
  area = createRef<HTMLTextAreaElement>();
  picker = createRef<HTMLInputElement>();

  componentDidMount() {
    // On a touch screen focus would raise the keyboard over what one came to read.
    if (matchMedia('(pointer: fine)').matches) this.area.current?.focus();
    this.#fit();
  }

  get #draft() {
    return this.props.visit.visitor.memory.get('draft') ?? '';
  }

  #write = (draft: string) => {
    const { visit } = this.props;
    visit.visitor.memory.set({ draft });
    visit.act();
    visit.talk?.type();
    visit.changed();
    this.#fit();
  };

  #fit() {
    const area = this.area.current;
    if (!area) return;
    area.style.height = '0';
    area.style.height = `${Math.min(area.scrollHeight, 132)}px`;
  }

  /** Characters beyond what the shop takes, as the server counts them. */
  get #over() {
    return [...this.#draft].length - (this.props.visit.config?.limits.text ?? 4000);
  }

  get #ready() {
    const { uploads } = this.props.visit;
    return this.#over <= 0 && !uploads?.busy && (!isBlank(this.#draft) || !!uploads?.done.length);
  }

  #say = (event: Event) => {
    event.preventDefault();
    if (!this.#ready) return;
    say(this.props.visit, this.#draft.trim());
    this.area.current?.focus();
    queueMicrotask(() => this.#fit());
  };

  #key = (event: KeyboardEvent) => {
    // While an input method composes (Chinese, Japanese), Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.#say(event);
  };

  #insert = (emoji: string) => {
    this.props.visit.pop();
    const { selectionStart: from = 0, selectionEnd: to = 0, value } = this.area.current as HTMLTextAreaElement;
    this.#write(value.slice(0, from) + emoji + value.slice(to));
    this.area.current?.focus();
  };

  render({ visit }: Props) {
    const { t, config, popover } = visit;
    const over = this.#over;
    return (
      <form class="composer" onSubmit={this.#say}>
        <UploadList visit={visit} />
        {over > 0 && <p class="wrong" role="alert">{t('too-long', { count: over })}</p>}
        <div class="tools">
          <IconButton of="clip" label={t('attach')} click={() => this.picker.current?.click()} />
          <input
            type="file"
            hidden
            multiple
            ref={this.picker}
            accept={config?.limits.types.join()}
            onChange={(event) => {
              attach(visit, event.currentTarget.files);
              event.currentTarget.value = '';
            }}
          />
          <textarea
            ref={this.area}
            rows={1}
            dir="auto"
            aria-label={t('write')}
            placeholder={t('write')}
            value={this.#draft}
            onInput={(event) => this.#write(event.currentTarget.value)}
            onKeyDown={this.#key}
          />
          <div class="menu">
            <IconButton of="smile" label={t('emoji')} open={popover === 'emoji'} click={() => visit.pop('emoji')} />
            {popover === 'emoji' && <Faces label={t('emoji')} pick={this.#insert} />}
          </div>
          <button type="submit" class="square main" aria-label={t('send')} title={t('send')} aria-disabled={!this.#ready}>
            <Icon of="send" />
          </button>
        </div>
      </form>
    );
  }
}
