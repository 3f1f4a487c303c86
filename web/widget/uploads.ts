import { type Config, type FileView, problem, Problem } from './api';
import type { Visit } from './visit';
import type { Visitor } from './visitor';

export interface Upload {
  id: number;
  name: string;
  share: number;
  file?: FileView;
  trouble?: Problem | 'big' | 'kind' | 'empty' | 'many';
}

type Limits = Config['limits'];

/** Files picked for the message being written. The server decides by content; what is plainly wrong is said at once. */
export class Uploads {
  list: Upload[] = [];
  #made = 0;

  constructor(readonly visit: Visit) {}

  add(files: Iterable<File>) {
    const { limits } = this.visit.config as Config;
    for (const file of files) {
      const upload: Upload = { id: ++this.#made, name: file.name, share: 0 };
      upload.trouble = this.list.length < limits.files ? wrong(file, limits) : 'many';
      this.list.push(upload);
      if (!upload.trouble) this.#send(upload, file);
    }
    this.visit.changed();
  }

  remove(id: number) {
    this.list = this.list.filter((it) => it.id !== id);
    this.visit.changed();
  }

  get busy() {
    return this.list.some((it) => !it.file && !it.trouble);
  }

  get done() {
    return this.list.flatMap((it) => it.file ?? []);
  }

  async #send(upload: Upload, file: File) {
    const { visitor } = this.visit;
    try {
      await visitor.arrive();
      upload.file = await post(visitor, file, (share) => {
        upload.share = share;
        this.visit.changed();
      });
    } catch (failure) {
      upload.trouble = failure instanceof Problem ? failure : new Problem(0);
    }
    this.visit.changed();
  }
}

function wrong(file: File, { file_bytes, types }: Limits) {
  if (!file.size) return 'empty';
  if (file.size > file_bytes) return 'big';
  // Of media the browser's word is good; of the rest (a csv may call itself a spreadsheet) only the content can tell.
  return /^(image|audio|video)\//.test(file.type) && !types.includes(file.type) ? 'kind' : undefined;
}

// fetch cannot tell how far an upload has come.
function post({ api, agreed }: Visitor, file: File, progress: (share: number) => void) {
  return new Promise<FileView>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', api.address(`files?${new URLSearchParams({ name: file.name, consent: `${agreed}` })}`));
    request.setRequestHeader('Accept-Language', api.language);
    request.setRequestHeader('Authorization', `Bearer ${api.token}`);
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onerror = () => reject(new Problem(0));
    request.onload = () =>
      request.status < 300
        ? resolve(JSON.parse(request.responseText))
        : reject(problem(request.status, request.responseText, request.getResponseHeader('Retry-After')));
    request.send(file);
  });
}
