import { IconButton } from './Icon';
import { clean } from './text';
import type { Upload } from './uploads';
import type { Visit } from './visit';
import { amount, explain } from './words';

export const UploadList = ({ visit }: { visit: Visit }) => (
  <>{visit.uploads?.list.map((upload) => <Row key={upload.id} visit={visit} upload={{ ...upload, name: clean(upload.name) }} />)}</>
);

function Row({ visit, upload }: { visit: Visit; upload: Upload }) {
  const { id, name, share, file, trouble } = upload;
  const { t, uploads } = visit;
  return (
    <div class="upload">
      {trouble ? <span class="wrong" role="alert">{explained(visit, upload)}</span> : <bdi>{name}</bdi>}
      {!file && !trouble && <progress value={share} aria-label={t('uploading', { name })} />}
      <IconButton of="close" label={t('remove-file', { name })} click={() => uploads?.remove(id)} />
    </div>
  );
}

function explained(visit: Visit, { name, trouble }: Upload) {
  const { t, language, config } = visit;
  const { status = 0, message = '', field = '' } = typeof trouble === 'object' ? trouble : {};
  const size = amount(language, (config?.limits.file_bytes ?? 0) / 2 ** 20, 'megabyte');
  // what gets past the checks here is refused for what it contains
  const kind = status === 413 ? 'big' : field === 'file' ? 'kind' : trouble;
  if (typeof kind === 'string') return t(`file-${kind}`, { name, size, count: config?.limits.files ?? 0 });
  return `${name}: ${explain(visit, status, message)}`;
}
